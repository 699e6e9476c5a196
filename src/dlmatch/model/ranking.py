"""A ranking: the documents of a folder in order, each with its match, and those that could not be read at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from dlmatch.model.document import Finding
from dlmatch.model.match import MatchReport
from dlmatch.model.report import Kind, MadeWith, Need, Source, plain

RANKING_SCHEMA: Final = "dlmatch.ranking/1"
RowStatus = Literal["ok", "partial", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Specificity:
    """How much an ad asks: `trust` = asked / (asked + 12), where `asked` is the weight of what it names."""

    required: int
    preferred: int
    mentioned: int
    asked: float  # skills that stand in for each other count once
    trust: float  # 0 to 1: how far a match score against this ad can be trusted

    @property
    def named(self) -> int:
        """How many requirements the ad names."""
        return self.required + self.preferred + self.mentioned


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMet:
    """Of the skills asked with one need, how many are shown; `share` is that of their weight, None where none is asked."""

    need: Need
    met: int
    asked: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The group of near-identical documents that a row belongs to. `alike` is the share of words in common with `first`."""

    first: str  # the name of the group's best row, under which the others are folded
    place: int  # 1 for the first
    size: int
    alike: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a document could not be read."""

    slug: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedRow:
    """One document. All but `rank` and `group` depends on this document and the target alone."""

    rank: int | None  # copies have that of their group's first; None: no score
    name: str  # the path within the folder
    status: RowStatus
    score: float | None
    score_reason: str | None
    specificity: Specificity | None  # of this ad, where ads are ranked
    needs: tuple[NeedMet, ...] = ()
    findings: tuple[Finding, ...] = ()
    group: Grouping | None = None
    match: MatchReport | None = None
    error: Failure | None = None

    @property
    def folded(self) -> bool:
        """Is it a copy that stands under another row?"""
        return self.group is not None and self.group.place > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many files there are and what became of them: files = ranked + copies + without_score + unread."""

    files: int
    ranked: int
    copies: int
    without_score: int
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Resumes ranked for an ad (`of` is resume), or ads ranked for a resume (`of` is job)."""

    of: Kind
    target: Source
    title: str | None  # what the target calls itself
    specificity: Specificity | None  # of the ad, where resumes are ranked
    findings: tuple[Finding, ...]  # of the target
    formula: str
    order: str
    counts: Counts
    top: int | None  # rows below this rank are left out; None: all are here
    rows: tuple[RankedRow, ...]
    made_with: MadeWith

    def to_dict(self) -> dict[str, Any]:
        """Exactly what --format json prints."""
        body = plain(self)
        for row, given in zip(body["rows"], self.rows, strict=True):
            row["match"] = given.match.to_dict() if given.match else None
        return {"schema": RANKING_SCHEMA, **body}
