"""Turns the phrases of the skills into a phrasebook: each spelled out once, so that an engine starts without doing it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dlmatch.knowledge.phrases import Word, expand
from dlmatch.knowledge.spelling import JOINERS, fold, key_of, spellings
from dlmatch.model.phrasebook import Phrase, Phrasebook, PhraseKind
from dlmatch.model.skill import Skill

# Words that stand in every text, and those that stand in every sentence: a phrase is not looked for where only these stand.
EVERY_TEXT = frozenset(
    (
        "ability experience skill team product service business including strong good help build develop design system process "
        "support make customer company work working"
    ).split()
)
EVERY_SENTENCE = frozenset(
    (
        "a an and any as at be been both but by can do for from has have how if in into is it its like may more most new not "
        "of on one or other our own per s that the their them these this those to up use used using via we what when where "
        "which who will with within you your . / &"
    ).split()
)


def phrasebook_of(skills: Sequence[Skill]) -> Phrasebook:
    """The phrasebook of the skills, in their order."""
    writer = _Writer()
    phrases = [
        Phrase(skill=number, kind=kind, at=at, gaps=gaps, parts=parts)
        for number, skill in enumerate(skills)
        for kind, at, text in _texts(skill)
        for gaps, parts in (writer.phrase(text, exact=_exact(skill, kind, at)),)
    ]
    cues = {text: writer.sequences_of(text) for text in _cues(skills)}
    sequences = tuple(writer.numbers)
    popularity = Counter(use[0] for phrase in phrases for part in phrase.parts for use in part)
    anchored = tuple(replace(phrase, anchor=_anchor(phrase, sequences, popularity)) for phrase in phrases)
    return Phrasebook(known=writer.known, sequences=sequences, phrases=anchored, cues=cues)


def _anchor(phrase: Phrase, sequences: Sequence[str], popularity: Mapping[int | str, int]) -> int:
    """The part whose commonest sequence is least common: no word of every text, long, in few phrases."""

    def commonness(at: int) -> tuple[int, bool, int]:
        words = [(sequences[int(use[0])].split(" "), popularity[use[0]]) for use in phrase.parts[at]]
        return max((-sum(map(_tells, keys)), EVERY_SENTENCE.issuperset(keys), count) for keys, count in words)

    return min(range(len(phrase.parts)), key=lambda at: (*commonness(at), at))


def _tells(word: str) -> bool:
    return word not in EVERY_TEXT and word not in EVERY_SENTENCE


def plain(book: Phrasebook) -> dict[str, Any]:
    """The phrasebook as JSON has it."""
    rows = [
        [p.skill, p.kind, p.at, list(p.gaps), [[list(use) for use in part] for part in p.parts], p.anchor] for p in book.phrases
    ]
    return {"known": dict(book.known), "sequences": list(book.sequences), "phrases": rows, "cues": dict(book.cues)}


def from_plain(given: dict[str, Any]) -> Phrasebook:
    """The phrasebook of its JSON form."""
    return Phrasebook(
        known=given["known"],
        sequences=given["sequences"],
        phrases=[
            Phrase(skill=skill, kind=kind, at=at, gaps=tuple(gaps), parts=tuple(parts), anchor=anchor)
            for skill, kind, at, gaps, parts, anchor in given["phrases"]
        ],
        cues=given["cues"],
    )


def _texts(skill: Skill) -> Iterable[tuple[PhraseKind, int, str]]:
    for at, text in enumerate(skill.aliases):
        yield "alias", at, text
    for at, text in enumerate(skill.exact):
        yield "exact", at, text
    for at, context in enumerate(skill.contexts):
        yield "context", at, context.phrase
    for at, decoy in enumerate(skill.decoys):
        yield "decoy", at, decoy.phrase
    yield "name", 0, re.sub(r"[(){}<>|]", " ", skill.name)


def _exact(skill: Skill, kind: PhraseKind, at: int) -> bool:
    if kind == "context":
        return skill.contexts[at].exact
    return skill.decoys[at].exact if kind == "decoy" else kind == "exact"


def _cues(skills: Iterable[Skill]) -> list[str]:
    return sorted({phrase for skill in skills for c in skill.contexts for phrase in (*c.near, *c.never_near)})


class _Writer:
    """Numbers word sequences as they come up, and learns every spelling of their words."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {sign: sign for sign in JOINERS}
        self.numbers: dict[str, int] = {}
        self._keys: dict[str, str] = {}  # word as written -> key

    def phrase(self, text: str, *, exact: bool) -> tuple[tuple[int, ...], tuple[list[list[int | str]], ...]]:
        """A phrase's gaps and parts."""
        pattern = expand(text)
        return pattern.gaps, tuple([self._use(words, exact) for words in part] for part in pattern.parts)

    def sequences_of(self, text: str) -> list[str]:
        """The sequences of a supporting phrase, its parts each for itself."""
        return sorted({self._sequence(words) for part in expand(text).parts for words in part})

    def _use(self, words: Sequence[Word], exact: bool) -> list[int | str]:
        claimed = sum(1 << at for at, word in enumerate(words) if word.claimed and word.text not in JOINERS)
        use: list[int | str] = [self._number(words), claimed]
        return [*use, " ".join(word.text for word in words)] if exact else use

    def _number(self, words: Sequence[Word]) -> int:
        return self.numbers.setdefault(self._sequence(words), len(self.numbers))

    def _sequence(self, words: Sequence[Word]) -> str:
        return " ".join([self._key(word.text) for word in words])

    def _key(self, word: str) -> str:
        if word not in self._keys:
            self._keys[word] = word if word in JOINERS else self._learn(fold(word))
        return self._keys[word]

    def _learn(self, folded: str) -> str:
        if folded not in self.known:
            key = key_of(folded)
            for form in sorted(spellings(folded)):
                self.known.setdefault(form, key)
            self.known.setdefault(folded, key)
        return self.known[folded]
