"""The alias grammar: what each way of writing a phrase stands for."""

from __future__ import annotations

import pytest

from dlmatch.knowledge.phrases import DEFAULT_GAP, PhraseError, expand, inflections, plain_texts
from dlmatch.knowledge.spelling import key_of, spellings

PHRASES = [
    ("deep learning", {"deep learning"}, "plain words"),
    ("front-end", {"front end", "frontend"}, "a hyphen joins, parts or vanishes"),
    ("CI/CD", {"CI/CD"}, "a slash inside a name is kept"),
    ("C++", {"C++"}, "signs of a language's name are kept"),
    ("R&D", {"R&D"}, "an ampersand inside a name is kept"),
    ("(ML|) model", {"ML model", "model"}, "an empty alternative is optional"),
    ("(a|b c) d", {"a d", "b c d"}, "alternatives of several words"),
    ("{plan} work", {"plan work", "plans work", "planned work", "planning work"}, "every form of a verb"),
    ("((a|b) c|d)", {"a c", "b c", "d"}, "alternatives inside alternatives"),
]


@pytest.mark.parametrize(("phrase", "texts", "why"), PHRASES, ids=[row[0] for row in PHRASES])
def test_a_phrase_stands_for(phrase: str, texts: set[str], why: str) -> None:
    assert set(plain_texts(phrase)) == texts, why


def test_gaps_part_a_phrase() -> None:
    pattern = expand("{train} .. models")
    assert len(pattern.parts) == 2
    assert pattern.gaps == (DEFAULT_GAP,)
    assert expand("train ..2 models").gaps == (2,)


def test_words_in_angle_brackets_are_not_claimed() -> None:
    (words,) = expand("<machine learning> pipelines").parts[0]
    assert [(word.text, word.claimed) for word in words] == [("machine", False), ("learning", False), ("pipelines", True)]


@pytest.mark.parametrize("phrase", ["", "(a", "a)", "{plan", "<a>", "a .. ", "<a b> .. <c>", "a > b"])
def test_a_phrase_outside_the_grammar_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        expand(phrase)


VERBS = [
    ("deploy", "deployed", "deploying", "a vowel before y"),
    ("apply", "applied", "applying", "a consonant before y"),
    ("plan", "planned", "planning", "one short syllable doubles its last letter"),
    ("train", "trained", "training", "two vowels double nothing"),
    ("analyze", "analyzed", "analyzing", "a silent e falls"),
    ("build", "built", "building", "irregular"),
    ("develop", "developed", "developing", "the last syllable is not stressed"),
]


@pytest.mark.parametrize(("verb", "past", "ing", "why"), VERBS, ids=[row[0] for row in VERBS])
def test_inflections(verb: str, past: str, ing: str, why: str) -> None:
    assert {verb, past, ing} <= set(inflections(verb)), why


SAME = [
    ("modelling", "modeling"),
    ("visualisation", "visualization"),
    ("behaviour", "behavior"),
    ("analyse", "analyze"),
    ("networks", "network"),
    ("technologies", "technology"),
    ("processes", "process"),
    ("matrices", "matrix"),
    ("programme", "program"),
    ("biases", "bias"),
]
NOT_SAME = [
    ("statistics", "statistic", "names a field"),
    ("pandas", "panda", "a library's name"),
    ("keras", "kera", "a library's name"),
    ("analysis", "analysi", "singular already"),
    ("aws", "aw", "too short to be a plural"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_word_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)
    assert {one, other} <= spellings(other) | spellings(one)


@pytest.mark.parametrize(("one", "other", "why"), NOT_SAME)
def test_words_that_only_look_like_plurals_stay(one: str, other: str, why: str) -> None:
    assert key_of(one) != other, why
