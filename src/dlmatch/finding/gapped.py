"""Phrases whose parts may stand apart: found from their rarest part, grown to both sides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dlmatch.finding.candidates import Candidate, Entry
from dlmatch.finding.stream import Stream
from dlmatch.finding.tokens import Tokens
from dlmatch.knowledge.spelling import JOINERS

# Words shorter than this take no plural in exact-case phrases: "Rs" is rupees, not several Rs.
SHORTEST_EXACT_PLURAL = 2


@dataclass(frozen=True, slots=True)
class Use:
    """A word sequence as one part of an entry: which of its words are claimed, and how it is written there."""

    entry: Entry
    claimed: tuple[int, ...]
    all_claimed: bool
    written: tuple[str, ...]


Part = Mapping[str, Use]  # the word sequences that may stand for a part of a phrase
Range = tuple[int, int]  # a half-open range of the stream


@dataclass(frozen=True, slots=True)
class Gapped:
    """A phrase with gaps, as seen from its rarest part."""

    entry: Entry
    anchor: int
    parts: tuple[Part, ...]
    lengths: tuple[tuple[int, ...], ...]  # of the sequences of each part, the longest first


class Anchored:
    """The phrases that share a rarest part, by a word that must stand beside it: behind it, or else before it."""

    __slots__ = ("_ahead", "_behind", "back", "forward", "leading", "next")

    def __init__(self) -> None:
        self._behind: dict[str, list[Gapped]] = {}  # first word of the next part
        self._ahead: dict[str, list[Gapped]] = {}  # last word of the part before, where no part follows
        self.next: set[str] = set()  # the words of either, to look at first: most often none of them is near
        self.leading: set[str] = set()
        self.forward = self.back = 0  # how many words of the stream to look at

    def add(self, gapped: Gapped) -> None:
        """Files a phrase."""
        follows = gapped.anchor + 1 < len(gapped.parts)
        beside = gapped.anchor + 1 if follows else gapped.anchor - 1
        gap = gapped.entry.gaps[min(beside, gapped.anchor)]
        reach = 2 * (gap + 1) if gap else 1  # between any two words a joining sign may stand
        if follows:
            self.forward = max(self.forward, reach)
        else:
            self.back = max(self.back, reach)
        rows = self._behind if follows else self._ahead
        for word in {sequence.split(" ")[0 if follows else -1] for sequence in gapped.parts[beside]}:
            rows.setdefault(word, []).append(gapped)
        (self.next if follows else self.leading).update(rows)

    def beside(self, start: int, end: int, words: Sequence[str]) -> Iterable[Gapped]:
        """The phrases that a word near words[start:end] speaks for, each once."""
        found = [gapped for word in words[end : end + self.forward] for gapped in self._behind.get(word, ())]
        for word in words[max(0, start - self.back) : start]:
            found += self._ahead.get(word, ())
        return found if len(found) < 2 else {id(gapped): gapped for gapped in found}.values()


def found_at(anchor: Range, gapped: Gapped, stream: Stream) -> Candidate | None:
    """The phrase around its rarest part, if all its parts stand there, in one sentence and in the case asked for."""
    chain = _grown(anchor, gapped, stream)
    return None if chain is None else _across(chain, gapped, stream)


def same_case(tokens: Tokens, places: Sequence[int], written: Sequence[str]) -> bool:
    """Whether words stand in the text as they are written in an exact-case phrase."""
    for place, word in zip(places, written, strict=True):
        if word in JOINERS:
            continue
        shown = tokens.text[tokens.starts[place] : tokens.ends[place]]
        if shown != word and not (shown == word + "s" and len(word) >= SHORTEST_EXACT_PLURAL):
            return False
    return True


def _grown(anchor: Range, gapped: Gapped, stream: Stream) -> list[Range] | None:
    """The parts of a phrase around its rarest one, the nearest taken; None where one is missing."""
    gaps = gapped.entry.gaps
    chain = [anchor]
    for at in range(gapped.anchor + 1, len(gapped.parts)):
        following = _after(chain[-1][1], gaps[at - 1], gapped.parts[at], gapped.lengths[at], stream)
        if following is None:
            return None
        chain.append(following)
    for at in range(gapped.anchor - 1, -1, -1):
        leading = _before_it(chain[0][0], gaps[at], gapped.parts[at], gapped.lengths[at], stream)
        if leading is None:
            return None
        chain.insert(0, leading)
    return chain


def _after(start: int, gap: int, part: Part, lengths: Sequence[int], stream: Stream) -> Range | None:
    words, origin = stream.words, stream.origin
    reach = origin[start - 1] + 1 + gap  # the last word index at which the part may begin
    at = start
    while at < len(words) and origin[at] <= reach:
        for length in lengths:
            end = at + length
            if end <= len(words) and (words[at] if length == 1 else " ".join(words[at:end])) in part:
                return (at, end) if gap or at == start else None
        if not gap:
            return None
        at += 1
    return None


def _before_it(end: int, gap: int, part: Part, lengths: Sequence[int], stream: Stream) -> Range | None:
    words, origin = stream.words, stream.origin
    reach = origin[end] - gap  # the word index at or after which the part may end
    last = end
    while last > 0 and origin[last - 1] + 1 >= reach:
        for length in lengths:
            start = last - length
            if start >= 0 and (words[start] if length == 1 else " ".join(words[start:last])) in part:
                return (start, last)
        if not gap:
            return None
        last -= 1
    return None


def _across(chain: Sequence[Range], gapped: Gapped, stream: Stream) -> Candidate | None:
    """The candidate of a chain of parts."""
    tokens, origin = stream.tokens, stream.origin
    first, last = origin[chain[0][0]], origin[chain[-1][1] - 1] + 1
    if bisect_right(tokens.breaks, tokens.starts[first]) != bisect_left(tokens.breaks, tokens.ends[last - 1]):
        return None
    claims: list[int] = []
    for (start, end), part in zip(chain, gapped.parts, strict=True):
        use, places = part[stream.text(start, end)], origin[start:end]
        if gapped.entry.exact and not same_case(tokens, places, use.written):
            return None
        claims += [places[at] for at in use.claimed]
    return Candidate(gapped.entry, first, last, frozenset(claims))
