"""Turns text into words with their places, each folded to the one key that all its spellings share."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from dlmatch.finding.anchors import spots
from dlmatch.finding.keys import BREAK, CONTINUED
from dlmatch.finding.words import Words
from dlmatch.knowledge.spelling import fold

# What names nothing: web addresses, e-mail addresses, handles, file names.
ADDRESS = re.compile(
    r"(?:https?://|www\.|mailto:)\S+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|edu|gov|co|me|dev|ai|in|uk|de|info)/\S*"
    r"|\b(?:[\w-]+\.)+(?:com|org|edu|gov|io|info|dev)\b",
    re.IGNORECASE,
)
# One of these stands in every address; each is looked for only where its word is among those of the text.
SIGNS = {
    ".com": "com", ".org": "org", ".edu": "edu", ".io": "io", ".gov": "gov", ".info": "info", ".dev": "dev", "www.": "www",
    ".net/": "net", ".co/": "co", ".me/": "me", ".ai/": "ai", ".in/": "in", ".uk/": "uk", ".de/": "de",
}  # fmt: skip
WORDLESS_SIGNS = ("://", "@")
ADDRESS_BEFORE, ADDRESS_AFTER = 400, 2_000  # characters of an address on either side of its sign
LINK = re.compile(r"(?:https?://|www\.|mailto:)\S", re.IGNORECASE)
UNSPACED, NAME = re.compile(r"\S+"), re.compile(r"\w+")
RUN = re.compile(rf"\S{{0,{ADDRESS_AFTER}}}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text: `keys[i]` is the number of the folded text[starts[i]:ends[i]], BREAK where nothing knows it."""

    words: Words
    keys: list[int]
    breaks: Sequence[int]  # character offsets at which a new sentence, item or block begins, sorted
    broken: bool  # whether some word was broken at a line end

    @property
    def text(self) -> str:
        """The text."""
        return self.words.text

    @property
    def starts(self) -> list[int]:
        """Where each word begins."""
        return self.words.starts

    @property
    def ends(self) -> list[int]:
        """Where each word ends."""
        return self.words.ends

    def sentence_of(self, start: int, end: int) -> tuple[int, int]:
        """The character range of the sentence or list item that holds text[start:end]."""
        at = bisect_right(self.breaks, start)
        left = self.breaks[at - 1] if at else 0
        after = bisect_right(self.breaks, max(end - 1, start))
        right = self.breaks[after] if after < len(self.breaks) else len(self.text)
        return left, right


def tokens_of(words: Words, known: Mapping[str, int], breaks: Sequence[int] = ()) -> Tokens:
    """The words of a text with the keys of `known` (folded spelling -> key)."""
    keys = list(map(known.get, words.words, repeat(BREAK)))
    if not words.plain:
        for at, word in enumerate(words.words):
            if not word.isascii() and keys[at] is BREAK:
                keys[at] = known.get(fold(words.text[words.starts[at] : words.ends[at]]), BREAK)
    broken = "\n" in words.text and _join_broken_words(words, keys, known)
    _blank_addresses(words, keys)
    return Tokens(words, keys, breaks, broken)


LINE_END = re.compile(r"[-\u2010\u2011\u00ad][ \t]*\r?\n[ \t]*\Z")
HYPHEN_AT_END = re.compile(r"[-\u2010\u2011\u00ad][ \t]*\r?\n")


def _join_broken_words(words: Words, keys: list[int], known: Mapping[str, int]) -> bool:
    """Gives a word broken at a line end ("convolu-" / "tional") the key of the whole, where the taxonomy knows the whole.

    The second half gets a key that the matcher skips. Where both halves are words of the taxonomy ("open-" / "source")
    nothing is joined: a hyphen between words parts them as a space does.
    """
    if not HYPHEN_AT_END.search(words.text):
        return False
    joined = False
    for at, gap in words.odd.items():
        if at and "\n" in gap and LINE_END.match(gap):
            halves = words.text[words.starts[at - 1] : words.ends[at - 1]] + words.text[words.starts[at] : words.ends[at]]
            whole = known.get(fold(halves))
            if whole is not None and (keys[at - 1] is BREAK or keys[at] is BREAK):
                keys[at - 1], keys[at] = whole, CONTINUED
                joined = True
    return joined


def _blank_addresses(words: Words, keys: list[int]) -> None:
    low, reach = words.low, 0
    signs = [sign for sign, word in SIGNS.items() if word in words.present]
    for sign in spots(low, [*WORDLESS_SIGNS, *signs]):
        if sign < reach:
            continue
        begin = max(reach, sign - ADDRESS_BEFORE, low.rfind(" ", reach, sign) + 1)
        run = RUN.match(words.text, sign)
        reach = run.end() if run else sign
        for start, end in _addresses(words.text, begin, reach):
            at = bisect_right(words.starts, start - 1)
            while at < len(keys) and words.starts[at] < end:
                keys[at] = BREAK
                at += 1


def _addresses(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The addresses in a part of a text. A pattern for those of e-mail would try every @ from every letter of a run."""
    for run in UNSPACED.finditer(text, begin, end):
        start, last = run.span()
        mail = _mail_end(text, start, last)
        if mail and not LINK.match(text, start, last):
            yield start, mail
            start = mail
        yield from (match.span() for match in ADDRESS.finditer(text, start, last))


def _mail_end(text: str, start: int, end: int) -> int:
    """Where the e-mail address ends that begins at `start`: behind the last dot with a name after it; 0 if there is none."""
    first = text.find("@", start + 1, end)
    dot = text.rfind(".", first + 2, end) if first >= 0 else -1
    while dot >= 0:
        name = NAME.match(text, dot + 1, end)
        if name is not None:
            return name.end()
        dot = text.rfind(".", first + 2, dot)
    return 0
