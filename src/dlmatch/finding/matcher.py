"""Finds every phrase of the taxonomy in a text with one spaCy PhraseMatcher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from dlmatch.finding.candidates import Candidate, Entry, entry_of
from dlmatch.finding.gapped import Anchored, Part, Use, found_at, gapped_of, same_case
from dlmatch.finding.keys import BREAK_SIGN, CONTINUED_SIGN, Keys, keys_of
from dlmatch.finding.stream import Stream
from dlmatch.finding.tokens import Tokens
from dlmatch.model import phrasebook
from dlmatch.model.phrasebook import Phrasebook
from dlmatch.model.skill import Skill

BY_PLACE = attrgetter("first")


@dataclass(frozen=True, slots=True)
class Sightings:
    """What the matcher saw in a text: candidates in text order, and the words they were found among."""

    candidates: list[Candidate]
    stream: Stream


class Matcher:
    """The taxonomy's phrases, compiled once.

    The PhraseMatcher holds every phrase without gaps, and of a phrase with gaps the part that is rarest in texts; the
    other parts are looked for only around it. So what is common ("and", "models") costs nothing.
    """

    def __init__(self, skills: Sequence[Skill], book: Phrasebook) -> None:
        # a bare vocabulary, without a language's tokenizer: words.py makes the words, in a tenth of the time
        self._vocab = Vocab()
        number = self._vocab.strings.add
        for sign in (BREAK_SIGN, CONTINUED_SIGN):
            number(sign)
        self.known = {spelling: number(key) for spelling, key in book.known.items()}
        sequences = list(map(keys_of, book.sequences))
        whole: dict[Keys, list[Use]] = {}  # phrases without gaps
        anchored: dict[Keys, Anchored] = {}
        for phrase in book.phrases:
            entry = entry_of(skills[phrase.skill], phrase, book.cues)
            parts = tuple(_part(entry, part, sequences) for part in phrase.parts)
            if len(parts) == 1:
                for sequence, use in parts[0].items():
                    whole.setdefault(sequence, []).append(use)
            else:
                gapped = gapped_of(entry, parts, phrase.anchor)
                for sequence in parts[phrase.anchor]:
                    anchored.setdefault(sequence, Anchored()).add(gapped)
        self._table = {sequence: (whole.get(sequence, ()), anchored.get(sequence)) for sequence in whole.keys() | anchored.keys()}
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        # patterns as word hashes, the form in which PhraseMatcher pickles its own: twenty times faster than as Docs
        patterns: list[Any] = list(self._table)
        self._matcher.add("taxonomy", patterns)

    def sightings(self, tokens: Tokens, *, items: bool = True) -> Sightings:
        """Every phrase in the text, overlapping ones included; without `items`, none that counts only as an item of a list."""
        stream = Stream(tokens)
        words, origin = stream.words, stream.origin
        found: list[Candidate] = []
        apart: dict[tuple[int, int, int], Candidate] = {}  # one phrase with gaps may be found from two of its words
        for _, start, end in self._matcher(Doc(self._vocab, words=words)) if words else ():  # type: ignore[arg-type]  # takes hashes
            uses, anchored = self._table[words[start:end]]
            for use in uses:
                if use.entry.whole_item and not items:
                    continue
                places = origin[start:end]
                if not use.entry.exact or same_case(tokens, places, use.written):
                    claims = frozenset(places if use.all_claimed else [places[at] for at in use.claimed])
                    found.append(Candidate(use.entry, places[0], places[-1] + 1, claims))
            if anchored is not None and (
                (anchored.forward and not anchored.next.isdisjoint(words[end : end + anchored.forward]))
                or (anchored.back and not anchored.leading.isdisjoint(words[max(0, start - anchored.back) : start]))
            ):
                for gapped in anchored.beside(start, end, words):
                    candidate = found_at((start, end), gapped, stream)
                    if candidate is not None:
                        apart[id(gapped), candidate.first, candidate.last] = candidate
        found += apart.values()
        found.sort(key=BY_PLACE)
        return Sightings(found, stream)


def _part(entry: Entry, part: Sequence[phrasebook.Use], sequences: Sequence[Keys]) -> Part:
    """A part of a phrase. Sequences of one shape share what stands for them: a third as many objects to make and keep."""
    found: dict[Keys, Use] = {}
    made: dict[tuple[int, int], Use] = {}
    for given in part:
        sequence, claimed = sequences[int(given[0])], int(given[1])
        length = len(sequence)
        use = made.get((claimed, length)) if len(given) == 2 else None
        if use is None:
            written = tuple(str(given[2]).split(" ")) if len(given) > 2 else ()
            use = Use(entry, _bits(claimed), claimed == (1 << length) - 1, written)
            if not written:
                made[claimed, length] = use
        found[sequence] = use
    return found


@cache
def _bits(mask: int) -> tuple[int, ...]:
    """The claimed words of a sequence by their bits."""
    return tuple(at for at in range(mask.bit_length()) if mask >> at & 1)
