"""Finds every phrase of the taxonomy in a text with one spaCy PhraseMatcher, and says which of them stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

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


Part = Mapping[str, _Use]  # the word sequences that may stand for a part of a phrase
Range = tuple[int, int]  # a half-open range of the stream


@dataclass(frozen=True, slots=True)
class _Gapped:
    """A phrase with gaps, as seen from its rarest part."""

    entry: Entry
    anchor: int
    parts: tuple[Part, ...]
    lengths: tuple[tuple[int, ...], ...]  # of the sequences of each part, the longest first


class _Stream:
    """The words of a text as spaCy gets them: known words and joining signs; runs of others are one BREAK."""

    __slots__ = ("origin", "tokens", "words")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.words, self.origin = _stream(tokens)

    def text(self, start: int, end: int) -> str:
        """The sequence at a range."""
        return self.words[start] if end - start == 1 else " ".join(self.words[start:end])


@dataclass(frozen=True, slots=True)
class Sightings:
    """What the matcher saw in a text: candidates in text order, and where each supporting phrase stands."""

    candidates: tuple[Candidate, ...]
    cues: Mapping[str, Sequence[tuple[int, int]]]


class Matcher:
    """The taxonomy's phrases, compiled once.

    The PhraseMatcher holds every phrase without gaps, and of a phrase with gaps the part that is rarest in texts; the
    other parts are looked for only around it. So what is common ("and", "models") costs nothing.
    """

    def __init__(self, skills: Sequence[Skill], book: Phrasebook) -> None:
        self.known = book.known
        self._cues = book.cues
        self._whole: dict[str, list[_Use]] = {}  # phrases without gaps
        self._anchored: dict[str, list[_Gapped]] = {}
        for phrase in book.phrases:
            entry = _entry(skills[phrase.skill], phrase)
            parts = tuple(_part(entry, part, book.sequences) for part in phrase.parts)
            if len(parts) == 1:
                for sequence, use in parts[0].items():
                    self._whole.setdefault(sequence, []).append(use)
            else:
                lengths = tuple(tuple(sorted({s.count(" ") + 1 for s in part}, reverse=True)) for part in parts)
                gapped = _Gapped(entry, phrase.anchor, parts, lengths)
                for sequence in parts[phrase.anchor]:
                    self._anchored.setdefault(sequence, []).append(gapped)
        # "xx" is the blank pipeline without a language's tokenizer rules: tokens.py makes the words, in a tenth of the time
        self._vocab = spacy.blank("xx").vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        # patterns as lists of word hashes, the form in which PhraseMatcher pickles its own: twenty times faster than as Docs
        words = [sequence.split(" ") for sequence in self._whole.keys() | self._anchored.keys()]
        hashed = {word: self._vocab.strings.add(word) for word in {word for keys in words for word in keys}}
        patterns: list[Any] = [[hashed[word] for word in keys] for keys in words]
        self._matcher.add("taxonomy", patterns)

    def sightings(self, tokens: Tokens) -> Sightings:
        """Every phrase in the text, overlapping ones included."""
        stream = _Stream(tokens)
        found: list[Candidate] = []
        for _, start, end in self._matcher(Doc(self._vocab, words=stream.words)) if stream.words else ():
            sequence = stream.text(start, end)
            for use in self._whole.get(sequence, ()):
                places = stream.origin[start:end]
                if not use.entry.exact or _same_case(tokens, places, use.written):
                    claims = frozenset([places[at] for at in use.claimed])
                    found.append(Candidate(use.entry, places[0], places[-1] + 1, claims))
            for gapped in self._anchored.get(sequence, ()):
                chain = _grown((start, end), gapped, stream)
                if chain is not None:
                    found += _across(chain, gapped, stream)
        found = list({(id(c.entry), c.first, c.last): c for c in found}.values())
        found.sort(key=lambda c: (c.first, -c.last, c.entry.skill.id, c.entry.phrase))
        return Sightings(tuple(found), self._cues_in(stream, found))

    def _cues_in(self, stream: _Stream, found: Sequence[Candidate]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where the phrases stand that could support or rule out what was found, by word index."""
        asked = {phrase for c in found if c.entry.context for phrase in (*c.entry.context.near, *c.entry.context.never_near)}
        if not asked:
            return {}
        at_word: dict[str, list[int]] = {}
        for at, word in enumerate(stream.words):
            at_word.setdefault(word, []).append(at)
        cues: dict[str, list[tuple[int, int]]] = {}
        for phrase in asked:
            for sequence in self._cues[phrase]:
                first, _, rest = sequence.partition(" ")
                for at in at_word.get(first, ()):
                    end = at + 1 + (rest.count(" ") + 1 if rest else 0)
                    if not rest or " ".join(stream.words[at:end]) == sequence:
                        cues.setdefault(phrase, []).append((stream.origin[at], stream.origin[end - 1] + 1))
        for places in cues.values():
            places.sort()
        return cues


