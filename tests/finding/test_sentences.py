"""Sentence ends are looked for only at their signs, glued words only where the case changes: none is missed."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.sentences import ENDS, GLUED_YEARS, glued_words, sentence_starts
from dlmatch.knowledge.load import load_language

STARTERS = load_language(None).glued
CAMEL = re.compile(r"[a-z)+#][A-Z][a-z]+")
PIECES = [*".!?;\n{})\"'\u201d\u2022\u00b7\uf0b7 \t", "e.g.", "U.S.", "Inc. ", "Skills", "Experience", "The", "and", "12 years", "a3+ yrs", "x", ",", "\u00e9", "  "]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(TEXTS)
def test_sentences_start_where_an_end_was_found(text: str) -> None:
    starts = sentence_starts(text)
    assert list(starts) == sorted(set(starts))
    assert set(starts) <= {match.end() for match in ENDS.finditer(text)}


@given(TEXTS.map(lambda text: text.replace(".", "!").replace("\n", " ")))
def test_without_full_stops_and_line_ends_all_ends_count(text: str) -> None:
    assert sentence_starts(text) == tuple(match.end() for match in ENDS.finditer(text))


@given(TEXTS)
def test_glued_words_are_all_found(text: str) -> None:
    camel = [match.start() + 1 for match in CAMEL.finditer(text) if match.group()[1:] in STARTERS]
    assert glued_words(text, STARTERS) == sorted([*camel, *(match.start() for match in GLUED_YEARS.finditer(text))])


GLUED = [
    ("strong Java skillsExperience with SQL", ["Experience with SQL"], "a word that begins an item"),
    ("we use PyTorch and LinkedIn", [], "names with a capital inside"),
    ("in Java (any)Knowledge of", ["Knowledge of"], "after a bracket"),
    ("knows C++Experience", ["Experience"], "after C++"),
    ("in SQL skills3+ years of Go", ["3+ years of Go"], "years"),
    ("in SQL skills 3+ years of Go", [], "years that stand alone"),
]


@pytest.mark.parametrize(("text", "rest", "why"), GLUED, ids=[row[2] for row in GLUED])
def test_glued_words(text: str, rest: list[str], why: str) -> None:
    assert [text[at:] for at in glued_words(text, STARTERS)] == rest, why


HOSTILE = [
    "aB" * 100_000,
    ". " * 100_000,
    "." + '"' * 200_000,
    "\n" * 200_000,
    " \n" * 100_000,
    "a1years" * 30_000,
    " { A" * 50_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:7]) for text in HOSTILE])
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    sentence_starts(text)
    glued_words(text, STARTERS)
    assert time.process_time() - begun < 2  # a tenth of a second
