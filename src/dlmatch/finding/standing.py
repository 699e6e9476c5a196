"""Which of the phrases found in a text stand, where they overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter

from dlmatch.finding.candidates import Candidate, in_text_order

BY_FIRST = attrgetter("first")
Rivals = Callable[[Candidate], Sequence[Candidate]]


def standing(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """Which candidates stand, and which a decoy hides (with that decoy).

    The rule looks at pairs only: a candidate falls where another claims all of its words and more. A decoy speaks of its
    own skill alone. Among equal claims a decoy wins, then an alias over a context, then the lesser (skill, phrase). So
    the order of the input is irrelevant, and what stands stands again when judged once more.
    """
    stand: list[Candidate] = []
    hidden: list[tuple[Candidate, Candidate]] = []
    group: list[Candidate] = []
    reach = 0
    for candidate in sorted(candidates, key=BY_FIRST):
        if candidate.first >= reach:
            _settle(group, stand, hidden)
            group = []
        group.append(candidate)
        reach = max(reach, candidate.last)
    _settle(group, stand, hidden)
    return stand, hidden


def _settle(group: list[Candidate], stand: list[Candidate], hidden: list[tuple[Candidate, Candidate]]) -> None:
    """Judges candidates that overlap; alone, one stands."""
    if len(group) < 2:
        stand += group
        return
    group.sort(key=in_text_order)
    everyone = _rivals(group)
    fallen = [(one, decoy) for one in group if (decoy := _decoy_over(one, everyone)) is not None]
    hidden += fallen
    left = group
    if fallen:
        out = {id(one) for one, _ in fallen}
        left = [one for one in group if id(one) not in out]
        everyone = _rivals(left)
    stand += [one for one in left if not any(_falls(one, other) for other in everyone(one))]


FEW = 6  # candidates that are compared each with each


def _rivals(group: Sequence[Candidate]) -> Rivals:
    """For a candidate, those that may claim all of its words."""
    if len(group) <= FEW:
        return lambda one: group
    by_word = _by_word(group)
    return lambda one: by_word[min(one.claims)]


def _by_word(candidates: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """Each claimed word with the candidates that claim it: whoever claims all of another's words claims its first one."""
    found: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        for word in candidate.claims:
            found.setdefault(word, []).append(candidate)
    return found


def _decoy_over(one: Candidate, rivals: Rivals) -> Candidate | None:
    """The decoy of the same skill that claims all of a candidate's words."""
    if one.entry.kind == "decoy":
        return None
    for other in rivals(one):
        if other.entry.kind == "decoy" and other.skill_id == one.skill_id and one.claims <= other.claims:
            if not any(_longer(third, other) for third in rivals(other)):
                return other
    return None


def _longer(one: Candidate, decoy: Candidate) -> bool:
    """Whether a phrase that names the skill claims a decoy's words and more."""
    return one.entry.kind != "decoy" and one.skill_id == decoy.skill_id and decoy.claims < one.claims


def _falls(one: Candidate, other: Candidate) -> bool:
    """Whether `one` falls because of `other`, which claims all of its words."""
    if other is one or not one.claims <= other.claims:
        return False
    if one.skill_id != other.skill_id and (other.loose or "decoy" in (one.entry.kind, other.entry.kind)):
        return False  # what stands in a gap is not part of the phrase; a decoy speaks of its own skill alone
    return one.claims < other.claims or _before(other, one)


RANK = {"decoy": 0, "alias": 1, "context": 2}


def _before(one: Candidate, other: Candidate) -> bool:
    """Whether `one` wins over `other` though both claim the same words."""
    if one.skill_id != other.skill_id:
        if other.entry.context and other.entry.context.whole_item:
            return False  # a skill's own name as a whole item stands beside another skill that goes by it
        if one.skill_id in other.entry.skill.shared or other.skill_id in one.entry.skill.shared:
            return False
    return _order(one) < _order(other)


def _order(one: Candidate) -> tuple[int, str, str, int, int]:
    return (RANK[one.entry.kind], one.skill_id, one.entry.phrase, one.first, one.last)
