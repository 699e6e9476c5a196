"""Finds where sentences, list items and blocks of a text begin."""

from __future__ import annotations

import re

# An end of sentence, a blank line, a new line, a bullet in running text. Each match ends where the next sentence begins.
ENDS = re.compile(
    r"[.!?](?:[\"')\]\u201d\u2019]*)\s+(?=[\"'(\[\u201c]*[A-Z0-9\u2022\uf0b7])"
    r"|[.!?;](?=[A-Z][a-z])"  # a full stop whose space was lost: "experience.You"
    r"|;\s+|[\u2022\u25cf\u25aa\u25e6\u2023\u00b7\uf0b7\uf06c\u2756\u27a2]\s*|\n\s*|\s\{\s(?=[A-Z])"
)
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|Inc|Ltd|Dr|Mr|Ms|Prof|No|approx|incl|Sr|Jr|U\.S|St|Rs|yrs|[A-Z]))\.\s+\Z")
BULLET = re.compile(r"[ \t]*(?:[-*\u2022\u25cf\u25aa\u25e6\u2023\u2013+>o\uf0b7]|\(?\d{1,2}[.)])[ \t]+")
WRAP_FROM, WRAP_TO = 50, 160  # a text wrapped by a page or mail program has its longest lines in this range


def sentence_starts(text: str) -> tuple[int, ...]:
    """The offsets at which a new sentence, list item or block begins, in order, without 0."""
    wrapped = _wrap_width(text)
    found = []
    for match in ENDS.finditer(text):
        sign = match.group()
        if "\n" in sign:
            if "\n" in sign[sign.index("\n") + 1 :] or not _soft(text, match.start(), match.end(), wrapped):
                found.append(match.end())
        elif sign[0] != "." or not ABBREVIATION.search(text, max(0, match.start() - 8), match.end()):
            found.append(match.end())
    return tuple(found)


def _wrap_width(text: str) -> int:
    """The width at which the text was wrapped, 0 where its lines are not wrapped."""
    lengths = sorted(len(line) for line in text.split("\n") if line.strip())
    if len(lengths) < 8:
        return 0
    long = lengths[int(len(lengths) * 0.92)]
    return long if WRAP_FROM <= long <= WRAP_TO and lengths[-1] <= long * 1.6 else 0


def _soft(text: str, start: int, end: int, wrapped: int) -> bool:
    """Whether the line end at text[start:end] only wraps a sentence that goes on."""
    if end >= len(text) or BULLET.match(text, end):
        return False
    before = text[start - 1 : start]
    if before in ".!?:;" or text[end] == "#":
        return False
    if before == "," or text[end].islower():
        return True
    line = start - (text.rfind("\n", 0, start) + 1)
    return bool(wrapped) and line >= wrapped * 0.75


CAMEL = re.compile(r"[a-z)+#][A-Z][a-z]+")
GLUED_YEARS = re.compile(r"(?<=[a-z)+#])\d{1,2}\+? ?(?:years|yrs)\b")


def glued_words(text: str, starters: frozenset[str]) -> list[int]:
    """Where a word that begins an item is glued to the one before, the line end between them lost: "SQLExperience with"."""
    camel = [match.start() + 1 for match in CAMEL.finditer(text) if match.group()[1:] in starters]
    return sorted([*camel, *(match.start() for match in GLUED_YEARS.finditer(text))])
