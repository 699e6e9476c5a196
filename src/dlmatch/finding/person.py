"""Gathers what a resume says of its person: roles, years, degree, seniority and home."""

from __future__ import annotations

from collections.abc import Sequence

from dlmatch.finding.careers import experience_years, roles_on
from dlmatch.finding.dates import month_of, span_of
from dlmatch.finding.education import highest
from dlmatch.finding.flow import Line
from dlmatch.finding.localities import Locality
from dlmatch.finding.page import Page
from dlmatch.finding.places import home_of_resume
from dlmatch.finding.rooms import Part
from dlmatch.finding.scan import scan_of
from dlmatch.finding.titles import is_study, level_of, title_in
from dlmatch.finding.whereabouts import last_known
from dlmatch.finding.words import Words
from dlmatch.model.document import Document
from dlmatch.model.report import Level, ResumeFacts, Role

_HEADLINES = 8  # lines at the top among which a title under the name may stand


def resume_facts(document: Document, sections: Sequence[Part], as_of: str, words: Words | None = None) -> ResumeFacts:
    """Every fact of a resume; what it does not say is None."""
    page = Page(document, sections)
    roles = roles_on(page, as_of)
    years = experience_years(roles, as_of)
    title = title_of(page.lines, roles, as_of)
    home = home_of_resume(document, sections, scan_of(document.text, words)) or last_known(page, roles, as_of) or Locality()
    return ResumeFacts(
        title=title,
        experience_years=years,
        roles=roles,
        degree_max=highest(page.lines, page.rooms),
        seniority=seniority_of(title, years),
        country=home.country,
        city=home.city,
        region=home.region,
    )


def title_of(lines: Sequence[Line], roles: Sequence[Role], as_of: str) -> str | None:
    """The title of the current or last role, jobs before internships; else the headline under the name."""
    now = month_of(as_of)

    def rank(role: Role) -> tuple[bool, int, int]:
        first, last = span_of(role.start, role.end, now)
        return role.kind != "internship" or role.end == "present", last, first

    titled = [role for role in roles if role.title and title_in(role.title)[0]]
    if titled:
        return max(titled, key=rank).title
    for line in lines[:_HEADLINES]:
        grade, title = title_in(line.text)
        if grade == 3 and not is_study(title):
            return title
    return None


def seniority_of(title: str | None, years: float | None) -> Level | None:
    """By the words of the title; where it names none, by the years: under 3 entry, under 6 mid, else senior."""
    named = level_of(title) if title else None
    if named or years is None:
        return named
    if years < 3:
        return "entry"
    return "mid" if years < 6 else "senior"
