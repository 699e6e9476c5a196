"""Resume or ad, by what the document says."""

from __future__ import annotations

import pytest

from dlmatch.finding.kinds import kind_of, taken_for
from dlmatch.model.document import OTHER_KIND, Document
from dlmatch.model.report import Kind

AD = """Machine Learning Engineer
Austin, TX
About the role
We are looking for an engineer to join our team. You will train models.
Requirements
3+ years of experience with Python is required
"""
RESUME = """Ada Nowak
ada@example.com | github.com/ada
Experience
Machine Learning Engineer, Acme, 2018 - 2021
Built models with PyTorch
Data Scientist, Initech, 2015 - 2018
Education
MSc
"""
CASES = [
    ("an ad", AD, "job", "sure"),
    ("a resume", RESUME, "resume", "sure"),
    ("a summary of a person without dates", "Summary\nEngineer.\nSkills\nPython, SQL\nlinkedin.com/in/x", "resume", "sure"),
    ("a few words tell nothing: read as an ad, and said", "PyTorch and Python", "job", "unsure"),
    (
        "a resume whose person looks for a team is still a resume",
        RESUME + "I am looking to join a team. We shipped.",
        "resume",
        "sure",
    ),
    ("an ad that names a contact is still an ad", "jobs@example.com\n" + AD, "job", "sure"),
    ("founding years of a company are no roles", AD + "\nWe have grown 2015 - 2020.", "job", "sure"),
]


@pytest.mark.parametrize(("text", "kind", "sure"), [row[1:] for row in CASES], ids=[row[0] for row in CASES])
def test_kind_by_text(text: str, kind: str, sure: str) -> None:
    assert kind_of(Document(text=text)) == (kind, sure)


def test_structured_data_decides_alone() -> None:
    assert kind_of(Document(text=AD, reader="jsonresume")) == ("resume", "sure")
    assert kind_of(Document(text=RESUME, stated={"title": "Engineer"})) == ("job", "sure")


TAKEN: list[tuple[str, Kind, int, str]] = [
    (AD, "resume", 1, "an ad taken for a resume"),
    (RESUME, "job", 1, "a resume taken for an ad"),
    (AD, "job", 0, "an ad taken for what it is"),
    (RESUME, "resume", 0, "a resume taken for what it is"),
    ("PyTorch and Python", "resume", 0, "where it is not sure, the caller knows better"),
]


@pytest.mark.parametrize(("text", "kind", "told", "why"), TAKEN, ids=[row[3] for row in TAKEN])
def test_a_document_of_the_other_kind_is_told(text: str, kind: Kind, told: int, why: str) -> None:
    found = taken_for(kind, Document(text=text)).findings
    assert [finding.code for finding in found] == [OTHER_KIND] * told, why


@pytest.mark.parametrize("piece", ["\n", "- ", "2019 - ", "your role ", "as an ", "a@", "5 years ", "\u2022"])
def test_nothing_makes_it_slow(piece: str) -> None:
    assert kind_of(Document(text=piece * 200_000))
