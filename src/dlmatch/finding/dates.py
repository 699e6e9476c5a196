"""Finds the dates and date ranges of a text and turns each into half-open counts of months; no clock is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from dlmatch.finding.anchors import lower_case
from dlmatch.finding.datespots import windows_of
from dlmatch.finding.datewords import DANGLING, FROM, MONTHS, ONE, PARTS, RANGE, SEASONS, SINCE
from dlmatch.finding.flow import levelled

PRESENT = "present"
_MOST = 2000  # dates that are read; a text with more is no resume


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A date or a range of dates: months `first` to `last` (half-open, counted from year 0; `last` None: goes on)."""

    start: int  # where it stands in the text
    end: int
    first: int
    last: int | None
    began: str  # YYYY or YYYY-MM
    ended: str  # YYYY, YYYY-MM or "present"
    ranged: bool  # two ends are named
    monthly: bool  # a month or season is named
    dangling: bool = False  # a dash follows, and then no date: the other end may stand on the next line

    def months(self, now: int) -> int:
        """How many months it covers before the month `now`."""
        return max(0, min(now, self.last if self.last is not None else now) - self.first)


@dataclass(frozen=True, slots=True)
class _Point:
    first: int
    last: int
    name_first: str
    name_last: str
    monthly: bool


def month_of(as_of: str) -> int:
    """The month of a YYYY-MM-DD date as a count: roles that go on end before it."""
    year, month = (int(part) for part in as_of.split("-")[:2])
    return year * 12 + month - 1


def span_of(began: str, ended: str, now: int) -> tuple[int, int]:
    """Half-open months of a role's `start` and `end` as a report writes them; never past `now`."""
    first = _count(began, 1)
    last = now if ended == PRESENT else _count(ended, 12) + 1
    return first, max(first, min(last, now))


def _count(name: str, otherwise: int) -> int:
    year, _, month = name.partition("-")
    return int(year) * 12 + (int(month) if month else otherwise) - 1


def union_months(spans: Iterable[tuple[int, int]]) -> int:
    """How many months lie in at least one of the half-open spans."""
    total, reach = 0, None
    for first, last in sorted(spans):
        begin = first if reach is None else max(first, reach)
        total += max(0, last - begin)
        reach = last if reach is None else max(reach, last)
    return total


def periods_of(text: str, level: str | None = None) -> tuple[Period, ...]:
    """Every date and date range of the text, in order, none overlapping another."""
    level = lower_case(levelled(text) if level is None else level)
    return tuple(islice(chain.from_iterable(_scan(level, begin, end) for begin, end in windows_of(level)), _MOST))


def _scan(level: str, begin: int, end: int) -> Iterator[Period]:
    at = begin
    ranged = one = None
    done = False  # no range is left in the window
    while at < end:
        if not done and (ranged is None or ranged.start() < at):
            ranged = RANGE.search(level, at, end)
            done = ranged is None
        if one is None or one.start() < at:
            one = ONE.search(level, at, end)
        if ranged and (one is None or ranged.start() <= one.start()):
            period = _of_range(ranged)
            if period:
                yield period
                at = period.end
                continue
            ranged = RANGE.search(level, ranged.start() + 1, end)
            done = ranged is None
        if one is None:
            return
        single = _of_one(level, one)
        if single:
            yield single
        at = single.end if single else one.start() + 1


def _of_range(found: re.Match[str]) -> Period | None:
    ends = _ends(found)
    if ends is None:
        return None
    first, last = ends
    if last is not None and last.last <= first.first:
        return None
    return Period(
        start=found.start(),
        end=found.end(),
        first=first.first,
        last=last.last if last else None,
        began=first.name_first,
        ended=last.name_last if last else PRESENT,
        ranged=True,
        monthly=first.monthly,
    )


def _ends(found: re.Match[str]) -> tuple[_Point, _Point | None] | None:
    if found["m3"]:
        year = _year(found["my4"])
        return _month(year, MONTHS[found["m3"]]), _month(year, MONTHS[found["m4"]])
    if found["s3"]:
        year = int(found["sy4"])
        return _season(year, found["s3"]), _season(year, found["s4"])
    if found["f1"]:
        return _whole(int(found["f1"])), _whole(int(found["f2"]))
    first = _read(found, "1")
    if first is None:
        return None
    if found["now"] or found["date"]:
        return first, None
    if found["yy"]:
        last = _short_end(found, first)
        return (first, last) if last else None
    last = _read(found, "2")
    if last is None or (found["gap"] is not None and not _gap_joins(found, first, last)):
        return None
    return _days_agree(found, first, last)


def _gap_joins(found: re.Match[str], first: _Point, last: _Point) -> bool:
    """Two dates with a gap between them are a range only if both name months, and on one line."""
    return "\n" not in found["gap"] and first.monthly and last.monthly and last.first >= first.first


