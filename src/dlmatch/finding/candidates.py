"""A phrase of the taxonomy, and a place of a text where it was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dlmatch.finding.keys import Keys, keys_of
from dlmatch.model.phrasebook import Phrase
from dlmatch.model.skill import Context, Decoy, Skill

Cues = Mapping[int, Sequence[Keys]]  # first word -> the sequences of supporting phrases that begin with it


@dataclass(slots=True, eq=False)  # not frozen: thousands are made at the start
class Entry:
    """One phrase of the taxonomy and what it stands for."""

    kind: Literal["alias", "context", "decoy"]
    skill: Skill
    phrase: str
    gaps: tuple[int, ...]
    exact: bool = False
    context: Context | None = None
    decoy: Decoy | None = None
    whole_item: bool = False  # an ambiguous phrase that counts only as a whole item of a list of skills
    near: Cues = field(default_factory=dict)  # what supports an ambiguous phrase
    never_near: Cues = field(default_factory=dict)  # what rules it out


@dataclass(slots=True, eq=False)  # not frozen: a page makes sixty of them, and that is half of the price
class Candidate:
    """A phrase found in a text: the words it claims and the range it spans."""

    entry: Entry
    first: int  # word indexes, half open
    last: int
    claims: frozenset[int]

    @property
    def loose(self) -> bool:
        """Whether other words stand between the words it claims."""
        return bool(self.entry.gaps) and self.last - self.first > len(self.claims)

    @property
    def skill_id(self) -> str:
        """The skill named, or what a decoy hides."""
        return self.entry.skill.id


def in_text_order(candidate: Candidate) -> tuple[int, int, str, str]:
    """The order of candidates: by place, the longer first, then by skill and phrase."""
    return candidate.first, -candidate.last, candidate.entry.skill.id, candidate.entry.phrase


def entry_of(skill: Skill, phrase: Phrase, cues: Mapping[str, Sequence[str]]) -> Entry:
    """The entry of a phrase; `cues` are the word sequences of each supporting phrase."""
    at = phrase.at
    if phrase.kind == "name":
        context = Context(phrase=skill.name, whole_item=True)
        return Entry("context", skill, skill.name, phrase.gaps, context=context, whole_item=True)
    if phrase.kind == "context":
        context = skill.contexts[at]
        near, never = _cues(context.near, cues), _cues(context.never_near, cues)
        whole = context.whole_item
        return Entry(
            "context", skill, context.phrase, phrase.gaps, context.exact, context, whole_item=whole, near=near, never_near=never
        )
    if phrase.kind == "decoy":
        decoy = skill.decoys[at]
        return Entry("decoy", skill, decoy.phrase, phrase.gaps, decoy.exact, decoy=decoy)
    exact = phrase.kind == "exact"
    return Entry("alias", skill, skill.exact[at] if exact else skill.aliases[at], phrase.gaps, exact)


def _cues(phrases: Sequence[str], sequences: Mapping[str, Sequence[str]]) -> Cues:
    found: dict[int, list[Keys]] = {}
    for sequence in sorted({sequence for phrase in phrases for sequence in sequences[phrase]}):
        words = keys_of(sequence)
        found.setdefault(words[0], []).append(words)
    return found
