"""The summary counts what the rows say."""

from __future__ import annotations

from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st
from reports import job_report, resume_report

from dlmatch.batch.summary import Summary
from dlmatch.batch.summary_words import table_of_summary, text_of_summary
from dlmatch.errors import EmptyDocument
from dlmatch.showing.rows import error_row, report_row


def summary() -> Summary:
    found = Summary()
    for row in (
        report_row(job_report()),
        report_row(job_report()),
        report_row(resume_report()),
        error_row(EmptyDocument("Empty.")),
    ):
        found.add(row)
    return found


def test_counts() -> None:
    told = summary().to_dict({"python": "Python", "cloud": "A cloud platform"})
    assert (told["inputs"], told["unread"], told["statuses"]["ok"], told["slugs"]) == (4, 1, 3, {"empty-document": 1})
    assert told["kinds"] == {"job": 2, "resume": 1}
    assert {"id": "python", "name": "Python", "count": 2} in told["most_asked"]
    assert "mlops" not in [one["id"] for one in told["most_asked"]]  # only mentioned
    assert told["most_missing"][0] == {"id": "second-language", "name": "second-language", "count": 3}
    assert told["pay"]["stated_against_implied"]["above"] == 2
    assert told["pay"]["implied_middle"] == {
        "INR a year": {"count": 2, "median": 950000},
        "USD a year": {"count": 1, "median": 214000},
    }


def test_words_say_the_same() -> None:
    told = summary().to_dict()
    text = text_of_summary(told, "o.csv")
    assert "4 inputs into o.csv: 3 ok, 1 empty." in text
    assert "above the band" in text
    assert ("all", 4) in list(table_of_summary(told))


def test_nothing_at_all_has_words_too() -> None:
    assert "0 inputs" in text_of_summary(Summary().to_dict(), "o.csv")


@given(st.lists(st.integers(0, 10_000), min_size=1))
def test_the_median_is_exact(hundredths: list[int]) -> None:
    found = Summary()
    for value in hundredths:
        found.add({**report_row(job_report()), "score": value / 100})
    scores = found.to_dict()["scores"]
    assert scores["median"] == median_low(hundredths) / 100
    assert sum(scores["tens"].values()) == len(hundredths)
