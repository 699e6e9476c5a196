"""The taxonomy's phrases made ready for a matcher: word sequences, and what each of them is a part of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

PhraseKind = Literal["alias", "exact", "context", "decoy", "name"]
# A word sequence as part of a phrase: its number, its claimed words as bits, and (in exact phrases) the words as written.
Use = Sequence[int | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One phrase of a skill: parts that follow each other with at most `gaps[i]` words between part i and part i + 1."""

    skill: int  # index among the skills
    kind: PhraseKind
    at: int  # index among the skill's phrases of this kind
    gaps: tuple[int, ...]
    parts: tuple[Sequence[Use], ...]
    anchor: int = 0  # the part that is rarest in texts: the phrase is looked for only where this part stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """Every spelling with its key, every word sequence (keys, parted by a space), every phrase and supporting phrase."""

    known: Mapping[str, str]
    sequences: Sequence[str]
    phrases: Sequence[Phrase]
    cues: Mapping[str, Sequence[str]]  # supporting phrase -> its sequences
