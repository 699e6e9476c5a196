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

from dlmatch.finding.tokens import BREAK, CONTINUED, JOINERS, Tokens, fold
from dlmatch.knowledge.phrases import Pattern, Word, expand
from dlmatch.knowledge.spelling import key_of, spellings
from dlmatch.model.skill import Context, Decoy, Skill

# Words shorter than this take no plural in exact-case phrases: "Rs" is rupees, not several Rs.
SHORTEST_EXACT_PLURAL = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the taxonomy and what it stands for."""

    kind: Literal["alias", "context", "decoy"]
    skill: Skill
    phrase: str
    pattern: Pattern
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
        return len(self.entry.pattern.parts) > 1 and self.last - self.first > len(self.claims)

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


@dataclass(frozen=True, slots=True)
class _Hit:
    """A word sequence found in a text."""

    sequence: int
    first: int  # word indexes, half open
    last: int
    places: tuple[int, ...]  # the word index behind each word of the sequence


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

    def __init__(self, skills: Iterable[Skill]) -> None:
        skills = tuple(skills)
        self.entries = _entries(skills)
        self.known: dict[str, str] = {sign: sign for sign in JOINERS}
        self._learnt: dict[str, str] = {}  # word as written -> key
        self._numbers: dict[tuple[str, ...], int] = {}  # word sequence -> its number
        self._whole: dict[int, list[_Use]] = defaultdict(list)  # phrases without gaps
        self._anchored: dict[int, list[tuple[Entry, int, tuple[dict[int, list[_Use]], ...]]]] = defaultdict(list)
        gapped: list[tuple[Entry, tuple[dict[int, list[_Use]], ...]]] = []
        popularity: Counter[int] = Counter()
        for entry in self.entries:
            parts = tuple(self._part(entry, part) for part in entry.pattern.parts)
            for part in parts:
                popularity.update(part.keys())
            if len(parts) == 1:
                for number, uses in parts[0].items():
                    self._whole[number] += uses
            else:
                gapped.append((entry, parts))
        for entry, parts in gapped:
            anchor = min(range(len(parts)), key=lambda at: (max(popularity[number] for number in parts[at]), at))
            for number in parts[anchor]:
                self._anchored[number].append((entry, anchor, parts))
        self._cues = {phrase: tuple(self._cue(phrase)) for phrase in _cue_phrases(skills)}
        # "xx" is the blank pipeline without a language's tokenizer rules: tokens.py makes the words, in a tenth of the time
        self._vocab = spacy.blank("xx").vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._matcher.add("taxonomy", [Doc(self._vocab, words=list(keys)) for keys in self._numbers])

    def _part(self, entry: Entry, part: Iterable[Sequence[Word]]) -> dict[int, list[_Use]]:
        found: dict[int, list[_Use]] = defaultdict(list)
        for words in part:
            written = tuple(word.text for word in words)
            claimed = tuple(at for at, word in enumerate(words) if word.claimed and word.text not in JOINERS)
            found[self._number(written)].append(_Use(entry, claimed, written))
        return dict(found)

    def _cue(self, phrase: str) -> Iterable[int]:
        return {self._number([word.text for word in words]) for part in expand(phrase).parts for words in part}

    def _number(self, written: Sequence[str]) -> int:
        for word in written:
            if word not in self._learnt:
                self._learnt[word] = self._learn(word)
        return self._numbers.setdefault(tuple(self._learnt[word] for word in written), len(self._numbers))

    def _learn(self, word: str) -> str:
        """The key of a word, after noting every spelling that leads to it."""
        if word in JOINERS:
            return word
        folded = fold(word)
        if folded not in self.known:
            key = key_of(folded)
            for form in spellings(folded):
                self.known.setdefault(form, key)
            self.known.setdefault(folded, key)
        return self.known[folded]

    def sightings(self, tokens: Tokens) -> Sightings:
        """Every phrase in the text, overlapping ones included."""
        words, origin = _stream(tokens)
        hits = []
        for _, start, end in self._matcher(Doc(self._vocab, words=words)) if words else ():
            number = self._numbers[tuple(words[start:end])]
            hits.append(_Hit(number, origin[start], origin[end - 1] + 1, tuple(origin[start:end])))
        found = [candidate for hit in hits for candidate in self._named_by(hit, tokens)]
        found += self._across_gaps(hits, tokens)
        found.sort(key=lambda c: (c.first, -c.last, c.skill_id, c.entry.phrase))
        return Sightings(tuple(found), self._cues_in(hits, found))

    def _named_by(self, hit: _Hit, tokens: Tokens) -> Iterable[Candidate]:
        for use in self._whole.get(hit.sequence, ()):
            if not use.entry.exact or _same_case(tokens, hit.places, use.written):
                yield Candidate(use.entry, hit.first, hit.last, frozenset(hit.places[at] for at in use.claimed))

    def _across_gaps(self, hits: Sequence[_Hit], tokens: Tokens) -> Iterable[Candidate]:
        """Phrases with gaps, grown to both sides from where their rarest part stands."""
        from_first: dict[int, list[_Hit]] = defaultdict(list)
        from_last: dict[int, list[_Hit]] = defaultdict(list)
        for hit in hits:
            from_first[hit.first].append(hit)
            from_last[hit.last].append(hit)
        seen: set[tuple[int, int, int]] = set()
        for hit in hits:
            for entry, anchor, parts in self._anchored.get(hit.sequence, ()):
                grown = _grown(hit, entry, anchor, parts, from_first, from_last, tokens)
                if grown is not None and (id(entry), grown.first, grown.last) not in seen:
                    seen.add((id(entry), grown.first, grown.last))
                    yield grown

    def _cues_in(self, hits: Sequence[_Hit], found: Sequence[Candidate]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """Where the phrases stand that could support or rule out what was found."""
        asked = {phrase for c in found if c.entry.context for phrase in (*c.entry.context.near, *c.entry.context.never_near)}
        if not asked:
            return {}
        places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for hit in hits:
            places[hit.sequence].append((hit.first, hit.last))
        return {phrase: [place for number in self._cues[phrase] for place in places.get(number, ())] for phrase in asked}


def _cue_phrases(skills: Iterable[Skill]) -> list[str]:
    return sorted({phrase for skill in skills for c in skill.contexts for phrase in (*c.near, *c.never_near)})


def _entries(skills: Iterable[Skill]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for skill in skills:
        found += [Entry("alias", skill, phrase, expand(phrase)) for phrase in skill.aliases]
        found += [Entry("alias", skill, phrase, expand(phrase), exact=True) for phrase in skill.exact]
        found += [Entry("context", skill, c.phrase, expand(c.phrase), exact=c.exact, context=c) for c in skill.contexts]
        found += [Entry("decoy", skill, d.phrase, expand(d.phrase), exact=d.exact, decoy=d) for d in skill.decoys]
    return tuple(found)


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
        if sign and last is not BREAK or sign == ".":
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
    entry: Entry,
    anchor: int,
    parts: Sequence[Mapping[int, list[_Use]]],
    from_first: Mapping[int, list[_Hit]],
    from_last: Mapping[int, list[_Hit]],
    tokens: Tokens,
) -> Candidate | None:
    """The whole phrase around one of its parts, the nearest other parts taken; None where one is missing."""
    chain = [hit]
    for part in range(anchor + 1, len(parts)):
        after = chain[-1].last
        gap = entry.pattern.gaps[part - 1]
        near = (n for at in range(after, after + gap + 1) for n in from_first.get(at, ()))
        following = next((n for n in near if n.sequence in parts[part]), None)
        if following is None or (not gap and _sign(tokens.gaps[after])):
            return None
        chain.append(following)
    for part in range(anchor - 1, -1, -1):
        before = chain[0].first
        gap = entry.pattern.gaps[part]
        near = (n for at in range(before, before - gap - 1, -1) for n in from_last.get(at, ()))
        leading = next((n for n in near if n.sequence in parts[part]), None)
        if leading is None or (not gap and _sign(tokens.gaps[before])):
            return None
        chain.insert(0, leading)
    first, last = chain[0].first, chain[-1].last
    if bisect_right(tokens.breaks, tokens.starts[first]) != bisect_left(tokens.breaks, tokens.ends[last - 1]):
        return None  # a sentence ends in between
    claims: set[int] = set()
    for piece, part_uses in zip(chain, parts, strict=True):
        use = part_uses[piece.sequence][0]
        if entry.exact and not _same_case(tokens, piece.places, use.written):
            return None
        claims.update(piece.places[at] for at in use.claimed)
    return Candidate(entry, first, last, frozenset(claims))


def standing(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """Which candidates stand, and which a decoy hides (with that decoy).

    The rule looks at pairs only: a candidate falls where another claims all of its words and more. A decoy speaks of its
    own skill alone. Among equal claims a decoy wins, then an alias over a context, then the lesser (skill, phrase). So the order of the input is
    irrelevant, and what stands stands again when judged once more.
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
