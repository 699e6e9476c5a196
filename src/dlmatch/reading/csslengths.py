"""Lengths as CSS writes them, with calc(), min(), max() and clamp(), in points."""

from __future__ import annotations

import re

_LENGTH = re.compile(r"^([+-]?\d*\.?\d+)(px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in|pc)?$")
# Points in one unit where that does not depend on the parent; a viewport of 1280 by 720 CSS pixels is assumed.
_UNITS = {"px": 0.75, "pt": 1.0, "rem": 12.0, "vw": 9.6, "vh": 5.4, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0, None: 0.75}
# Characters of a length that is worth working out, and brackets in it.
_MAX_LENGTH = 200
_MAX_BRACKETS = 10
_BRACKETS = re.compile(r"(?:calc|min|max|clamp)?\([^()]*\)")
NUMBERS = re.compile(r"-?\d*\.?\d+")


def length(value: str, em: float) -> float | None:
    """A CSS length in points; None if it can't be told."""
    if len(value) > _MAX_LENGTH:
        return None
    value = value.strip().lower()
    found = _LENGTH.match(value)
    if not found:
        return _computed(value, em) if "(" in value else None
    number, unit = float(found[1]), found[2]
    if unit in ("em", "ex", "ch"):
        return number * em * (1.0 if unit == "em" else 0.5)
    return number * em / 100 if unit == "%" else number * _UNITS[unit]


def _computed(value: str, em: float) -> float | None:
    """min(), max(), clamp() and the sums and products of calc(), from the innermost brackets out."""
    for _ in range(_MAX_BRACKETS):
        found = _BRACKETS.search(value)
        if found is None or found.span() == (0, len(value)):
            break
        inner = _bracket(found[0] if found[0][0] != "(" else "calc" + found[0], em)
        if inner is None:
            return None
        value = f"{value[: found.start()]}{inner:f}pt{value[found.end() :]}"
    return _bracket(value, em)


def _bracket(value: str, em: float) -> float | None:
    kind, _, inside = value.partition("(")
    inside = inside.removesuffix(")")
    if "(" in inside or kind not in ("calc", "min", "max", "clamp", "-webkit-calc"):
        return None
    parts = [_sum(part, em) for part in inside.split(",")]
    numbers = [part for part in parts if part is not None]
    if len(numbers) != len(parts) or (kind == "clamp" and len(numbers) != 3):
        return None
    return {"min": min, "max": max}.get(kind, lambda all_of: sorted(all_of)[1] if len(all_of) == 3 else all_of[0])(numbers)


def _sum(text: str, em: float) -> float | None:
    total = 0.0
    pieces = re.findall(r"(?:^|[+-]\s)\s*[^+\s][^+]*?(?=\s[+-]\s|$)", text.strip())
    if not pieces:
        return None
    for piece in pieces:
        sign = -1.0 if piece.startswith("- ") else 1.0
        factors = [factor.strip() for factor in piece.lstrip("+").removeprefix("- ").split("*")]
        product = sign
        for factor in factors:
            plain = len(factors) > 1 and NUMBERS.fullmatch(factor)
            size = float(factor) if plain else length(factor, em) if "(" not in factor else None
            if size is None:
                return None
            product *= size
        total += product
    return total
