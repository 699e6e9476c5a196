"""Sections: headings on lines of their own, as labels, and run into a text that lost its lines."""

from __future__ import annotations

import time
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding import inline
from dlmatch.finding.sections import sections_of
from dlmatch.finding.words import words_of
from dlmatch.knowledge.language import MOST_REMEMBERED, Headings
from dlmatch.knowledge.load import load_language
from dlmatch.model.document import Document

LANGUAGE = load_language(None)
FILLER = "we build systems that people use every day and they like them " * 8  # long enough to be a text without lines


def headings_of(text: str, kind: Literal["resume", "job"] = "job") -> list[tuple[str, str]]:
    return [(section.kind, section.heading) for section in sections_of(Document(text=text), kind, LANGUAGE)]


LINES = [
    ("job", "Intro\n\n## Minimum qualifications:\nPython", [("top", ""), ("required", "Minimum qualifications")], "marks around it"),
    ("job", "3. Responsibilities:\nWrite code", [("duties", "Responsibilities")], "a number before it"),
    ("job", "- Requirements\nPython", [("top", "")], "an item of a list"),
    ("job", "- Requirements:\nPython", [("required", "Requirements")], "an item that a colon marks"),
    ("job", "Requirements: Python", [("required", "Requirements")], "a label"),
    ("job", "Requirements\nLocation: Pune\nPython", [("required", "Requirements"), ("benefits", "Location"), ("required", "Requirements")], "a fact that ends with its line"),
    ("job", "Desired skills\nPython", [("required", "Desired skills")], "an ad that asks for nothing else"),
    ("resume", "EXPERIENCE\nAcme", [("experience", "EXPERIENCE")], "capitals"),
    ("resume", "Experience\nResearch Engineer\nAcme", [("experience", "Experience")], "a job title is no heading"),
    ("resume", "Experience\nSkills: Python, Go", [("experience", "Experience")], "a label inside a role"),
    ("resume", "Experience\n- Courses: Deep Learning", [("experience", "Experience")], "courses that a teacher gave, inside a role"),
    ("resume", "Experience\n- Publications: two", [("experience", "Experience")], "an item inside a role"),
    ("resume", "Education\nSkills: Python, Go", [("education", "Education"), ("skills", "Skills")], "a label elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "expected", "why"), LINES, ids=[row[3] for row in LINES])
def test_headings_on_lines(kind: Literal["resume", "job"], text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert headings_of(text, kind) == expected, why


WORDINGS = [
    ("What do we expect from you?", "required"),
    ("What would we need", "required"),
    ("Our ideal candidate", "required"),
    ("What we are looking for", "required"),
    ("Great skills for this role", "required"),
    ("Technical Know-How", "required"),
    ("What would be great?", "preferred"),
    ("It would be great if you also have:", "preferred"),
    ("You'll stand out if", "preferred"),
    ("Things that will make us happy", "preferred"),
    ("We'd be thrilled if you", "preferred"),
    ("Extra points for", "preferred"),
    ("Should haves", "preferred"),
    ("Recommended skills", "preferred"),
    ("Preferred background", "preferred"),
    ("What do you get from us?", "benefits"),
    ("What's in it for you?", "benefits"),
    ("How we hire", "benefits"),
    ("What will you do?", "duties"),
    ("You'll own", "duties"),
]


@pytest.mark.parametrize(("heading", "kind"), WORDINGS)
def test_how_people_word_the_headings_of_ads(heading: str, kind: str) -> None:
    text = f"Deep Learning Engineer\n\nRequirements\n- Python\n\n{heading}\n- PyTorch\n- Docker\n"
    assert headings_of(text)[-1][0] == kind


OF_RESUMES = [
    ("Experiencia laboral", "experience"),
    ("Beruflicher Werdegang", "experience"),
    ("Educación", "education"),
    ("Formação acadêmica", "education"),
    ("Studium", "education"),
    ("Certificaciones", "certifications"),
    ("Aptitudes", "skills"),
    ("Compétences techniques", "skills"),
    ("Technische Kenntnisse", "skills"),
    ("Idiomas", "skills"),
    ("Acerca de", "summary"),
    ("Proyectos personales", "projects"),
    ("Veröffentlichungen", "publications"),
    ("Centres d\u2019intérêt", "interests"),
]


@pytest.mark.parametrize(("heading", "kind"), OF_RESUMES)
def test_headings_of_resumes_in_other_languages(heading: str, kind: str) -> None:
    text = f"Ana Ejemplo\n\nExperience\nAcme, 2019 - 2021\n\n{heading}\nPython, Docker\n"
    assert headings_of(text, "resume")[-1][0] == kind


INLINE = [
    ("like it. Minimum Qualifications: BS in CS", [("required", "Minimum Qualifications")], "a colon after it"),
    ("like it. Responsibilities Design things", [("duties", "Responsibilities")], "a capital after it"),
    ("like it. Your responsibilities design things", [], "small letters"),
    ("like it the Responsibilities of ours", [], "a capitalised word that goes on in small letters"),
    ("like it\\nRequirements: Python", [("required", "Requirements")], "a line end written as two characters"),
    ("like it. Acme Corp About You Python", [("required", "About You")], "the heading in a longer run of capitals"),
    ("like it. What You\u2019ll Do Design things", [("duties", "What You\u2019ll Do")], "a phrase"),
    ("like it. Skills and Experience: Python", [("required", "Skills and Experience")], "the longest of several"),
    ("like it. Full-time Benefits: lunch", [("benefits", "Benefits")], "after a word with a hyphen"),
    ("in C++ Requirements: Python", [("required", "Requirements")], "after a sign that belongs to a word"),
    ("like it.Preferred:Publications", [("preferred", "Preferred")], "a wish of one word"),
    ("like it. Preferred, not required: Go", [("preferred", "Preferred, not required")], "a wish with its measure"),
    ("like it.Required Go", [("required", "Required")], "a wish glued to the sentence before"),
    ("like it. Required Go", [], "a wish that nothing marks"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), INLINE, ids=[row[2] for row in INLINE])
def test_headings_that_run_into_the_text(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert headings_of(FILLER + text) == [("top", ""), *expected], why


PIECES = ["Skills", "Requirements", "and", "you", "Have", "About", "Foo", "bar", "C++", "\\n", ". ", ": ", " ", "  ", "\n", "-", "\u2019", "& ", "/", "\u2022 ", "\u200b", "\u0301", "3"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from(["resume", "job"]))
def test_sections_cover_the_text_and_runs_of_words_are_all_tried(text: str, kind: Literal["resume", "job"]) -> None:
    document = Document(text=text)
    sections = sections_of(document, kind, LANGUAGE)
    assert sections == sections_of(document, kind, LANGUAGE, words_of(text))
    assert [section.start for section in sections] == [0, *(section.end for section in sections[:-1])]
    assert sections[-1].end == len(text)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_looking_only_beside_telling_words_misses_no_heading(text: str) -> None:
    headings, plain = LANGUAGE.headings["job"], text.replace("\\n", ". ")
    everywhere = (inline._head_in(plain, run.start(), run.end(), headings) for run in inline.RUN.finditer(plain))
    assert inline.inline_heads(text, headings) == [head for head in everywhere if head]


HOSTILE = [
    ("capitals", "x " + "A" * 200_000 + ","),
    ("short runs of capitals", ("x " + "A" * 30 + ", ") * 8_000),
    ("headings", "Requirements " * 20_000),
    ("linked headings", "Skills & " * 20_000),
    ("spaces", "Skills" + " " * 200_000 + "x"),
    ("colons", ":" * 200_000),
    ("wishes", "Preferred:" * 20_000),
    ("empty lines", "\n" * 200_000),
    ("lines", "Skills\n" * 20_000),
    ("line ends as two characters", "\\n" * 100_000),
]


@pytest.mark.parametrize(("what", "text"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_no_text_takes_long(what: str, text: str) -> None:
    begun = time.process_time()
    sections_of(Document(text=text), "job", LANGUAGE)
    assert time.process_time() - begun < 2, what  # a tenth of a second, and minutes for what is tried in every way


def test_headings_remember_what_they_named_and_not_without_end() -> None:
    headings = Headings(LANGUAGE.headings["job"].rows)
    for number in range(MOST_REMEMBERED + 10):
        assert headings.kind_of(f"word {number}") is None
    assert len(headings._remembered) <= MOST_REMEMBERED
    assert headings.kind_of("Requirements") == headings.kind_of("Requirements") == "required"
    assert headings == LANGUAGE.headings["job"]
