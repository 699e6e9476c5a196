"""Phrases whose parts may stand apart: found from their rarest part, grown to both sides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dlmatch.finding.candidates import Candidate, Entry
from dlmatch.finding.keys import Keys
from dlmatch.finding.stream import Stream
from dlmatch.finding.tokens import Tokens
from dlmatch.knowledge.spelling import JOINERS

# Words shorter than this take no plural in exact-case phrases: "Rs" is rupees, not several Rs.
SHORTEST_EXACT_PLURAL = 2


@dataclass(slots=True, eq=False)  # not frozen: thousands are made at the start
class Use:
    """A word sequence as one part of an entry: which of its words are claimed, and how it is written there."""

    entry: Entry
    claimed: tuple[int, ...]
    all_claimed: bool
    written: tuple[str, ...]


Part = Mapping[Keys, Use]  # the word sequences that may stand for a part of a phrase
Range = tuple[int, int]  # a half-open range of the stream
Found = tuple[int, int, Use]  # a range of the stream, and the part that stands there


class Link(NamedTuple):
    """A part of a phrase as seen from the one beside it: so many words may stand between, one of these sequences follows."""

    gap: int
    part: Part
    lengths: tuple[int, ...]  # of the sequences, the longest first


@dataclass(slots=True, eq=False)  # not frozen: thousands are made at the start
class Gapped:
    """A phrase with gaps, as seen from its rarest part: what must stand behind it and before it, from near to far."""

    entry: Entry
    anchor: Part
    behind: tuple[Link, ...]
    before: tuple[Link, ...]


def gapped_of(entry: Entry, parts: Sequence[Part], anchor: int) -> Gapped:
    """A phrase as seen from one of its parts."""

    def link(at: int, gap: int) -> Link:
        return Link(gap, parts[at], tuple(sorted(set(map(len, parts[at])), reverse=True)))

    behind = tuple(link(at, entry.gaps[at - 1]) for at in range(anchor + 1, len(parts)))
    before = tuple(link(at, entry.gaps[at]) for at in range(anchor - 1, -1, -1))
    return Gapped(entry, parts[anchor], behind, before)


class Anchored:
    """The phrases that share a rarest part, by a word that must stand beside it: behind it, or else before it."""

    __slots__ = ("_ahead", "_behind", "back", "forward", "leading", "next")

    def __init__(self) -> None:
        self._behind: dict[int, list[Gapped]] = {}  # first word of the next part
        self._ahead: dict[int, list[Gapped]] = {}  # last word of the part before, where no part follows
        self.next: set[int] = set()  # the words of either, to look at first: most often none of them is near
        self.leading: set[int] = set()
        self.forward = self.back = 0  # how many words of the stream to look at

    def add(self, gapped: Gapped) -> None:
        """Files a phrase."""
        follows = bool(gapped.behind)
        link = gapped.behind[0] if follows else gapped.before[0]
        reach = 2 * (link.gap + 1) if link.gap else 1  # between any two words a joining sign may stand
        if follows:
            self.forward = max(self.forward, reach)
        else:
            self.back = max(self.back, reach)
        rows = self._behind if follows else self._ahead
        for word in {sequence[0 if follows else -1] for sequence in link.part}:
            rows.setdefault(word, []).append(gapped)
        (self.next if follows else self.leading).update(rows)

    def beside(self, start: int, end: int, words: Keys) -> Iterable[Gapped]:
        """The phrases that a word near words[start:end] speaks for, each once."""
        found = [gapped for word in words[end : end + self.forward] for gapped in self._behind.get(word, ())]
        for word in words[max(0, start - self.back) : start]:
            found += self._ahead.get(word, ())
        return found if len(found) < 2 else {id(gapped): gapped for gapped in found}.values()


def found_at(anchor: Range, gapped: Gapped, stream: Stream) -> Candidate | None:
    """The phrase around its rarest part, the nearest of each other part taken; None where one is missing.

    It must stand in one sentence, and in the case asked for.
    """
    tokens, origin = stream.tokens, stream.origin
    start, end = anchor
    chain: list[Found] = [(start, end, gapped.anchor[stream.words[start:end]])]
    for link in gapped.behind:
        found = _behind(end, link, stream)
        if found is None:
            return None
        end = found[1]
        chain.append(found)
    for link in gapped.before:
        found = _before(start, link, stream)
        if found is None:
            return None
        start = found[0]
        chain.append(found)
    first, last = origin[start], origin[end - 1] + 1
    if bisect_right(tokens.breaks, tokens.starts[first]) != bisect_left(tokens.breaks, tokens.ends[last - 1]):
        return None
    claims: list[int] = []
    for start, end, use in chain:
        places = origin[start:end]
        if gapped.entry.exact and not same_case(tokens, places, use.written):
            return None
        claims += places if use.all_claimed else [places[at] for at in use.claimed]
    return Candidate(gapped.entry, first, last, frozenset(claims))


def same_case(tokens: Tokens, places: Sequence[int], written: Sequence[str]) -> bool:
    """Whether words stand in the text as they are written in an exact-case phrase."""
    for place, word in zip(places, written, strict=True):
        if word in JOINERS:
            continue
        shown = tokens.text[tokens.starts[place] : tokens.ends[place]]
        if shown != word and not (shown == word + "s" and len(word) >= SHORTEST_EXACT_PLURAL):
            return False
    return True


def _behind(at: int, link: Link, stream: Stream) -> Found | None:
    """The part that begins at a place of the stream or a few words behind it."""
    words, origin = stream.words, stream.origin
    reach = origin[at - 1] + 1 + link.gap  # the last word index at which the part may begin
    while at < len(words) and origin[at] <= reach:
        for length in link.lengths:
            use = link.part.get(words[at : at + length])
            if use is not None and at + length <= len(words):
                return at, at + length, use
        if not link.gap:
            return None
        at += 1
    return None


def _before(at: int, link: Link, stream: Stream) -> Found | None:
    """The part that ends at a place of the stream or a few words before it."""
    words, origin = stream.words, stream.origin
    reach = origin[at] - link.gap  # the word index at or after which the part may end
    while at > 0 and origin[at - 1] + 1 >= reach:
        for length in link.lengths:
            use = link.part.get(words[at - length : at]) if length <= at else None
            if use is not None:
                return at - length, at, use
        if not link.gap:
            return None
        at -= 1
    return None
