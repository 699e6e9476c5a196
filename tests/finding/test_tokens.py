"""Words and their keys: what is kept whole, what is folded, what names nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.keys import BREAK, key_of
from dlmatch.finding.sentences import sentence_starts
from dlmatch.finding.tokens import tokens_of
from dlmatch.finding.words import WORD, cut, words_of
from dlmatch.knowledge.spelling import INVISIBLE

SPELLINGS = ("c++", "c#", "c", "net", "ci", "cd", "node", "js", "machine", "learning", "python", "convolutional")
KNOWN = {word: key_of(word) for word in SPELLINGS}
WORD_OF = {key: word for word, key in KNOWN.items()}


def keys_in(text: str) -> list[str]:
    return [WORD_OF[key] for key in tokens_of(words_of(text), KNOWN).keys if key is not BREAK]


WORDS = [
    ("C++ and C#", ["c++", "c#"], "signs belong to the name, C alone is not named"),
    ("PYTHON", ["python"], "case does not matter"),
    ("Pytho\u0301n", ["python"], "a combining accent is folded"),
    ("\u0420ython", ["python"], "a Cyrillic letter that looks like P"),
    ("pyt\u200bhon", ["python"], "a zero-width space inside a word"),
    ("\uff30\uff59\uff54\uff48\uff4f\uff4e", ["python"], "full-width letters"),
    ("see https://python.org/learning for more", [], "a web address names nothing"),
    ("mail python@machine.com", [], "an e-mail address names nothing"),
    ("github.com/python/machine", [], "a profile link names nothing"),
    ("machine_learning", ["machine", "learning"], "an underscore parts words as a hyphen does"),
]


@pytest.mark.parametrize(("text", "keys", "why"), WORDS, ids=[row[2] for row in WORDS])
def test_keys(text: str, keys: list[str], why: str) -> None:
    assert keys_in(text) == keys, why


def test_a_word_broken_at_a_line_end_has_the_key_of_the_whole() -> None:
    tokens = tokens_of(words_of("a convolu-\n  tional layer"), KNOWN)
    assert KNOWN["convolutional"] in tokens.keys


@given(st.text())
def test_words_are_slices_of_the_text(text: str) -> None:
    tokens = tokens_of(words_of(text), KNOWN, sentence_starts(text))
    assert len(tokens.keys) == len(tokens.starts) == len(tokens.ends)
    reach = 0
    for at, (start, end) in enumerate(zip(tokens.starts, tokens.ends, strict=True)):
        assert text[reach:start] == tokens.words.gap(at)
        assert start < end
        reach = end
    assert text[reach:] == tokens.words.gap(len(tokens.keys))
    assert list(tokens.breaks) == sorted(set(tokens.breaks))


@given(st.text(alphabet="ab1 +#._-/\u2019\u2022\n") | st.text())
def test_the_fast_way_finds_the_words_that_the_pattern_finds(text: str) -> None:
    words = words_of(text)
    if not INVISIBLE.search(text):
        assert [(m.start(), m.end(), m.group().lower()) for m in WORD.finditer(text)] == list(
            zip(words.starts, words.ends, words.words, strict=True)
        )


@given(st.text(alphabet="aB1 .\u2022"), st.sets(st.integers(min_value=0, max_value=60)))
def test_cuts_part_words_and_leave_the_rest(text: str, cuts: set[int]) -> None:
    places = sorted(place for place in cuts if place < len(text))
    words = cut(words_of(text), places)
    expected = [
        (start + match.start(), start + match.end(), match.group().lower())
        for start, end in pairwise([0, *places, len(text)])
        for match in WORD.finditer(text[start:end])
    ]
    assert list(zip(words.starts, words.ends, words.words, strict=True)) == expected
    assert "".join(words.gap(at) + text[a:b] for at, (a, b, _) in enumerate(expected)) + words.gap(len(expected)) == text


SENTENCES = [
    ("One thing. Another thing.", ["One thing. ", "Another thing."], "a full stop before a capital"),
    ("Use e.g. Python here.", ["Use e.g. Python here."], "an abbreviation ends nothing"),
    ("- first\n- second", ["- first\n", "- second"], "list items"),
    ("a long line that goes on\nwith a small letter", ["a long line that goes on\nwith a small letter"], "a wrapped line"),
    ("Title\n\nBody", ["Title\n\n", "Body"], "a blank line"),
    ("good experience.You will", ["good experience.", "You will"], "a lost space after a full stop"),
]


@pytest.mark.parametrize(("text", "sentences", "why"), SENTENCES, ids=[row[2] for row in SENTENCES])
def test_sentences(text: str, sentences: list[str], why: str) -> None:
    cuts = [0, *sentence_starts(text), len(text)]
    assert [text[a:b] for a, b in pairwise(cuts) if a < b] == sentences, why
