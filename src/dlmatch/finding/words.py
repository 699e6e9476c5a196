"""A text cut into its words once, for all that look for words in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from dlmatch.finding.anchors import lowered
from dlmatch.knowledge.spelling import INVISIBLE

# A word is letters and digits, with C++ and C# kept whole. The group makes re.split keep the words: splitting, adding
# up lengths and looking words up in a dict all run in C, which is what makes a page cost a fraction of a millisecond.
WORD = re.compile(r"([^\W_]+(?:\+\+|#)?)")
WORD_OR_LINE = re.compile(r"(\w+(?:\+\+|#)?)")  # the same for a text without an underscore, and faster
LOOSE_WORD = re.compile("((?:[^\\W_]|[\u200b-\u200f\u2060\u00ad\ufeff\u0300-\u036f])+(?:\\+\\+|#)?)")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: `words[i]` is text[starts[i]:ends[i]] in lower case; gaps[i] stands before it, gaps[-1] at the end."""

    text: str
    low: str  # the text in lower case, every character in its place, those outside ASCII as "?"
    words: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[str]
    present: frozenset[str]  # the distinct words: whether one stands in the text at all
    plain: bool  # whether all letters are ASCII


def words_of(text: str) -> Words:
    """The words of a text."""
    pieces = (WORD if "_" in text else WORD_OR_LINE).split(text)
    if not text.isascii() and INVISIBLE.search("".join(pieces[0::2])):
        pieces = LOOSE_WORD.split(text)
    words = list(map(str.lower, pieces[1::2]))
    edges = list(accumulate(map(len, pieces)))
    plain = "".join(words).isascii()
    return Words(text, lowered(text), words, edges[:-1:2], edges[1::2], pieces[0::2], frozenset(words), plain)


def cut(words: Words, cuts: Iterable[int]) -> Words:
    """The words with those parted that lost their line end: a word ends at a cut though nothing stands behind it."""
    parted, starts, ends, gaps = words.words[:], words.starts[:], words.ends[:], words.gaps[:]
    for place in cuts:
        at = bisect_right(starts, place) - 1
        if at >= 0 and starts[at] < place < ends[at]:
            text = words.text
            parted[at : at + 1] = [text[starts[at] : place].lower(), text[place : ends[at]].lower()]
            starts.insert(at + 1, place)
            ends.insert(at, place)
            gaps.insert(at + 1, "")
    return Words(words.text, words.low, parted, starts, ends, gaps, frozenset(parted), words.plain)
