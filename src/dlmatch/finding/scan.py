"""A text with what says fast whether a word stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dlmatch.finding.anchors import Sought, digits_as_0, lower_case, spots
from dlmatch.finding.words import Words, words_of

TAILS = ("", "#", "++")  # what can end a word: C++, C#


class Scan(NamedTuple):
    """A text, twice in lower case with every character in its place, and its words."""

    text: str
    lower: str
    ascii: str  # in lower case, characters outside ASCII as "?": the numbers and English words in it
    present: frozenset[str]
    plain: bool  # whether all letters and digits are ASCII
    found: Mapping[str, Sequence[int]] | None = None  # where the words stand that were sought beforehand

    def may_hold(self, words: frozenset[str]) -> bool:
        """Whether one of these whole words may stand in the text; False is certain."""
        return not (self.plain and self.present.isdisjoint(words))

    def standing(self, anchors: Mapping[str, frozenset[str]]) -> Iterable[str]:
        """Those of the anchors whose whole words may stand in the text."""
        if not self.plain:
            return list(anchors)
        return [anchor for anchor, words in anchors.items() if not self.present.isdisjoint(words)]

    def spots(self, words: Iterable[str]) -> list[int]:
        """Every place where one of these words begins, which are among those sought, in order."""
        found = self.found
        if found is None:
            return spots(self.ascii, words)
        return sorted([at for word in words if word in found for at in found[word]])

    def may_stand(self, words: frozenset[str], start: int, end: int) -> bool:
        """Whether one of these words, which are among those sought, may begin in this part of the text; False is certain."""
        found = self.found
        if found is None or not self.plain:
            return True
        return any(start <= places[-1] and places[0] < end for word, places in found.items() if word in words)

    @property
    def digits(self) -> str:
        """The text in ASCII with every digit as 0."""
        return digits_as_0(self.ascii)


def scan_of(text: str, words: Words | None = None, most: int | None = None, sought: Sought | None = None) -> Scan:
    """The text, or its beginning of `most` characters; `words` are those of the whole text."""
    words = words_of(text) if words is None else words
    text = text[:most]
    if text.isascii():
        lower = words.low[:most]
    elif words.plain:  # bytes are put into lower case faster, and no other letter has one
        lower = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    else:
        lower = lower_case(text)
    low = words.low[:most]
    return Scan(text, lower, low, words.present, words.plain, None if sought is None else sought(low))


def whole_words(words: str) -> frozenset[str]:
    """The words as they may stand among those of a text."""
    return frozenset(word + tail for word in words.split() for tail in TAILS)
