"""Finds where sentences, list items and blocks of a text begin."""

from __future__ import annotations

import re

from dlmatch.finding.anchors import spots

# An end of sentence, a blank line, a new line, a bullet in running text. Each match ends where the next sentence begins.
BULLETS = "\u2022\u25cf\u25aa\u25e6\u2023\u00b7\uf0b7\uf06c\u2756\u27a2"
ENDS = re.compile(
    r"[.!?](?:[\"')\]\u201d\u2019]*)\s+(?=[\"'(\[\u201c]*[A-Z0-9\u2022\uf0b7])"
    r"|[.!?;](?=[A-Z][a-z])"  # a full stop whose space was lost: "experience.You"
    rf"|;\s+|[{BULLETS}]\s*|\n\s*|\s\{{\s(?=[A-Z])"
)
ASCII_SIGNS = ".!?;\n"  # what ENDS begins with, but for the space before a brace
SIGNS = ASCII_SIGNS + BULLETS
ABBREVIATIONS = "e.g i.e etc vs Inc Ltd Dr Mr Ms Prof No approx incl Sr Jr U.S St Rs yrs".split()
ABBREVIATION = re.compile(rf"\b(?:{'|'.join(map(re.escape, ABBREVIATIONS))}|[A-Z])\.\s+\Z")
LONGEST_ABBREVIATION = 8
LAST_TWO = frozenset(word[-2:] for word in ABBREVIATIONS)
BULLET = re.compile(r"[ \t]*(?:[-*\u2022\u25cf\u25aa\u25e6\u2023\u2013+>o\uf0b7]|\(?\d{1,2}[.)])[ \t]+")
WRAP_FROM, WRAP_TO = 50, 160  # a text wrapped by a page or mail program has its longest lines in this range


def sentence_starts(text: str) -> tuple[int, ...]:
    """The offsets at which a new sentence, list item or block begins, in order, without 0."""
    lined = "\n" in text
    wrapped = _wrap_width(text) if lined else 0
    found = []
    end = 0
    for start in _signs(text):
        if start < end:
            continue
        match = ENDS.match(text, start)
        if match is None:
            continue
        end = match.end()
        lines = text.count("\n", start, end) if lined else 0
        if lines == 1:
            goes_on = _soft(text, start, end, wrapped)
        else:
            goes_on = not lines and text[start] == "." and _abbreviates(text, start, end)
        if not goes_on:
            found.append(end)
    return tuple(found)


def _signs(text: str) -> list[int]:
    """Where an end may stand."""
    signs = spots(text, ASCII_SIGNS if text.isascii() else SIGNS)
    if "{" in text:
        signs = sorted({*signs, *(brace - 1 for brace in spots(text, "{") if brace)})
    return signs


def _abbreviates(text: str, start: int, end: int) -> bool:
    """Whether the full stop at text[start:end] only shortens a word."""
    may_be = text[start - 2 : start] in LAST_TWO or text[start - 1].isupper()
    return may_be and ABBREVIATION.search(text, max(0, start - LONGEST_ABBREVIATION), end) is not None


def _wrap_width(text: str) -> int:
    """The width at which the text was wrapped, 0 where its lines are not wrapped."""
    lengths = sorted([len(line) for line in text.split("\n") if line and not line.isspace()])
    if len(lengths) < 8:
        return 0
    long = lengths[int(len(lengths) * 0.92)]
    return long if WRAP_FROM <= long <= WRAP_TO and lengths[-1] <= long * 1.6 else 0


def _soft(text: str, start: int, end: int, wrapped: int) -> bool:
    """Whether the line end at text[start:end] only wraps a sentence that goes on."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not after or after == "#" or before in ".!?:;":
        return False
    if not (before == "," or after.islower()):
        line = start - (text.rfind("\n", 0, start) + 1)
        if not wrapped or line < wrapped * 0.75:
            return False
    return BULLET.match(text, end) is None


# What each character is to a glued word: "a" may stand before it, "A" begins it, the space is all else.
SHAPES = bytes(97 if chr(code) in "abcdefghijklmnopqrstuvwxyz)+#" else 65 if 65 <= code <= 90 else 32 for code in range(256))
CAMEL = re.compile(r"[a-z)+#]([A-Z][a-z]+)")
GLUED_YEARS = re.compile(r"(?<=[a-z)+#])\d{1,2}\+? ?(?:years|yrs)\b")


def glued_words(text: str, starters: frozenset[str]) -> list[int]:
    """Where a word that begins an item is glued to the one before, the line end between them lost: "SQLExperience with"."""
    shape = text.encode("ascii", "replace").translate(SHAPES)
    found = []
    at = shape.find(b"aA")
    while at >= 0:
        camel = CAMEL.match(text, at)
        if camel is not None and camel.group(1) in starters:
            found.append(at + 1)
        at = shape.find(b"aA", camel.end() if camel else at + 1)
    for years in spots(text, ("years", "yrs")):
        glued = GLUED_YEARS.search(text, max(0, years - 4), years + 6)
        if glued is not None:
            found.append(glued.start())
    return sorted(found)
