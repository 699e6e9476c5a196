"""Finds every phrase of the taxonomy in a text with one spaCy PhraseMatcher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from dlmatch.finding.candidates import Candidate, Entry, entry_of, in_text_order
from dlmatch.finding.gapped import Anchored, Gapped, Part, Use, found_at, same_case
from dlmatch.finding.stream import Stream
from dlmatch.finding.tokens import Tokens
from dlmatch.model import phrasebook
from dlmatch.model.phrasebook import Phrasebook
from dlmatch.model.skill import Skill


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
        self.known = book.known
        self._whole: dict[str, list[Use]] = {}  # phrases without gaps
        self._anchored: dict[str, Anchored] = {}
        for phrase in book.phrases:
            entry = entry_of(skills[phrase.skill], phrase, book.cues)
            parts = tuple(_part(entry, part, book.sequences) for part in phrase.parts)
            if len(parts) == 1:
                for sequence, use in parts[0].items():
                    self._whole.setdefault(sequence, []).append(use)
            else:
                lengths = tuple(tuple(sorted({s.count(" ") + 1 for s in part}, reverse=True)) for part in parts)
                gapped = Gapped(entry, phrase.anchor, parts, lengths)
                for sequence in parts[phrase.anchor]:
                    self._anchored.setdefault(sequence, Anchored()).add(gapped)
        # "xx" is the blank pipeline without a language's tokenizer rules: words.py makes the words, in a tenth of the time
        self._vocab = spacy.blank("xx").vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        # patterns as lists of word hashes, the form in which PhraseMatcher pickles its own: twenty times faster than as Docs
        words = [sequence.split(" ") for sequence in self._whole.keys() | self._anchored.keys()]
        hashed = {word: self._vocab.strings.add(word) for word in {word for keys in words for word in keys}}
        patterns: list[Any] = [[hashed[word] for word in keys] for keys in words]
        self._matcher.add("taxonomy", patterns)

    def sightings(self, tokens: Tokens) -> Sightings:
        """Every phrase in the text, overlapping ones included."""
        stream = Stream(tokens)
        words, origin = stream.words, stream.origin
        found: list[Candidate] = []
        for _, start, end in self._matcher(Doc(self._vocab, words=words)) if words else ():
            sequence = words[start] if end - start == 1 else " ".join(words[start:end])
            for use in self._whole.get(sequence, ()):
                places = origin[start:end]
                if not use.entry.exact or same_case(tokens, places, use.written):
                    claims = frozenset([places[at] for at in use.claimed])
                    found.append(Candidate(use.entry, places[0], places[-1] + 1, claims))
            anchored = self._anchored.get(sequence)
            if anchored is not None:
                for gapped in anchored.beside(start, end, words):
                    candidate = found_at((start, end), gapped, stream)
                    if candidate is not None:
                        found.append(candidate)
        found = list({(id(c.entry), c.first, c.last): c for c in found}.values())
        found.sort(key=in_text_order)
        return Sightings(found, stream)


def _part(entry: Entry, part: Sequence[phrasebook.Use], sequences: Sequence[str]) -> Part:
    return {
        sequences[int(number)]: Use(entry, BITS[int(claimed)], tuple(str(written[0]).split(" ")) if written else ())
        for number, claimed, *written in part
    }


BITS = tuple(tuple(at for at in range(10) if mask >> at & 1) for mask in range(1024))  # claimed words by their bits
