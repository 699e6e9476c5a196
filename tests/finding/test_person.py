"""What a resume says of its person, put together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlmatch.finding.person import resume_facts, seniority_of
from dlmatch.finding.titles import kind_of, level_of, title_in
from dlmatch.model.document import Document

LEVELS = [
    ("Software Engineering Intern", 0.3, "intern", "an intern"),
    ("Junior Data Analyst", 9.0, "entry", "the title goes before the years"),
    ("Associate Consultant", None, "entry", "associate"),
    ("Software Engineer II", None, "mid", "II"),
    ("Senior Software Engineer", 1.0, "senior", "senior"),
    ("Sr. Developer", None, "senior", "Sr."),
    ("Staff Software Engineer", None, "lead", "staff"),
    ("Member of Technical Staff", 4.0, "mid", "no staff engineer by that name"),
    ("Senior Development Manager", None, "lead", "manager goes before senior"),
    ("Vice President of Engineering", None, "lead", "VP"),
    ("Co-Founder & CTO", None, "lead", "CTO"),
    ("Research Associate", 7.0, "senior", "a researcher's associate is no beginner: the years say"),
    ("Data Scientist", 2.9, "entry", "under three years"),
    ("Data Scientist", 3.0, "mid", "three to five"),
    ("Data Scientist", 6.0, "senior", "six and more"),
    ("Data Scientist", None, None, "nothing is known"),
    (None, None, None, "nothing at all"),
]


@pytest.mark.parametrize(("title", "years", "level", "why"), LEVELS)
def test_seniority(title: str | None, years: float | None, level: str | None, why: str) -> None:
    assert seniority_of(title, years) == level, why


TITLES = [
    ("Example AI, Co-Founder & CTO", "Co-Founder & CTO", "behind the employer"),
    ("Research Scientist at Example Research", "Research Scientist", "before the employer"),
    ("Corporate Banking Assistant, Intern", "Corporate Banking Assistant, Intern", "two parts of one title"),
    ("Director of Software Development", "Director of Software Development", "what belongs to it"),
    ("Software Engineer | Example | Berlin", "Software Engineer", "between bars"),
    ("Research Intern Santa Clara, CA", "Research Intern", "without the town"),
    ("Example Engineering Ltd, Pune", "", "an employer's name"),
    ("lead the development of things", "", "a verb"),
]


@pytest.mark.parametrize(("line", "title", "why"), TITLES)
def test_title(line: str, title: str, why: str) -> None:
    assert title_in(line)[1] == title, why


KINDS = [
    ("Research Intern", "internship"),
    ("Werkstudent / Praktikant", "internship"),
    ("Graduate Research Assistant", "assistant"),
    ("Undergraduate Researcher", "assistant"),
    ("Office Assistant", "job"),
    ("Internal Auditor", "job"),
    ("Assistant Professor", "job"),
]


@pytest.mark.parametrize(("title", "kind"), KINDS)
def test_kind(title: str, kind: str) -> None:
    assert kind_of(title) == kind


def test_the_whole() -> None:
    text = (
        "Ada Example\nBerlin, Germany\n\nExperience\nSenior Data Scientist, Example GmbH, Jan 2020 - Present\n"
        "Data Scientist, Sample AG, 2017 - 2019\n"
        "\nEducation\nMSc Statistics, Example University, 2015 - 2017\n"
    )
    facts = resume_facts(Document(text=text), (), "2025-01-01")
    assert (facts.title, facts.seniority, facts.experience_years, facts.degree_max) == (
        "Senior Data Scientist",
        "senior",
        8.0,
        "master",
    )
    assert facts.country == "DE"


def test_present_moves_with_the_day_asked_for() -> None:
    document = Document(text="Experience\nEngineer, Example, Jan 2020 - Present\n")
    assert resume_facts(document, (), "2021-01-01").experience_years == 1.0
    assert resume_facts(document, (), "2025-01-01").experience_years == 5.0


def test_level_of_a_plain_title_is_unknown() -> None:
    assert level_of("Machine Learning Engineer") is None


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_any_text_gives_facts(text: str) -> None:
    facts = resume_facts(Document(text=text), (), "2025-01-01")
    assert facts.experience_years is None or facts.experience_years >= 0
