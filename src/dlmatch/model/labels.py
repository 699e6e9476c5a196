"""What a person says a document holds: the truth that the reports are measured against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dlmatch.model.report import Degree, Kind, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPay:
    """The base pay as the document states it."""

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRole:
    """A dated role: YYYY or YYYY-MM; `end` may be "present"; None where the document does not say."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One document's labels. A fact that is None is not measured."""

    id: str
    kind: Kind
    skills: Mapping[str, str | None]  # skill id -> its need or how it is shown; None: not labelled
    unsure: frozenset[str] = field(default_factory=frozenset)  # skills that count neither way
    seniority: Level | None = None
    years_min: int | None = None
    degree_min: Degree | None = None
    degree_max: Degree | None = None
    country: str | None = None
    city: str | None = None
    pay: LabelledPay | None = None
    states_no_pay: bool = False  # the label says that no pay is stated
    roles: tuple[LabelledRole, ...] = ()
