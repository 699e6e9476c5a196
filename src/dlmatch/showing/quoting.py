"""Any text, as found in a document, into text that is safe and short enough to show."""

from __future__ import annotations

import unicodedata
from typing import Final

CONTROL_PICTURES: Final = 0x2400  # U+2400 + n is the visible picture of control character n
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
# controls, marks of direction, surrogates, private use, separators
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
JOINERS: Final = frozenset({"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}", "\N{SOFT HYPHEN}"})  # dropped: nothing to see


def clean(text: str) -> str:
    """One line in which nothing can move a cursor, turn the reading direction or hide: white space becomes one space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return "".join(_visible(letter) for letter in " ".join(text.split()))


def shorten(text: str, width: int) -> str:
    """At most `width` characters, cut at a word where one ends in the last third, with an ellipsis for what is left out."""
    if len(text) <= width:
        return text
    kept = text[: max(width - 1, 0)]
    space = kept.rfind(" ")
    if space >= width * 2 // 3:
        kept = kept[:space]
    return kept.rstrip(" ,;:") + "…"


def quoted(text: str, width: int = 60) -> str:
    """A short quotation in quotation marks."""
    return f'"{shorten(clean(text), width)}"'


def _visible(letter: str) -> str:
    if unicodedata.category(letter) not in UNSEEN:
        return letter
    if letter in JOINERS:
        return ""
    code = ord(letter)
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    return REPLACEMENT
