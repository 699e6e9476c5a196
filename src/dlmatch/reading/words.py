"""Turns the visible glyphs of a page into words: doubled letters once, spaced letters joined, split words mended."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from dlmatch.reading.limits import MAX_GLYPHS_PER_PAGE
from dlmatch.reading.page import SLANTED, Flags, Floats, Glyphs, Ints, is_blank, is_private, is_unreadable

# Symbol fonts put their bullets at these private code points.
_BULLETS = np.array([0xF0B7, 0xF0A7, 0xF0D8, 0xF0A8, 0xF076, 0xF0FC, 0xF06C, 0xF06E, 0xF071, 0xF075])
_BULLET, _UNREADABLE, _HYPHEN, _SOFT_HYPHEN = 0x2022, 0xFFFD, 0x2D, 0xAD
# Gaps in ems that part words. Where the text has spaces of its own they are believed and only wider gaps count.
_GAP, _GAP_OF_PIECES, _GAP_BESIDE_SPACES = 0.17, 0.22, 0.3
# Without spaces, letters that are set evenly let smaller gaps count: this much above those inside words, no less than that.
_GAP_ABOVE, _GAP_LEAST = 0.05, 0.1
# A text with at least this many spaces a letter has spaces of its own (English has 0.2).
_SPACES = 0.06
# Letters doubled within this many ems are one letter made bold.
_DOUBLE = 0.13
# Letters set apart on purpose: so many in a row, no gap wider than this many ems, words parted by gaps this many times wider.
_SPACED_RUN, _SPACED_GAP, _SPACED_WORD = 4, 1.1, 1.6


@dataclass(slots=True, kw_only=True)
class Word:
    """A word and where it stands: along the line from x0 to x1, on the baseline `base`; `box` is its place on the page."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    order: int  # when it was drawn
    box: tuple[float, float, float, float]


def words_of(glyphs: Glyphs) -> list[tuple[int, list[Word]]]:
    """The words of each direction of writing, in the order of drawing; the page's main direction first."""
    clean = _without_icons(glyphs)
    turns = clean.pieces.turn[clean.piece]
    found: list[tuple[int, list[Word]]] = []
    for turn in range(SLANTED + 1):
        chosen = np.flatnonzero(turns == turn)
        if len(chosen):
            words = _words(clean.only(chosen), chosen, turn)
            if words:
                found.append((turn, words))
    return sorted(found, key=lambda group: -sum(len(word.text) for word in group[1]))


def _without_icons(glyphs: Glyphs) -> Glyphs:
    """Bullets of symbol fonts as bullets, other private characters dropped, unreadable ones marked."""
    code = glyphs.code.copy()
    private = is_private(code)
    if private.any():
        code[private & np.isin(code, _BULLETS)] = _BULLET
    code[code == _SOFT_HYPHEN] = _HYPHEN
    code[is_unreadable(code)] = _UNREADABLE
    mended = Glyphs(code=code, box=glyphs.box, pen=glyphs.pen, piece=glyphs.piece, pieces=glyphs.pieces)
    keep = ~is_private(code)
    return mended if keep.all() else mended.only(keep)


def _words(glyphs: Glyphs, order: Ints, turn: int) -> list[Word]:
    blank = is_blank(glyphs.code)
    start, end, base = _along(glyphs, turn)
    own = blank & (end - start > 0.05)  # those without width PDFium made up from the distances
    spaced = bool(own.sum() >= _SPACES * max((~blank).sum(), 1))
    after_blank = np.zeros(len(blank), bool)
    after_blank[1:] = blank[:-1]
    kept = np.flatnonzero(~blank)
    if not len(kept):
        return []
    runs = np.maximum.accumulate(np.where(own if spaced else blank, np.arange(len(blank)), -1))
    hint = np.zeros(len(kept), bool)
    hint[1:] = runs[kept[1:]] > kept[:-1]
    start, end, base = start[kept], end[kept], base[kept]
    size = np.maximum(glyphs.pieces.size[glyphs.piece[kept]], 0.1)
    single = _once(glyphs.code[kept], start, base, size, glyphs.piece[kept])
    if not single.all():
        gone = np.cumsum(np.concatenate([[0], (hint & ~single).astype(int)]))
        chosen = np.flatnonzero(single)
        hint = hint[chosen] | (np.diff(gone[chosen], prepend=0) > 0)
        kept, start, end, base, size = kept[chosen], start[chosen], end[chosen], base[chosen], size[chosen]
    pieces = glyphs.piece[kept]
    begins = _begins(glyphs.code[kept], start, end, base, size, pieces, hint, spaced, glyphs.pieces.font[pieces])
    return _joined(_built(glyphs, kept, begins, start, end, base, size, order))


