"""Each sample gives what samples/expected.yaml says, in every view, and is what its script makes."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dlmatch.engine import Engine
from dlmatch.model.report import Report
from dlmatch.showing.outline import FULL
from dlmatch.showing.report_outline import outline_report
from dlmatch.showing.schema import match_schema, report_schema
from dlmatch.showing.terminal import render_text

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((SAMPLES / "expected.yaml").read_text("utf-8"))
AS_OF = "2025-01-01"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(as_of=AS_OF)


class Reports(dict[str, Report]):
    """Every sample's report, read when it is first asked for, so that one that fails leaves the others."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.engine = engine

    def __missing__(self, name: str) -> Report:
        take = self.engine.resume if name.startswith("resumes/") else self.engine.job
        self[name] = take(SAMPLES / name)
        return self[name]


@pytest.fixture(scope="module")
def reports(engine: Engine) -> Reports:
    return Reports(engine)


def test_every_sample_is_expected() -> None:
    there = {path.relative_to(SAMPLES).as_posix() for folder in ("resumes", "ads") for path in (SAMPLES / folder).iterdir()}
    assert there == set(EXPECTED)


def test_the_readme_names_every_sample() -> None:
    told = (SAMPLES / "README.md").read_text("utf-8")
    assert [name for name in EXPECTED if f"`{name}`" not in told] == []


@pytest.mark.parametrize("name", EXPECTED)
def test_facts(name: str, reports: Reports) -> None:
    facts = reports[name].facts
    expected = EXPECTED[name]
    assert {key: getattr(facts, key) for key in expected["facts"]} == expected["facts"]
    if "years" in expected:
        low, high = expected["years"]
        assert low <= facts.experience_years <= high  # type: ignore[union-attr,operator]
        assert len(facts.roles) == expected["roles"]  # type: ignore[union-attr]
    if "pay" in expected:
        pay = facts.pay  # type: ignore[union-attr]
        assert pay is not None
        assert [pay.min, pay.max, pay.currency, pay.period] == expected["pay"]


@pytest.mark.parametrize("name", EXPECTED)
def test_skills(name: str, reports: Reports) -> None:
    found = {skill.id: skill.need or skill.shown for skill in reports[name].skills}
    wanted = {skill: level for level, skills in EXPECTED[name]["skills"].items() for skill in skills}
    assert {skill: found.get(skill) for skill in wanted} == wanted
    assert found.keys() & set(EXPECTED[name]["never"]) == set()
    assert {item.id for item in reports[name].rejected} >= set(EXPECTED[name].get("refused", ()))


@pytest.mark.parametrize("name", EXPECTED)
def test_score_and_gaps(name: str, reports: Reports) -> None:
    report = reports[name]
    low, high = EXPECTED[name]["score"]
    assert low <= report.coverage.score <= high
    assert report.coverage.score == pytest.approx(sum(group.weight * group.credit for group in report.coverage.groups), abs=0.01)
    assert [gap.gain for gap in report.gaps] == sorted((gap.gain for gap in report.gaps), reverse=True)


@pytest.mark.parametrize("name", EXPECTED)
def test_salary(name: str, reports: Reports) -> None:
    band, expected = reports[name].salary, EXPECTED[name]["salary"]
    if isinstance(expected, str):
        assert band is None
        assert expected in (reports[name].salary_reason or "")
        return
    assert band is not None
    for key in ("region", "currency", "level"):
        assert getattr(band, key) == expected.get(key, getattr(band, key))
    assert {step.rule for step in band.steps} >= set(expected["steps"])
    assert all(step.source for step in band.steps)
    assert (band.stated or {}).get("relation") == EXPECTED[name].get("stated", (band.stated or {}).get("relation"))


def test_a_region_asked_for_gives_a_band(engine: Engine) -> None:
    report = Engine(as_of=AS_OF, region="IN").resume(SAMPLES / "resumes/career_changer_no_place.pdf")
    assert report.salary is not None
    assert "LPA" in render_text(outline_report(report))


@pytest.mark.parametrize("name", EXPECTED)
def test_reports_validate_and_can_be_drawn(name: str, reports: Reports) -> None:
    jsonschema.Draft202012Validator(report_schema()).validate(reports[name].to_dict())
    assert render_text(outline_report(reports[name], limits=FULL))


def test_matches_rank_as_people_would(engine: Engine, reports: Reports) -> None:
    resume = reports["resumes/us_senior_two_columns.pdf"]
    fitting = engine.match(resume, reports["ads/us_senior_san_francisco.html"])
    other = engine.match(resume, reports["ads/us_backend_denver.txt"])
    changer = engine.match(reports["resumes/career_changer_no_place.pdf"], reports["ads/us_senior_san_francisco.html"])
    for match in (fitting, other, changer):
        jsonschema.Draft202012Validator(match_schema()).validate(match.to_dict())
    assert fitting.score is not None
    assert other.score is not None
    assert changer.score is not None
    assert fitting.score > 60
    assert fitting.score > other.score
    assert fitting.score > changer.score + 30


def test_the_files_are_what_the_script_makes() -> None:
    pytest.importorskip("reportlab", reason="reportlab (extra dev) writes the samples")
    pytest.importorskip("docx", reason="python-docx (extra dev) writes the samples")
    sys.path.insert(0, str(ROOT / "tests" / "tools"))
    try:
        from make_samples import files
    finally:
        sys.path.pop(0)
    for name, made in files().items():
        kept = (SAMPLES / name).read_bytes()
        assert _members(kept) == _members(made), f"{name}: run tests/tools/make_samples.py"


def _members(content: bytes) -> dict[str, bytes]:
    """A file's parts, so that another version of zlib makes no difference."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
