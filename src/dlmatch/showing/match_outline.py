"""A match of a resume and an ad into the outline that every view draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dlmatch.model.document import OTHER_KIND, Finding
from dlmatch.model.match import AskedSkill, Compared, MatchReport
from dlmatch.showing.amounts import count, plain_number
from dlmatch.showing.outline import BRIEF, Bullets, Cell, Column, Limits, Note, Outline, Section, Table, fold, pairs
from dlmatch.showing.quoting import clean
from dlmatch.showing.wording import DEGREES, TONES, listing, named, noticed, proof, score_tone, title_case

NEEDS: Final = ("required", "preferred", "mentioned")


def outline_match(match: MatchReport, names: Mapping[str, str] | None = None, limits: Limits = BRIEF) -> Outline:
    """The outline of a match; `names` are those of skills beyond the ad."""
    known = {**(names or {}), **{skill.id: skill.name for skill in match.asked}}
    sections = (
        _tally(match),
        _missing(match, limits),
        _met(match, known, limits),
        _facts(match),
        _beyond(match, known, limits),
        _findings(match, limits),
        _formula(match),
    )
    return Outline(
        kind="Match",
        name=f"{clean(match.resume.name) or 'resume'} for {clean(match.title or match.job.name) or 'job ad'}",
        score=match.score,
        score_text="no score" if match.score is None else f"{match.score:.1f} of 100",
        verdict=_verdict(match),
        alerts=_alerts(match),
        sections=tuple(section for section in sections if section is not None),
        closing=_made_with(match),
    )


def _found(match: MatchReport) -> list[tuple[str, Finding]]:
    """What was found in either document, with that document's name."""
    sides = ((match.resume.name or "the resume", match.findings.resume), (match.job.name or "the ad", match.findings.job))
    return [(clean(name), finding) for name, findings in sides for finding in findings]


def _alerts(match: MatchReport) -> tuple[Cell, ...]:
    found = _found(match)
    others = [Cell(f"{name}: {clean(item.message)}", "bad") for name, item in found if item.code == OTHER_KIND]
    told = f"{count(len(found), 'finding')} on the documents themselves; see Findings."
    return (*others, *((Cell(told, "fair"),) if found else ()))


def _findings(match: MatchReport, limits: Limits) -> Section | None:
    found = _found(match)
    if not found:
        return None
    shown, more = fold(len(found), limits.others)
    items = tuple(Cell(f"{name}: {noticed(item, item.quote)}", "fair") for name, item in found[:shown])
    return Section("Findings", "on the documents themselves; they never move the score", (Bullets(items, more=more),))


def _verdict(match: MatchReport) -> str:
    if match.score_reason:
        return clean(match.score_reason)
    parts = [f"{_share(match, need)} {need}" for need in NEEDS if any(skill.need == need for skill in match.asked)]
    text = f"Shows {listing(parts)} skills"
    lacking = [clean(skill.name) for skill in match.missing if skill.need == "required"]
    return f"{text}; required and missing: {listing(lacking)}." if lacking else f"{text}; nothing required is missing."


def _share(match: MatchReport, need: str) -> str:
    return f"{sum(skill.need == need for skill in match.met)} of {sum(skill.need == need for skill in match.asked)}"


def _tally(match: MatchReport) -> Section | None:
    rows = tuple(_need_row(match, need) for need in NEEDS if any(skill.need == need for skill in match.asked))
    if not rows:
        return None
    columns = (
        Column("Need"),
        Column("Shown", right=True),
        Column("Points", right=True),
        Column("", right=True),
        Column("", wide=True),
    )
    return Section("Score", "by what the ad calls for", (Table(columns, rows),))


def _formula(match: MatchReport) -> Section:
    return Section("How the score is made", "", (Note(clean(match.formula), "quiet"),))


def _need_row(match: MatchReport, need: str) -> tuple[Cell, ...]:
    asked = [skill for skill in match.asked if skill.need == need]
    whole, got = sum(skill.weight for skill in asked), sum(skill.weight * skill.credit for skill in asked)
    share = got / whole if whole else 0.0
    bar = Cell("", score_tone(100 * share), share=share)
    return Cell(title_case(need)), Cell(_share(match, need)), Cell(f"{got:.1f}"), Cell(f"of {whole:.1f}", "quiet"), bar


