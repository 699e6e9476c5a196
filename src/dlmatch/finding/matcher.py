"""Finds every phrase of the taxonomy in a text with one spaCy PhraseMatcher, and says which of them stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from dlmatch.finding.tokens import BREAK, CONTINUED, Tokens
from dlmatch.knowledge.spelling import JOINERS
from dlmatch.model.phrasebook import Phrase, Phrasebook, Use
from dlmatch.model.skill import Context, Decoy, Skill

# Words shorter than this take no plural in exact-case phrases: "Rs" is rupees, not several Rs.
SHORTEST_EXACT_PLURAL = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the taxonomy and what it stands for."""

    kind: Literal["alias", "context", "decoy"]
    skill: Skill
    phrase: str
    gaps: tuple[int, ...]
    exact: bool = False
    context: Context | None = None
    decoy: Decoy | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Use:
    """A word sequence as one part of an entry: which of its words are claimed, and how it is written there."""

    entry: Entry
    claimed: tuple[int, ...]
    written: tuple[str, ...]


Part = dict[int, list[_Use]]  # the word sequences that may stand for a part of a phrase
# A word sequence found in a text: its number, its first and last word (half open), its range in the stream for spaCy.
_Hit = tuple[int, int, int, int, int]
SEQUENCE, FIRST, LAST = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Gapped:
    """A phrase with gaps, as seen from its rarest part."""

    entry: Entry
    anchor: int
    parts: tuple[Part, ...]
    others: tuple[frozenset[int], ...]  # the sequences of each other part


@dataclass(frozen=True, slots=True)
class Sightings:
    """What the matcher saw in a text: candidates in text order, and where each supporting phrase stands."""

    candidates: tuple[Candidate, ...]
    cues: Mapping[str, Sequence[tuple[int, int]]]


