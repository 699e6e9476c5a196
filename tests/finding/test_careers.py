"""Roles in the layouts resumes come in, and the laws of counting months."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlmatch.finding.careers import experience_years, months_in, roles_of
from dlmatch.model.document import Document
from dlmatch.model.report import Role

AS_OF = "2025-01-01"

LAYOUTS = [
    (
        "title, employer, dates each on a line of its own",
        "WORK EXPERIENCE\n\nSenior Developer\n\nExample Ltd - Pune\n\nApril 2015 to Present\n\nBuilt things.\n\n"
        "Developer\n\nExample Ltd - Pune\n\nMarch 2010 to April 2015\n",
        [("Senior Developer", "2015-04", "present", "job"), ("Developer", "2010-03", "2015-04", "job")],
    ),
    (
        "dates first",
        "Work Experience\n01/2013 to 01/2016\nQuality Technician Company Name, City\n  Tested things.\n"
        "01/2007 to 01/2012\nLecturer in Physics, Example College\n",
        [("Quality Technician", "2013-01", "2016-01", "job"), ("Lecturer in Physics", "2007-01", "2012-01", "job")],
    ),
    (
        "dates at the right, titles below with the town",
        "Experience\nExample Inc. January 2019 to Present\nSenior Web Developer San Francisco, CA\nMade sites.\n"
        "Sample GmbH June 2016 to December 2018\nWeb Developer San Jose, CA\n",
        [("Senior Web Developer", "2019-01", "present", "job"), ("Web Developer", "2016-06", "2018-12", "job")],
    ),
    (
        "dates at the right, pushed behind the first bullet",
        "Experience\nExample Labs, Research Intern Santa Clara, CA\n"
        "\u2022 Made a thing that is fast and small May 2022 \u2013 Aug 2022\n"
        "\u2022 Wrote a paper\nSample AI, Co-Founder & CTO Berlin, DE\n"
        "\u2022 Grew a team from 3 to 28 people June 2023 \u2013 present\n",
        [("Research Intern", "2022-05", "2022-08", "internship"), ("Co-Founder & CTO", "2023-06", "present", "job")],
    ),
    (
        "the same, with wide gaps instead",
        "Experience\nExample Labs, Research Intern                      Santa Clara, CA\n"
        " \u2022 Made a thing            May 2022 \u2013 Aug 2022\n",
        [("Research Intern", "2022-05", "2022-08", "internship")],
    ),
    (
        "dates in the margin, their end on the next line",
        "Experience\n2021 \u2013 Machine Learning Engineer, Example, Berlin\n"
        "Present Leading a team. Made models.\n2018 \u2013 2021 Data Scientist, Sample\nWorked.\n",
        [("Machine Learning Engineer", "2021", "present", "job"), ("Data Scientist", "2018", "2021", "job")],
    ),
    (
        "all on one line with byte escapes, double spaces for line ends",
        r"Ada Example  name@example.com    Education  BSc Physics, 2008    Work Experience  Example Inc.  Data Analyst  "
        r"2010 \xe2\x80\x93 Present  \xe2\x80\xa2 Made reports    Skills  SQL",
        [("Data Analyst", "2010", "present", "job")],
    ),
    (
        "lost dashes",
        "Career\n2016to date\nResearch Associate at the Laboratory of Examples\n20122016\nLecturer at Example University\n",
        [("Research Associate", "2016", "present", "job"), ("Lecturer", "2012", "2016", "job")],
    ),
    (
        "assistantships and internships are told apart",
        "Experience\nGraduate Research Assistant, Aug 2013 - Dec 2014\n"
        "Teaching Assistant, Aug 2012 - May 2013\nSoftware Engineering Intern, Summer 2011\n",
        [
            ("Graduate Research Assistant", "2013-08", "2014-12", "assistant"),
            ("Teaching Assistant", "2012-08", "2013-05", "assistant"),
            ("Software Engineering Intern", "2011-06", "2011-08", "internship"),
        ],
    ),
    (
        "brackets around dates",
        "Employment\nExample Corp, Indianapolis\nWeb Developer (2008 - Present)\nSample Corp\n"
        "Help Desk Technician (5/2005-9/2008)\n",
        [("Web Developer", "2008", "present", "job"), ("Help Desk Technician", "2005-05", "2008-09", "job")],
    ),
    (
        "education, projects, publications, volunteering are no jobs",
        "Education\nMSc Physics, 2010 - 2012\nProjects\nChess engine, Jan 2014 - May 2014\nPublications\nA paper. 2011-2012\n"
        "Volunteering\nClub President, 2009 - 2011\nExperience\nEngineer, Example Ltd, 2015 - 2016\n",
        [("Engineer", "2015", "2016", "job")],
    ),
    (
        "a teaching assistantship told under education",
        "Education\nBSc, 2015 - 2019\nTeaching Assistant, 2018 - 2019\n",
        [("Teaching Assistant", "2018", "2019", "assistant")],
    ),
    (
        "studies by name",
        "Experience\nPhD Student, Example University, 2015 - 2019\nResearch Scientist, Example, 2019 - 2021\n",
        [("Research Scientist", "2019", "2021", "job")],
    ),
    (
        "months told twice",
        "Experience\nLead Engineer\nExample\nJanuary 2014 to June 2015\nDURATION Jan-2014 to Jun-2015\n",
        [("Lead Engineer", "2014-01", "2015-06", "job")],
    ),
    (
        "an award's years within prose",
        "Experience\nEngineer, Example, 2010 - 2016\n\u2022 Won the prize of the best team in 2014 (2014 - 2015)\n",
        [("Engineer", "2010", "2016", "job")],
    ),
    (
        "work told in a sentence",
        "Work Experience\n\u2022 Worked in Example R&D since Oct 2008 to Jan 2014, with the media team.\n",
        [("", "2008-10", "2014-01", "job")],
    ),
    (
        "no headings at all",
        "Ada Example\nSoftware Engineer, Example Ltd, Jan 2015 - Mar 2018\n",
        [("Software Engineer", "2015-01", "2018-03", "job")],
    ),
    ("a heading in letters apart", "E X P E R I E N C E\nAnalyst, Example, 2015 - 2016\n", [("Analyst", "2015", "2016", "job")]),
    ("nothing", "", []),
]


@pytest.mark.parametrize(("why", "text", "want"), LAYOUTS)
def test_layout(why: str, text: str, want: list[tuple[str, str, str, str]]) -> None:
    found = roles_of(Document(text=text), (), AS_OF)
    assert [
        (role.title if title else "", role.start, role.end, role.kind) for role, (title, *_) in zip(found, want, strict=True)
    ] == want, why


def test_a_role_holds_its_text_up_to_the_next() -> None:
    text = "Experience\nEngineer, Example, 2015 - 2016\n- Used PyTorch\nAnalyst, Sample, 2012 - 2014\n- Used SQL\nSkills\nRust\n"
    first, second = roles_of(Document(text=text), (), AS_OF)
    assert "PyTorch" in text[slice(*first.span)]
    assert "SQL" not in text[slice(*first.span)]
    assert "SQL" in text[slice(*second.span)]
    assert "Rust" not in text[slice(*second.span)]


def test_months_of_a_skill_are_the_union_of_its_roles() -> None:
    roles = (
        Role(title="A", start="2015", end="2016", months=24, span=(0, 10)),
        Role(title="B", start="2016", end="2017", months=24, span=(10, 20)),
        Role(title="C", start="2010", end="2010", months=12, span=(20, 30)),
    )
    assert months_in(roles, [(2, 4), (12, 14)]) == (36, "2017")
    assert months_in(roles, [(22, 24)]) == (12, "2010")
    assert months_in(roles, [(40, 44)]) == (None, None)


def test_overlapping_roles_count_once() -> None:
    text = "Experience\nEngineer, Example, Jan 2015 - Dec 2016\nTutor, Sample, Jan 2016 - Dec 2017\n"
    assert experience_years(roles_of(Document(text=text), (), AS_OF), AS_OF) == 3.0


def test_no_dated_role_gives_no_years() -> None:
    assert experience_years((), AS_OF) is None


names = st.integers(1980, 2024).flatmap(lambda year: st.sampled_from([str(year), f"{year}-03", f"{year}-12"]))


@given(st.lists(st.tuples(names, names), max_size=8), st.randoms())
def test_years_are_never_above_the_sum_and_do_not_depend_on_order(ends: list[tuple[str, str]], chance: object) -> None:
    roles = [Role(title="", start=min(pair), end=max(pair), months=0) for pair in ends]
    years = experience_years(roles, AS_OF)
    shuffled = sorted(roles, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert experience_years(shuffled, AS_OF) == years
    alone = sum(experience_years([role], AS_OF) or 0.0 for role in roles)
    assert (years or 0.0) <= alone + 0.05 * len(roles) + 0.05


words = st.sampled_from(
    [
        "Experience",
        "Education",
        "Engineer",
        "2019",
        " - ",
        "present",
        "\n",
        "\n",
        "  ",
        "\u2022 ",
        "Intern",
        "Example Ltd",
        ", ",
        "(",
        ")",
        "Jan ",
        "worked at",
        "Projects:",
        "PhD",
    ]
)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=200), st.lists(words, max_size=40).map("".join)))
def test_any_text_gives_roles_within_it(text: str) -> None:
    for role in roles_of(Document(text=text), (), AS_OF):
        assert 0 <= role.span[0] < role.span[1] <= len(text)
        assert role.months >= 0
