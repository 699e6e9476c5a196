"""Two reports, one on a resume and one on an ad, into a match: which asked skills the resume shows and which are missing.

    score = 100 x sum(weight x credit) / sum(weight), over the skills the ad names

`weight` is by need (NEED_WEIGHTS), halved for soft skills, which few people write down and every ad asks for. `credit`
is by how the resume shows the skill (SHOWN_CREDITS). Where the ad names several skills of one requirement with the same
need, as many are enough as the role's profile says: "AWS, Azure or GCP" is met by one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dlmatch.errors import UsageError
from dlmatch.model.match import AskedSkill, Compared, FoundInBoth, MatchReport, RoleCoverage
from dlmatch.model.report import JobFacts, Need, Report, ResumeFacts, SkillFound

NEED_WEIGHTS: Final[Mapping[str, float]] = {"required": 4.0, "preferred": 2.0, "mentioned": 1.0}
SHOWN_CREDITS: Final[Mapping[str, float]] = {"demonstrated": 1.0, "listed": 0.8}
DECIMALS: Final = 2
SOFT_CATEGORY: Final = "soft-skills"
SOFT_SHARE: Final = 0.5
NEEDS: Final[tuple[Need, ...]] = ("required", "preferred", "mentioned")
DEGREES: Final = ("none", "bachelor", "master", "phd")
LEVELS: Final = ("intern", "entry", "mid", "senior", "lead")
FORMULA: Final = (
    "score = 100 x sum(weight x credit) / sum(weight) over the skills the ad names; weight: required 4, preferred 2, "
    "mentioned 1, half of that for soft skills; credit: demonstrated 1, listed 0.8, not shown 0; where the ad names several "
    "skills of one requirement with the same need, as many are enough as the role profile says"
)
NOTHING_ASKED: Final = "The ad names no skill that the taxonomy knows, so there is nothing to compare."


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """Asked skills of one requirement with one need, of which `enough` are enough."""

    ids: tuple[str, ...]
    enough: int


def match(resume: Report, job: Report) -> MatchReport:
    """The resume against the ad; raises UsageError when the reports are of other kinds."""
    if not isinstance(resume.facts, ResumeFacts) or not isinstance(job.facts, JobFacts):
        raise UsageError("a match takes a report on a resume first and one on a job ad second", f"{resume.kind} and {job.kind}")
    shown = {skill.id: skill for skill in resume.skills}
    options = alternatives(job)
    asked = [_asked(skill, shown.get(skill.id)) for skill in job.skills]
    credited = _credit(asked, options)
    score = _score(credited)
    judged = tuple(_with_gain(skill, asked, options, score) for skill in _ordered(credited))
    wanted = {skill.id for skill in judged}
    return MatchReport(
        resume=resume.source,
        job=job.source,
        title=job.facts.title,
        score=score,
        score_reason=NOTHING_ASKED if score is None else None,
        formula=FORMULA,
        met=tuple(skill for skill in judged if skill.credit > 0),
        missing=tuple(skill for skill in judged if skill.credit == 0),
        years=_years(job.facts, resume.facts),
        degree=_ranked(job.facts.degree_min, resume.facts.degree_max, DEGREES),
        seniority=_ranked(job.facts.seniority, resume.facts.seniority, LEVELS),
        coverage=RoleCoverage(resume=resume.coverage.score, job=job.coverage.score),
        beyond=tuple(skill.id for skill in resume.skills if skill.id not in wanted),
        findings=FoundInBoth(resume=resume.findings, job=job.findings),
        made_with=resume.made_with,
    )


def alternatives(job: Report) -> tuple[Alternatives, ...]:
    """The sets of asked skills that may stand in for each other, by the requirements of the role's profile."""
    need_of = {skill.id: skill.need for skill in job.skills}
    found: list[Alternatives] = []
    for group in job.coverage.groups:
        for need in NEEDS:
            ids = tuple(skill_id for skill_id in group.met if need_of.get(skill_id) == need)
            if len(ids) > group.enough:
                found.append(Alternatives(ids=ids, enough=group.enough))
    return tuple(found)


def _asked(skill: SkillFound, shown: SkillFound | None) -> AskedSkill:
    need = skill.need or "mentioned"
    weight = NEED_WEIGHTS[need] * (SOFT_SHARE if skill.category == SOFT_CATEGORY else 1.0)
    return AskedSkill(
        id=skill.id,
        name=skill.name,
        category=skill.category,
        need=need,
        weight=weight,
        shown=shown.shown if shown else None,
        months=shown.months if shown else None,
        last_used=shown.last_used if shown else None,
        credit=_own_credit(shown),
        gain=0.0,
        instead=(),
        asked_in=skill.evidence,
        shown_in=shown.evidence if shown else (),
    )


def _own_credit(shown: SkillFound | None) -> float:
    if shown is None:
        return 0.0
    return SHOWN_CREDITS[shown.shown or "listed"]


def _credit(asked: Iterable[AskedSkill], options: Iterable[Alternatives]) -> list[AskedSkill]:
    """Lift each skill to the credit of the last one that is enough; so one more skill shown can never lower the score."""
    skills = {skill.id: skill for skill in asked}
    own = {skill_id: skill.credit for skill_id, skill in skills.items()}
    for option in options:
        best = sorted(option.ids, key=lambda skill_id: (-own[skill_id], option.ids.index(skill_id)))
        floor = own[best[option.enough - 1]]
        for skill_id in option.ids:
            if skills[skill_id].credit < floor:
                stand_ins = tuple(best[: option.enough]) if own[skill_id] == 0 else ()
                skills[skill_id] = replace(skills[skill_id], credit=floor, instead=stand_ins)
    return list(skills.values())


def _score(skills: Iterable[AskedSkill]) -> float | None:
    skills = tuple(skills)
    whole = sum(skill.weight for skill in skills)
    if not whole:
        return None
    return round(100 * sum(skill.weight * skill.credit for skill in skills) / whole, DECIMALS)


def _with_gain(skill: AskedSkill, asked: list[AskedSkill], options: tuple[Alternatives, ...], score: float | None) -> AskedSkill:
    if score is None or skill.credit == 1:
        return skill
    shown = [replace(other, credit=1.0) if other.id == skill.id else other for other in asked]
    lifted = _score(_credit(shown, options))
    return replace(skill, gain=round((lifted or score) - score, DECIMALS))


def _ordered(skills: Iterable[AskedSkill]) -> list[AskedSkill]:
    """Required first, hard skills before soft ones, then by name."""
    return sorted(skills, key=lambda skill: (NEEDS.index(skill.need), -skill.weight, skill.name.casefold(), skill.id))


def _years(job: JobFacts, resume: ResumeFacts) -> Compared:
    asked, shown = job.years_min, resume.experience_years
    met = None if asked is None or shown is None else shown >= asked
    return Compared(asked=asked, shown=shown, met=met)


def _ranked(asked: str | None, shown: str | None, order: tuple[str, ...]) -> Compared:
    if asked is None or shown is None:
        return Compared(asked=asked, shown=shown, met=True if asked == "none" else None)
    return Compared(asked=asked, shown=shown, met=order.index(shown) >= order.index(asked))
