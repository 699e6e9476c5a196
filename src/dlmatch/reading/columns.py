"""Puts the segments of a page into reading order: columns one after the other, labels and dates beside what they belong to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import numpy as np

from dlmatch.reading.gutters import Gutter, below_name, gutters
from dlmatch.reading.segments import Line, Segment, median, rows_of

_DEEPEST = 10  # columns in columns in columns
_TRIED = 8  # gutters of one region that are tried, best first
# Changes between left and right while drawing, a line of the shorter side: programs draw a column whole, a table row by row.
_SWITCHES = 0.34
_LABEL_LINES, _NOTE_LINES, _LABEL_LETTERS = 3, 5, 26  # longer texts are no labels and no notes
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?i:\b(?:present|current|today|ongoing)\b)")


class Order:
    """Walks a page; every region that it reads without a further cut gets a number of its own."""

    def __init__(self) -> None:
        self._regions = 0

    def read(self, segments: list[Segment], depth: int = 0, sides: tuple[float, float] | None = None) -> list[Line]:
        """The lines of these segments in reading order; `sides` are those of the region they are a part of."""
        rows = rows_of(segments)
        if len(rows) > 1 and depth < _DEEPEST:
            sides = sides or (min(part.x0 for part in segments), max(part.x1 for part in segments))
            for gutter in gutters(rows, sides)[:_TRIED]:
                cut = self._way_to_cut(gutter)
                if cut is not None:
                    gutter = below_name(rows, gutter)
                    above = [part for row in rows[: gutter.first] for part in row]
                    below = [part for row in rows[gutter.last :] for part in row]
                    read = [*self._part(above, depth, sides), *cut(gutter, depth)]
                    return [*read, *self._part(below, depth, sides)]
        self._regions += 1
        return [Line(cells=row, region=self._regions) for row in rows]

    def _part(self, segments: list[Segment], depth: int, sides: tuple[float, float] | None = None) -> list[Line]:
        return self.read(segments, depth + 1, sides) if segments else []

    def _way_to_cut(self, gutter: Gutter) -> Callable[[Gutter, int], list[Line]] | None:
        if are_columns(gutter):
            return self._columns
        if _are_labels(gutter):
            return self._labelled
        if _are_notes(gutter):
            return self._noted
        return None

    def _columns(self, gutter: Gutter, depth: int) -> list[Line]:
        return [*self._part(gutter.left, depth), *self._part(gutter.right, depth)]

    def _labelled(self, gutter: Gutter, depth: int) -> list[Line]:
        """Each label on the left before what stands beside it: on one line with it, or above it where it is a heading."""
        groups = _groups(gutter.left, gutter.right)
        starts = [group[0].base - 0.5 * group[0].size for group in groups]
        beside: list[list[Segment]] = [[] for _ in range(len(groups) + 1)]
        for part in gutter.right:
            beside[sum(part.base >= start for start in starts)].append(part)
        read = self._part(beside[0], depth)
        inner = [self._part(parts, depth) for parts in beside[1:]]
        headings = _have_headings(groups, inner)
        for group, lines in zip(groups, inner, strict=True):
            if len(group) > _LABEL_LINES:
                read += [*self._part(group, depth), *lines]
                continue
            label = _one(group)
            on_line = lines and abs(lines[0].base - group[0].base) < 0.6 * group[0].size
            if not on_line or (headings and not _DATE.search(label.text) and not any(c.isdigit() for c in label.text)):
                self._regions += 1
                read.append(Line(cells=[label], region=self._regions))
            else:
                lines[0].cells.insert(0, label)
            read += lines
        return read

    def _noted(self, gutter: Gutter, depth: int) -> list[Line]:
        """Each note on the right (dates, places) on the line it stands beside; its further lines too, unless they match lines."""
        lines = self._part(gutter.left, depth)
        for group in _groups(gutter.right, gutter.left):
            home = _line_at(lines, group[0])
            if home is None:
                at = sum(line.base < group[0].base for line in lines)
                self._regions += 1
                lines[at:at] = [Line(cells=[part], region=self._regions) for part in group]
                continue
            home.cells.append(group[0])
            at = lines.index(home)
            for number, part in enumerate(group[1:], start=1):
                own = lines[at + number] if at + number < len(lines) else None
                if own is not None and not home.notes and _takes_note(own, part):
                    own.cells.append(part)
                else:
                    home.notes.append(part)
        return lines


def are_columns(gutter: Gutter) -> bool:
    """Are the two sides texts of their own, or rows of one?"""
    shorter = min(gutter.left_rows, gutter.right_rows)
    switches = _switches(gutter)
    if switches > 2 and _name_their_rows(gutter):
        return False
    if switches <= max(1.0, _SWITCHES * shorter):
        if shorter >= 4:
            return not (_all_dates(gutter) and gutter.shared_rows >= 0.7 * shorter)
        if gutter.shared_rows < shorter - 1:
            return True
        left, right = _beside_each_other(gutter)
        return _has_dates(right) == _has_dates(left) and (
            gutter.right_rows > gutter.left_rows or not _right_aligned(gutter.right)
        )
    if shorter < 5 or _thin(gutter.left, gutter.left_rows) or _thin(gutter.right, gutter.right_rows):
        return False
    if gutter.shared_rows < 0.5 * shorter:
        return True
    return min(median(part.letters for part in side) for side in (gutter.left, gutter.right)) >= 25


def _switches(gutter: Gutter) -> int:
    """How often drawing went from one side to the other."""
    sides = sorted([(part.order, 0) for part in gutter.left] + [(part.order, 1) for part in gutter.right])
    return sum(one[1] != two[1] for one, two in itertools.pairwise(sides))


def _name_their_rows(gutter: Gutter) -> bool:
    """Do three or more short texts on the left stand beside rows on the right that were drawn next?"""
    if median(part.letters for part in gutter.left) > _LABEL_LETTERS:
        return False
    right = sorted(gutter.right, key=lambda part: part.order)
    orders = [part.order for part in right]
    groups = _groups(gutter.left, gutter.right)
    after = max((at + 1 for at, group in enumerate(groups) if len(group) > _LABEL_LINES), default=0)
    named = 0
    for group in groups[after:]:  # what follows the last long text: an address may stand over labels
        at = int(np.searchsorted(orders, group[-1].order))
        if at < len(right):
            named += any(abs(right[at].base - part.base) < 0.5 * part.size for part in group)
    return named >= max(2 if after else 3, 0.6 * (len(groups) - after))


def _thin(side: list[Segment], rows: int) -> bool:
    """Do its lines fill less than 0.6 of its height?"""
    height = side[-1].base - side[0].base
    return rows * 1.6 * median(part.size for part in side) < 0.6 * height


def _beside_each_other(gutter: Gutter) -> tuple[list[Segment], list[Segment]]:
    """The segments of both sides in rows that have some on both."""
    left: list[Segment] = []
    right: list[Segment] = []
    for row in rows_of(gutter.left + gutter.right):
        one, two = [part for part in row if part.x0 < gutter.x], [part for part in row if part.x0 >= gutter.x]
        if one and two:
            left += one
            right += two
    return left, right


def _has_dates(side: list[Segment]) -> bool:
    return any(_DATE.search(part.text) and part.letters <= 30 for part in side)


def _all_dates(gutter: Gutter) -> bool:
    """Is the shorter side hardly more than dates?"""
    side = gutter.left if gutter.left_rows <= gutter.right_rows else gutter.right
    dates = sum(bool(_DATE.search(part.text)) for part in side)
    return 2 * dates >= len(side) and median(part.letters for part in side) <= 30


def _right_aligned(side: list[Segment]) -> bool:
    """Do its lines end in one place and start in several?"""
    rows = rows_of(side)
    starts, ends = [row[0].x0 for row in rows], [row[-1].x1 for row in rows]
    return max(ends) - min(ends) < 3 < max(starts) - min(starts)


def _width(gutter: Gutter) -> float:
    everything = gutter.left + gutter.right
    return max(part.x1 for part in everything) - min(part.x0 for part in everything)


def _are_labels(gutter: Gutter) -> bool:
    """Short texts on the left, most of which begin a row that goes on at the right."""
    widest = max(part.x1 for part in gutter.left) - min(part.x0 for part in gutter.left)
    narrow = widest <= 0.4 * _width(gutter) and median(part.letters for part in gutter.left) <= _LABEL_LETTERS
    return narrow and gutter.shared_rows >= 0.5 * gutter.left_rows and gutter.right_rows >= gutter.left_rows


def _are_notes(gutter: Gutter) -> bool:
    """Short texts on the right, most of which stand beside a row at the left."""
    widest = max(part.x1 for part in gutter.right) - min(part.x0 for part in gutter.right)
    narrow = widest <= 0.45 * _width(gutter) and median(part.letters for part in gutter.right) <= _LABEL_LETTERS
    if not narrow or gutter.left_rows <= gutter.right_rows or gutter.shared_rows < 0.3 * gutter.right_rows:
        return False
    return all(len(group) <= _NOTE_LINES for group in _groups(gutter.right, gutter.left))


def _groups(side: list[Segment], other: list[Segment]) -> list[list[Segment]]:
    """The segments of a narrow side as labels or notes: lines that follow closely and were drawn one after the other."""
    drawn = sorted(part.order for part in other)
    groups: list[list[Segment]] = []
    for row in rows_of(side):
        part = _one(row)
        last = groups[-1][-1] if groups else None
        close = last is not None and part.base - last.base < 1.6 * max(part.size, last.size)
        if last is not None and close and not _between(drawn, last.order, part.order) and part.bold == last.bold:
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _between(drawn: list[int], one: int, two: int) -> bool:
    low, high = min(one, two), max(one, two)
    at = int(np.searchsorted(drawn, low))
    return at < len(drawn) and drawn[at] < high


def _one(parts: list[Segment]) -> Segment:
    """Several segments as one, at the place of the first."""
    if len(parts) == 1:
        return parts[0]
    return Segment(
        words=[word for part in parts for word in part.words],
        x0=min(part.x0 for part in parts),
        x1=max(part.x1 for part in parts),
        base=parts[0].base,
        size=max(part.size for part in parts),
        order=min(part.order for part in parts),
        bold=parts[0].bold,
        letters=sum(part.letters for part in parts),
    )


def _have_headings(groups: list[list[Segment]], inner: list[list[Line]]) -> bool:
    """Do the labels head what stands beside them, as section names in the margin do?"""
    tall = 0
    names = [_one(group) for group in groups]
    if sum(name.letters for name in names) < 6 * len(names):  # PhD, BS
        return False
    for group, lines in zip(groups, inner, strict=True):
        if any(c.isdigit() for c in _one(group).text):
            continue
        first = lines[0].cells[0] if lines else None
        tall += len(lines) >= 3 or (first is not None and group[0].size > 1.08 * first.size)
    return tall >= max(1, 0.3 * len(groups))


def _line_at(lines: list[Line], part: Segment) -> Line | None:
    """The line on whose baseline this stands."""
    near = [line for line in lines if abs(line.base - part.base) < 0.5 * part.size]
    return min(near, key=lambda line: abs(line.base - part.base)) if near else None


def _takes_note(line: Line, note: Segment) -> bool:
    """A short line on the same level, not an item: what stands to its right belongs to it."""
    level = abs(line.base - note.base) < 0.5 * note.size
    return level and not line.cells[0].is_item and note.x0 - line.cells[-1].x1 > 2 * note.size
