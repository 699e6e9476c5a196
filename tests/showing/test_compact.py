"""A report on one line is what json.dumps makes of its to_dict, to the letter."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import GROUPS, effect, job_report, resume_report, us_band

from dlmatch.engine import Engine
from dlmatch.model.report import Coverage, Evidence, Gap, JobFacts, MadeWith, Report, ResumeFacts, SkillFound
from dlmatch.showing import compact as module
from dlmatch.showing.compact import WRITERS, compact, dumped

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def plainly(report: Report) -> str:
    return json.dumps(report.to_dict(), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


HAND_MADE = [
    resume_report(),
    job_report(),
    resume_report(gaps=(), salary=None, salary_reason="No country.", skills=(), rejected=(), findings=()),
    resume_report(facts=ResumeFacts()),
    job_report(facts=JobFacts(), salary=us_band()),
    job_report(made_with=replace(job_report().made_with, settings={"region": "US", "n": 1, "deep": {"a": [1.5, None, True]}})),
]


@pytest.mark.parametrize("report", HAND_MADE)
def test_by_hand(report: Report) -> None:
    assert compact(report) == plainly(report)


@pytest.mark.parametrize("path", sorted((SAMPLES / "ads").iterdir()), ids=lambda path: path.name)
def test_samples(path: Path) -> None:
    engine = Engine()
    for report in (engine.job(path), engine.resume(path)):
        assert compact(report) == plainly(report)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.lists(inner).map(tuple),
)


@given(VALUES)
def test_any_plain_value(value: Any) -> None:
    assert WRITERS[type(value)](value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(
    st.text(),
    st.integers(),
    st.none() | st.integers(),
    st.none() | st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4),
)
def test_any_letters(quote: str, start: int, page: int | None, box: tuple[float, float, float, float] | None) -> None:
    proof = Evidence(quote=quote, start=start, end=start, page=page, bbox=box, section=quote)
    skill = SkillFound(
        id=quote, name=quote, category=quote, need="required", months=page, last_used=quote, evidence=(proof, proof)
    )
    report = job_report(skills=(skill,), gaps=(Gap(requirement=quote, missing=(quote,), gain=1.5, pay_effect=None, why=quote),))
    assert compact(report) == plainly(report)
    assert compact(replace(report, kind="resume")) == plainly(replace(report, kind="resume"))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_json_has_not_is_refused(value: float) -> None:
    for report in (
        job_report(coverage=Coverage(score=value, groups=())),
        job_report(gaps=(Gap(requirement="x", missing=(), gain=1.0, pay_effect=effect(value), why=""),)),
    ):
        with pytest.raises(ValueError, match="not JSON compliant"):
            compact(report)


def test_keys_that_are_no_text_are_written_as_json_does() -> None:
    report = job_report(made_with=MadeWith(dlmatch="", taxonomy="", seeds="", as_of="", settings={1: "a", None: "b"}))  # type: ignore[dict-item]
    assert compact(report) == plainly(report)


def test_equal_values_that_differ_in_one_field_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 2)  # what is remembered is forgotten at times
    for credit in (0.0, 0.25, 0.5, 1.0, 0.25):
        groups = tuple(replace(group, credit=credit) for group in GROUPS)
        report = job_report(coverage=Coverage(score=1.0, groups=groups))
        assert compact(report) == plainly(report)


def test_dumped_is_on_one_line_without_spaces() -> None:
    assert dumped({"ä": ["\n", None]}) == '{"ä":["\\n",null]}'
