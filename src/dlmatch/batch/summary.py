"""What a batch came to, counted row by row in bounded memory: statuses, scores, skills, gaps, and pay implied and stated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from dlmatch.showing.rows import READ, Row

SCHEMA: Final = "dlmatch.batch-summary/1"
STATUSES: Final = ("ok", "partial", "empty", "refused", "failed")
RELATIONS: Final = ("below", "overlaps", "within", "above", "not-compared")
TOP: Final = 10
TENS: Final = tuple(range(0, 100, 10))
# The columns that are counted.
COUNTED: Final = (
    "status", "slug", "kind", "kind_sure", "score", "required", "preferred", "demonstrated", "listed", "missing",
    "stated_relation", "salary_mid", "salary_currency", "salary_period",
)  # fmt: skip
HUNDREDTHS: Final = 100  # scores have two decimals, so a count for each value keeps the median exact


@dataclass(slots=True)
class Summary:
    """Counts that grow by one row at a time."""

    inputs: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    slugs: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    sureness: Counter[str] = field(default_factory=Counter)
    scores: Counter[int] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)  # ads: required or preferred
    shown: Counter[str] = field(default_factory=Counter)  # resumes
    missing: Counter[str] = field(default_factory=Counter)  # requirements not met in full
    relations: Counter[str] = field(default_factory=Counter)
    bands: dict[str, Counter[int]] = field(default_factory=dict)  # implied middles by currency and period

    def add(self, row: Row) -> None:
        """Count one row, of which COUNTED is looked at."""
        self.inputs += 1
        self.statuses[row["status"]] += 1
        if row["kind"]:
            self.kinds[row["kind"]] += 1
            self.sureness[row["kind_sure"]] += 1
        if row["status"] not in READ:
            self.slugs[row["slug"]] += 1
            return
        self.scores[round(row["score"] * HUNDREDTHS)] += 1
        self.asked.update({*(row["required"] or ()), *(row["preferred"] or ())})
        self.shown.update((*(row["demonstrated"] or ()), *(row["listed"] or ())))
        self.missing.update(row["missing"] or ())
        if row["stated_relation"]:
            self.relations[row["stated_relation"]] += 1
        if row["salary_mid"] is not None:
            unit = f"{row['salary_currency']} a {row['salary_period']}"
            self.bands.setdefault(unit, Counter())[round(row["salary_mid"])] += 1

    def merge(self, other: Summary) -> None:
        """Add what another one counted."""
        self.inputs += other.inputs
        for name in _COUNTS:
            getattr(self, name).update(getattr(other, name))
        for unit, counts in other.bands.items():
            self.bands.setdefault(unit, Counter()).update(counts)

    def plain(self) -> dict[str, Any]:
        """The counts as plain values, for a ledger."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def of_plain(cls, values: Mapping[str, Any]) -> Summary:
        """The counts of such values, whose keys were all made text by JSON."""
        made = cls(inputs=values["inputs"])
        for name in _COUNTS:
            getattr(made, name).update(values[name])
        made.scores = _numbered(values["scores"])
        made.bands = {unit: _numbered(counts) for unit, counts in values["bands"].items()}
        return made

    @property
    def unread(self) -> int:
        """Inputs that have no score."""
        return self.inputs - sum(self.statuses[status] for status in READ)

    def to_dict(self, names: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The summary as plain values; `names` of skills and requirements stand beside their ids where given."""
        names = names or {}

        def most(counts: Counter[str]) -> list[dict[str, Any]]:
            ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:TOP]
            return [{"id": id, "name": names.get(id, id), "count": count} for id, count in ranked]

        return {
            "schema": SCHEMA,
            "inputs": self.inputs,
            "unread": self.unread,
            "statuses": {status: self.statuses[status] for status in STATUSES},
            "slugs": dict(sorted(self.slugs.items())),
            "kinds": dict(sorted(self.kinds.items())),
            "kind_sure": dict(sorted(self.sureness.items())),
            "scores": self._scores(),
            "most_asked": most(self.asked),
            "most_shown": most(self.shown),
            "most_missing": most(self.missing),
            "pay": {
                "stated_against_implied": {relation: self.relations[relation] for relation in RELATIONS},
                "implied_middle": {
                    unit: {"count": sum(counts.values()), "median": _quantile(counts, 0.5)}
                    for unit, counts in sorted(self.bands.items())
                },
            },
        }

    def _scores(self) -> dict[str, Any]:
        count = sum(self.scores.values())
        if not count:
            return {
                "count": 0,
                "least": None,
                "median": None,
                "mean": None,
                "most": None,
                "tens": dict.fromkeys(map(str, TENS), 0),
            }
        tens = Counter[int]()
        for value, times in self.scores.items():
            tens[min(value // (10 * HUNDREDTHS), 9) * 10] += times
        return {
            "count": count,
            "least": min(self.scores) / HUNDREDTHS,
            "median": _quantile(self.scores, 0.5) / HUNDREDTHS,
            "mean": round(sum(value * times for value, times in self.scores.items()) / count / HUNDREDTHS, 2),
            "most": max(self.scores) / HUNDREDTHS,
            "tens": {str(low): tens[low] for low in TENS},
        }


_COUNTS: Final = tuple(field.name for field in fields(Summary) if field.name not in ("inputs", "bands"))


def _numbered(counts: Mapping[str, int]) -> Counter[int]:
    return Counter({int(value): times for value, times in counts.items()})


def _quantile(counts: Counter[int], share: float) -> int:
    """The smallest value that at least this share of all does not exceed."""
    wanted = share * sum(counts.values())
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= wanted:
            return value
    return 0
