"""The alternatives of a pattern, put so that a search passes over many of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

GROUP = "(?:"
MAYBE = ("?", "*", "{")  # what stands behind a letter makes it one that is not needed


def parted(alternatives: str) -> Iterator[str]:
    """The alternatives of a pattern; a bar within brackets parts none."""
    start = depth = 0
    for sign in re.finditer(r"\\.|\[(?:\\.|[^\]])*\]|[()|]", alternatives):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if sign[0] == "|" and not depth:
            yield alternatives[start : sign.start()]
            start = sign.end()
    yield alternatives[start:]


def by_first_letter(alternatives: str) -> str:
    """The alternatives of a pattern in groups that begin alike: a search passes over a whole group at its first letter.

    Each must begin with a letter that it needs.
    """
    groups: dict[str, list[str]] = {}
    for alternative in parted(alternatives):
        groups.setdefault(alternative[0], []).append(alternative[1:])
    return "|".join(first + (f"(?:{'|'.join(rest)})" if len(rest) > 1 else rest[0]) for first, rest in groups.items())


def grouped(pattern: str) -> str:
    """A pattern with its leading choice of words put by first letters; as it is where there is none, or one to be left out."""
    end = _end_of_group(pattern) if pattern.startswith(GROUP) else 0
    choice = pattern[len(GROUP) : end]
    rest = pattern[end + 1 :]
    words = list(parted(choice))
    if not end or rest.startswith(MAYBE) or not all(word[:1].isalpha() and not word[1:].startswith(MAYBE) for word in words):
        return pattern
    return f"{GROUP}{by_first_letter(choice)}){rest}"


def _end_of_group(pattern: str) -> int:
    """Where the bracket closes that the pattern begins with."""
    depth = 0
    for sign in re.finditer(r"\\.|\[(?:\\.|[^\]])*\]|[()]", pattern):
        depth += {"(": 1, ")": -1}.get(sign[0], 0)
        if not depth:
            return sign.start()
    return 0
