"""The lines of a resume with the part of it they stand in and the dates they hold: worked out once, asked often."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from dlmatch.finding.dates import Period, periods_of
from dlmatch.finding.flow import levelled, lines_of
from dlmatch.finding.rooms import Part, heading_length, rooms_of
from dlmatch.model.document import Document

LEAVES = " \t\n\x1f,;:|()[]/\u2022\u00b7-~@.*_"  # what may be left around a date that is taken out
_SPELL = r"(?:years?|yrs?\.?|months?|mos?\.?)"
DURATION = re.compile(
    rf"\(?\b(?:about\s)?(?:\d+(?:\.\d)?\+?|one|two|three)\s*{_SPELL}(?:[\s,&]*(?:and\s)?\d+\s*{_SPELL})?\)?", re.IGNORECASE
)


class Page:
    """The lines of a resume with what stands on each: worked out once, asked often."""

    def __init__(self, document: Document, sections: Sequence[Part]) -> None:
        self.level = levelled(document.text)
        self.periods = periods_of(document.text, self.level)
        self.lines = lines_of(self.level, [(period.start, period.end) for period in self.periods])
        self.rooms = rooms_of(self.lines, sections)
        self.dated: dict[int, list[Period]] = {}
        at = 0
        for period in self.periods:
            while at < len(self.lines) - 1 and self.lines[at + 1].start <= period.start:
                at += 1
            self.dated.setdefault(at, []).append(period)
        self.opens: list[int] = []  # for each line, the first line of its part
        for number, room in enumerate(self.rooms):
            same = number > 0 and self.rooms[number - 1] == room
            self.opens.append(self.opens[-1] if same else number)
        self.has_experience = "experience" in self.rooms
        self.headed: dict[int, int] = {}  # for the first line of a part, its first dated heading, once that was asked for
        self._plain = [at for at in self.dated if not self.lines[at].bullet]
        self._starts = [line.start for line in self.lines]
        self._rests: dict[int, str] = {}

    def line_at(self, offset: int) -> int:
        """The last line that begins at the offset or before it."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def plain_from(self, first: int) -> Iterator[int]:
        """The dated lines of the part that begins at `first` that are no list items."""
        for at in self._plain[bisect_left(self._plain, first) :]:
            if self.opens[at] != first:
                return
            yield at

    def rest(self, at: int) -> str:
        """A line without its dates, heading and durations."""
        known = self._rests.get(at)
        if known is None:
            known = self._rests[at] = self._rest(at)
        return known

    def _rest(self, at: int) -> str:
        line = self.lines[at]
        kept, begin = [], line.start
        for period in self.dated.get(at, ()):
            kept.append(self.level[begin : period.start])
            begin = max(begin, period.end)
        kept.append(self.level[begin : line.end])
        text = " | ".join(part.strip(LEAVES) for part in kept if part.strip(LEAVES))
        text = text[heading_length(text) :] if text and not line.bullet else text
        if "y" in text or "Y" in text or "mo" in text or "Mo" in text:  # years, months
            text = DURATION.sub(" ", text).strip(LEAVES)
        return text
