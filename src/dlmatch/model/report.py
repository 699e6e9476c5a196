"""The report: what a document says about the role, each claim with its proof. Field order is the order of the JSON keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, Literal

from dlmatch.model.document import Finding, ReadWarning

Kind = Literal["resume", "job"]
Level = Literal["intern", "entry", "mid", "senior", "lead"]
Degree = Literal["none", "bachelor", "master", "phd"]
Need = Literal["required", "preferred", "mentioned"]
Shown = Literal["demonstrated", "listed"]
SCHEMA = "dlmatch.report/1"
MATCH_SCHEMA = "dlmatch.match/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words in the document that name a skill: document.text[start:end] == quote."""

    quote: str
    start: int
    end: int
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillFound:
    """A skill the document names. `need` stands in reports on jobs, `shown`, `months`, `last_used` in those on resumes."""

    id: str
    name: str
    category: str
    need: Need | None = None
    shown: Shown | None = None
    months: int | None = None
    last_used: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """What looked like a skill and was refused."""

    id: str
    quote: str
    start: int
    end: int
    reason: Literal["homograph", "negated", "hidden", "other-sense"]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """Pay as the document states it; nothing is converted."""

    min: float | None
    max: float | None
    currency: str | None  # None: a sum was stated, its currency was not
    period: Literal["year", "month", "week", "day", "hour"]
    quote: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A dated role of a resume. `start` and `end` are YYYY or YYYY-MM; `end` may be "present"; months are inclusive."""

    title: str
    start: str
    end: str
    months: int
    kind: Literal["job", "internship", "assistant"] = "job"
    span: tuple[int, int] = (0, 0)  # the role's part of the text, from its heading to the next role


@dataclass(frozen=True, slots=True, kw_only=True)
class JobFacts:
    """What an ad states of itself; None where it does not say."""

    title: str | None = None
    seniority: Level | None = None
    years_min: int | None = None
    years_max: int | None = None
    degree_min: Degree | None = None
    country: str | None = None
    city: str | None = None
    region: str | None = None  # state or province
    remote: bool | None = None
    pay: Pay | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeFacts:
    """What a resume states of its person; None where it does not say."""

    title: str | None = None
    experience_years: float | None = None
    roles: tuple[Role, ...] = ()
    degree_max: Degree | None = None
    seniority: Level | None = None
    country: str | None = None
    city: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One requirement of the role as met by this document: score = sum of weight x credit over all groups."""

    id: str
    name: str
    area: str
    weight: float
    enough: int
    credit: float
    met: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the role the document covers, 0 to 100."""

    score: float
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A requirement not met in full: naming any of `missing` lifts the score by exactly `gain`."""

    requirement: str
    missing: tuple[str, ...]
    gain: float
    pay_effect: Mapping[str, Any] | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayStep:
    """One entry of the ledger: the band before and after, and the line of the fact sheet that moved it."""

    rule: str
    before: tuple[float, float] | None
    after: tuple[float, float]
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayBand:
    """The base pay that follows, with every step that led to it. Totals, bonus and equity stand beside, never inside."""

    region: str
    currency: str
    period: str
    low: float
    mid: float
    high: float
    level: str
    steps: tuple[PayStep, ...]
    assumptions: tuple[str, ...]
    beside: tuple[Mapping[str, Any], ...]
    stated: Mapping[str, Any] | None = None  # a job's own figure against this band
    seed: str = ""  # the fact sheet the band rests on, a file name within seeds/


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file the report is about."""

    name: str
    sha256: str
    media_type: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """How reading went."""

    status: str
    reader: str
    pages: int | None
    characters: int
    warnings: tuple[ReadWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWith:
    """All that the report depends on besides the file."""

    dlmatch: str
    taxonomy: str
    seeds: str
    as_of: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything dlmatch says about one document."""

    kind: Kind
    source: Source
    read: Read
    facts: JobFacts | ResumeFacts
    skills: tuple[SkillFound, ...]
    rejected: tuple[Rejected, ...]
    findings: tuple[Finding, ...]
    coverage: Coverage
    gaps: tuple[Gap, ...]
    salary: PayBand | None
    salary_reason: str | None
    made_with: MadeWith

    def to_dict(self) -> dict[str, Any]:
        """Exactly what --format json prints."""
        body = plain(self)
        unused = ("shown", "months", "last_used") if self.kind == "job" else ("need",)
        for skill in body["skills"]:
            for key in unused:
                del skill[key]
        return {"schema": SCHEMA, **body}


RENAMED = {"before": "from", "after": "to"}  # `from` is a keyword of the language


_LEAVES = frozenset({str, int, float, bool, type(None)})


@cache  # a report has hundreds of parts of a dozen kinds
def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((f.name, RENAMED.get(f.name, f.name)) for f in fields(kind))


def plain(value: Any) -> Any:
    """Dataclasses as dicts, tuples as lists, down to the leaves."""
    kind: type = type(value)
    if kind in _LEAVES:
        return value
    if is_dataclass(kind):
        return {key: plain(getattr(value, name)) for name, key in _keys(kind)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value
