"""Every report and every match validates, and the schemas leave no room for anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import coverage, job_report, resume_report, shown

from dlmatch.judging.match import match
from dlmatch.model.match import AskedSkill, MatchReport
from dlmatch.model.report import JobFacts, Pay, PayBand, Report, ResumeFacts
from dlmatch.showing.schema import match_schema, report_schema

REPORTS = {
    "resume": resume_report(),
    "job": job_report(),
    "no band": resume_report(salary=None, salary_reason="No country is stated."),
    "nothing found": resume_report(skills=(), rejected=(), findings=(), gaps=(), facts=ResumeFacts()),
    "no currency": job_report(facts=JobFacts(pay=Pay(min=90000, max=None, currency=None, period="year"))),
    "bare ad": job_report(skills=(), facts=JobFacts(), salary=None, salary_reason="No country is stated."),
}


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """A validator of a schema that is itself valid."""
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", REPORTS)
def test_reports_validate(name: str) -> None:
    validator(report_schema()).validate(REPORTS[name].to_dict())


@pytest.mark.parametrize("job", ["job", "bare ad"])
@pytest.mark.parametrize("resume", ["resume", "nothing found"])
def test_matches_validate(resume: str, job: str) -> None:
    validator(match_schema()).validate(match(REPORTS[resume], REPORTS[job]).to_dict())


@given(st.text(), st.text())
def test_any_text_validates(name: str, quote: str) -> None:
    skill = shown("python", name, "programming", quote=quote or "x")
    validator(report_schema()).validate(resume_report(skills=(skill,)).to_dict())


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object schema with named properties."""
    if isinstance(schema, dict):
        if schema.get("type") == "object" and "properties" in schema:
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


@pytest.mark.parametrize("schema", [report_schema(), match_schema()], ids=["report", "match"])
def test_schemas_are_strict(schema: dict[str, Any]) -> None:
    for part in objects(schema):
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])


@pytest.mark.parametrize(
    ("noun", "described"),
    [
        (Report, report_schema()),
        (JobFacts, report_schema()["$defs"]["jobFacts"]),
        (ResumeFacts, report_schema()["$defs"]["resumeFacts"]),
        (PayBand, report_schema()["$defs"]["salary"]),
        (MatchReport, match_schema()),
        (AskedSkill, match_schema()["$defs"]["askedSkill"]),
    ],
)
def test_keys_stand_in_the_nouns_order(noun: Any, described: dict[str, Any]) -> None:
    assert [key for key in described["properties"] if key != "schema"] == [field.name for field in fields(noun)]


@pytest.mark.parametrize(
    "spoiled",
    [
        {"kind": "person"},
        {"extra": 1},
        {"salary_reason": "both a band and a reason"},
        {"facts": JobFacts()},
        {"coverage": replace(coverage(), score=101.0)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_is_wrong_is_refused(spoiled: dict[str, Any]) -> None:
    known = {field.name for field in fields(Report)}
    report = resume_report(**{key: value for key, value in spoiled.items() if key in known}).to_dict()
    report.update({key: value for key, value in spoiled.items() if key not in known})
    assert list(validator(report_schema()).iter_errors(report))
