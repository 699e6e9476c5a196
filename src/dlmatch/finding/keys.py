"""The numbers that words are compared by: spaCy's own ids of strings, which a Doc takes at a fifth of a string's price."""

from __future__ import annotations

from typing import Final

from spacy.strings import get_string_id

Keys = tuple[int, ...]  # a word sequence

BREAK_SIGN: Final = "\u2400"
CONTINUED_SIGN: Final = "\u2401"
JOINED: Final = 0  # the number of no word
BREAK: Final[int] = get_string_id(BREAK_SIGN)  # the key of every word the taxonomy does not know, and of signs that part phrases
CONTINUED: Final[int] = get_string_id(CONTINUED_SIGN)  # the key of the second half of a word that a line end broke


def key_of(word: str) -> int:
    """The number of a folded spelling or joining sign."""
    return int(get_string_id(word))


def keys_of(sequence: str) -> Keys:
    """The numbers of words that are parted by a space."""
    return tuple(map(get_string_id, sequence.split(" ")))
