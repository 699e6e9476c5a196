"""A text cut into its words once, for all that look for words in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np

from dlmatch.finding.anchors import lowered
from dlmatch.knowledge.spelling import INVISIBLE

# A word is letters and digits, with C++ and C# kept whole.
WORD = re.compile(r"([^\W_]+(?:\+\+|#)?)")
LOOSE_WORD = re.compile("((?:[^\\W_]|[\u200b-\u200f\u2060\u00ad\ufeff\u0300-\u036f])+(?:\\+\\+|#)?)")

# Most texts have no letters outside ASCII. Their words are found without a pattern, in half of the time: a table turns
# every other character into a space. Two bytes that ASCII does not have stand for the signs that belong to a word.
SIGNS = ((b"++", b"\xf0\xf0"), (b"#", b"\xf1"))
SPACE = ord(" ")
AS_WORDS = bytes(code if chr(code).isalnum() and code < 0x80 else SPACE for code in range(256)).translate(
    bytes.maketrans(bytes(range(65, 91)), bytes(range(97, 123)))
)
AS_WORDS = AS_WORDS[:0xF0] + b"+#" + AS_WORDS[0xF2:]
LAST_ASCII = 0x7F


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: `words[i]` is text[starts[i]:ends[i]] in lower case."""

    text: str
    low: str  # the text in lower case, every character in its place, those outside ASCII as "?"
    words: list[str]
    starts: list[int]
    ends: list[int]
    odd: Mapping[int, str]  # what stands before word i, where that is not one space; in order
    present: frozenset[str]  # the distinct words: whether one stands in the text at all
    plain: bool  # whether all letters are ASCII

    def gap(self, at: int) -> str:
        """What stands before a word; behind the last one, what is left of the text."""
        if at < len(self.words):
            return self.odd.get(at, " ")
        return self.text[self.ends[-1] :] if self.words else self.text


def words_of(text: str) -> Words:
    """The words of a text."""
    if text.isascii() or not any(map(_is_letter, _outside_ascii(text))):
        low = text.encode("ascii", "replace").lower()
        marked = _marked(low)
        if marked is not None:
            return _plain_words(text, low, marked)
    return _any_words(text)


def _outside_ascii(text: str) -> set[int]:
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    return set(units[units > LAST_ASCII].tolist())


@lru_cache(maxsize=4_096)
def _is_letter(unit: int) -> bool:
    """Whether a unit of UTF-16 may be of a word: a letter, a digit, what is invisible inside words, half of a character."""
    character = chr(unit)
    return character.isalnum() or INVISIBLE.match(character) is not None or 0xD800 <= unit < 0xE000


def _marked(low: bytes) -> bytearray | None:
    """A text with the signs that belong to the word before them as bytes of their own; None where a word follows at once."""
    marked = bytearray(low)
    for sign, mark in SIGNS:
        at = low.find(sign)
        while at >= 0:
            end = at + len(sign)
            if low[at - 1 : at].isalnum():
                if low[end : end + 1].isalnum():
                    return None
                marked[at:end] = mark
            at = low.find(sign, end)
    return marked


def _plain_words(text: str, low: bytes, marked: bytes | bytearray) -> Words:
    spaced = b" " + marked.translate(AS_WORDS) + b" "
    words = spaced.decode("ascii").split()
    inside = np.frombuffer(spaced, np.uint8) != SPACE
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    before, behind = edges[0::2], edges[1::2]
    wide = before[1:] - behind[:-1] != 1
    wide |= np.frombuffer(low, np.uint8)[behind[:-1]] != SPACE
    starts, ends = before.tolist(), behind.tolist()
    odd = {0: text[: starts[0]]} if words else {}
    odd |= {at + 1: text[ends[at] : starts[at + 1]] for at in wide.nonzero()[0].tolist()}
    return Words(text, low.decode("ascii"), words, starts, ends, odd, frozenset(words), True)


def _any_words(text: str) -> Words:
    pieces = (LOOSE_WORD if INVISIBLE.search(text) else WORD).split(text)
    words = list(map(str.lower, pieces[1::2]))
    edges = list(accumulate(map(len, pieces)))
    odd = {at: gap for at, gap in enumerate(pieces[0:-1:2]) if gap != " " or not at}
    return Words(text, lowered(text), words, edges[:-1:2], edges[1::2], odd, frozenset(words), "".join(words).isascii())


def cut(words: Words, cuts: Iterable[int]) -> Words:
    """The words with those parted that lost their line end: a word ends at a cut though nothing stands behind it."""
    text, starts, ends = words.text, words.starts, words.ends
    inside: dict[int, list[int]] = {}  # number of a word -> where it is cut
    for place in cuts:
        at = bisect_right(starts, place) - 1
        if at >= 0 and starts[at] < place < ends[at]:
            inside.setdefault(at, []).append(place)
    if not inside:
        return words
    parted: list[str] = []
    begins: list[int] = []
    ending: list[int] = []
    glued: dict[int, str] = {}
    done = 0
    for at, places in inside.items():
        parted += words.words[done:at]
        begins += starts[done:at]
        ending += ends[done:at]
        for start, end in pairwise((starts[at], *places, ends[at])):
            if start > starts[at]:
                glued[len(parted)] = ""
            parted.append(text[start:end].lower())
            begins.append(start)
            ending.append(end)
        done = at + 1
    cut_words = list(inside)
    more = list(accumulate(map(len, inside.values()), initial=0))
    odd = {number + more[bisect_left(cut_words, number)]: gap for number, gap in words.odd.items()}
    parted += words.words[done:]
    begins += starts[done:]
    ending += ends[done:]
    odd = dict(sorted((odd | glued).items()))
    return Words(text, words.low, parted, begins, ending, odd, frozenset(parted), words.plain)
