"""Stuffing adds nothing and is told; honest documents raise nothing."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import dlmatch
from dlmatch.finding import integrity
from dlmatch.knowledge.load import load_language

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "samples" / "resumes").iterdir())
ENGINE = dlmatch.Engine()
RESUME = """Asha Example

Experience
Data Engineer, Example Works
January 2020 - December 2023
- Built data pipelines in Python and SQL.

Skills
Python, SQL, Git
"""
AD = """
We are looking for a machine learning engineer. You will work on deep learning with PyTorch and TensorFlow.
Minimum qualifications: 5 years of experience with computer vision, natural language processing and Kubernetes.
Experience with MLOps is a plus. We are an equal opportunity employer. We offer a competitive salary. Apply now.
"""
EVERYTHING = ", ".join(skill.name for skill in ENGINE.taxonomy.skills)
KINDS = [
    ("a pasted ad", RESUME + "\n" + AD, "pasted"),
    ("a list of everything", RESUME + "\n\nOther skills\n" + EVERYTHING, "more than anybody"),
    ("a skill repeated", RESUME + "\n" + "Python " * 40, "named"),
]


@pytest.mark.parametrize(("what", "text", "told"), KINDS, ids=[row[0] for row in KINDS])
def test_stuffing_adds_nothing_and_is_told(what: str, text: str, told: str) -> None:
    plain, stuffed = ENGINE.resume_text(RESUME), ENGINE.resume_text(text)
    assert {skill.id for skill in stuffed.skills} == {skill.id for skill in plain.skills}, what
    assert stuffed.coverage == plain.coverage
    assert stuffed.gaps == plain.gaps
    assert [finding.code for finding in stuffed.findings] == ["stuffing"]
    assert told in stuffed.findings[0].message
    assert not plain.findings


HONEST = [
    ("one phrase of an ad", RESUME + "\nI am looking for a role where a plus is a plus.", "people use these words too"),
    (
        "a skill in every line",
        RESUME + "\n".join(f"- Wrote Python tool number {n} for the data team of firm {n}." for n in range(9)),
        "honest work repeats",
    ),
]


@pytest.mark.parametrize(("what", "text", "why"), HONEST, ids=[row[0] for row in HONEST])
def test_honest_resumes_raise_nothing(what: str, text: str, why: str) -> None:
    assert not ENGINE.resume_text(text).findings, why


PHRASES = [
    AD.lower(),
    "we offer we offer",
    "candidates must must have",
    "is currently seeking",
    "required skills, years of experience is required",
]


@pytest.mark.parametrize("text", PHRASES)
def test_every_phrase_of_an_ad_is_found_wherever_it_stands(text: str) -> None:
    language = load_language(None)
    hits = [(match.start(), number) for number, phrase in enumerate(language.ad_phrases) for match in phrase.finditer(text)]
    assert integrity._ad_phrases(text, language) == sorted(hits)


def test_a_phrase_said_over_and_over_takes_no_long_time() -> None:
    begun = time.process_time()
    assert integrity._pasted_ad("we offer " * 50_000, load_language(None)) is None
    assert time.process_time() - begun < 5  # half a second; hours where each is held against all others


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples_raise_nothing(path: Path) -> None:
    assert not ENGINE.resume(path).findings


def test_the_labelled_resumes_raise_nothing() -> None:
    folder = ROOT.parent / "shared" / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("the labelled documents of ../shared/gold are not here")
    import json

    told = {}
    for label in sorted((folder / "labels").glob("*.json")):
        if json.loads(label.read_text())["kind"] == "resume":
            report = ENGINE.resume(folder / "docs" / f"{label.stem}.txt")
            if any(finding.code == "stuffing" for finding in report.findings):
                told[label.stem] = [finding.message for finding in report.findings]
    assert not told