def _along(glyphs: Glyphs, turn: int) -> tuple[Floats, Floats, Floats]:
    """Where each glyph starts and ends along its line, and on which baseline, as if the page were turned upright."""
    box, pen = glyphs.box, glyphs.pen
    if turn == 0:
        return box[:, 0], box[:, 2], pen[:, 1]
    if turn == 1:
        return box[:, 1], box[:, 3], -pen[:, 0]
    if turn == 2:
        return -box[:, 2], -box[:, 0], -pen[:, 1]
    if turn == 3:
        return -box[:, 3], -box[:, 1], pen[:, 0]
    angle = glyphs.pieces.angle[glyphs.piece]
    along = pen[:, 0] * np.cos(angle) + pen[:, 1] * np.sin(angle)
    across = pen[:, 1] * np.cos(angle) - pen[:, 0] * np.sin(angle)
    wide = 0.5 * glyphs.pieces.stretch[glyphs.piece]
    following = np.append(along[1:], along[-1:] + wide[-1:])
    near = (following > along) & (following - along < 1.2 * glyphs.pieces.stretch[glyphs.piece])
    return along, np.where(near, following, along + wide), across


def _once(code: Ints, start: Floats, base: Floats, size: Floats, piece: Ints) -> Flags:
    """All glyphs but those that repeat another at almost the same place."""
    keep = np.ones(len(code), bool)
    index = np.arange(len(code))
    for phase in (0.0, 0.5):
        order = np.lexsort((index, start, np.floor(base / 4 + phase), code))
        one, two = order[:-1], order[1:]
        near = (code[one] == code[two]) & (np.abs(start[two] - start[one]) < _DOUBLE * size[one])
        near &= np.abs(base[one] - base[two]) < 0.2 * size[one]
        # The letters of one ligature stand in one place and follow each other.
        ligature = (np.abs(two - one) == 1) & (piece[one] == piece[two]) & (start[one] == start[two])
        near &= ~ligature
        keep[np.maximum(one, two)[near]] = False
    return keep


def _begins(
    code: Ints, start: Floats, end: Floats, base: Floats, size: Floats, piece: Ints, hint: Flags, spaced: bool, font: Ints
) -> Flags:
    """Glyphs that begin a word."""
    begins = np.ones(len(code), bool)
    em = np.maximum(size[1:], size[:-1])
    leftward = is_rtl(code[1:]) & is_rtl(code[:-1]) & (start[1:] <= start[:-1])
    gap = np.where(leftward, start[:-1] - end[1:], start[1:] - end[:-1]) / em
    rise = np.abs(base[1:] - base[:-1]) / em
    one_place = (start[1:] == start[:-1]) & (piece[1:] == piece[:-1]) & (rise < 0.01)
    raised = (rise < 0.6) & (np.abs(gap) < 0.15) & _alphabetic(code[1:]) & _alphabetic(code[:-1]) & (size[1:] < 0.85 * size[:-1])
    off_line = (rise > 0.3) & ~raised
    inside = gap[(rise < 0.05) & (gap > -0.3) & (gap < 0.12)]
    least = np.clip(np.percentile(inside, 98) + _GAP_ABOVE, _GAP_LEAST, _GAP) if len(inside) else _GAP
    within = np.where(piece[1:] == piece[:-1], _GAP_BESIDE_SPACES, _GAP_OF_PIECES)
    widest = np.where(font[1:] == font[:-1], within, _GAP) if spaced else least
    # Boxes wider than the pen moves overlap; within one piece only a step back parts.
    back = (gap < -0.6) & ((piece[1:] != piece[:-1]) | (start[1:] <= start[:-1]))
    apart = (gap > widest) | back
    begins[1:] = ~one_place & (off_line | apart | hint[1:] & (gap > -0.1))
    return begins


