"""Marks of Markdown, HTML and LaTeX are blanked, words stay where they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.flow import levelled, lines_of

LINES = [
    ("**Engineer** | *Example*", ["Engineer | Example"], "bold and slanted"),
    ("## Experience\n======\n**A**", ["Experience", "A"], "headings and the rulers under them"),
    ("* an item\n* *slanted*\n**b**", ["an item", "slanted", "b"], "an item's star is no emphasis"),
    ("*an item without a space\n**b**", ["an item without a space", "b"], "a star alone opens an item"),
    ("see [Example](https://example.org/a_b) **now**", ["see [Example] now"], "links"),
    ("snake_case and __init__ **b**", ["snake_case and init b"], "marks within words stay"),
    ("<p>One</p><p>Two<br>Three</p>", ["One", "Two", "Three"], "elements end lines"),
    ("---\nlayout: cv\ndate: 2019-01-02\n---\n# Me", ["Me"], "a page's own data"),
    ("| a | b |\n|---|:-:|\n| c | d | **x**", ["| a | b |", "| c | d | x"], "rows of a table"),
    ("x = {y} and 5 < 6", ["x = {y} and 5 < 6"], "plain text stays"),
    (r"\textbf{Example}, Oslo \hfill 2018 -- 2020 \\ \textit{Engineer}", ["Example , Oslo | 2018 - 2020", "Engineer"], "LaTeX"),
    (r"\item \job{Engineer}{Example}{R\&D} % 100\% secret", ["Engineer| Example| R &D"], "fields, signs and notes"),
]


@pytest.mark.parametrize(("text", "lines", "why"), LINES)
def test_lines(text: str, lines: list[str], why: str) -> None:
    found = [" ".join(line.text.split()) for line in lines_of(levelled(text))]
    assert found == lines, why


@given(st.text(alphabet="*_#<>/pbr[](){}\\%-|=&\n ab1", max_size=120))
def test_the_length_stays(text: str) -> None:
    assert len(levelled(text)) == len(text)
