"""Where a person was last, if no address is stated: the latest job or school whose place is known."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlmatch.finding.person import resume_facts
from dlmatch.finding.schools import school_in
from dlmatch.model.document import Document

SCHOOLS = [
    ("M.S. in Computer Science, University of Southern California", "US", "the region in the name"),
    ("Master of Science, University of Bonn, Bonn, Germany", "DE", "the town, told twice"),
    ("Lehigh University", "US", "a name that says nothing"),
    ("SLURM Lab at USC", "US", "a short form"),
    ("usc", None, "a short form counts as written"),
    ("New York University", "US", "not York University"),
    ("Durham University", "GB", "the larger Durham is elsewhere"),
    ("Universidade de Aveiro", "PT", "the town before the tongue"),
    ("Technische Universit\u00e4t Wien", "AT", "another town before the tongue"),
    ("Fachhochschule Nirgendwo", "DE", "the tongue, where no town is known"),
    ("University of Hong Kong", "HK", "a town that is a nation here"),
    ("Georgia Institute of Technology", "US", "not the nation"),
    ("Savitribai Phule Pune University", "IN", "a town before the word"),
    ("State University", None, "no name"),
    ("School of Engineering", None, "no place"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("line", "country", "why"), SCHOOLS)
def test_school(line: str, country: str | None, why: str) -> None:
    place = school_in(line)
    assert (place.country if place else None) == country, why


RESUMES = [
    ("Experience\nAcme, Pune, India\nEngineer, 2019 - Present\n", "IN", "Pune", "the present job"),
    ("Experience\nEngineer | Acme | Anytown, USA | 2020 \u2013 Present\n", "US", None, "a nation behind a town nobody knows"),
    (
        "Education\nMSc, University of Bonn, 2015 - 2018\nExperience\n* 05/2018 - present: Intern\n    * Acme, Palo Alto, CA, USA\n",
        "US", "Palo Alto", "a job that began after the school",
    ),
    (
        "Education\nMSc, University of Bonn, 2015 - 2018\nExperience\nEngineer, Acme, Pune, India, 2012 - 2014\n",
        "DE", "Bonn", "a school after the job",
    ),
    (
        "Education\n* Ph.D., Lehigh University\n* B.S., China Agricultural University\n",
        "US", None, "no dates: the highest degree is the latest",
    ),
    ("Education\nMSc, University of Bonn\nMSc, University of Oslo\n", None, None, "no order between two nations"),
    ("Education\nBSc, Indian Institute of Technology, 1988\nExperience\nEngineer, Acme, 2000 - 2020\n", None, None, "too long ago"),
    ("Education\nMachine learning, Coursera - Stanford, 2020\n", None, None, "a course on the web is no stay"),
    ("Experience\nEngineer, Acme, London and Berlin, 2019 - 2021\n", None, None, "two places in one line"),
    ("Experience\nEngineer, Acme, Remote, 2019 - 2021\n", None, None, "remote is no place"),
    ("Experience\nScientist, Example Research Brazil, 2017 - 2019\n", "BR", None, "the nation in an employer's name"),
    (
        "Experience\n* 2017 - 2019: Postdoc\nUniversity of Oxford\n* 2020 - current: Postdoc\nUniversity of New South Wales, Sydney\n",
        "AU", "Sydney", "lines that follow an item are its own",
    ),
    ("Ann Lee\nPhone: +49 123 456789\nExperience\nEngineer, Acme, Pune, India, 2019 - Present\n", "DE", None, "the telephone goes before"),
    ("Ann Lee\nann@example.com | Austin, TX\nExperience\nEngineer, Acme, Pune, India, 2019 - Present\n", "US", "Austin", "so does an address"),
    ("Skills\nPython, IT, MS Office\n", None, None, "codes are no places here"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "country", "city", "why"), RESUMES, ids=[row[3] for row in RESUMES])
def test_last_known(text: str, country: str | None, city: str | None, why: str) -> None:
    facts = resume_facts(Document(text=text), (), "2025-01-01")
    assert (facts.country, facts.city) == (country, city), why


words = st.sampled_from(
    [
        "Education\n",
        "Experience\n",
        "University of Bonn",
        "MIT",
        "2019",
        " - ",
        "\n",
        "\n* ",
        "\n  * ",
        ", ",
        "Engineer",
        "Pune, India",
    ]
)


@settings(max_examples=100)
@given(st.lists(words, max_size=30).map("".join))
def test_any_text_gives_facts(text: str) -> None:
    resume_facts(Document(text=text), (), "2025-01-01")
