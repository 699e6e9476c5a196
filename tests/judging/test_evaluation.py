"""Reports held against labels: what counts as right, wrong and missed, and which facts are measured."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dlmatch.judging.evaluation import Counts, Pair, Share, evaluate
from dlmatch.judging.factcheck import checked_facts
from dlmatch.model.labels import Labelled, LabelledPay, LabelledRole
from dlmatch.model.report import JobFacts, Pay, ResumeFacts

AS_OF = date(2025, 1, 1)


def job(**facts: Any) -> Labelled:
    """The labels of an ad without skills."""
    return Labelled(id="ad", kind="job", skills={}, **facts)


def resume(*roles: tuple[str | None, str | None], **facts: Any) -> Labelled:
    """The labels of a resume without skills."""
    return Labelled(id="cv", kind="resume", skills={}, roles=tuple(LabelledRole(start=a, end=b) for a, b in roles), **facts)


PAY = Pay(min=90000.0, max=120000.0, currency="USD", period="year")
PAID = LabelledPay(min=90000, max=120000, currency="USD", period="year")


@pytest.mark.parametrize(
    ("labelled", "found", "facts", "why"),
    [
        (job(), JobFacts(years_min=3), {}, "what is not labelled is not measured"),
        (job(years_min=3), JobFacts(years_min=3), {"years_min": True}, "the same"),
        (job(years_min=3), JobFacts(), {"years_min": False}, "not found"),
        (job(degree_min="none"), JobFacts(), {"degree_min": True}, "no degree asked and none found"),
        (job(city="New York"), JobFacts(city="new york"), {"city": True}, "letters' case does not matter"),
        (job(pay=PAID), JobFacts(pay=PAY), {"pay_found": True, "pay_exact": True}, "whole numbers or not"),
        (job(pay=LabelledPay(min=1, max=2)), JobFacts(pay=PAY), {"pay_found": True, "pay_exact": False}, "found, not as stated"),
        (job(pay=PAID), JobFacts(), {"pay_found": False, "pay_exact": False}, "not found"),
        (job(states_no_pay=True), JobFacts(pay=PAY), {"pay_absent": False}, "invented"),
        (job(years_min=3), None, {"years_min": False}, "a document that could not be read states nothing"),
        (resume(degree_max="phd"), ResumeFacts(degree_max="master"), {"degree_max": False}, "a lower degree"),
        (resume(city="Pune"), ResumeFacts(), {}, "a resume's city is not measured"),
    ],
)
def test_facts(labelled: Labelled, found: Any, facts: dict[str, bool], why: str) -> None:
    assert {fact: right for fact, right, _, _ in checked_facts(labelled, found, AS_OF)} == facts, why


@pytest.mark.parametrize(
    ("roles", "years", "why"),
    [
        ([("2016", "2018")], 3.0, "years are whole ones"),
        ([("2016-07", "2018-01")], 1.5, "months are counted"),
        ([("2016", "2018"), ("2017", "2019")], 4.0, "overlaps count once"),
        ([("2023-01", "present")], 2.0, "present is the day given"),
        ([("2016", None)], None, "no end: it can't be said"),
        ([], None, "no roles"),
    ],
)
def test_the_time_of_labelled_roles(roles: list[tuple[str | None, str | None]], years: float | None, why: str) -> None:
    checked = {fact: wanted for fact, _, wanted, _ in checked_facts(resume(*roles), ResumeFacts(), AS_OF)}
    assert checked.get("experience_within_1y") == years, why


def test_a_year_more_or_less_is_right() -> None:
    labelled = resume(("2016", "2018"))
    for found, right in ((2.0, True), (4.0, True), (4.1, False), (None, False)):
        (checked,) = checked_facts(labelled, ResumeFacts(experience_years=found), AS_OF)
        assert checked[1] is right


def test_a_document_that_could_not_be_read_misses_all_its_skills() -> None:
    labelled = Labelled(id="ad", kind="job", skills={"python": "required"}, unsure=frozenset({"sql"}))
    found = evaluate([Pair(labelled=labelled, report=None, failure="broken")], scored={"sql"}, soft=set(), as_of=AS_OF)
    assert found.failed == ("ad: broken",)
    assert found.skills["all"] == found.skills["hard"] == found.skills["job"] == Counts(missed=1)
    assert found.need == Share()
    assert found.scored == 2


def test_nothing_to_measure_gives_zeros() -> None:
    found = evaluate([], scored=set(), soft=set(), as_of=AS_OF)
    assert found.to_dict()["skills"]["all"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "n": 0}
