"""Matches into ranked rows: each row is judged by itself, then put in order, and near-identical documents are folded.

For one ad, a resume's score is its match score. For one resume, an ad's score is

    score = match score x trust,    trust = asked / (asked + PRIOR)

where `asked` is the weight of what the ad names, skills that stand in for each other counted once. It is the share that
would be met if every ad also asked for three required skills that the resume doesn't show: the more an ad names, the less
these three matter, and an ad that names next to nothing can't win by asking nothing. Nothing in it looks at other ads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dlmatch.judging.match import DECIMALS, NEED_WEIGHTS, NEEDS, SOFT_CATEGORY, SOFT_SHARE, alternatives
from dlmatch.judging.match import FORMULA as MATCH_FORMULA
from dlmatch.model.document import Finding
from dlmatch.model.match import MatchReport
from dlmatch.model.ranking import Counts, Failure, Grouping, NeedMet, RankedRow, Ranking, RowStatus, Specificity
from dlmatch.model.report import Need, Report

# Three required skills. Tuned on 187 ads and 25 resumes: an ad cut down at random to one of its requirements comes before
# its own full self in 6% of the cases (30% without trust), one cut down to three in 14% (44%). 24 would halve that again,
# and put an ad of five requirements, all shown, behind one of which half is shown.
PRIOR: Final = 12.0
TRUST_DECIMALS: Final = 4
RESUMES_FORMULA: Final = f"For one ad, the match score. {MATCH_FORMULA[0].upper()}{MATCH_FORMULA[1:]}."
JOBS_FORMULA: Final = (
    "score = match score x trust; trust = asked / (asked + 12); asked: the weight of what the ad names, skills that stand in "
    f"for each other counted once. Match {MATCH_FORMULA}."
)
ORDER: Final = (
    "By score, the highest first. Equal scores: the larger share of the required weight shown, then of the preferred, then "
    "the name by its characters' code points. Then documents without a score, then those that could not be read, by name."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """One text's place among others: the index of the text it is folded under, its own where it is under none."""

    first: int
    alike: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One document of the folder: what reading and matching it gave, or why it could not be read."""

    name: str
    text: str = ""
    status: RowStatus = "ok"
    findings: tuple[Finding, ...] = ()
    match: MatchReport | None = None
    specificity: Specificity | None = None
    error: Failure | None = None


Fold = Callable[[Sequence[str]], Sequence[Likeness]]  # of texts, best first


def specificity(job: Report) -> Specificity:
    """How much an ad asks, and how far a match against it can be trusted."""
    counts = {need: sum(skill.need == need for skill in job.skills) for need in NEEDS}
    weights = {
        skill.id: NEED_WEIGHTS[skill.need or "mentioned"] * (SOFT_SHARE if skill.category == SOFT_CATEGORY else 1.0)
        for skill in job.skills
    }
    for option in alternatives(job):
        for spare in sorted(option.ids, key=lambda skill_id: -weights[skill_id])[option.enough :]:
            weights[spare] = 0.0
    asked = sum(weights.values())
    return Specificity(
        required=counts["required"],
        preferred=counts["preferred"],
        mentioned=counts["mentioned"],
        asked=asked,
        trust=round(asked / (asked + PRIOR), TRUST_DECIMALS),
    )


def rank(target: Report, candidates: Iterable[Candidate], *, fold: Fold, top: int | None = None) -> Ranking:
    """The candidates in order; with `top`, only those of the first ranks and all that have none for want of reading."""
    resumes = target.kind == "job"
    judged = sorted(((judge(candidate), candidate.text) for candidate in candidates), key=lambda pair: sort_key(pair[0]))
    readable = [(row, text) for row, text in judged if row.error is None]
    unread = [row for row, _ in judged if row.error is not None]
    rows = _placed([row for row, _ in readable], fold([text for _, text in readable]))
    return Ranking(
        of="resume" if resumes else "job",
        target=target.source,
        title=target.facts.title,
        specificity=specificity(target) if resumes else None,
        findings=target.findings,
        formula=RESUMES_FORMULA if resumes else JOBS_FORMULA,
        order=ORDER,
        counts=_counts(rows, unread),
        top=top,
        rows=(*(row for row in rows if top is None or (row.rank is not None and row.rank <= top)), *unread),
        made_with=target.made_with,
    )


def judge(candidate: Candidate) -> RankedRow:
    """What one document is worth, whatever else is in the folder."""
    match, asks = candidate.match, candidate.specificity
    score = match.score if match else None
    return RankedRow(
        rank=None,
        name=candidate.name,
        status=candidate.status if candidate.error is None else "failed",
        score=score if score is None or asks is None else round(score * asks.trust, DECIMALS),
        score_reason=match.score_reason if match else None,
        specificity=asks,
        needs=tuple(_met(match, need) for need in NEEDS) if match else (),
        findings=candidate.findings,
        match=match,
        error=candidate.error,
    )


def sort_key(row: RankedRow) -> tuple[bool, bool, float, float, float, str]:
    """ORDER as a key; names are unique within a folder, so that no two rows are equal."""
    shares = {met.need: met.share or 0.0 for met in row.needs}
    return (
        row.error is not None,
        row.score is None,
        -(row.score or 0.0),
        -shares.get("required", 0.0),
        -shares.get("preferred", 0.0),
        row.name,
    )


def _met(match: MatchReport, need: Need) -> NeedMet:
    asked = [skill for skill in match.asked if skill.need == need]
    whole = sum(skill.weight for skill in asked)
    share = round(sum(skill.weight * skill.credit for skill in asked) / whole, TRUST_DECIMALS) if whole else None
    return NeedMet(need=need, met=sum(skill.credit > 0 for skill in asked), asked=len(asked), share=share)


def _placed(rows: Sequence[RankedRow], likeness: Sequence[Likeness]) -> list[RankedRow]:
    """Give ranks to those that are under no other, and put the others behind their first, in order."""
    groups: dict[int, list[int]] = {}
    for at, like in enumerate(likeness):
        groups.setdefault(like.first, []).append(at)
    placed: list[RankedRow] = []
    number = 0
    for first, members in groups.items():
        number += rows[first].score is not None
        for place, at in enumerate(members, 1):
            group = Grouping(first=rows[first].name, place=place, size=len(members), alike=likeness[at].alike)
            ranked = number if rows[first].score is not None else None
            placed.append(replace(rows[at], rank=ranked, group=group if len(members) > 1 else None))
    return placed


def _counts(rows: Sequence[RankedRow], unread: Sequence[RankedRow]) -> Counts:
    copies = sum(row.folded for row in rows)
    without = sum(row.rank is None and not row.folded for row in rows)
    return Counts(
        files=len(rows) + len(unread),
        ranked=len(rows) - copies - without,
        copies=copies,
        without_score=without,
        unread=len(unread),
    )
