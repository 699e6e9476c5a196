"""The facts that a resume or an ad states into the section that shows them."""

from __future__ import annotations

from typing import Final

from dlmatch.model.report import JobFacts, ResumeFacts
from dlmatch.showing.amounts import count, months_as_time, pay, plain_number
from dlmatch.showing.outline import Cell, Column, Limits, Part, Section, Table, fold, pairs
from dlmatch.showing.quoting import clean
from dlmatch.showing.wording import DEGREES, place

UNSAID: Final = Cell("not stated", "quiet")


def facts_section(facts: JobFacts | ResumeFacts, limits: Limits) -> Section:
    """The section on facts; what the document does not say stands there as not stated."""
    parts = _job_facts(facts) if isinstance(facts, JobFacts) else _resume_facts(facts, limits)
    return Section("Facts", "as the document states them", parts)


def _job_facts(facts: JobFacts) -> tuple[Part, ...]:
    stated = facts.pay
    where = place(facts.city, facts.region, facts.country)
    remote = {True: "remote", False: "on site", None: ""}[facts.remote]
    amount = pay(stated.min, stated.max, stated.currency, stated.period) if stated else ""
    if stated and stated.currency is None:
        amount += ", no currency stated"
    return (
        pairs(
            (
                ("Title", _said(facts.title)),
                ("Seniority", _said(facts.seniority)),
                ("Years asked", _said(_years_asked(facts.years_min, facts.years_max))),
                ("Degree asked", _said(DEGREES.get(facts.degree_min or "", ""))),
                ("Place", _said(", ".join(part for part in (where, remote) if part))),
                ("Pay stated", _said(amount)),
            )
        ),
    )


def _resume_facts(facts: ResumeFacts, limits: Limits) -> tuple[Part, ...]:
    years = facts.experience_years
    experience = (
        "" if years is None else f"{plain_number(years)} years in {count(len(facts.roles), 'dated role')}, overlaps counted once"
    )
    rows = pairs(
        (
            ("Title", _said(facts.title)),
            ("Experience", _said(experience)),
            ("Highest degree", _said(DEGREES.get(facts.degree_max or "", ""))),
            ("Seniority", _said(facts.seniority)),
            ("Place", _said(place(facts.city, facts.region, facts.country))),
        )
    )
    if not facts.roles:
        return (rows,)
    shown, more = fold(len(facts.roles), limits.roles)
    roles = tuple(
        (
            Cell(f"{clean(role.start)} to {clean(role.end)}", "quiet"),
            Cell(months_as_time(role.months)),
            Cell(clean(role.title) + ("" if role.kind == "job" else f" ({role.kind})")),
        )
        for role in facts.roles[:shown]
    )
    return rows, Table((Column("When"), Column("Time", right=True), Column("Role", wide=True)), roles, "Roles", more)


def _years_asked(low: int | None, high: int | None) -> str:
    if low is None:
        return "" if high is None else f"up to {high}"
    return f"{low} or more" if high is None else f"{low} to {high}"


def _said(value: str | None) -> Cell:
    return Cell(clean(value)) if value else UNSAID