def is_rtl(code: Ints) -> Flags:
    """Hebrew and Arabic letters, which are drawn from right to left."""
    return np.asarray(
        (code >= 0x590) & (code < 0x900) | (code >= 0xFB1D) & (code < 0xFE00) | (code >= 0xFE70) & (code < 0xFEFF), bool
    )


def _alphabetic(code: Ints) -> Flags:
    return np.asarray((code >= 65) & (code < 91) | (code >= 97) & (code < 123), bool)


def _built(
    glyphs: Glyphs, kept: Ints, begins: Flags, start: Floats, end: Floats, base: Floats, size: Floats, order: Ints
) -> list[Word]:
    """One Word a run of glyphs."""
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(kept))
    characters = list(map(chr, glyphs.code[kept].tolist()))
    box = np.round(glyphs.box[kept], 1)
    hull = np.concatenate(
        [np.minimum.reduceat(box[:, :2], firsts, axis=0), np.maximum.reduceat(box[:, 2:], firsts, axis=0)], axis=1
    )
    left, right = np.minimum.reduceat(start, firsts), np.maximum.reduceat(end, firsts)
    bold = glyphs.pieces.bold[glyphs.piece[kept[firsts]]]
    rows = zip(
        firsts.tolist(),
        lasts.tolist(),
        left.tolist(),
        right.tolist(),
        base[firsts].tolist(),
        np.maximum.reduceat(size, firsts).tolist(),
        bold.tolist(),
        (glyphs.pieces.drawn[glyphs.piece[kept[firsts]]] * MAX_GLYPHS_PER_PAGE + order[kept[firsts]]).tolist(),
        hull.tolist(),
        strict=True,
    )
    return [
        Word(text="".join(characters[a:b]), x0=x0, x1=x1, base=v, size=s, bold=heavy, order=at, box=tuple(corner))
        for a, b, x0, x1, v, s, heavy, at, corner in rows
    ]


def _joined(words: list[Word]) -> list[Word]:
    """P U B L I C A T I O N S as one word: runs of single characters at even, small distances."""
    found: list[Word] = []
    at = 0
    while at < len(words):
        end = at + 1
        if len(words[at].text) == 1:
            while end < len(words) and len(words[end].text) == 1 and _next_in_spaced(words[end - 1], words[end]):
                end += 1
        if end - at >= _SPACED_RUN and _is_spaced(words[at:end]):
            found += _spaced(words[at:end])
        else:
            found += words[at:end]
        at = end
    return found


def _next_in_spaced(one: Word, two: Word) -> bool:
    gap = two.x0 - one.x1
    return (
        abs(one.base - two.base) < 0.1 * one.size
        and abs(one.size - two.size) < 0.3 * one.size
        and 0 < gap < 2 * _SPACED_GAP * one.size
    )


def _is_spaced(run: list[Word]) -> bool:
    letters = [word.text for word in run if word.text.isalpha()]
    one_case = all(letter.isupper() for letter in letters) or all(letter.islower() for letter in letters[1:])
    typical = _typical(run)
    return len(letters) >= 0.7 * len(run) and one_case and typical <= _SPACED_GAP * run[0].size


def _typical(run: list[Word]) -> float:
    gaps = sorted(two.x0 - one.x1 for one, two in itertools.pairwise(run))
    return gaps[len(gaps) // 3]


def _spaced(run: list[Word]) -> list[Word]:
    widest = max(_SPACED_WORD * _typical(run), _typical(run) + 0.12 * run[0].size)
    groups: list[list[Word]] = [[run[0]]]
    for one, two in itertools.pairwise(run):
        if two.x0 - one.x1 > widest:
            groups.append([])
        groups[-1].append(two)
    return [merged(group) for group in groups]


def merged(group: list[Word]) -> Word:
    """Several words as one, without spaces."""
    if len(group) == 1:
        return group[0]
    boxes = [word.box for word in group]
    hull = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    first = group[0]
    return Word(
        text="".join(word.text for word in group),
        x0=min(word.x0 for word in group),
        x1=max(word.x1 for word in group),
        base=first.base,
        size=max(word.size for word in group),
        bold=first.bold,
        order=first.order,
        box=hull,
    )
