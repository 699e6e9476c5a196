"""The engine as its users meet it: same input, same bytes; light to import; picklable; every claim carries its span."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dlmatch
from dlmatch.errors import DlmatchError, every_error

ROOT = Path(__file__).resolve().parents[1]
RESUMES = sorted((ROOT / "samples" / "resumes").iterdir())
ADS = sorted((ROOT / "samples" / "ads").iterdir())
ENGINE = dlmatch.Engine()

RESUME = """Maya Example
San Francisco, CA

Experience
Senior Machine Learning Engineer, Example Labs
January 2018 - December 2024
- Trained convolutional neural networks in PyTorch and deployed models to AWS.

Education
PhD in Computer Science

Skills
Python, C++, SQL
"""


def skills_of(report: dlmatch.Report) -> set[str]:
    return {skill.id for skill in report.skills}


def test_a_senior_resume_in_san_francisco_has_the_senior_band_with_the_city_step() -> None:
    report = ENGINE.resume_text(RESUME)
    assert {"pytorch", "convolutional-neural-networks", "aws", "python", "cpp", "sql", "model-deployment"} <= skills_of(report)
    assert report.salary is not None
    assert (report.salary.low, report.salary.high) == (187_500, 260_000)
    assert [step.rule for step in report.salary.steps] == ["base band", "city", "place in the band"]
    assert all(step.source.startswith("seeds/us-2024.md:") for step in report.salary.steps[:2])


def test_without_a_place_there_is_no_band_and_the_reason_is_told() -> None:
    report = ENGINE.resume_text(RESUME.replace("San Francisco, CA\n", ""))
    assert report.salary is None
    assert "--region" in (report.salary_reason or "")


def test_a_region_given_is_the_region_used_and_stands_in_made_with() -> None:
    engine = dlmatch.Engine(region="IN")
    report = engine.resume_text(RESUME.replace("San Francisco, CA\n", ""))
    assert report.salary is not None
    assert (report.salary.region, report.salary.currency) == ("IN", "INR")
    assert report.to_dict()["made_with"]["settings"] == {"region": "IN"}


@pytest.mark.parametrize("path", [*RESUMES, *ADS], ids=lambda path: path.name)
def test_every_quote_is_a_slice_of_the_text_and_json_survives(path: Path) -> None:
    from dlmatch.reading.read import read

    text = read(path).text
    report = ENGINE.resume(path) if path in RESUMES else ENGINE.job(path)
    body = report.to_dict()
    assert json.loads(json.dumps(body)) == body
    assert report.skills
    for skill in report.skills:
        assert skill.evidence
        assert all(text[proof.start : proof.end] == proof.quote for proof in skill.evidence)
    assert all(text[row.start : row.end] == row.quote for row in report.rejected)


def test_a_path_bytes_and_an_open_file_give_the_same_report() -> None:
    path = RESUMES[0]
    by_path = ENGINE.resume(path).to_dict()
    with path.open("rb") as stream:
        by_stream = ENGINE.resume(stream, name=path.name).to_dict()
    assert by_stream == by_path == ENGINE.resume(path.read_bytes(), name=path.name).to_dict()


def test_a_pickled_engine_gives_the_same_bytes() -> None:
    other = pickle.loads(pickle.dumps(ENGINE))
    assert other.resume_text(RESUME).to_dict() == ENGINE.resume_text(RESUME).to_dict()


def test_reports_pickle() -> None:
    report = ENGINE.resume_text(RESUME)
    assert pickle.loads(pickle.dumps(report)) == report


SCRIPT = """
import dlmatch, json, sys
engine = dlmatch.Engine()
for path in sys.argv[1:]:
    print(json.dumps(engine.job(path).to_dict()))
"""


def test_the_same_bytes_in_any_process_order_and_hash_seed() -> None:
    outputs = []
    for seed, paths in (("0", ADS), ("1", ADS[::-1])):
        command = [sys.executable, "-c", SCRIPT, *map(str, paths)]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Kolkata" if seed == "1" else "UTC"}
        out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        outputs.append(sorted(out.stdout.splitlines()))
    assert outputs[0] == outputs[1]


def test_importing_dlmatch_loads_nothing_heavy() -> None:
    code = "import sys, dlmatch; print([m for m in ('spacy', 'pandas', 'sklearn', 'pdfplumber', 'yaml', 'typer', 'rich') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_all_names_exist_and_nothing_more_is_public() -> None:
    for name in dlmatch.__all__:
        assert getattr(dlmatch, name) is not None
    assert set(dlmatch.__all__) <= set(dir(dlmatch))


def test_every_error_has_a_slug_of_its_own_says_what_next_and_pickles() -> None:
    kinds = every_error()
    assert len({kind.slug for kind in kinds}) == len(kinds)
    for kind in kinds:
        error = kind("It is broken.", "cv.pdf", "Mend it.")
        again = pickle.loads(pickle.dumps(error))
        assert (str(again), again.slug) == ("cv.pdf: It is broken. Mend it.", kind.slug)
        assert issubclass(kind, DlmatchError)
    assert all(kind.advice for kind in kinds if kind is not DlmatchError)


@pytest.mark.parametrize("text", [None, 5, b"Python", ["Python"]])
def test_what_is_no_text_is_refused(text: object) -> None:
    with pytest.raises(dlmatch.UsageError, match="Text is asked for"):
        ENGINE.job_text(text)  # type: ignore[arg-type]
    with pytest.raises(dlmatch.UsageError, match="region"):
        dlmatch.Engine(region=5)  # type: ignore[arg-type]


@pytest.mark.parametrize("skill", ENGINE.taxonomy.skills, ids=lambda skill: skill.id)
def test_a_skill_s_own_name_as_an_item_of_a_skills_section_names_it(skill: object) -> None:
    """So that writing a gap's name brings its gain."""
    for text in (f"Jane Example\n\nSkills\n{skill.name}\n", f"Jane Example\n\nSkills\nCooking, {skill.name}, Singing\n"):  # type: ignore[attr-defined]
        assert skill.id in skills_of(ENGINE.resume_text(text)), text  # type: ignore[attr-defined]


