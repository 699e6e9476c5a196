"""Roles in lists, in two spans, in marked-up text, and what only looks like a role beside them."""

from __future__ import annotations

import pytest

from dlmatch.finding.careers import roles_of
from dlmatch.model.document import Document

LAYOUTS = [
    (
        "roles as items of a list",
        "Work experience\n* ML Engineer, Example, 2025-\n* Research Scientist, Sample Institute, 2019-2024\n* Example Labs, Oslo (2016 - 2018)\n",
        [
            ("ML Engineer", "2025", "present", "job"),
            ("Research Scientist", "2019", "2024", "job"),
            ("Example Labs, Oslo", "2016", "2018", "job"),
        ],
    ),
    (
        "items in bold with brackets, what was done in items under them",
        "## Experience\n- **Founding Engineer** (February 2024 - Present)\n  - Example LLC, Chicago, IL\n  - Led migration of 3 systems, 2024\n\n"
        "- **AI Research Assistant** (May 2023 - December 2023)\n  - Example University\n",
        [("Founding Engineer", "2024-02", "present", "job"), ("AI Research Assistant", "2023-05", "2023-12", "assistant")],
    ),
    (
        "the season in an item, the title in an item under it",
        "Work experience\n* Summer 2022\n  * Example Research Intern\n  * Focus: dialogue\n* Summer 2021\n  * Applied Science Intern\n",
        [
            ("Example Research Intern", "2022-06", "2022-08", "internship"),
            ("Applied Science Intern", "2021-06", "2021-08", "internship"),
        ],
    ),
    (
        "the title in an item, its dates in an item under it",
        "Experience\n* Data Engineer, Example\n    * 2015 - 2018\n    * Built pipelines\n",
        [("Data Engineer", "2015", "2018", "job")],
    ),
    (
        "what was done has dates as well",
        "Experience\nEngineer, Example, 2015 - 2019\n- Won the prize of the team (2016)\n- Migration of billing, 2017 - 2018\n"
        "- Trained 3 engineers, 2017 - 2018\n",
        [("Engineer", "2015", "2019", "job")],
    ),
    (
        "two titles at one employer, as items under its line",
        "Experience\nExample Ltd, 2015 - 2021\n- Senior Engineer (2018 - 2021)\n- Engineer (2015 - 2018)\n",
        [("Example Ltd", "2015", "2021", "job"), ("Senior Engineer", "2018", "2021", "job"), ("Engineer", "2015", "2018", "job")],
    ),
    (
        "two spans under one title",
        "Experience\nIntern, Example, May 2018 - Aug 2018, May 2019 - Aug 2019\n",
        [("Intern", "2018-05", "2018-08", "internship"), ("Intern", "2019-05", "2019-08", "internship")],
    ),
    (
        "a table in Markdown",
        "# Experience\n\n| Role | Company | Dates |\n|---|---|---|\n| Data Engineer | Example | 2022-09 -- 2023-10 |\n",
        [("Data Engineer", "2022-09", "2023-10", "job")],
    ),
    (
        "Markdown with icons before its headings and stars around its dates",
        "## \U0001f393 Education\n**MSc**\n_2011 \u2013 2013_\n## \U0001f4bc Work Experience\n### **Backend Developer**\n**Example AG** \u2013 Bonn\n"
        "*2013 \u2013 2016*\n- Built things\n",
        [("Backend Developer", "2013", "2016", "job")],
    ),
    (
        "HTML in Markdown",
        "<h2>Experience</h2><ul><li><h3>Data Scientist at Example</h3><p><strong>Period:</strong> January 2020 - Present</p></li></ul>",
        [("Data Scientist", "2020-01", "present", "job")],
    ),
    (
        "LaTeX",
        "\\newcommand{\\when}[1]{2001 -- 2002}\n\\begin{document}\n\\section{\\faIcon\\ Education}\n\\dated{\\textbf{Example University}}{2018 -- 2022}\n"
        "\\section{Experience}\n\\item \\job{Research Intern}, \\place{Example | Oslo} \\hfill \\when{Dec 2013 -- Feb 2014}\n% Engineer, 2010 -- 2012\n",
        [("Research Intern", "2013-12", "2014-02", "internship")],
    ),
    (
        "LaTeX in columns and in arguments",
        "\\begin{rSection}{Experience}\n\\begin{tabular}{l|l}\n2019--2021 & \\textbf{Data Engineer}, Example \\\\\n\\end{tabular}\n"
        "\\cventry{Jan 2015--Dec 2018}{Analyst}{Sample}{Pune}{}{}\n\\begin{rSubsection}{Example}{May 2014 - Aug 2014}{Research Intern}{Pune}\n",
        [
            ("Data Engineer", "2019", "2021", "job"),
            ("Analyst", "2015-01", "2018-12", "job"),
            ("Research Intern", "2014-05", "2014-08", "internship"),
        ],
    ),
    (
        "no end is told",
        "Experience\nData Scientist, Example, from March 2021\nAnalyst, Sample, from March 2018 to February 2021\n",
        [("Data Scientist", "2021-03", "present", "job"), ("Analyst", "2018-03", "2021-02", "job")],
    ),
    (
        "Portuguese",
        "Experi\u00eancia Profissional\nEngenheiro de Dados @ Example (Setembro/2023 - Atual)\nEstagi\u00e1rio @ Sample (janeiro/2020 - agosto/2020)\n",
        [("Engenheiro de Dados", "2023-09", "present", "job"), ("Estagi\u00e1rio", "2020-01", "2020-08", "internship")],
    ),
    (
        "a postdoctoral post told under education",
        "Education\n* 2023-Present: Postdoctoral Research Associate, Example University\n* 2019-2023: PhD, Example University\n",
        [("Postdoctoral Research Associate", "2023", "present", "job")],
    ),
    (
        "teaching, in single terms",
        "Teaching\nTA for Algorithms, Fall 2019\n* 08/2016 Lecturer for a block course\n",
        [("TA for Algorithms", "2019-09", "2019-11", "assistant"), ("Lecturer for a block course", "2016-08", "2016-08", "job")],
    ),
    (
        "courses on the web are no work",
        "Experience\n* 02.2021 - Now - Udemy courses: Web Developer 2020\n* 02.2019 - 05.2020 - Developer, Example\n",
        [("Developer", "2019-02", "2020-05", "job")],
    ),
    (
        "an honour in a single year",
        "Education\nSelected Honor: Outstanding Undergraduate Researcher Award (2022)\nExperience\nEngineer, Example, 2022 - 2023\n",
        [("Engineer", "2022", "2023", "job")],
    ),
    (
        "a sentence that names a year",
        "Experience\nInstructor, Example, Jul 2020 - Sep 2020\nI worked as an instructor for Example for the 2020 ski season.\n",
        [("Instructor", "2020-07", "2020-09", "job")],
    ),
]


@pytest.mark.parametrize(("why", "text", "want"), LAYOUTS, ids=[row[0] for row in LAYOUTS])
def test_layout(why: str, text: str, want: list[tuple[str, str, str, str]]) -> None:
    found = roles_of(Document(text=text), (), "2025-01-01")
    assert [(role.title, role.start, role.end, role.kind) for role in found] == want, why
