"""Conditions of style sheets: which @media queries hold for a page on an ordinary wide screen."""

from __future__ import annotations

import re

# CSS pixels of the window that is assumed.
_SIZES = {"width": 1280.0, "height": 720.0}
_LENGTH = r"(-?\d*\.?\d+)(px|em|rem|)"
_PLAIN = re.compile(rf"(min|max)-(width|height)\s*:\s*{_LENGTH}$")
_RANGE = re.compile(rf"(?:{_LENGTH}\s*(<=?|>=?)\s*)?(width|height)(?:\s*(<=?|>=?|=)\s*{_LENGTH})?$")
_STATES = frozenset(
    (
        "orientation:landscape prefers-color-scheme:light prefers-reduced-motion:no-preference hover:hover any-hover:hover "
        "pointer:fine any-pointer:fine color scripting:enabled update:fast width height hover pointer forced-colors:none "
        "prefers-contrast:no-preference"
    ).split()
)
_INNERMOST = re.compile(r"\(([^()]*)\)")
_MAX_RULE = 1000
_HOLDS, _FAILS = "\x01", "\x00"


def applies(rule: str) -> bool:
    """Does what is inside this at-rule hold for a page on a screen?"""
    if len(rule) > _MAX_RULE:
        return False
    if rule.startswith("@container") and ("width" in rule or "height" in rule) and "(" in rule:
        return _holds(rule[rule.index("(") :])  # boxes are taken to be as large as the window
    if not rule.startswith("@media"):
        return rule.startswith(("@supports", "@layer", "@container", "@scope"))
    return any(_holds(query.strip()) for query in rule[6:].split(","))


def _holds(query: str) -> bool:
    for _ in range(20):  # from the innermost brackets out
        found = _INNERMOST.search(query)
        if found is None:
            break
        inner = found[1].strip()
        true = _joined(inner) if _HOLDS in inner or _FAILS in inner else _feature(inner)
        query = query[: found.start()] + (_HOLDS if true else _FAILS) + query[found.end() :]
    return _joined(query)


def _joined(query: str) -> bool:
    """Words joined by `and` or `or`, with `not` before all of them."""
    query, turned = query.strip(), False
    while query.startswith("not "):
        query, turned = query[4:].strip(), not turned
    if turned:
        return not _joined(query)
    if " or " in query:
        return any(map(_joined, query.split(" or ")))
    words = [word for word in re.split(r"\s*\band\b\s*|\s+", query.removeprefix("only ")) if word]
    return all(word in ("all", "screen", _HOLDS) for word in words)


def _feature(text: str) -> bool:
    plain = _PLAIN.match(text)
    if plain:
        size, limit = _SIZES[plain[2]], _pixels(plain[3], plain[4])
        return limit <= size if plain[1] == "min" else size <= limit
    span = _RANGE.match(text)
    if span and (span[3] or span[5]):
        size = _SIZES[span[4]]
        low = not span[3] or _compare(_pixels(span[1], span[2]), span[3], size)
        return low and (not span[5] or _compare(size, span[5], _pixels(span[6], span[7])))
    return re.sub(r"\s", "", text) in _STATES


def _pixels(number: str, unit: str) -> float:
    return float(number) * (16 if unit in ("em", "rem") else 1)


def _compare(one: float, sign: str, other: float) -> bool:
    if one == other:
        return "=" in sign
    return sign != "=" and (one < other) == (sign[0] == "<")
