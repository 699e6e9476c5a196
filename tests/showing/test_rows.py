"""Rows have every column in its order and type, whatever the report or the error."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import job_report, resume_report

from dlmatch.errors import every_error
from dlmatch.model.report import ResumeFacts
from dlmatch.showing.rows import COLUMNS, NAMES, STATUS_OF, Row, cell, error_row, report_row, safe_text

TYPES: dict[str, Any] = {"text": str, "int": int, "float": float, "bool": bool, "texts": list}
FIRST = "id name kind kind_sure status slug error score title seniority years years_max degree country region city remote pay_min".split()


def check(row: Row) -> None:
    assert tuple(row) == NAMES
    for column in COLUMNS:
        value = row[column.name]
        assert value is None or type(value) is TYPES[column.type], column.name
        if column.type == "texts" and value:
            assert all(type(text) is str for text in value)


def test_names_are_unique_stable_and_explained() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert list(NAMES[: len(FIRST)]) == FIRST
    assert all(len(column.meaning) > 5 for column in COLUMNS)


@pytest.mark.parametrize("report", [resume_report(), job_report(), resume_report(gaps=(), salary=None, salary_reason="No country."),
                                    resume_report(facts=ResumeFacts())])  # fmt: skip
def test_a_report_is_a_typed_row(report: Any) -> None:
    row = report_row(report)
    check(row)
    assert (row["slug"], row["score"], row["skills"]) == (
        None,
        report.coverage.score,
        sorted(skill.id for skill in report.skills),
    )


def test_an_ad_has_needs_and_a_resume_has_shows() -> None:
    ad, resume = report_row(job_report()), report_row(resume_report())
    assert (ad["preferred"], ad["demonstrated"], ad["stated_relation"]) == (["aws"], None, "above")
    assert (resume["listed"], resume["required"], resume["top_gap"]) == (["communication", "git"], None, "cloud")


@pytest.mark.parametrize("kind", every_error())
def test_an_error_is_a_row(kind: Any) -> None:
    row = error_row(kind("It is so.", "where.pdf", "Do that."), kind="job")
    check(row)
    assert (row["id"], row["slug"], row["error"], row["score"]) == ("where.pdf", kind.slug, "It is so. Do that.", None)
    assert row["status"] == STATUS_OF.get(kind.slug, "failed")


@given(st.text())
def test_text_is_safe_on_one_line_and_in_utf_8(text: str) -> None:
    safe = safe_text(text)
    safe.encode("utf-8")
    assert len(safe.splitlines()) <= 1
    assert not [letter for letter in safe if ord(letter) < 32]
    assert safe_text(safe) == safe


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"])))
def test_text_that_shows_stays(text: str) -> None:
    assert safe_text(text) == text or not text.isprintable()


@given(st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False), st.integers(), st.text(), st.lists(st.text())))
def test_a_cell_is_a_scalar_and_a_list_comes_back(value: Any) -> None:
    shown = cell(value)
    assert shown is None or isinstance(shown, (str, int, float))
    if isinstance(value, list):
        assert json.loads(str(shown)) == value
    if isinstance(value, float) and not math.isinf(value):
        assert shown == value
