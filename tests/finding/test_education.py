"""The highest degree: which words name one, and which only look like it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.anchors import lower_case
from dlmatch.finding.education import _SHORT, _SURE, _near, degree_in, degree_max
from dlmatch.model.document import Document
from dlmatch.model.report import Degree

IN_EDUCATION = [
    ("Ph.D. in Computer Science, 2018", "phd", "the usual form"),
    ("PhD     Example University, Robotics", "phd", "without dots"),
    ("D.Phil. in Engineering Science, Oxford", "phd", "DPhil"),
    ("Doctor of Philosophy, Physics", "phd", "in full"),
    ("Dr. rer. nat., Physik", "phd", "German"),
    ("Doctoral candidate, expected 2026", "phd", "under way"),
    ("M.Sc. Artificial Intelligence", "master", "MSc"),
    ("M.Tech : Control Systems , 1988", "master", "MTech"),
    ("M. S : Computer Science , 1989", "master", "a stray space"),
    ("MS in Data Science", "master", "two letters in the education section"),
    ("MCA, 2012", "master", "Indian"),
    ("M.Phil, Statistics", "master", "MPhil"),
    ("Masters degree", "master", "in words"),
    ("Executive MBA", "master", "MBA"),
    ("Diplom-Ingenieur, TU Example", "master", "German"),
    ("Laurea Magistrale in Informatica", "master", "Italian"),
    ("Maestr\u00eda en Ciencia de Datos (2020-2022)", "master", "Spanish"),
    ("Mestrado em Computa\u00e7\u00e3o", "master", "Portuguese"),
    ("BACHELOR OF ENGINEERING in ELECTRONICS", "bachelor", "capitals"),
    ("B.E : Chemical Engineering", "bachelor", "BE"),
    ("Bachelor (B Tech) in Computer Science", "bachelor", "BTech with a space"),
    ("BSc (Hons)  Information Technology", "bachelor", "BSc"),
    ("B.A. Linguistics", "bachelor", "BA"),
    ("BCA, Example University", "bachelor", "BCA"),
    ("Licence en informatique", "bachelor", "French"),
    ("BSCS, Example University", "bachelor", "run together"),
    ("Promotion der Informatik, Universit\u00e4t Example", "phd", "German, in words"),
    ("A Physics junior at Example College", "bachelor", "a year of college in words"),
    ("My Technical College, Carlisle, MA", None, "the state"),
    ("Example High School, Portland, ME 04101", None, "another state"),
    ("Higher Secondary Certificate, 2011", None, "school"),
    ("Post Graduate Program in Business Analytics", None, "a programme, no degree"),
]


@pytest.mark.parametrize(("line", "degree", "why"), IN_EDUCATION)
def test_in_the_education_section(line: str, degree: str | None, why: str) -> None:
    assert degree_in(line, room="education") == degree, why


ELSEWHERE = [
    ("Ada Example, Ph.D.", "top", "phd", "behind the name"),
    ("I hold a Master's degree in statistics.", "summary", "master", "in the summary"),
    ("MS in Computer Science from Example University", "summary", "master", "two letters before a field"),
    ("Certified Scrum Master (CSM)", "certifications", None, "a role in a team"),
    ("Merged to the master branch", "experience", None, "version control"),
    ("MS Office, MS Excel, MS SQL", "skills", None, "a company"),
    ("Mastering PyTorch", "skills", None, "a verb"),
    ("Supervised three PhD students and two MSc theses", "experience", None, "other people's"),
    ("Ph.D. advisor: A. Example", "other", None, "another person"),
    ("Mentored 4 Master's students", "experience", None, "other people's"),
    ("Team building, BS detection", "skills", None, "noise"),
    ("Master data management", "skills", None, "a trade"),
    ("Boston, MA", "top", None, "the state"),
]


@pytest.mark.parametrize(("line", "room", "degree", "why"), ELSEWHERE)
def test_elsewhere(line: str, room: str, degree: str | None, why: str) -> None:
    assert degree_in(line, room=room) == degree, why


WHOLE = [
    ("Education\nPhD in Physics\nMSc in Physics\nBSc in Physics", "phd", "the highest"),
    ("Education\nBSc in Physics\n\nReferences\nProf. A. Example, PhD in Physics", "bachelor", "referees are other people"),
    ("Education\nHSC, 2013\n\nExperience\nAnalyst", "none", "none"),
    ("", "none", "empty"),
]


@pytest.mark.parametrize(("text", "degree", "why"), WHOLE)
def test_of_a_resume_with_no_sections_handed_in(text: str, degree: str, why: str) -> None:
    assert degree_max(Document(text=text), ()) == degree, why


@given(st.text(max_size=200))
def test_any_text_gives_a_degree(text: str) -> None:
    assert degree_max(Document(text=text), ()) in ("none", "bachelor", "master", "phd")


@pytest.mark.parametrize("degree", _SURE)
@given(data=st.data())
def test_every_form_of_a_degree_is_looked_at(degree: Degree, data: st.DataObject) -> None:
    form = data.draw(st.from_regex(re.compile(f"(?:{_SURE[degree]})", re.ASCII), fullmatch=True))
    assert list(_near(degree, "", lower_case(form))), form
    if degree in _SHORT:
        short = data.draw(st.from_regex(re.compile(f"(?:{_SHORT[degree]})", re.ASCII), fullmatch=True))
        assert list(_near(degree, short, "")), short