def _entry(skill: Skill, phrase: Phrase) -> Entry:
    at = phrase.at
    if phrase.kind == "name":
        return Entry("context", skill, skill.name, phrase.gaps, context=Context(phrase=skill.name, whole_item=True))
    if phrase.kind == "context":
        context = skill.contexts[at]
        return Entry("context", skill, context.phrase, phrase.gaps, exact=context.exact, context=context)
    if phrase.kind == "decoy":
        decoy = skill.decoys[at]
        return Entry("decoy", skill, decoy.phrase, phrase.gaps, exact=decoy.exact, decoy=decoy)
    exact = phrase.kind == "exact"
    return Entry("alias", skill, skill.exact[at] if exact else skill.aliases[at], phrase.gaps, exact=exact)


def _part(entry: Entry, part: Sequence[Use], sequences: Sequence[str]) -> Part:
    return {
        sequences[int(number)]: _Use(entry, BITS[int(claimed)], tuple(str(written[0]).split(" ")) if written else ())
        for number, claimed, *written in part
    }


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


def _grown(anchor: Range, gapped: _Gapped, stream: _Stream) -> list[Range] | None:
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


def _after(start: int, gap: int, part: Part, lengths: Sequence[int], stream: _Stream) -> Range | None:
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


def _before_it(end: int, gap: int, part: Part, lengths: Sequence[int], stream: _Stream) -> Range | None:
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


def _across(chain: Sequence[Range], gapped: _Gapped, stream: _Stream) -> Iterable[Candidate]:
    """The candidate of a chain of parts, if it stands in one sentence and in the case asked for."""
    tokens, origin = stream.tokens, stream.origin
    first, last = origin[chain[0][0]], origin[chain[-1][1] - 1] + 1
    if bisect_right(tokens.breaks, tokens.starts[first]) != bisect_left(tokens.breaks, tokens.ends[last - 1]):
        return
    claims: set[int] = set()
    for (start, end), part in zip(chain, gapped.parts, strict=True):
        use, places = part[stream.text(start, end)], origin[start:end]
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
    everyone = _by_word(candidates)
    hidden = [(one, decoy) for one in candidates if (decoy := _decoy_over(one, everyone)) is not None]
    out = {id(one) for one, _ in hidden}
    left = [one for one in candidates if id(one) not in out]
    rivals = _by_word(left)
    stand = [one for one in left if not any(_falls(one, other) for other in rivals[min(one.claims)])]
    return sorted(stand, key=lambda c: (c.first, -c.last)), hidden


def _by_word(candidates: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """Each claimed word with the candidates that claim it: whoever claims all of another's words claims its first one."""
    found: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        for word in candidate.claims:
            found.setdefault(word, []).append(candidate)
    return found


def _decoy_over(one: Candidate, by_word: Mapping[int, Sequence[Candidate]]) -> Candidate | None:
    """The decoy of the same skill that claims all of a candidate's words."""
    if one.entry.kind == "decoy":
        return None
    for other in by_word[min(one.claims)]:
        if other.entry.kind == "decoy" and other.skill_id == one.skill_id and one.claims <= other.claims:
            if not any(_longer(third, other) for third in by_word[min(other.claims)]):
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
