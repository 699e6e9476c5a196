"""The small marks of a fact sheet: source lines, amounts, years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LINE = re.compile(r"L(\d+)(?:-L(\d+))?(?:\s*\[([^\]]*)\])?\s*(?:,\s*|\Z)")
AMOUNT = re.compile(r"(\d{1,3}(?:,\d{2,3})+|\d+)(\.\d+)?(\+?)\Z")
YEARS = re.compile(r"(?:(\d+)-(\d+)|(\d+)(\+?)|>(\d+))\Z")


@dataclass(frozen=True, slots=True)
class Proof:
    """A line of the source document and words that stand on it; no words: the name itself stands there."""

    line: int
    words: tuple[str, ...] = ()


def proofs_of(text: str) -> tuple[Proof, ...]:
    """`L5, L8-L9, L24 [label; clean]` as proofs; ValueError where it is written otherwise."""
    found: list[Proof] = []
    at = 0
    while at < len(text):
        match = LINE.match(text, at)
        if match is None:
            raise ValueError(f"{text[at:]!r} is no list of source lines such as L5, L24 [label]")
        first, last, words = match.groups()
        kept = tuple(word.strip() for word in (words or "").split(";") if word.strip())
        if last is not None and int(last) <= int(first):
            raise ValueError(f"the lines L{first}-L{last} run backwards")
        found += [Proof(line, kept) for line in range(int(first), int(last or first) + 1)]
        at = match.end()
    if not found:
        raise ValueError("no source line is given")
    if len({proof.line for proof in found}) < len(found):
        raise ValueError("a source line is given twice")
    return tuple(found)


def amount_of(text: str) -> tuple[Decimal | None, bool]:
    """`200,000+` as 200000 and True for the open end; an empty cell as None."""
    if text in ("", "-"):
        return None, False
    match = AMOUNT.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no amount such as 80,000 or 3.5 or 200,000+")
    return Decimal(match[1].replace(",", "") + (match[2] or "")), bool(match[3])


def years_of(text: str) -> tuple[int | None, int | None]:
    """Completed years, both ends inclusive: `3-5`, `6+` (six or more), `>8` (more than eight, so nine or more), `0`."""
    if text in ("", "-"):
        return None, None
    match = YEARS.match(text)
    if match is None:
        raise ValueError(f"{text!r} is no span of years such as 3-5, 6+, >8 or 0")
    first, last, single, plus, beyond = match.groups()
    if first is not None:
        if int(last) < int(first):
            raise ValueError(f"the years {text} run backwards")
        return int(first), int(last)
    if beyond is not None:
        return int(beyond) + 1, None
    return int(single), None if plus else int(single)
