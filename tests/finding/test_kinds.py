"""Resume or ad, by what the document says."""

from __future__ import annotations

import pytest

from dlmatch.finding.kinds import kind_of
from dlmatch.model.document import Document

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


@pytest.mark.parametrize("piece", ["\n", "- ", "2019 - ", "your role ", "as an ", "a@", "5 years ", "\u2022"])
def test_nothing_makes_it_slow(piece: str) -> None:
    assert kind_of(Document(text=piece * 200_000))
