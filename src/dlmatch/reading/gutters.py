"""Finds the strips of white that may part the columns of a region."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from dlmatch.reading.page import Flags, Floats, Ints
from dlmatch.reading.segments import Segment, median

_WEIGHED = 24  # gutters of one region that are weighed, the most promising first


@dataclass(slots=True, kw_only=True)
class Gutter:
    """A strip of white between rows `first` and `last` (half-open) of a region, and what stands on both sides."""

    x: float
    first: int
    last: int
    left: list[Segment]
    right: list[Segment]
    left_rows: int
    right_rows: int
    shared_rows: int


def gutters(rows: list[list[Segment]], sides: tuple[float, float]) -> list[Gutter]:
    """Strips of white with at least two rows on both sides, best first."""
    parts = [part for row in rows for part in row]
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    x0, x1 = np.array([part.x0 for part in parts]), np.array([part.x1 for part in parts])
    places = np.unique(np.round(x0, 0))[1:] - 1.0
    if not len(places):
        return []
    is_left, is_right = x1[:, None] <= places + 0.5, x0[:, None] >= places - 0.5
    first = np.flatnonzero(np.diff(row_of, prepend=-1))
    left = np.logical_or.reduceat(is_left, first, axis=0)
    right = np.logical_or.reduceat(is_right, first, axis=0)
    if not ((left.sum(axis=0) >= 2) & (right.sum(axis=0) >= 2)).any():
        return []  # most regions end here: they are one column
    crossed = np.logical_or.reduceat(~(is_left | is_right), first, axis=0)
    crossed[_centred(first, sides, x0, x1)] = True
    found: dict[tuple[int, int, int], tuple[float, Gutter]] = {}
    for at, start, end in _runs(crossed, left, right, _wide_gaps(rows)):
        inside = (row_of >= start) & (row_of < end)
        one = np.flatnonzero(inside & is_left[:, at]).tolist()
        two = np.flatnonzero(inside & ~is_left[:, at]).tolist()
        strip = Gutter(
            x=float(places[at]),
            first=start,
            last=end,
            left=[parts[index] for index in one],
            right=[parts[index] for index in two],
            left_rows=int(left[start:end, at].sum()),
            right_rows=int(right[start:end, at].sum()),
            shared_rows=int((left[start:end, at] & right[start:end, at]).sum()),
        )
        key = (start, end, len(one))  # the same cut at another place
        score = min(strip.left_rows, strip.right_rows) * _straightness(strip.right, row_of[two].tolist()) + 0.001 * (end - start)
        if key not in found or found[key][0] < score:
            found[key] = (score, strip)
    return [strip for _, strip in sorted(found.values(), key=lambda pair: (-pair[0], -pair[1].x))]


def _centred(first: Ints, sides: tuple[float, float], x0: Floats, x1: Floats) -> Flags:
    """Rows with one short text in the middle of the region, on no edge that others share: headings over all columns."""
    left, right = sides
    alone = np.diff(np.append(first, len(x0))) == 1
    start, end = x0[first], x1[first]
    middle = np.abs(start + end - left - right) < 2 * max(2.0, 0.004 * (right - left))
    shared = (np.abs(start[:, None] - x0) < 2).sum(axis=1)
    return np.asarray(alone & middle & (start - left > 0.12 * (right - left)) & (shared <= 1), bool)


def _wide_gaps(rows: list[list[Segment]]) -> Ints:
    """Rows over which there is more white than between two lines of a paragraph."""
    pairs = enumerate(itertools.pairwise(rows), start=1)
    return np.array([at for at, (one, two) in pairs if two[0].base - one[0].base > 2.2 * max(one[0].size, two[0].size)], np.int64)


def _runs(crossed: Flags, left: Flags, right: Flags, breaks: Ints) -> list[tuple[int, int, int]]:
    """(place, first row, row after the last) of stretches of rows that leave a place free, the most promising ones.

    A stretch with wide gaps counts as a whole and in its parts: a head of two columns may stand over a page of one.
    """
    found: list[tuple[int, int, int, int]] = []
    on_left, on_right = _counted(left), _counted(right)
    usable = np.flatnonzero((on_left[-1] >= 2) & (on_right[-1] >= 2))
    gaps: list[int] = breaks.tolist()
    for at in usable.tolist():
        lefts, rights = on_left[:, at].tolist(), on_right[:, at].tolist()
        ends = np.flatnonzero(np.diff(crossed[:, at].astype(np.int8), prepend=1, append=1)).tolist()
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            parts = [start, *(gap for gap in gaps if start < gap < end), end]
            for one, two in {(start, end), *itertools.pairwise(parts)}:
                shorter = min(lefts[two] - lefts[one], rights[two] - rights[one])
                if shorter >= 2:
                    found.append((-shorter, at, one, two))
    return [(at, start, end) for _, at, start, end in sorted(found)[:_WEIGHED]]


def _counted(flags: Flags) -> Ints:
    """How many are set above each row."""
    return np.concatenate([np.zeros((1, flags.shape[1]), np.int64), np.cumsum(flags, axis=0)])


def _straightness(parts: list[Segment], rows: list[int]) -> float:
    """The share of the rows on the right that have one edge or middle in common; items may be indented."""
    starts: list[float] = []
    ends: list[float] = []
    last = -1
    for part, row in zip(parts, rows, strict=True):
        if row != last:
            starts.append(part.x0)
            ends.append(part.x1)
        ends[-1] = part.x1
        last = row
    edge = median(starts)
    others = [start for start in starts if abs(start - edge) >= 3]
    near = [start for start in others if abs(start - edge) < 30]
    second = max((sum(abs(start - at) < 3 for start in others) for at in set(near)), default=0)
    middles = [start + end for start, end in zip(starts, ends, strict=True)]
    middle, last_edge = median(middles), median(ends)
    shares = (
        len(starts) - len(others) + second,
        sum(abs(end - last_edge) < 3 for end in ends),
        sum(abs(two - middle) < 6 for two in middles),
    )
    return max(shares) / len(starts)


def below_name(rows: list[list[Segment]], gutter: Gutter) -> Gutter:
    """A name in large letters over the second column comes before the first column, with the lines close to it."""
    left_top = min(part.base for part in gutter.left)
    top = [at for at in range(gutter.first, gutter.last) if rows[at][-1].base < left_top - 1]
    if not top or gutter.first or rows[top[0]][0].x1 <= gutter.x:
        return gutter
    largest = max(part.size for row in rows for part in row)
    named = [at for at in top if rows[at][0].size >= largest - 0.1]
    if not named:
        return gutter
    for at in range(named[-1] + 1, top[-1] + 2):
        if at < len(rows) and rows[at][0].base - rows[at - 1][0].base > 2.2 * rows[at][0].size:
            moved = {id(part) for row in rows[:at] for part in row}
            right = [part for part in gutter.right if id(part) not in moved]
            if right:
                return Gutter(
                    x=gutter.x,
                    first=at,
                    last=gutter.last,
                    left=gutter.left,
                    right=right,
                    left_rows=gutter.left_rows,
                    right_rows=gutter.right_rows - len(top),
                    shared_rows=gutter.shared_rows,
                )
    return gutter