class Matcher:
    """The taxonomy's phrases, compiled once.

    Every word sequence of every phrase is one pattern of the PhraseMatcher. A phrase with gaps is looked for only where
    its rarest part was seen, so that common words ("and", "models") in many phrases cost nothing.
    """

    def __init__(self, skills: Sequence[Skill], book: Phrasebook) -> None:
        self.known = book.known
        self._cues = book.cues
        self._numbers = {sequence: number for number, sequence in enumerate(book.sequences)}
        self._whole: dict[int, list[_Use]] = defaultdict(list)  # phrases without gaps
        self._anchored: dict[int, list[_Gapped]] = defaultdict(list)
        gapped: list[tuple[Entry, tuple[Part, ...]]] = []
        popularity: Counter[int] = Counter()
        for phrase in book.phrases:
            entry = _entry(skills[phrase.skill], phrase)
            parts = tuple(_part(entry, part) for part in phrase.parts)
            for part in parts:
                popularity.update(part.keys())
            if len(parts) == 1:
                for number, uses in parts[0].items():
                    self._whole[number] += uses
            else:
                gapped.append((entry, parts))
        for entry, parts in gapped:
            anchor = min(range(len(parts)), key=lambda at: (max(popularity[number] for number in parts[at]), at))
            others = tuple(frozenset(part) for at, part in enumerate(parts) if at != anchor)
            seen = _Gapped(entry, anchor, parts, others)
            for number in parts[anchor]:
                self._anchored[number].append(seen)
        # "xx" is the blank pipeline without a language's tokenizer rules: tokens.py makes the words, in a tenth of the time
        self._vocab = spacy.blank("xx").vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        # patterns as lists of word hashes, the form in which PhraseMatcher pickles its own: twenty times faster than as Docs
        words = [sequence.split(" ") for sequence in book.sequences]
        hashed = {word: self._vocab.strings.add(word) for word in {word for keys in words for word in keys}}
        self._matcher.add("taxonomy", [[hashed[word] for word in keys] for keys in words])

    def sightings(self, tokens: Tokens) -> Sightings:
        """Every phrase in the text, overlapping ones included."""
        words, origin = _stream(tokens)
        numbers = self._numbers
        hits = [
            (numbers[" ".join(words[start:end])], origin[start], origin[end - 1] + 1, start, end)
            for _, start, end in (self._matcher(Doc(self._vocab, words=words)) if words else ())
        ]
        found: list[Candidate] = []
        for hit in hits:
            for use in self._whole.get(hit[SEQUENCE], ()):
                places = origin[hit[3] : hit[4]]
                if not use.entry.exact or _same_case(tokens, places, use.written):
                    found.append(Candidate(use.entry, hit[FIRST], hit[LAST], frozenset([places[at] for at in use.claimed])))
        found += self._across_gaps(hits, origin, tokens)
        found.sort(key=lambda c: (c.first, -c.last, c.entry.skill.id, c.entry.phrase))
        return Sightings(tuple(found), self._cues_in(hits, found))

    def _across_gaps(self, hits: Sequence[_Hit], origin: Sequence[int], tokens: Tokens) -> Iterable[Candidate]:
        """Phrases with gaps, grown to both sides from where their rarest part stands."""
        present = {hit[SEQUENCE] for hit in hits}
        possible = {number: self._possible(number, present) for number in present if number in self._anchored}
        from_first: dict[int, list[_Hit]] = defaultdict(list)
        from_last: dict[int, list[_Hit]] = defaultdict(list)
        for hit in hits:
            from_first[hit[FIRST]].append(hit)
            from_last[hit[LAST]].append(hit)
        seen: set[tuple[int, int, int]] = set()
        for hit in hits:
            for gapped in possible.get(hit[SEQUENCE], ()):
                chain = _grown(hit, gapped, from_first, from_last, tokens)
                if chain is not None and (id(gapped.entry), chain[0][FIRST], chain[-1][LAST]) not in seen:
                    seen.add((id(gapped.entry), chain[0][FIRST], chain[-1][LAST]))
                    yield from _across(chain, gapped, origin, tokens)

    def _possible(self, number: int, present: set[int]) -> list[_Gapped]:
        """The phrases anchored at a sequence whose other parts all stand somewhere in the text."""
        return [g for g in self._anchored[number] if not any(other.isdisjoint(present) for other in g.others)]

    def _cues_in(self, hits: Sequence[_Hit], found: Sequence[Candidate]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where the phrases stand that could support or rule out what was found."""
        asked = {phrase for c in found if c.entry.context for phrase in (*c.entry.context.near, *c.entry.context.never_near)}
        if not asked:
            return {}
        places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for hit in hits:
            places[hit[SEQUENCE]].append((hit[FIRST], hit[LAST]))
        return {phrase: [place for number in self._cues[phrase] for place in places.get(number, ())] for phrase in asked}


def _entry(skill: Skill, phrase: Phrase) -> Entry:
    at = phrase.at
    if phrase.kind == "context":
        context = skill.contexts[at]
        return Entry("context", skill, context.phrase, phrase.gaps, exact=context.exact, context=context)
    if phrase.kind == "decoy":
        decoy = skill.decoys[at]
        return Entry("decoy", skill, decoy.phrase, phrase.gaps, exact=decoy.exact, decoy=decoy)
    exact = phrase.kind == "exact"
    return Entry("alias", skill, skill.exact[at] if exact else skill.aliases[at], phrase.gaps, exact=exact)


def _part(entry: Entry, part: Sequence[Use]) -> Part:
    found: Part = {}
    for number, claimed, *written in part:
        use = _Use(entry, BITS[claimed], tuple(written[0].split(" ")) if written else ())
        found.setdefault(number, []).append(use)
    return found


BITS = tuple(tuple(at for at in range(10) if mask >> at & 1) for mask in range(1024))  # claimed words by their bits


def _stream(tokens: Tokens) -> tuple[list[str], list[int]]:
    """The words for spaCy, with the word index behind each: runs of unknown words and parting signs become one BREAK."""
    words: list[str] = []
    origin: list[int] = []
    add, note = words.append, origin.append
    last = BREAK
    for at, (key, gap) in enumerate(zip(tokens.keys, tokens.gaps, strict=True)):
        if key is BREAK:
            if last is not BREAK:
                add(BREAK)
                note(at)
                last = BREAK
            continue
        if key is CONTINUED:
            continue
        sign = _JOINED.get(gap)
        if sign is None:
            sign = _sign(gap)
            if len(_JOINED) < MOST_GAPS:
                _JOINED[gap] = sign
        if (sign and last is not BREAK) or sign == ".":
            add(sign)
            note(at)
        add(key)
        note(at)
        last = key
    return words, origin


MOST_GAPS = 2_000  # how many kinds of gap are remembered: the usual ones, never the memory of a long run
_JOINED: dict[str, str] = {}


def _sign(gap: str) -> str:
    """What a gap between two words is to a phrase: "" joins, a joining sign is a word of its own, BREAK parts."""
    if not gap:
        return BREAK  # two words that a lost line end glued together
    bare = gap.strip()
    if not bare.strip("-\u2010\u2011\u2012\u2013'\u2019_\u00ad*"):
        # a dash with spaces parts; a blank line parts; anything else is a plain space, a hyphen or a single line end
        return BREAK if (bare and gap[:1].isspace() and gap[-1:].isspace()) or gap.count("\n") > 1 or "**" in gap else ""
    if bare in ("/", "&"):
        return bare
    return "." if gap.endswith(".") and (len(gap) == 1 or gap[-2:-1].isspace()) else BREAK


def _same_case(tokens: Tokens, places: Sequence[int], written: Sequence[str]) -> bool:
    for place, word in zip(places, written, strict=True):
        if word in JOINERS:
            continue
        shown = tokens.text[tokens.starts[place] : tokens.ends[place]]
        if shown != word and not (shown == word + "s" and len(word) >= SHORTEST_EXACT_PLURAL):
            return False
    return True


def _grown(
    hit: _Hit,
    gapped: _Gapped,
    from_first: Mapping[int, list[_Hit]],
    from_last: Mapping[int, list[_Hit]],
    tokens: Tokens,
) -> list[_Hit] | None:
    """The parts of a phrase around one of them, the nearest taken; None where one is missing."""
    parts, gaps = gapped.parts, gapped.entry.gaps
    chain = [hit]
    for at in range(gapped.anchor + 1, len(parts)):
        after = chain[-1][LAST]
        following = _nearest(range(after, after + gaps[at - 1] + 1), from_first, parts[at])
        if following is None or (not gaps[at - 1] and _sign(tokens.gaps[after])):
            return None
        chain.append(following)
    for at in range(gapped.anchor - 1, -1, -1):
        before = chain[0][FIRST]
        leading = _nearest(range(before, before - gaps[at] - 1, -1), from_last, parts[at])
        if leading is None or (not gaps[at] and _sign(tokens.gaps[before])):
            return None
        chain.insert(0, leading)
    return chain


def _nearest(edges: range, hits: Mapping[int, list[_Hit]], part: Part) -> _Hit | None:
    for edge in edges:
        for hit in hits.get(edge, ()):
            if hit[SEQUENCE] in part:
                return hit
    return None


def _across(chain: Sequence[_Hit], gapped: _Gapped, origin: Sequence[int], tokens: Tokens) -> Iterable[Candidate]:
    """The candidate of a chain of parts, if it stands in one sentence and in the case asked for."""
    first, last = chain[0][FIRST], chain[-1][LAST]
    if bisect_right(tokens.breaks, tokens.starts[first]) != bisect_left(tokens.breaks, tokens.ends[last - 1]):
        return
    claims: set[int] = set()
    for hit, part in zip(chain, gapped.parts, strict=True):
        use, places = part[hit[SEQUENCE]][0], origin[hit[3] : hit[4]]
        if gapped.entry.exact and not _same_case(tokens, places, use.written):
            return
        claims.update([places[at] for at in use.claimed])
    yield Candidate(gapped.entry, first, last, frozenset(claims))


def standing(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """Which candidates stand, and which a decoy hides (with that decoy).

    The rule looks at pairs only: a candidate falls where another claims all of its words and more. A decoy speaks of its
    own skill alone. Among equal claims a decoy wins, then an alias over a context, then the lesser (skill, phrase). So
    the order of the input is irrelevant, and what stands stands again when judged once more.
    """
    rows = sorted(candidates, key=lambda c: (c.first, -c.last))
    stand: list[Candidate] = []
    hidden: list[tuple[Candidate, Candidate]] = []
    for at, one in enumerate(rows):
        winner = _winner_over(one, rows, at)
        if winner is None:
            stand.append(one)
        elif winner.entry.kind == "decoy" and one.entry.kind != "decoy":
            hidden.append((one, winner))
    return stand, hidden


def _winner_over(one: Candidate, rows: Sequence[Candidate], at: int) -> Candidate | None:
    """The decoy that hides `one`, or else any candidate that claims its words and more."""
    found: Candidate | None = None
    for step in (-1, 1):
        near = at + step
        while 0 <= near < len(rows):
            other = rows[near]
            if step == 1 and other.first >= one.last:
                break
            if step == -1 and at - near > LONGEST_LOOK_BACK:
                break
            near += step
            if other.last <= one.first or not one.claims <= other.claims:
                continue
            if other.loose and one.skill_id != other.skill_id:
                continue  # "lead a thorough code review": what stands in a gap is not part of the phrase
            if "decoy" in (one.entry.kind, other.entry.kind) and one.skill_id != other.skill_id:
                continue  # a decoy speaks of its own skill alone
            if (one.claims < other.claims or _before(other, one)) and (found is None or other.entry.kind == "decoy"):
                found = other
        if found is not None and found.entry.kind == "decoy":
            break
    return found


LONGEST_LOOK_BACK = 40  # candidates; phrases are short, and rows are sorted by where they begin
RANK = {"decoy": 0, "alias": 1, "context": 2}


def _before(one: Candidate, other: Candidate) -> bool:
    """Whether `one` wins over `other` though both claim the same words."""
    if one.skill_id != other.skill_id:
        if one.skill_id in other.entry.skill.shared or other.skill_id in one.entry.skill.shared:
            return False
    return _order(one) < _order(other)


def _order(one: Candidate) -> tuple[int, str, str, int, int]:
    return (RANK[one.entry.kind], one.skill_id, one.entry.phrase, one.first, one.last)
