"""The match: what an ad asks against what a resume shows, each asked skill with its proof on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dlmatch.model.document import Finding
from dlmatch.model.report import MATCH_SCHEMA, Evidence, MadeWith, Need, Shown, Source, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSkill:
    """A skill the ad asks for. `credit` is 0 to 1; `gain` is what the score rises by if the resume demonstrates it."""

    id: str
    name: str
    category: str
    need: Need
    weight: float
    shown: Shown | None
    months: int | None
    last_used: str | None
    credit: float
    gain: float
    instead: tuple[str, ...]  # ids of the skills of the same requirement that stand in for it
    asked_in: tuple[Evidence, ...]
    shown_in: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One fact asked and shown. `met` is None where the ad does not ask or the resume does not say."""

    asked: float | str | None
    shown: float | str | None
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCoverage:
    """How much of the role profile each side covers, from their own reports."""

    resume: float
    job: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInBoth:
    """What a reader should know of each of the two documents, such as hidden text, from their own reports."""

    resume: tuple[Finding, ...]
    job: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchReport:
    """One resume against one ad. `score` is None, with `score_reason`, where the ad asks for no known skill."""

    resume: Source
    job: Source
    title: str | None
    score: float | None
    score_reason: str | None
    formula: str
    met: tuple[AskedSkill, ...]
    missing: tuple[AskedSkill, ...]
    years: Compared
    degree: Compared
    seniority: Compared
    coverage: RoleCoverage
    beyond: tuple[str, ...]  # ids of skills that the resume shows and the ad does not ask for
    findings: FoundInBoth
    made_with: MadeWith

    @property
    def asked(self) -> tuple[AskedSkill, ...]:
        """Every asked skill: those met, then those missing."""
        return (*self.met, *self.missing)

    def to_dict(self) -> dict[str, Any]:
        """Exactly what --format json prints."""
        return {"schema": MATCH_SCHEMA, **plain(self)}
