"""A report on one document into the outline that every view draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dlmatch.model.document import OTHER_KIND, Finding
from dlmatch.model.report import Coverage, Gap, Group, Rejected, Report, SkillFound
from dlmatch.showing.amounts import count, months_as_time
from dlmatch.showing.facts_outline import facts_section
from dlmatch.showing.outline import BRIEF, Bullets, Cell, Column, Limits, Outline, Section, Table, fold, pairs
from dlmatch.showing.pay_outline import pay_change, salary_section
from dlmatch.showing.quoting import clean, quoted
from dlmatch.showing.wording import (
    REASONS,
    TONES,
    amount_of,
    category_order,
    met_counts,
    named,
    noticed,
    proof,
    score_tone,
    some_of,
    title_case,
)

SHOWN_ORDER: Final = ("required", "demonstrated", "preferred", "listed", "mentioned")


def outline_report(report: Report, names: Mapping[str, str] | None = None, limits: Limits = BRIEF) -> Outline:
    """The outline of a report; `names` are those of skills that the document does not name."""
    known = {**(names or {}), **{skill.id: skill.name for skill in report.skills}}
    score = report.coverage.score
    sections = (
        facts_section(report.facts, limits),
        _skills(report, limits),
        _coverage(report.coverage, known, limits),
        _gaps(report, known, limits),
        salary_section(report, limits.others),
        _rejected(report.rejected, known, limits),
        _findings(report.findings, limits),
        _reading(report),
    )
    return Outline(
        kind="Job ad" if report.kind == "job" else "Resume",
        name=clean(report.source.name) or "text",
        score=score,
        score_text=f"{score:.1f} of 100",
        verdict=_verdict(report, known),
        alerts=_alerts(report),
        sections=tuple(section for section in sections if section is not None),
        closing=_made_with(report),
    )


def _verdict(report: Report, names: Mapping[str, str]) -> str:
    verb = "Asks for" if report.kind == "job" else "Covers"
    text = f"{verb} {amount_of(report.coverage.score)} of the role profile: {met_counts(report.coverage.groups)}"
    if report.gaps:
        first = report.gaps[0]
        group = next((group for group in report.coverage.groups if group.id == first.requirement), None)
        wanted = some_of(first.missing, names, 3, _step(first, group))
        text += f"; {'not asked' if report.kind == 'job' else 'most to gain'}: {wanted} (+{first.gain:.1f})"
    return text + "."


def _alerts(report: Report) -> tuple[Cell, ...]:
    alerts: list[Cell] = []
    if report.read.status != "ok":
        alerts.append(Cell(f"Read as {report.read.status}: what follows may be incomplete; see How it was read.", "bad"))
    alerts += [Cell(clean(finding.message), "bad") for finding in report.findings if finding.code == OTHER_KIND]
    if report.findings:
        alerts.append(Cell(f"{count(len(report.findings), 'finding')} on the document itself; see Findings.", "fair"))
    return tuple(alerts)


def _skills(report: Report, limits: Limits) -> Section:
    levels = [skill.need or skill.shown or "" for skill in report.skills]
    tally = ", ".join(f"{levels.count(level)} {level}" for level in SHOWN_ORDER if level in levels)
    lead = f"{len(levels)} found: {tally}" if levels else "none found"
    by_category: dict[str, list[SkillFound]] = {}
    for skill in report.skills:
        by_category.setdefault(skill.category, []).append(skill)
    ordered = sorted(by_category.items(), key=lambda pair: category_order(pair[0]))
    tables = tuple(_skill_table(category, skills, report.kind == "resume", limits) for category, skills in ordered)
    return Section("Skills", lead, tables)


def _skill_table(category: str, skills: list[SkillFound], dated: bool, limits: Limits) -> Table:
    level = (Column("Shown"), Column("Time", right=True)) if dated else (Column("Need"),)
    columns = (Column("Skill"), *level, Column("Evidence", wide=True))
    ranked = sorted(skills, key=lambda skill: SHOWN_ORDER.index(skill.need or skill.shown or "mentioned"))
    shown, more = fold(len(ranked), limits.skills)
    return Table(columns, tuple(_skill_row(skill, dated) for skill in ranked[:shown]), title_case(category), more)


def _skill_row(skill: SkillFound, dated: bool) -> tuple[Cell, ...]:
    level = skill.need or skill.shown or ""
    time = (Cell(months_as_time(skill.months) if skill.months else "", "quiet"),) if dated else ()
    return (Cell(clean(skill.name)), Cell(level, TONES.get(level, "plain")), *time, proof(skill.evidence, skill.name))


def _coverage(coverage: Coverage, names: Mapping[str, str], limits: Limits) -> Section:
    lead = f"the score is the sum of weight x credit: {coverage.score:.1f} of 100"
    if not limits.groups:
        return Section("Coverage", lead, (_areas(coverage.groups),))
    columns = tuple(Column(title, right=title in ("Weight", "Credit"), wide=title == "Missing") for title in
                    ("Requirement", "Area", "Weight", "Credit", "Met by", "Missing"))  # fmt: skip
    rows = tuple(_group_row(group, names) for group in coverage.groups)
    return Section("Coverage", lead, (_areas(coverage.groups), Table(columns, rows, "Every requirement")))


def _areas(groups: Iterable[Group]) -> Table:
    sums: dict[str, tuple[float, float]] = {}
    for group in groups:
        weight, got = sums.get(group.area, (0.0, 0.0))
        sums[group.area] = (weight + group.weight, got + group.weight * group.credit)
    rows = tuple(
        (
            Cell(title_case(area)),
            Cell(f"{got:.1f}"),
            Cell(f"of {weight:.1f}", "quiet"),
            Cell("", score_tone(100 * got / weight if weight else 0), share=got / weight if weight else 0.0),
        )
        for area, (weight, got) in sums.items()
    )
    return Table((Column("Area"), Column("Points", right=True), Column("", right=True), Column("", wide=True)), rows)


def _group_row(group: Group, names: Mapping[str, str]) -> tuple[Cell, ...]:
    met, missing = (", ".join(named(skill_id, names) for skill_id in ids) for ids in (group.met, group.missing))
    weight, credit = Cell(f"{group.weight:.2f}"), Cell(f"{group.credit:.2f}")
    return Cell(clean(group.name)), Cell(title_case(group.area)), weight, credit, Cell(met), Cell(missing, "quiet")


def _gaps(report: Report, names: Mapping[str, str], limits: Limits) -> Section | None:
    if not report.gaps:
        return Section("Gaps", "none: every requirement is met in full", ())
    of_job = report.kind == "job"
    shown, more = fold(len(report.gaps), limits.gaps)
    groups = {group.id: group for group in report.coverage.groups}
    paid = not of_job and any(gap.pay_effect for gap in report.gaps)
    rows = tuple(_gap_row(gap, names, groups.get(gap.requirement), paid) for gap in report.gaps[:shown])
    pay_column = (Column("Pay", right=True),) if paid else ()
    columns = (Column("Gain", right=True), *pay_column, Column("With", wide=True), Column("For"))
    lead = "parts of the role profile that the ad does not ask for" if of_job else "what is missing, by what it adds to the score"
    return Section("Not asked" if of_job else "Gaps", lead, (Table(columns, rows, more=more),))


def _gap_row(gap: Gap, names: Mapping[str, str], group: Group | None, paid: bool) -> tuple[Cell, ...]:
    requirement = clean(group.name) if group else title_case(gap.requirement)
    wanted = some_of(gap.missing, names, step=_step(gap, group))
    same = requirement.casefold() == wanted.casefold()
    return (
        Cell(f"+{gap.gain:.1f}", "good"),
        *((Cell(pay_change(gap.pay_effect)),) if paid else ()),
        Cell(wanted),
        Cell("" if same else requirement, "quiet"),
    )


def _step(gap: Gap, group: Group | None) -> int:
    """How many of the missing skills the gain takes: one, save where a requirement counts only as a whole."""
    if group is None or group.credit > 0 or gap.gain < 0.99 * group.weight:
        return 1
    return max(1, group.enough - len(group.met))


def _rejected(rejected: tuple[Rejected, ...], names: Mapping[str, str], limits: Limits) -> Section | None:
    if not rejected:
        return None
    shown, more = fold(len(rejected), limits.others)
    rows = tuple(
        (
            Cell(quoted(item.quote, 36), "quote"),
            Cell(f"not {named(item.id, names)}"),
            Cell(clean(f"{REASONS.get(item.reason, item.reason)}{': ' + item.why if item.why else ''}"), "quiet"),
        )
        for item in rejected[:shown]
    )
    columns = (Column("Words"), Column("Refused as"), Column("Why", wide=True))
    return Section("Refused", "words that look like a skill and were not counted", (Table(columns, rows, more=more),))


def _findings(findings: tuple[Finding, ...], limits: Limits) -> Section | None:
    if not findings:
        return None
    shown, more = fold(len(findings), limits.others)
    items = tuple(Cell(noticed(item, item.quote), "fair") for item in findings[:shown])
    return Section("Findings", "on the document itself; they never move the score", (Bullets(items, more=more),))


def _reading(report: Report) -> Section:
    read, source = report.read, report.source
    pages = f"{count(read.pages, 'page')}, " if read.pages else ""
    rows = (
        ("Reader", f"{clean(read.reader)}: {clean(read.status)}, {pages}{read.characters:,} characters"),
        ("File", f"{source.bytes:,} bytes, {clean(source.media_type)}"),
        ("SHA-256", clean(source.sha256)),
    )
    warnings = tuple(Cell(noticed(item), "fair") for item in read.warnings)
    return Section("How it was read", "", (pairs(rows), *((Bullets(warnings),) if warnings else ())))


def _made_with(report: Report) -> str:
    made = report.made_with
    settings = "".join(f", {key} {value}" for key, value in made.settings.items())
    parts = f"taxonomy {made.taxonomy[:12]}, seeds {made.seeds[:12]}, as of {made.as_of}{settings}"
    return clean(f"dlmatch {made.dlmatch}, {parts}")
