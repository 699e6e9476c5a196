"""Holds the facts of a report against a document's labels, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from dlmatch.model.labels import Labelled, LabelledRole
from dlmatch.model.report import JobFacts, ResumeFacts

NEAR: Final = 1.0  # years by which the time of work may be off
Checked = tuple[str, bool, Any, Any]  # the fact, whether it is right, what was labelled, what was found


def checked_facts(labelled: Labelled, found: JobFacts | ResumeFacts | None, as_of: date) -> Iterator[Checked]:
    """Each labelled fact held against what was found; a document that could not be read (None) states none."""
    if labelled.kind == "job":
        yield from _job_facts(labelled, found if isinstance(found, JobFacts) else JobFacts())
    else:
        yield from _resume_facts(labelled, found if isinstance(found, ResumeFacts) else ResumeFacts(), as_of)


def _job_facts(labelled: Labelled, found: JobFacts) -> Iterator[Checked]:
    if labelled.years_min is not None:
        yield _checked("years_min", labelled.years_min, found.years_min)
    if labelled.seniority is not None:
        yield _checked("seniority", labelled.seniority, found.seniority)
    if labelled.degree_min is not None:
        yield _checked("degree_min", labelled.degree_min, found.degree_min or "none")
    yield from _place_facts(labelled, found)
    pay = found.pay
    stated = (pay.min, pay.max, pay.currency, pay.period) if pay else None
    if labelled.pay:
        wanted = (labelled.pay.min, labelled.pay.max, labelled.pay.currency, labelled.pay.period)
        yield "pay_found", stated is not None, wanted, stated
        yield "pay_exact", stated == wanted, wanted, stated
    elif labelled.states_no_pay:
        yield "pay_absent", stated is None, None, stated


def _resume_facts(labelled: Labelled, found: ResumeFacts, as_of: date) -> Iterator[Checked]:
    if labelled.degree_max is not None:
        yield _checked("degree_max", labelled.degree_max, found.degree_max or "none")
    yield from _place_facts(labelled, found, city=False)
    years = _years(labelled.roles, as_of)
    if years is not None:
        got = found.experience_years
        yield "experience_within_1y", got is not None and abs(got - years) <= NEAR, round(years, 1), got


def _place_facts(labelled: Labelled, found: JobFacts | ResumeFacts, *, city: bool = True) -> Iterator[Checked]:
    if labelled.country:
        yield _checked("country", labelled.country, found.country)
    if city and labelled.city:
        yield _checked("city", labelled.city, found.city)


def _checked(fact: str, wanted: Any, found: Any) -> Checked:
    return fact, found is not None and str(wanted).casefold() == str(found).casefold(), wanted, found


def _years(roles: Sequence[LabelledRole], as_of: date) -> float | None:
    """The time that the roles cover together; None where there is none, or where one has no usable date."""
    spans = []
    for role in roles:
        start = _month(role.start, 0)
        end = as_of.year * 12 + as_of.month - 1 if role.end == "present" else _month(role.end, 12)
        if start is None or end is None:
            return None
        spans.append((start, end))
    months, reached = 0, 0
    for start, end in sorted(spans):
        months += max(0, end - max(start, reached))
        reached = max(reached, end)
    return months / 12 if spans else None


def _month(day: str | None, year_alone: int) -> int | None:
    """Months since the year 0; a year alone begins at its start and ends at its end."""
    if not day or day == "present":
        return None
    year, _, month = day.partition("-")
    return int(year) * 12 + (int(month) - 1 if month else year_alone)
