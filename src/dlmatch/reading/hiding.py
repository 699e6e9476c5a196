"""Tells of text that was left out because people can't see it: one finding a passage, with its quote and why."""

from __future__ import annotations

import re

import numpy as np

from dlmatch.model.document import Finding
from dlmatch.reading.ink import SEEN, WHY, Sight
from dlmatch.reading.limits import MAX_FINDINGS, MAX_QUOTE
from dlmatch.reading.page import Flags, Glyphs, Ints, is_blank, is_private, is_unreadable

CODE = "hidden-text"
# Hidden letters this near (in ems) to the same visible letter are an effect, such as a shadow.
_SHADOW, _SHADOWED = 0.5, 0.7  # if so great a part of a passage does so
_FAR = 40  # visible glyphs between two hidden ones that part passages
_WORD = re.compile(r"\w+")
# Words of document information that name the document and not the person.
_NAMING = frozenset(
    (
        "a an and cover curriculum cv cvs document letter my of pdf portfolio profile resume resumes resumé résumé résumés "
        "template the title untitled unspecified anonymous unknown none vita vitae vitæ word microsoft docx doc latex"
    ).split()
)


def hidden(glyphs: Glyphs, sight: Sight, shown: Glyphs, number: int) -> list[Finding]:
    """The passages of one page that can't be seen."""
    unseen = sight.why != SEEN
    if not unseen.any():
        return []
    unseen &= ~is_unreadable(glyphs.code) & ~is_private(glyphs.code)
    shadow = _shadows(glyphs, unseen, shown)
    found = [
        Finding(code=CODE, message=f"Text that can't be seen was left out: {WHY[why]}.", page=number, quote=quote[:MAX_QUOTE])
        for why, quote, shadowed in _passages(glyphs, np.flatnonzero(unseen), sight.why, shadow)
        if shadowed < _SHADOWED and any(map(str.isalnum, quote))
    ]
    return found[:MAX_FINDINGS]


def _passages(glyphs: Glyphs, at: Ints, why: Ints, shadow: Flags) -> list[tuple[int, str, float]]:
    """Runs of glyphs left out for one reason, as text, with the share of their letters that are shadows."""
    if not len(at):
        return []
    box, size = glyphs.box[at], np.maximum(glyphs.pieces.size[glyphs.piece[at]], 1.0)
    gap = box[1:, 0] - box[:-1, 2]
    off = np.abs(box[1:, 3] - box[:-1, 3]) > 0.5 * size[1:]
    apart = (off | (gap > 0.15 * size[1:]) | (gap < -2 * size[1:]) | (np.diff(at) > 1)).tolist()
    blank = is_blank(glyphs.code[at])
    codes, spaces = glyphs.code[at].tolist(), blank.tolist()
    ends = np.flatnonzero((np.diff(why[at]) != 0) | (np.diff(at) > _FAR)) + 1
    passages: list[tuple[int, str, float]] = []
    for start, end in zip([0, *ends.tolist()], [*ends.tolist(), len(at)], strict=True):
        letters = "".join(
            (" " if index > start and apart[index - 1] else "") + (" " if spaces[index] else chr(codes[index]))
            for index in range(start, end)
        )
        solid = at[start:end][~blank[start:end]]
        share = float(shadow[solid].mean()) if len(solid) else 1.0
        passages.append((int(why[at[start]]), " ".join(letters.split()), share))
    return passages


def _shadows(glyphs: Glyphs, unseen: Flags, shown: Glyphs) -> Flags:
    """Unseen glyphs that repeat a visible one beside them."""
    shadow = np.zeros(len(glyphs), bool)
    letters = np.flatnonzero(unseen & ~is_blank(glyphs.code))
    for code in np.unique(glyphs.code[letters]).tolist():
        mine, others = letters[glyphs.code[letters] == code], shown.pen[shown.code == code]
        if not len(others) or len(mine) * len(others) > 4_000_000:
            continue
        reach = _SHADOW * glyphs.pieces.size[glyphs.piece[mine]][:, None]
        near = np.abs(glyphs.pen[mine, None, :] - others[None, :, :]) < reach[:, :, None]
        shadow[mine] = near.all(axis=2).any(axis=1)
    return shadow


def stand_ins(said: list[str], text: str, number: int) -> list[Finding]:
    """ActualText that says other than what is drawn."""
    drawn = _letters(text)
    why = "it stands in for letters that are drawn otherwise (ActualText)"
    other = dict.fromkeys(word for word in said if _letters(word) and _letters(word) not in drawn)
    return [
        Finding(code=CODE, message=f"Text that can't be seen was left out: {why}.", page=number, quote=quote[:MAX_QUOTE])
        for quote in list(other)[:MAX_FINDINGS]
    ]


def notes(said: list[str], text: str, number: int) -> list[Finding]:
    """Annotations that say what does not stand on the page."""
    seen = set(_WORD.findall(text.casefold()))
    why = "it is in a note (annotation) and not on the page"
    return [
        Finding(
            code=CODE,
            message=f"Text that can't be seen was left out: {why}.",
            page=number,
            quote=" ".join(note.split())[:MAX_QUOTE],
        )
        for note in dict.fromkeys(said)
        if not set(_WORD.findall(note.casefold())) <= seen
    ]


def information(entries: dict[str, str], text: str) -> list[Finding]:
    """Subject and keywords of the document information that name what the pages do not."""
    seen = _letters(text)
    found: list[Finding] = []
    for key, value in entries.items():
        words = [word for word in _WORD.findall(value.casefold()) if word not in _NAMING and any(map(str.isalpha, word))]
        if any(word not in seen for word in words):
            why = f"it is in the document information ({key.lower()}) and not on a page"
            quote = " ".join(value.split())[:MAX_QUOTE]
            found.append(Finding(code=CODE, message=f"Text that can't be seen was left out: {why}.", quote=quote))
    return found


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
