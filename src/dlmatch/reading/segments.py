"""Puts words together into stretches of one line that no wide gap parts: the smallest things a layout moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from dlmatch.reading.words import Word, is_rtl

# Gaps in ems that end a stretch: between words drawn one after the other, and between those drawn at other times.
_WIDE, _STRANGE = 1.3, 0.5
_BULLETS = frozenset("•◦▪▫●○■□‣⁃∙·–—-*➢➤►▶❖✓✔✦◆◇⦁»›␣+")


@dataclass(slots=True, kw_only=True)
class Segment:
    """Words that stand side by side."""

    words: list[Word]
    x0: float
    x1: float
    base: float
    size: float
    order: int
    bold: bool
    letters: int

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return " ".join(word.text for word in self.words)

    @property
    def is_item(self) -> bool:
        """Does it start with a bullet?"""
        return is_bullet(self.words[0].text)


@dataclass(slots=True, kw_only=True)
class Line:
    """One line of text as it is read: its cells stand apart on the page. `region` tells columns and cells from each other."""

    cells: list[Segment]
    region: int = 0
    notes: list[Segment] = field(default_factory=list)  # cells that stand lower on the page and belong to this line

    @property
    def base(self) -> float:
        """Where it stands."""
        return self.cells[0].base


def is_bullet(text: str) -> bool:
    """Is it only a bullet?"""
    return len(text) == 1 and text in _BULLETS


def segment(words: list[Word]) -> Segment:
    """Words of one line as one segment."""
    letters = sum(len(word.text) for word in words)
    heavy = sum(len(word.text) for word in words if word.bold)
    return Segment(
        words=words,
        x0=min(word.x0 for word in words),
        x1=max(word.x1 for word in words),
        base=words[0].base if not is_bullet(words[0].text) else words[-1].base,
        size=max(word.size for word in words),
        order=min(word.order for word in words),
        bold=2 * heavy > letters,
        letters=letters,
    )


def segments_of(words: list[Word]) -> list[Segment]:
    """All segments, from top to bottom and left to right."""
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in words:
        if last is None or not _follows(last, word, _WIDE):
            runs.append([])
        runs[-1].append(word)
        last = word
    return [part for row in rows_of([segment(run) for run in runs]) for part in _merged(row)]


def _follows(one: Word, two: Word, widest: float) -> bool:
    size = max(one.size, two.size)
    gap = two.x0 - one.x1
    if gap < 0 and _is_rtl(one) and _is_rtl(two):
        gap = one.x0 - two.x1
    wide = widest * size if not is_bullet(one.text) else 4 * size
    return -0.5 * size < gap < wide and abs(one.base - two.base) < (0.35 if gap > 0.2 * size else 0.6) * size


def rows_of(segments: list[Segment]) -> list[list[Segment]]:
    """Segments with one baseline, from left to right; rows from top to bottom."""
    rows: list[list[Segment]] = []
    base = size = 0.0
    for part in sorted(segments, key=lambda part: (part.base, part.x0, part.order)):
        if not rows or part.base - base > 0.35 * max(min(size, part.size), 1.0):
            rows.append([])
            base, size = part.base, part.size
        rows[-1].append(part)
    for row in rows:
        row.sort(key=lambda part: (part.x0, part.order))
    return rows


def median(values: Iterable[float]) -> float:
    """The middle one. The module `statistics` takes as long to load as a page to read."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _is_rtl(word: Word) -> bool:
    """Is it written from right to left?"""
    return word.text[0] >= "\u0590" and bool(is_rtl(np.array([ord(word.text[0])]))[0])


def _merged(row: list[Segment]) -> list[Segment]:
    """Neighbours that stand as close as words do, though they were drawn at different times; bullets with their text."""
    if len(row) == 1:
        return row
    found = [row[0]]
    for part in row[1:]:
        before = found[-1]
        size = max(before.size, part.size)
        gap = part.x0 - before.x1
        if _is_rtl(part.words[0]) and _is_rtl(before.words[0]):
            if 0 < gap < _WIDE * size:
                found[-1] = segment([*part.words, *before.words])
            else:
                found.append(part)
            continue
        bullet = len(before.words) == 1 and is_bullet(before.words[0].text)
        if (-0.5 * size < gap < _STRANGE * size and min(before.size, part.size) > 0.6 * size) or (bullet and 0 < gap < 4 * size):
            found[-1] = segment([*before.words, *part.words])
        else:
            found.append(part)
    return found