def _missing(match: MatchReport, limits: Limits) -> Section | None:
    if not match.asked:
        return None
    if not match.missing:
        return Section("Missing", "nothing that the ad names", ())
    shown, more = fold(len(match.missing), limits.gaps)
    rows = tuple(
        (
            Cell(f"+{skill.gain:.1f}", "good"),
            Cell(clean(skill.name)),
            Cell(skill.need, TONES[skill.need]),
            proof(skill.asked_in, skill.name),
        )
        for skill in match.missing[:shown]
    )
    columns = (Column("Gain", right=True), Column("Skill"), Column("Need"), Column("Where the ad asks", wide=True))
    return Section("Missing", "asked and not shown, required first", (Table(columns, rows, more=more),))


def _met(match: MatchReport, names: Mapping[str, str], limits: Limits) -> Section | None:
    if not match.met:
        return None
    tables = tuple(_met_table(need, [skill for skill in match.met if skill.need == need], names, limits) for need in NEEDS)
    return Section("Shown", "asked by the ad and shown by the resume", tuple(table for table in tables if table.rows))


def _met_table(need: str, skills: list[AskedSkill], names: Mapping[str, str], limits: Limits) -> Table:
    shown, more = fold(len(skills), None if limits.skills is None else 2 * limits.skills)
    rows = tuple(
        (Cell(clean(skill.name)), _how(skill, names), proof(skill.shown_in, skill.name), _asked(skill))
        for skill in skills[:shown]
    )
    columns = (Column("Skill"), Column("Shown"), Column("In the resume", wide=True), Column("In the ad", wide=True))
    return Table(columns, rows, title_case(need), more)


def _how(skill: AskedSkill, names: Mapping[str, str]) -> Cell:
    if skill.shown is None:
        return Cell(f"by {listing(named(other, names) for other in skill.instead)}", "quiet")
    return Cell(skill.shown, TONES[skill.shown])


def _asked(skill: AskedSkill) -> Cell:
    return proof(skill.asked_in, skill.name)


def _facts(match: MatchReport) -> Section:
    years = Compared(asked=_years(match.years.asked), shown=_years(match.years.shown), met=match.years.met)
    degree = Compared(asked=_degree(match.degree.asked), shown=_degree(match.degree.shown), met=match.degree.met)
    rows = (_fact("Years", years), _fact("Degree", degree), _fact("Seniority", match.seniority))
    columns = (Column(""), Column("Asked"), Column("Shown"), Column("", wide=True))
    coverage = pairs(
        (
            ("Resume", f"{match.coverage.resume:.1f} of 100"),
            ("Job ad", f"{match.coverage.job:.1f} of 100"),
        ),
        "Coverage of the role profile",
    )
    return Section("Facts", "beside the score, never in it", (Table(columns, rows), coverage))


def _fact(label: str, fact: Compared) -> tuple[Cell, ...]:
    verdict = {True: Cell("met", "good"), False: Cell("not met", "bad"), None: Cell("cannot be told", "quiet")}[fact.met]
    if fact.asked is None:
        verdict = Cell("not asked", "quiet")
    asked, shown = (Cell(clean(str(value))) if value else Cell("not stated", "quiet") for value in (fact.asked, fact.shown))
    return Cell(label, "quiet"), asked, shown, verdict


def _years(value: float | str | None) -> str | None:
    return plain_number(value) if isinstance(value, (int, float)) else value


def _degree(value: float | str | None) -> str | None:
    return DEGREES.get(value, value) if isinstance(value, str) else None


def _beyond(match: MatchReport, names: Mapping[str, str], limits: Limits) -> Section | None:
    if not match.beyond:
        return None
    known = [named(skill_id, names) for skill_id in match.beyond]
    shown, more = fold(len(known), None if limits.skills is None else 3 * limits.skills)
    return Section(
        "Beyond the ad", "shown and not asked", (Note(", ".join(known[:shown]) + (f" {more}" if more else ""), "quiet"),)
    )


def _made_with(match: MatchReport) -> str:
    made = match.made_with
    return clean(f"dlmatch {made.dlmatch}, taxonomy {made.taxonomy[:12]}, seeds {made.seeds[:12]}, as of {made.as_of}")
