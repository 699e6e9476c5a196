"""Finds fixed words fast, so that costly patterns are tried only beside them.

A search for a fixed string takes two microseconds a page, for a single character a tenth of one, and a pattern with
alternatives that ignores case a hundred: patterns here look at text in lower case, near a word that they need.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# all that is white space to a pattern
SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
DIGITS_AS_0 = bytes.maketrans(b"123456789", b"000000000")
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


def by_first_letter(alternatives: str) -> str:
    """The alternatives of a pattern in groups that begin alike: a search passes over a whole group at its first letter.

    Each must begin with a letter that it needs.
    """
    groups: dict[str, list[str]] = {}
    for alternative in _parted(alternatives):
        groups.setdefault(alternative[0], []).append(alternative[1:])
    return "|".join(first + (f"(?:{'|'.join(rest)})" if len(rest) > 1 else rest[0]) for first, rest in groups.items())


def _parted(alternatives: str) -> Iterator[str]:
    """The alternatives of a pattern; a bar within brackets parts none."""
    start = depth = 0
    for sign in re.finditer(r"\\.|\[(?:\\.|[^\]])*\]|[()|]", alternatives):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if sign[0] == "|" and not depth:
            yield alternatives[start : sign.start()]
            start = sign.end()
    yield alternatives[start:]
