"""The places of many documents' unknown terms to a ranking: what stands in skill contexts far more often than elsewhere.

rank = z x naming x company x place, for a term that enough documents hold as an item of a list beside known skills or after a cue
    z       log-odds of the term in skill contexts against elsewhere, over documents, above USUAL, in standard errors
    naming  how the term is written: a name with capitals or signs counts in full, plain lower-case words count less
    company what stands beside no known skill in any list counts less: it may be a team, a product, a customer
    place   what is also the name of a place counts less
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt
from typing import Any, Final

from dlmatch.knowledge.spelling import key_of
from dlmatch.suggesting.places import Place, Searched

Key = tuple[str, ...]
SMOOTHING: Final = 0.5  # a half document on either side, so that one sighting proves little
# One document inside to three elsewhere. Products that are skills (iOS, Windows) are talked of elsewhere too, twice as often at
# most; firms ten times as often: read off 308 ads and resumes.
USUAL: Final = 1 / 3
PLAIN_WORD, PLAIN_WORDS = 0.15, 0.4  # of a term never written as a name: of one word, of several
ALONE: Final = 0.5
PLACE: Final = 0.2
INSIDE: Final = 0.6  # a term that stands inside one longer term at least this often is a part of it
EXAMPLES: Final = 3
# A sentence under "Requirements" that is neither counts for neither side: it may ask for a skill, a degree or a character.
CONTEXTS: Final = frozenset({"beside", "cue", "listed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A term that the taxonomy lacks."""

    term: str  # as most often written
    spellings: tuple[str, ...]
    documents: int  # that hold it in a skill context
    elsewhere: int  # that hold it elsewhere
    rank: float
    category: str  # of the known skills that stand beside it most often
    plain: bool  # written in lower case as well, so that a name in capitals may need its exact case
    examples: tuple[tuple[str, str], ...]  # file name, quote


@dataclass(slots=True)
class _Sightings:
    """All places of one term."""

    inside: dict[int, None] = field(default_factory=dict)  # documents with it in a skill context
    outside: dict[int, None] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    named: int = 0
    total: int = 0
    part_of: Counter[Key] = field(default_factory=Counter)
    examples: dict[int, Place] = field(default_factory=dict)


def ranked(searched: Sequence[Searched], *, at_least: int, is_place: Callable[[str], bool]) -> tuple[Suggestion, ...]:
    """The terms that at least so many documents hold in a skill context, best first."""
    sightings = _sightings(searched)
    found = {key: seen for key, seen in sightings.items() if len(seen.inside) >= at_least}
    found = {key: seen for key, seen in found.items() if not _part(key, seen, found)}
    if not found:
        return ()
    scores = _log_odds(found, len(searched))
    suggestions = [_suggestion(seen, scores[key], searched, is_place) for key, seen in found.items()]
    return tuple(sorted((one for one in suggestions if one.rank > 0), key=lambda one: (-one.rank, one.term.lower(), one.term)))


def _sightings(searched: Iterable[Searched]) -> Mapping[Key, _Sightings]:
    """Every term's places. A sentence that several documents repeat word for word counts in the first of them alone."""
    found: dict[Key, _Sightings] = defaultdict(_Sightings)
    before: set[str] = set()
    for number, document in enumerate(searched):
        longer: dict[tuple[int, int], Key] = {}
        for at, place in document.places:
            if document.sentences[at] in before:
                continue
            key = tuple(key_of(word.lower()) for word in place.words)
            _note(found[key], place, number)
            if place.whole:
                longer[place.start, place.end] = key
        for at, place in document.places:
            if not place.whole and document.sentences[at] not in before:
                key = tuple(key_of(word.lower()) for word in place.words)
                whole = next((k for (a, b), k in longer.items() if a <= place.start and place.end <= b), None)
                if whole is not None:
                    found[key].part_of[whole] += 1
        before.update(document.sentences)
    return found


def _note(seen: _Sightings, place: Place, number: int) -> None:
    seen.total += 1
    seen.named += place.named
    seen.written[" ".join(place.words)] += 1
    if place.context == "elsewhere":
        seen.outside[number] = None
        return
    if place.context in CONTEXTS:
        seen.inside[number] = None
        seen.categories.update(place.categories)
        seen.examples.setdefault(number, place)


def _part(key: Key, seen: _Sightings, found: Mapping[Key, _Sightings]) -> bool:
    """Whether a term mostly stands inside one longer term that is proposed as well."""
    return any(whole in found and number >= INSIDE * seen.total for whole, number in seen.part_of.most_common(1))


def _log_odds(found: Mapping[Key, _Sightings], documents: int) -> Mapping[Key, float]:
    """For each term, in standard errors, by how much its log-odds of a skill context against elsewhere exceed USUAL.

    The likelihoods are those of a naive Bayes classifier over two texts a document: its skill contexts and all the rest.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.naive_bayes import BernoulliNB

    texts: list[list[Key]] = [[] for _ in range(2 * documents)]
    for key, seen in found.items():
        for number in seen.inside:
            texts[number].append(key)
        for number in seen.outside:
            texts[documents + number].append(key)
    vectorizer = CountVectorizer(analyzer=_as_they_are, binary=True)
    counts: Any = vectorizer.fit_transform(texts)
    model = BernoulliNB(alpha=SMOOTHING).fit(counts, [1] * documents + [0] * documents)
    odds = model.feature_log_prob_[1] - model.feature_log_prob_[0] - log(USUAL)
    column = vectorizer.vocabulary_
    return {
        key: float(odds[column[key]]) / sqrt(1 / (len(seen.inside) + SMOOTHING) + 1 / (len(seen.outside) + SMOOTHING))
        for key, seen in found.items()
    }


def _as_they_are(terms: list[Key]) -> list[Key]:
    return terms


def _suggestion(seen: _Sightings, score: float, searched: Sequence[Searched], is_place: Callable[[str], bool]) -> Suggestion:
    spellings = [form for form, _ in sorted(seen.written.items(), key=lambda row: (-row[1], row[0].isupper(), row[0]))]
    term = spellings[0]
    named = seen.named / seen.total
    least = PLAIN_WORD if " " not in term else PLAIN_WORDS
    naming = least + (1 - least) * named
    doubt = (1.0 if seen.categories else ALONE) * (PLACE if is_place(term) else 1.0)
    categories = sorted(seen.categories.items(), key=lambda row: (-row[1], row[0]))
    return Suggestion(
        term=term,
        spellings=tuple(spellings),
        documents=len(seen.inside),
        elsewhere=len(seen.outside),
        rank=round(score * naming * doubt, 3),
        category=categories[0][0] if categories else "",
        plain=named >= 0.5 and any(form.islower() for form in spellings),
        examples=tuple((searched[at].name, searched[at].quote(place)) for at, place in list(seen.examples.items())[:EXAMPLES]),
    )