def _short_end(found: re.Match[str], first: _Point) -> _Point | None:
    """The 18 of "2016 - 18"."""
    if not found["y1"]:
        return None
    year = first.first // 12 // 100 * 100 + int(found["yy"])
    if year < first.first // 12:
        year += 100
    return _whole(year) if year - first.first // 12 <= 40 and year < 2050 else None


def _days_agree(found: re.Match[str], first: _Point, last: _Point) -> tuple[_Point, _Point]:
    """Day or month first? What one end of a range settles holds for the other end."""
    if not (found["d1"] and found["d2"]):
        return first, last
    settled = [n for n in ("1", "2") if max(int(found["d" + n]), int(found["e" + n])) > 12]
    if len(settled) != 1:
        return first, last
    month_first = int(found["e" + settled[0]]) > 12
    a, b = (_month(_year(found["dy" + n]), int(found[("d" if month_first else "e") + n])) for n in ("1", "2"))
    return a, b


def _of_one(level: str, found: re.Match[str]) -> Period | None:
    short = found["my1"] or found["ny1"] or found["dy1"]
    if short and len(short) < 3 and level[found.start() : found.end()].count("'") == 0:
        return None  # "May 15" is a day, 3.14 a number
    tight = found["iy1"] and found["im1"]
    if tight and len(found["im1"]) == 2 and level[found.end("iy1")] == "-" and found.end() == found.end("im1"):
        until = int(found["iy1"]) // 100 * 100 + int(found["im1"])
        if until > int(found["iy1"]):  # 2009-11: two years rather than a month, as no second date follows
            whole, last = _whole(int(found["iy1"])), _whole(until)
            return _period(found, whole, last, ranged=True)
    point = _read(found, "1")
    if point is None:
        return None
    if SINCE.search(level, max(0, found.start() - 16), found.start()):
        return _period(found, point, None, ranged=True)
    if point.monthly and FROM.search(level, max(0, found.start() - 12), found.start()) and _line_ends(level, found.end()):
        return _period(found, point, None, ranged=True)  # "Engineer, from March 2021"
    dangling = DANGLING.match(level, found.end()) is not None
    return _period(found, point, point, ranged=False, dangling=dangling)


def _line_ends(level: str, at: int) -> bool:
    return not level[at : at + 3].split("\n")[0].strip(" .)\x1f")


def _period(found: re.Match[str], first: _Point, last: _Point | None, *, ranged: bool, dangling: bool = False) -> Period:
    return Period(
        start=found.start(),
        end=found.end(),
        first=first.first,
        last=last.last if last else None,
        began=first.name_first,
        ended=last.name_last if last else PRESENT,
        ranged=ranged,
        monthly=first.monthly,
        dangling=dangling,
    )


def _read(found: re.Match[str], n: str) -> _Point | None:
    if found["s" + n]:
        return _season(_year(found["sy" + n]), found["s" + n])
    if found["m" + n]:
        return _month(_year(found["my" + n]), MONTHS[found["m" + n]])
    if found["ky" + n]:
        year, season = int(found["ky" + n]), found["ks" + n]
        return _season(year, season) if season else _month(year, MONTHS[found["km" + n]])
    if found["ay" + n]:
        return _whole(_year(found["ay" + n]))
    if found["iy" + n]:
        return _month(int(found["iy" + n]), int(found["im" + n]))
    if found["d" + n]:
        return _day(int(found["d" + n]), int(found["e" + n]), _year(found["dy" + n]))
    if found["nm" + n]:
        return _month(_year(found["ny" + n]), int(found["nm" + n]))
    if found["p" + n]:
        year, (first, last) = int(found["py" + n]), PARTS[found["p" + n]]
        return _between(year, first, last)
    return _whole(int(found["y" + n]))


def _day(a: int, b: int, year: int) -> _Point | None:
    """Day first, unless only month first can be meant; a job begins on a first, so 06/01/2015 is June."""
    month = a if b > 12 or (b == 1 and a <= 12) else b
    return _month(year, month) if 1 <= month <= 12 else None


def _year(digits: str) -> int:
    number = int(digits.strip("'"))
    if len(digits.strip("'")) > 2:
        return number
    return 2000 + number if number < 50 else 1900 + number


def _month(year: int, month: int) -> _Point:
    return _between(year, month, month)


def _season(year: int, name: str) -> _Point:
    return _between(year, *SEASONS[name])


def _between(year: int, first: int, last: int) -> _Point:
    return _Point(year * 12 + first - 1, year * 12 + last, f"{year}-{first:02d}", f"{year}-{last:02d}", True)


def _whole(year: int) -> _Point:
    return _Point(year * 12, year * 12 + 12, str(year), str(year), False)
