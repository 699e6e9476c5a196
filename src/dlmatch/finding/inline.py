"""Finds the headings that run into a text without lines: "... our users. Qualifications BS in CS ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, count
from typing import NamedTuple

from dlmatch.finding.anchors import spots
from dlmatch.finding.words import Words, words_of
from dlmatch.knowledge.language import Headings

LONGEST_INLINE = 80_000  # characters of a text without lines that are read for headings; a resume has 10,000
SMALL = frozenset("and of we you for in to the are do ll will".split())  # words of a heading without a capital
# Up to six capitalised words where a sentence or an item may begin, before a colon or what such a text goes on with.
# What it takes it never gives back (++, *+): a run of capitals must not be tried cut in every way.
RUN = re.compile(
    r"(?:(?<=[.!?:;)\u2022])|(?<=\s\s)|(?<=[a-z0-9)+.!?:;\u2022]\s))"
    rf"(?:[A-Z][A-Za-z'\u2019-]++(?:\s(?:&|{'|'.join(sorted(SMALL))})(?=\s))?+[\s/&]*+){{1,6}}"
    r"(?:(?=:)|(?<=\s)(?=[A-Z0-9\u2022\uf0b7*-]))"
)
SPANNED = re.compile(r"[\s/&'\u2019-]*")  # what may stand between the words of a run
TOKEN = re.compile(r"\S+")

NOUNS = frozenset(
    "qualification qualifications requirement requirements responsibilities duties benefits overview skills experience"
    " education projects publications summary objective certification certifications awards interests references languages"
    " description employment coursework achievements honors activities technologies history profile background competencies"
    " role".split()
)
QUALIFIERS = frozenset(
    "basic required preferred minimum desired additional other key core technical professional work job position role"
    " relevant academic educational education research industry industrial teaching personal computer programming career"
    " executive selected employment skill skills experience training interest interests honors awards achievements summary"
    " about our your the related practical special leadership volunteer project projects language languages certification"
    " certifications and & of".split()
)
MOST_QUALIFIERS = 4
PHRASES = re.compile(r"who you are|about you|you have|(?:what )?we offer|what you.ll do|what you will do")
PHRASE_WORDS = 4  # at most
PHRASE_ENDS = frozenset("are you have offer do".split())
TELLING = NOUNS | frozenset("who about have offer what".split())  # every heading holds one of these, with a capital

MARKED_WISHES = ("Preferred", "PREFERRED", "Optional", "OPTIONAL", "Desired", "Nice to have", "Bonus", "Required", "Minimum")
BARE_WISHES = ("Preferred", "Required")
NOT_REQUIRED = ", not required"
WISHES = re.compile(
    rf"(?:{'|'.join(MARKED_WISHES)})(?:{NOT_REQUIRED})?(?=\s?:)|(?<=[a-z][.!?])(?:{'|'.join(BARE_WISHES)})(?= ?[A-Z])"
)


class Head(NamedTuple):
    """A heading: the kind of its section, where it starts, where the body starts, its own words."""

    kind: str
    start: int
    body: int
    heading: str


def inline_heads(text: str, headings: Headings, words: Words | None = None) -> list[Head]:
    """The headings that run into the text, in order."""
    if "\\" in text and "\\n" in text:  # the first costs nothing, and most texts hold none
        # a line end written as two characters is an end like a full stop and no part of the next word
        text, words = text.replace("\\n", ". "), None
    words = words or words_of(text)
    found: list[Head] = []
    tried = done = 0  # words that were tried as the first of a run; where the last run ends
    for number in compress(count(), map(TELLING.__contains__, words.words)):
        if number < tried or not text[words.starts[number]].isupper():
            continue
        first = number
        while first > tried and _goes_on(words, first):
            first -= 1
        for start in words.starts[first : number + 1]:
            if start >= done and (run := RUN.match(text, start, LONGEST_INLINE)):
                done = run.end()
                head = _head_in(text, start, done, headings)
                if head is not None:
                    found.append(head)
        tried = number + 1
    return found


def _goes_on(words: Words, number: int) -> bool:
    """Whether a run that holds a word may have begun before it."""
    gap, start = words.gap(number), words.starts[number]
    if gap != " " and not SPANNED.fullmatch(gap):
        return False
    return words.text[start].isupper() or words.words[number] in SMALL or gap[-1:] in "'\u2019-"


def _head_in(text: str, start: int, end: int, headings: Headings) -> Head | None:
    """The heading in a run of words, where it holds one."""
    tokens = list(TOKEN.finditer(text, start, end))
    strongest = _strongest([token.group().lower() for token in tokens])
    if strongest is None:
        return None
    first, last = strongest
    heading = " ".join(token.group() for token in tokens[first : last + 1])
    kind = headings.kind_of(heading)
    return Head(kind, tokens[first].start(), tokens[last].end(), heading) if kind else None


def _strongest(words: list[str]) -> tuple[int, int] | None:
    """The first and last of the longest run of words that is a heading; the earliest of equals."""
    best, longest = None, 0
    for last in range(len(words)):
        length = _strength(words, last)
        if length > longest:
            best, longest = (last + 1 - length, last), length
    return best


def _strength(words: list[str], last: int) -> int:
    """How many words the longest heading has that ends there, 0 where none does."""
    first = last
    if words[last] in NOUNS:
        while first > 0 and last - first < MOST_QUALIFIERS and words[first - 1] in QUALIFIERS:
            first -= 1
        return last + 1 - first
    if words[last] in PHRASE_ENDS:
        for first in range(max(0, last + 1 - PHRASE_WORDS), last):
            if PHRASES.fullmatch(" ".join(words[first : last + 1])):
                return last + 1 - first
    return 0


def inline_wishes(text: str) -> Iterator[Head]:
    """The one-word headings of a text without lines: "... algorithms. Preferred:Publications in"."""
    places = {*spots(text, BARE_WISHES, 0, LONGEST_INLINE), *_before_colons(text)}
    for place in sorted(places):
        match = WISHES.match(text, place, LONGEST_INLINE)
        if match is not None:
            kind = "required" if match.group().startswith(("Required", "Minimum")) else "preferred"
            yield Head(kind, match.start(), match.end(), match.group())


def _before_colons(text: str) -> Iterator[int]:
    """Where a wish begins that a colon ends."""
    for colon in spots(text, (":",), 0, LONGEST_INLINE):
        end = colon - text[colon - 1 : colon].isspace()
        if text.endswith(NOT_REQUIRED, 0, end):
            end -= len(NOT_REQUIRED)
        if text.endswith(MARKED_WISHES, 0, end):
            yield from (end - len(wish) for wish in MARKED_WISHES if text.endswith(wish, 0, end))
