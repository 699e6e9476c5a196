"""Finds fixed words fast, so that costly patterns are tried only beside them.

A search for a fixed string takes two microseconds a page, for a single character a tenth of one, and a pattern with
alternatives that ignores case a hundred: patterns here look at text in lower case, near a word that they need.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

# all that is white space to a pattern
SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
DIGITS_AS_0 = bytes.maketrans(b"123456789", b"000000000")
GROUP = 4  # characters by which `Sought` looks
FACTOR = np.uint16(31_153)  # with this one, hardly any group that is usual in ads has the code of one that is sought
BY_RARITY = " eaoitnsrhldcumfpgwybvkxjqz"  # what is not among these is rarer still
LIKE_LATIN = (("İ", "i"), ("ı", "i"), ("ſ", "s"))  # letters that a pattern which ignores case takes for i and s


def lowered(text: str) -> str:
    """The text in lower case to look for English words in: every character in its place, those outside ASCII as "?"."""
    return text.encode("ascii", "replace").decode("ascii").lower()


def lower_case(text: str) -> str:
    """The text as a pattern sees it that ignores case: in lower case, every character in its place."""
    if not text.isascii():
        for letter, plain in LIKE_LATIN:
            text = text.replace(letter, plain)
    return text.lower()


def digits_as_0(ascii_text: str) -> str:
    """The text with every digit as 0: a search for these finds numbers faster than a pattern does."""
    return ascii_text.encode().translate(DIGITS_AS_0).decode()


def signs_but(plain: bytes, text: str) -> set[str]:
    """The signs in the text that are not among the `plain` ASCII ones."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, plain).decode("utf-8", "surrogatepass"))


def spots(text: str, words: Iterable[str], start: int = 0, end: int | None = None) -> list[int]:
    """Every place where one of the words begins, in order."""
    end = len(text) if end is None else end
    found = []
    for word in words:
        at = text.find(word, start, end)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + len(word), end)
    found.sort()
    return found


class Sought:
    """Finds many words in one pass: every group of four characters of a text is looked up in one table at once.

    A word has four characters at least, all of them ASCII. It is looked for by those four side by side that are rarest.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._table = np.zeros(1 << 16, bool)
        self._words: dict[int, list[tuple[str, int]]] = {}  # code of a group -> the words and where in them it stands
        for word in dict.fromkeys(words):
            at = max(range(len(word) - GROUP + 1), key=lambda at: sum(map(_rarity, word[at : at + GROUP])))
            code = int(_codes(word)[at])
            self._table[code] = True
            self._words.setdefault(code, []).append((word, at))

    def __call__(self, ascii_text: str) -> dict[str, list[int]]:
        """Where each of the words that stand in the text begins, in order."""
        found: dict[str, list[int]] = {}
        codes = _codes(ascii_text)
        places = self._table.take(codes).nonzero()[0]
        for place, code in zip(places.tolist(), codes[places].tolist(), strict=True):
            for word, before in self._words[code]:
                if place >= before and ascii_text.startswith(word, place - before):
                    found.setdefault(word, []).append(place - before)
        return found


def _rarity(letter: str) -> int:
    return BY_RARITY.index(letter) if letter in BY_RARITY else len(BY_RARITY)


def _codes(ascii_text: str) -> NDArray[np.uint16]:
    """A number for every four characters side by side; few others share it."""
    letters = np.frombuffer(ascii_text.encode("ascii"), np.uint8).astype(np.uint16)
    pairs = letters[1:] * np.uint16(256)
    pairs |= letters[:-1]
    codes = pairs[:-2] * FACTOR
    codes += pairs[2:]
    return codes
