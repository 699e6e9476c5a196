"""Turns text into words with their places, each folded to the one key that all its spellings share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, repeat

from dlmatch.knowledge.spelling import INVISIBLE, fold

# A word is letters and digits, with C++ and C# kept whole. The group makes re.split keep the words: splitting, adding
# up lengths and looking words up in a dict all run in C, which is what makes a page cost a fraction of a millisecond.
WORD = re.compile(r"([^\W_]+(?:\+\+|#)?)")
LOOSE_WORD = re.compile("((?:[^\\W_]|[\u200b-\u200f\u2060\u00ad\ufeff\u0300-\u036f])+(?:\\+\\+|#)?)")
# What names nothing: web addresses, e-mail addresses, handles, file names.
ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:)\S+|\S+@\S+\.\w+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|edu|gov|co|me|dev|ai|in|uk|de|info)/\S*"
    r"|\b(?:[\w-]+\.)+(?:com|org|edu|gov|io|info|dev)\b",
    re.IGNORECASE,
)
ADDRESS_SIGNS = ("://", "@", "www.", ".com", ".org", ".edu", ".io", ".gov", ".info", ".dev", ".net/", ".co/", ".me/", ".ai/")

BREAK = "\u2400"  # the key of every word the taxonomy does not know, and of signs that part phrases


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: `keys[i]` is the folded form of text[starts[i]:ends[i]], BREAK where nothing knows it.

    `gaps[i]` is what stands between word i - 1 and word i; `loose[i]` says that the two may belong to one phrase.
    """

    text: str
    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: tuple[str, ...]
    breaks: tuple[int, ...]  # character offsets at which a new sentence, item or block begins, sorted

    def sentence_of(self, start: int, end: int) -> tuple[int, int]:
        """The character range of the sentence or list item that holds text[start:end]."""
        at = bisect_right(self.breaks, start)
        left = self.breaks[at - 1] if at else 0
        after = bisect_right(self.breaks, max(end - 1, start))
        right = self.breaks[after] if after < len(self.breaks) else len(self.text)
        return left, right


def tokens_of(text: str, known: Mapping[str, str], breaks: Iterable[int] = (), cuts: Iterable[int] = ()) -> Tokens:
    """The words of a text, with the keys of `known` (folded spelling -> key); `cuts` part words that lost their line end."""
    loose = not text.isascii() and INVISIBLE.search(text) is not None
    pieces = _pieces(text, LOOSE_WORD if loose else WORD, cuts)
    edges = list(accumulate(map(len, pieces), initial=0))
    words = pieces[1::2]
    lowered = text.lower()
    found = list(map(known.get, map(str.lower, words), repeat(BREAK)))
    if not text.isascii():
        found = [
            known.get(fold(word), BREAK) if key is BREAK and not word.isascii() else key
            for word, key in zip(words, found, strict=True)
        ]
    _join_broken_words(text, words, pieces, found, known)
    if any(sign in lowered for sign in ADDRESS_SIGNS):
        _blank_addresses(text, edges[1:-1:2], found)
    starts, ends = tuple(edges[1:-1:2]), tuple(edges[2::2])
    return Tokens(text, tuple(found), starts, ends, tuple(pieces[0:-1:2]), tuple(breaks))


def _pieces(text: str, word: re.Pattern[str], cuts: Iterable[int]) -> list[str]:
    """Gap, word, gap, word ... gap; at a cut a word ends though nothing stands between it and the next."""
    pieces = [""]
    start = 0
    for cut in (*cuts, len(text)):
        part = word.split(text[start:cut])
        pieces[-1] += part[0]
        pieces += part[1:]
        start = cut
    return pieces


LINE_END = re.compile(r"[-\u2010\u2011\u00ad][ \t]*\r?\n[ \t]*\Z")
HYPHEN_AT_END = re.compile(r"[-\u2010\u2011\u00ad][ \t]*\r?\n")
CONTINUED = "\u2401"  # the key of the second half of a word that a line end broke


def _join_broken_words(text: str, words: list[str], pieces: list[str], keys: list[str], known: Mapping[str, str]) -> None:
    """Gives a word broken at a line end ("convolu-" / "tional") the key of the whole, where the taxonomy knows the whole.

    The second half gets a key that the matcher skips. Where both halves are words of the taxonomy ("open-" / "source")
    nothing is joined: a hyphen between words parts them as a space does.
    """
    if not HYPHEN_AT_END.search(text):
        return
    for at in range(1, len(words)):
        gap = pieces[2 * at]
        if "\n" in gap and LINE_END.match(gap):
            whole = known.get(fold(words[at - 1] + words[at]))
            if whole is not None and (keys[at - 1] is BREAK or keys[at] is BREAK):
                keys[at - 1], keys[at] = whole, CONTINUED


def _blank_addresses(text: str, starts: list[int], keys: list[str]) -> None:
    for match in ADDRESS.finditer(text):
        at = bisect_right(starts, match.start() - 1)
        while at < len(starts) and starts[at] < match.end():
            keys[at] = BREAK
            at += 1
