"""Dates and ranges: a table of forms with what each means, and laws that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.dates import PRESENT, month_of, periods_of, span_of, union_months

RANGES = [
    ("Jan 2019 - Present", "2019-01", PRESENT, "abbreviated month, goes on"),
    ("January 2019 to current", "2019-01", PRESENT, "full month, other word for present"),
    ("03/2018 - 07/2021", "2018-03", "2021-07", "numbers for months"),
    ("5/2005-9/2008", "2005-05", "2008-09", "numbers, no spaces"),
    ("2016 \u2013 18", "2016", "2018", "a year in two digits"),
    ("2016-18", "2016", "2018", "18 is no month"),
    ("2009-11", "2009", "2011", "alone, it is two years rather than November"),
    ("2013-09 \u2014 Present", "2013-09", PRESENT, "in a range, it is a month"),
    ("since 2020", "2020", PRESENT, "since"),
    ("2019.03\u20132020.01", "2019-03", "2020-01", "year first, dots"),
    ("2019-06-01 \u2013 2020-08-31", "2019-06", "2020-08", "ISO days"),
    ("Sept 2018 \u2013 May 2023", "2018-09", "2023-05", "Sept"),
    ("from 2015 to 2017", "2015", "2017", "in words"),
    ("2016 to date", "2016", PRESENT, "to date"),
    ("2016to date", "2016", PRESENT, "a lost space"),
    ("July 2012  till date", "2012-07", PRESENT, "a lost dash"),
    ("January  August 2012", "2012-01", "2012-08", "one year for two months, a lost dash"),
    ("Jan \u2014 Aug 2011", "2011-01", "2011-08", "one year for two months"),
    ("May 2013  Aug 2013", "2013-05", "2013-08", "a lost dash between months"),
    ("2017-now", "2017", PRESENT, "now"),
    ("2018 \u2013 ongoing", "2018", PRESENT, "ongoing"),
    ("01/06/2015 - 31/07/2017", "2015-06", "2017-07", "the second end shows that days come first"),
    ("06/01/2015 - 08/15/2017", "2015-06", "2017-08", "the second end shows that months come first"),
    ("04-09-2003 to  19-12-2007", "2003-09", "2007-12", "days with dashes"),
    ("June '18 - Aug '19", "2018-06", "2019-08", "apostrophes"),
    ("Feb 09/Jun 11", "2009-02", "2011-06", "a slash for the dash"),
    ("Feb 2011/Now", "2011-02", PRESENT, "a slash for the dash, goes on"),
    ("2016present", "2016", PRESENT, "text extraction lost the dash"),
    ("20132015", "2013", "2015", "text extraction lost the dash"),
    ("Oct- 2008 to Jan 2014", "2008-10", "2014-01", "a stray dash"),
    ("Fall 2005 - Spring 2006", "2005-09", "2006-05", "seasons"),
    ("Summer 2011 - Present", "2011-06", PRESENT, "season, goes on"),
    ("Jan\u00a02019\u2009\u2013\u2009Feb\u00a02020", "2019-01", "2020-02", "spaces that do not break"),
    ("Jan 2019 \u200b\u2013\u200b Feb 2020", "2019-01", "2020-02", "spaces without width"),
    (r"Aug 2012 \xe2\x80\x94 May 2013", "2012-08", "2013-05", "a dash written as its bytes"),
    (r"2010 \xc3\xa2\xc2\x80\xc2\x93 Present", "2010", PRESENT, "the same, encoded twice"),
    ("M\u00e4rz 2019 \u2013 Okt. 2020", "2019-03", "2020-10", "German"),
    ("10/2017 - heute", "2017-10", PRESENT, "German, goes on"),
    ("janv. 2018 \u00e0 ao\u00fbt 2019", "2018-01", "2019-08", "French"),
    ("enero 2018 - dic. 2019", "2018-01", "2019-12", "Spanish"),
    ("mid 2019 - late 2020", "2019-05", "2020-12", "parts of years"),
    ("1 September 2018 until 30 September 2019", "2018-09", "2019-09", "days in words"),
    ("January 5, 2019 - March 3rd, 2020", "2019-01", "2020-03", "days in words, American"),
    ("2021 \u2013\nPresent", "2021", PRESENT, "over a line end"),
    ("2022-09 -- 2023-10", "2022-09", "2023-10", "two hyphens"),
    ("'19 - '21", "2019", "2021", "years with apostrophes alone"),
    ("Aug, 16 - Present", "2016-08", PRESENT, "a comma before two digits"),
    ("2019 Fall - 2020 Spring", "2019-09", "2020-05", "the year before the season"),
    ("2019 Jan - 2020 Mar", "2019-01", "2020-03", "the year before the month"),
    ("Aug 2021 \u2013 Est. May 2025", "2021-08", "2025-05", "an end that is expected"),
    ("2020 \u2192 present", "2020", PRESENT, "an arrow"),
    ("2019-08/2020-05", "2019-08", "2020-05", "ISO's own sign between"),
]


@pytest.mark.parametrize(("text", "began", "ended", "why"), RANGES)
def test_range(text: str, began: str, ended: str, why: str) -> None:
    periods = periods_of(f"Engineer, {text}")
    assert [(period.began, period.ended) for period in periods] == [(began, ended)], why
    assert periods[0].ranged


SINGLES = [
    ("Summer 2019", [("2019-06", "2019-08")], "a season is its months"),
    ("May 2018", [("2018-05", "2018-05")], "a month"),
    ("2012", [("2012", "2012")], "a year"),
    ("2014  2014  2013", [("2014", "2014"), ("2014", "2014"), ("2013", "2013")], "a list of years is no range"),
    ("Q1 2019", [("2019-01", "2019-03")], "a quarter"),
    ("3 ao\u00fbt 2018", [("2018-08", "2018-08")], "a day"),
    ("class of '19", [], "an apostrophe and two digits alone"),
    ("Summers 2018", [("2018-06", "2018-08")], "a season in the plural"),
    ("May 15", [], "a day without a year"),
    ("version 3.14", [], "a number"),
    ("+1 123-2010-2014", [], "a telephone number"),
    ("July 20XX - present", [], "a form that nobody filled in"),
    ("$2000 - $2010", [], "money"),
    ("2020 - 2018", [("2020", "2020"), ("2018", "2018")], "no range runs backwards"),
]


@pytest.mark.parametrize(("text", "want", "why"), SINGLES)
def test_single(text: str, want: list[tuple[str, str]], why: str) -> None:
    assert [(period.began, period.ended) for period in periods_of(text)] == want, why


SPANS = [
    ("2019-01", "2019-01", 1, "a month is one month"),
    ("2019", "2019", 12, "a year is twelve"),
    ("2016", "2018", 36, "years count in full, both ends"),
    ("2024-01", PRESENT, 12, "present is the day asked for, not today"),
    ("2024-01", "2030-01", 12, "nothing counts after it"),
    ("2026", PRESENT, 0, "what has not begun has no months"),
]


@pytest.mark.parametrize(("began", "ended", "months", "why"), SPANS)
def test_span(began: str, ended: str, months: int, why: str) -> None:
    first, last = span_of(began, ended, month_of("2025-01-01"))
    assert last - first == months, why


spans = st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)).map(lambda pair: (min(pair), max(pair))), max_size=12)


@given(spans)
def test_union_is_never_above_the_sum_and_never_below_the_longest(found: list[tuple[int, int]]) -> None:
    total = union_months(found)
    assert total <= sum(last - first for first, last in found)
    assert total >= max((last - first for first, last in found), default=0)


@given(spans, st.randoms())
def test_union_does_not_depend_on_the_order(found: list[tuple[int, int]], chance: object) -> None:
    shuffled = sorted(found, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert union_months(shuffled) == union_months(found) == union_months(found + found)


pieces = st.sampled_from(
    [
        "2019",
        "20",
        "Jan",
        " ",
        "  ",
        "-",
        "\u2013",
        "/",
        ".",
        "'",
        "to",
        "present",
        "Summer",
        "12",
        "31",
        "\n",
        "since ",
        "\\xe2",
        "x",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=20).map("".join)))
def test_any_text_gives_periods_in_order_within_it(text: str) -> None:
    at = 0
    for period in periods_of(text):
        assert at <= period.start < period.end <= len(text)
        assert period.last is None or period.first < period.last
        at = period.end
