"""Finds the stretches of a text in which dates may stand: around numbers that can be years."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dlmatch.finding.anchors import digits_as_0, signs_but

_NUMBER = re.compile(r"\d\d+")
_BEFORE_SHORT = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,9}[ .,-]{1,2}$")
_BACK, _AHEAD = 30, 40  # letters around a year that can belong to its range: "1 September 2018 until 30 September 2019"
_ASCII = bytes(range(128))


def windows_of(level: str) -> Iterator[tuple[int, int]]:
    """The stretches, none overlapping another."""
    begin = end = -1
    for first, last in _numbers(level):
        if not _may_date(level, first, last):
            continue
        if begin >= 0 and first - _BACK <= end:
            end = last + _AHEAD
            continue
        if begin >= 0:
            yield begin, min(end, len(level))
        begin, end = max(first - _BACK, end, 0), last + _AHEAD
    if begin >= 0:
        yield begin, min(end, len(level))


def _numbers(level: str) -> Iterator[tuple[int, int]]:
    """Where digits stand side by side."""
    if level.isascii() or not any(map(str.isdecimal, signs_but(_ASCII, level))):
        digits = digits_as_0(level.encode("ascii", "replace").decode())
        at = digits.find("00")
        while at >= 0:
            number = _NUMBER.match(digits, at)
            assert number is not None  # two digits are there
            yield number.span()
            at = digits.find("00", number.end())
    else:
        yield from (number.span() for number in _NUMBER.finditer(level))


def _may_date(level: str, at: int, end: int) -> bool:
    """Whether two or four digits may be a year: 1998, 05/19, '19, June 19."""
    length = end - at
    if length in (4, 8):  # 20122016: a dash was lost
        return level[at : at + 2] in ("19", "20")
    if length != 2:
        return False
    before = level[at - 1 : at]
    return (
        before == "'"
        or (before in "/.-" and level[at - 2 : at - 1].isdigit())
        or _BEFORE_SHORT.search(level, max(0, at - 11), at) is not None
    )
