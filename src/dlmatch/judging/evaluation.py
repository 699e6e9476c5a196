"""Holds reports against labels: precision, recall and F1 of the skills, the share of right facts, and every error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from dlmatch.judging.factcheck import checked_facts
from dlmatch.model.labels import Labelled
from dlmatch.model.report import Report, SkillFound

SOFT: Final = "soft-skills"
SETS: Final = ("all", "hard", "soft", "job", "resume")
DECIMALS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A document's labels and its report; None where it could not be read, with the reason."""

    labelled: Labelled
    report: Report | None
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often a skill was found rightly, found wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def labelled(self) -> int:
        """How many there are to find."""
        return self.right + self.missed

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.right / max(1, self.labelled)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of some are right."""

    right: int = 0
    total: int = 0

    @property
    def accuracy(self) -> float:
        """The share that is right; 0 where there is none."""
        return self.right / max(1, self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillErrors:
    """One skill's errors: the documents in which it was missed, found wrongly, or found with another need or showing."""

    id: str
    counts: Counts
    missed: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    level: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many errors in all."""
        return len(self.missed) + len(self.wrong) + len(self.level)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactError:
    """A fact that is not as labelled."""

    document: str
    fact: str
    labelled: Any
    found: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The table, and all that went wrong."""

    documents: int
    scored: int  # the skills looked for
    failed: tuple[str, ...]
    skills: Mapping[str, Counts]
    need: Share
    shown: Share
    evidence: Share
    facts: Mapping[str, Share]
    skill_errors: tuple[SkillErrors, ...] = ()
    fact_errors: tuple[FactError, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """What --format json prints."""
        return {
            "documents": self.documents,
            "skills_scored": self.scored,
            "failed": list(self.failed),
            "skills": {name: _row(counts) for name, counts in self.skills.items()},
            "need_accuracy": round(self.need.accuracy, DECIMALS),
            "shown_accuracy": round(self.shown.accuracy, DECIMALS),
            "evidence_with_quote": f"{self.evidence.right}/{self.evidence.total}",
            "facts": {name: f"{share.right}/{share.total}" for name, share in self.facts.items()},
            "skill_errors": [
                {"id": one.id, **_row(one.counts), "missed": [*one.missed], "wrong": [*one.wrong], "level": [*one.level]}
                for one in self.skill_errors
            ],
            "fact_errors": [
                {"document": one.document, "fact": one.fact, "labelled": one.labelled, "found": one.found}
                for one in self.fact_errors
            ],
        }


def _row(counts: Counts) -> dict[str, float]:
    figures = {"P": counts.precision, "R": counts.recall, "F1": counts.f1}
    return {**{key: round(value, DECIMALS) for key, value in figures.items()}, "n": counts.labelled}


@dataclass(slots=True)
class _Tally:
    """One skill's errors while they are counted."""

    right: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    level: list[str] = field(default_factory=list)


def evaluate(pairs: Iterable[Pair], *, scored: Collection[str], soft: Collection[str], as_of: date) -> Evaluation:
    """The table over all pairs. Looked for are the skills `scored`, and any other that a label names."""
    pairs = tuple(pairs)
    scope = {*scored, *(skill for pair in pairs for skill in pair.labelled.skills)}
    tallies: dict[str, _Tally] = defaultdict(_Tally)
    sets: dict[str, list[str]] = {name: [] for name in SETS}
    levels: dict[str, list[bool]] = {"job": [], "resume": []}
    facts: dict[str, list[bool]] = defaultdict(list)
    wrong_facts: list[FactError] = []
    for pair in pairs:
        found = {skill.id: skill for skill in (pair.report.skills if pair.report else ()) if skill.id in scope}
        for skill, how in _compared(pair.labelled, found):
            getattr(tallies[skill], how).append(pair.labelled.id)
            for name in ("all", "soft" if skill in soft else "hard", pair.labelled.kind):
                sets[name].append(how)
            if how == "right" and pair.labelled.skills[skill] is not None:
                same = _level(pair.labelled, found[skill]) == pair.labelled.skills[skill]
                levels[pair.labelled.kind].append(same)
                if not same:
                    tallies[skill].level.append(pair.labelled.id)
        for fact, right, wanted, got in checked_facts(pair.labelled, pair.report.facts if pair.report else None, as_of):
            facts[fact].append(right)
            if not right:
                wrong_facts.append(FactError(document=pair.labelled.id, fact=fact, labelled=wanted, found=got))
    return Evaluation(
        documents=len(pairs),
        scored=len(scope),
        failed=tuple(f"{pair.labelled.id}: {pair.failure}" for pair in pairs if pair.failure),
        skills={name: _counts(hows) for name, hows in sets.items()},
        need=_share(levels["job"]),
        shown=_share(levels["resume"]),
        evidence=_share(_quoted(pairs, scope)),
        facts={fact: _share(rights) for fact, rights in sorted(facts.items())},
        skill_errors=tuple(sorted(_errors(tallies), key=lambda one: (-one.number, one.id))),
        fact_errors=tuple(sorted(wrong_facts, key=lambda one: (one.fact, one.document))),
    )


def _compared(labelled: Labelled, found: Mapping[str, SkillFound]) -> Iterator[tuple[str, str]]:
    """Each skill of either side and how it stands; what the labeller was unsure of counts neither way."""
    for skill in sorted({*found, *labelled.skills}):
        if skill in labelled.skills:
            yield skill, "right" if skill in found else "missed"
        elif skill not in labelled.unsure:
            yield skill, "wrong"


def _level(labelled: Labelled, skill: SkillFound) -> str | None:
    return skill.need if labelled.kind == "job" else skill.shown


def _counts(hows: Sequence[str]) -> Counts:
    return Counts(right=hows.count("right"), wrong=hows.count("wrong"), missed=hows.count("missed"))


def _share(rights: Sequence[bool]) -> Share:
    return Share(right=sum(rights), total=len(rights))


def _quoted(pairs: Iterable[Pair], scope: Collection[str]) -> list[bool]:
    """For every piece of evidence, whether it holds its words."""
    reports = (pair.report for pair in pairs if pair.report)
    return [bool(e.quote) for report in reports for skill in report.skills if skill.id in scope for e in skill.evidence]


def _errors(tallies: Mapping[str, _Tally]) -> Iterator[SkillErrors]:
    for skill, tally in tallies.items():
        if tally.wrong or tally.missed or tally.level:
            yield SkillErrors(
                id=skill,
                counts=Counts(right=len(tally.right), wrong=len(tally.wrong), missed=len(tally.missed)),
                missed=tuple(tally.missed),
                wrong=tuple(tally.wrong),
                level=tuple(tally.level),
            )
