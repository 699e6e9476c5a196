"""A text with what says fast whether a word stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dlmatch.finding.anchors import digits_as_0, lower_case
from dlmatch.finding.words import Words, words_of

TAILS = ("", "#", "++")  # what can end a word: C++, C#


@dataclass(frozen=True, slots=True)
class Scan:
    """A text, twice in lower case with every character in its place, and its words."""

    text: str
    lower: str
    ascii: str  # in lower case, characters outside ASCII as "?": the numbers and English words in it
    present: frozenset[str]
    plain: bool  # whether all letters and digits are ASCII

    def may_hold(self, words: frozenset[str]) -> bool:
        """Whether one of these whole words may stand in the text; False is certain."""
        return not (self.plain and self.present.isdisjoint(words))

    def standing(self, anchors: Mapping[str, frozenset[str]]) -> Iterable[str]:
        """Those of the anchors whose whole words may stand in the text."""
        return [anchor for anchor, words in anchors.items() if self.may_hold(words)]

    @property
    def digits(self) -> str:
        """The text in ASCII with every digit as 0."""
        return digits_as_0(self.ascii)


def scan_of(text: str, words: Words | None = None, most: int | None = None) -> Scan:
    """The text, or its beginning of `most` characters; `words` are those of the whole text."""
    words = words_of(text) if words is None else words
    text = text[:most]
    if text.isascii():
        lower = words.low[:most]
    elif words.plain:  # bytes are put into lower case faster, and no other letter has one
        lower = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    else:
        lower = lower_case(text)
    return Scan(text, lower, words.low[:most], words.present, words.plain)


def whole_words(words: str) -> frozenset[str]:
    """The words as they may stand among those of a text."""
    return frozenset(word + tail for word in words.split() for tail in TAILS)