BREAKS = [
    "Maternity leave, Feb 2020 - Feb 2022",
    "Career break - full-time parent\nJan 2020 - Feb 2022",
    "Sabbatical\nJan 2020 - Dec 2020",
]


@pytest.mark.parametrize("time_off", BREAKS)
def test_time_off_is_no_role(time_off: str) -> None:
    text = RESUME.replace("Education", f"{time_off}\n\nEducation")
    assert [role.title for role in ENGINE.resume_text(text).facts.roles] == ["Senior Machine Learning Engineer"]


DENIALS = [
    ("Python, Java: beginner; no C++", "cpp", "a denial at the end of an item"),
    ("We moved away from TensorFlow to PyTorch", "tensorflow", "what was left behind"),
    ("PyTorch preferred over TensorFlow", "tensorflow", "the one not preferred"),
    ("A TensorFlow-free codebase", "tensorflow", "free of it"),
    ("Nobody here writes Java", "java", "nobody does"),
    ("H. Albers and J. Torch, with PyTorch", "", "a surname names nothing"),
]


@pytest.mark.parametrize(("text", "denied", "why"), DENIALS, ids=[row[0] for row in DENIALS])
def test_what_is_denied_is_not_named(text: str, denied: str, why: str) -> None:
    assert denied not in skills_of(ENGINE.job_text(f"Engineer\n\nRequirements\n- {text}\n")), why


NEEDS = [
    ("Knowledge of Kubernetes isn't required, but it's a plus", "kubernetes", "preferred"),
    ("Python (must), Go (nice to have), SQL", "python", "required"),
    ("Python (must), Go (nice to have), SQL", "go", "preferred"),
    ("Python (must), Go (nice to have), SQL", "sql", "required"),
    ("Without Python you can't start here", "python", "required"),
]


@pytest.mark.parametrize(("text", "skill", "need"), NEEDS)
def test_the_need_of_each_item(text: str, skill: str, need: str) -> None:
    report = ENGINE.job_text(f"Engineer\n\nRequirements\n- {text}\n")
    assert {found.id: found.need for found in report.skills}.get(skill) == need


@pytest.mark.parametrize("as_of", ["yesterday", "2025-13-01", "", "20250101x"])
def test_a_wrong_day_is_refused(as_of: str) -> None:
    with pytest.raises(dlmatch.UsageError, match="YYYY-MM-DD"):
        dlmatch.Engine(as_of=as_of)


def test_present_is_as_of_the_day_given() -> None:
    resume = RESUME.replace("December 2024", "present")
    years = [dlmatch.Engine(as_of=day).resume_text(resume).facts.experience_years for day in ("2020-01-01", "2024-01-01")]
    assert years == [2.0, 6.0]


LINES = st.sampled_from(
    [*RESUME.splitlines(), "R&D", "No experience with Java.", "https://github.com/x", "- ", "\u2022 Go", "\u200b", "Rs. 12 LPA"]
)


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=400), st.lists(LINES, max_size=25).map("\n".join)))
def test_any_text_gives_a_report_or_one_error(text: str) -> None:
    for read in (ENGINE.resume_text, ENGINE.job_text):
        try:
            said = read(text).to_dict()["schema"]
        except DlmatchError as error:
            said = error.slug
        assert said in ("empty-document", "dlmatch.report/1")


@settings(max_examples=40)
@given(st.lists(LINES, min_size=1, max_size=20), st.sampled_from(["PyTorch", "TensorFlow", "MLOps", "Linear algebra"]))
def test_adding_a_visible_skill_never_lowers_the_score(lines: list[str], skill: str) -> None:
    text = "Skills\n" + "\n".join(lines)
    before, after = ENGINE.resume_text(text), ENGINE.resume_text(text + f"\n\nSkills: {skill}.\n")
    assert after.coverage.score >= before.coverage.score


HOSTILE = [
    "R, C, Go. ",
    "no Python required. ",
    "degree in statistics, ",
    "communication networks ",
    "Python ",
    " ",
    "• Python ",
    "train and models ",
    "Python plus ",
    "Python nice to have (",
    "9",
    "not Python but but but ",
    "Python and not, but ",
    "do not use Python ",
    "abcdefghij",
    "@",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_one_unit_repeated_gives_a_report_or_one_error(unit: str) -> None:
    """Each of these once took time by the square of its length; the test would not end."""
    for read in (ENGINE.job_text, ENGINE.resume_text):
        try:
            assert read(unit * (120_000 // len(unit)) + "x").read.characters > 100_000
        except DlmatchError as error:
            pytest.fail(error.slug)
