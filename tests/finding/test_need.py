"""Cases for how much an ad needs a skill: by its section, by cues in the sentence, and by how an item opens."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch import Engine
from dlmatch.finding.sections import sections_of
from dlmatch.knowledge.load import load_language
from dlmatch.model.document import Document

ENGINE = Engine()

# an ad below its title, the need of Python, why
NEEDS = [
    ("Requirements\n- Python\n", "required", "a list of requirements"),
    ("Who we are\nWe use Python.\n\nRequirements\n- SQL\n", "mentioned", "`Who we are` is the firm"),
    ("Who you are\n- Python\n", "required", "`Who you are` is the applicant"),
    ("Requirements\n- SQL\n\nGreat to haves:\n- Python\n", "preferred", "wishes in the plural"),
    ("Requirements\n- SQL\n\n### Strong Plus:\n- Python\n", "preferred", "a plus as a heading"),
    (
        "Requirements\n- SQL\n\n**Knowing one or two of these tools would be a big plus:**\n- Python\n",
        "preferred",
        "a heading as long as a sentence",
    ),
    ("Requirements\n- SQL\n\n**What earns you \u2018bonus points\u2019?**\n- Python\n", "preferred", "a question as a heading"),
    ("Requirements\n- SQL\nSalary: 50k\n- Python\n", "required", "a fact on one line ends no section"),
    ("Responsibilities\n- Build tools in Python\n", "mentioned", "a duty"),
    ("Responsibilities\n- Strong proficiency in Python\n", "required", "an item under duties that opens as a requirement"),
    ("Job description\nPython skills are essential for this role.\n", "required", "called essential under duties"),
    ("Job description\nWe are looking for a developer with experience in Python.\n", "required", "looked for under duties"),
    ("Our team has passion and builds tools in Python.\n", "mentioned", "the firm speaks of itself"),
    ("We are looking for someone with strong Python.\n", "required", "a sentence without a heading"),
    ("We are seeking a Python engineer to join us.\n", "mentioned", "a word of the title"),
    ("Requirements\n- Databases, preferably with Python\n", "preferred", "wished for behind the cue"),
    ("Requirements\n- 2 years with Python, preferably in a bank\n", "required", "the cue speaks of what follows it"),
    ("Requirements\n- Python tools (experience with NiFi is a plus)\n", "required", "a bracket speaks of itself"),
    ("Requirements\n- Certificates preferred (AWS, Python)\n", "preferred", "the bracket behind a cue says what it speaks of"),
    ("Requirements\n- Preference will be given to candidates with Python\n", "preferred", "preference given"),
    (
        "Responsibilities\nWe are seeking an individual who can improve our Python.\n",
        "required",
        "somebody who can, sought under duties",
    ),
    ("Responsibilities\n- Exposure to Python\n", "required", "exposure, as an item under duties"),
    ("Requirements\n- SQL\n\nKeywords:\nPython, Docker\n", "mentioned", "keywords for a search engine"),
    ("Requirements\n- Ideally some search engines (e.g. in Python)\n", "preferred", "the stop of e.g. ends no clause"),
    ("We build. Qualifications Required:SQL and tools Preferred:Python and clouds " + "x " * 400, "preferred", "lost lines"),
    (
        "We build. Qualifications Required:Python and tools Optional:SQL and clouds " + "x " * 400,
        "required",
        "lost lines, before",
    ),
]


@pytest.mark.parametrize(("text", "need", "why"), NEEDS, ids=[row[2] for row in NEEDS])
def test_need(text: str, need: str, why: str) -> None:
    skills = {skill.id: skill for skill in ENGINE.job_text("Engineer\n\n" + text).skills}
    assert skills["python"].need == need, why


@given(st.text(alphabet="Preferred:Required. Salary:\n*#-abc\u2022\u0130", max_size=300))
def test_sections_cover_the_text(text: str) -> None:
    sections = sections_of(Document(text=text), "job", load_language(None))
    assert [section.start for section in sections][:1] == [0]
    assert all(before.end == after.start for before, after in pairwise(sections))
    assert sections[-1].end == len(text)
