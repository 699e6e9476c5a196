"""The ways in which CSS takes a whole element out of sight, one function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Values = Mapping[str, str]
_LENGTH = re.compile(r"^([+-]?\d*\.?\d+)(px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in|pc)?$")
# Points in one unit where that does not depend on the parent; a viewport of 1280 by 720 CSS pixels is assumed.
_UNITS = {"px": 0.75, "pt": 1.0, "rem": 12.0, "vw": 9.6, "vh": 5.4, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0, None: 0.75}
# Points left of or above the page's edge from which text can't be meant to be seen.
FAR = 375.0
# Characters of a length that is worth working out, and brackets in it.
_MAX_LENGTH = 200
_MAX_BRACKETS = 10
_BRACKETS = re.compile(r"(?:calc|min|max|clamp)?\([^()]*\)")
_NUMBERS = re.compile(r"-?\d*\.?\d+")
_SIDES = ("left", "top", "right", "bottom", "inset-inline-start", "inset-block-start", "inset-inline-end", "inset-block-end")
_MOVES = re.compile(r"(translate(?:x|y|3d)?|matrix(?:3d)?)\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_TURNED = re.compile(r"rotate[xy]\(\s*(-?\d*\.?\d+)(deg|turn|rad)?\s*\)")


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
            plain = len(factors) > 1 and _NUMBERS.fullmatch(factor)
            size = float(factor) if plain else length(factor, em) if "(" not in factor else None
            if size is None:
                return None
            product *= size
        total += product
    return total


def _display(values: Values, points: float) -> str | None:
    if values.get("display") == "none" or values.get("content-visibility") == "hidden":
        return "display: none"
    return None


def opacity(values: Values) -> float:
    """How opaque an element is within its parent, 0 to 1."""
    whole = 1.0
    for share in (values.get("opacity", ""), *re.findall(r"opacity\(([^)]*)\)", values.get("filter", "").lower())):
        number = _NUMBERS.match(share.strip())
        if number:
            whole *= max(0.0, min(1.0, float(number[0]) / (100 if share.strip().endswith("%") else 1)))
    return whole


def _opacity(values: Values, points: float) -> str | None:
    return "opacity 0" if opacity(values) < 0.1 else None


def _offscreen(values: Values, points: float) -> str | None:
    moved = [values.get(name, "") for name in ("text-indent", "margin-left", "margin-top", "margin-inline-start")]
    moved += values.get("translate", "").split()
    if values.get("position") in ("absolute", "fixed", "relative", "sticky"):
        moved += [values.get(side, "") for side in _SIDES] + values.get("inset", "").split()
        # A page may be long; one that goes on to the right is not read.
        fixed = values.get("position") == "fixed"
        sides = [length(values.get(side, ""), points) for side in (("left", "top") if fixed else ("left",))]
        if any(side is not None and side > 20 * FAR for side in sides):
            return "moved off the page"
        if any(_percent(values.get(side, "")) <= -100 for side in ("left", "top")):
            return "moved off the page"
    for kind, inside in _MOVES.findall(values.get("transform", "")):
        parts = re.split(r",(?![^()]*\))", inside)
        moved += parts[-2:] if kind == "matrix" else parts[12:14] if kind == "matrix3d" else parts
    for value in moved:
        far = length(value, points)
        if far is not None and far <= -FAR:
            return "moved off the page"
    return _out_of_line(values, points)


def _percent(value: str) -> float:
    return float(value[:-1]) if re.fullmatch(r"-?\d*\.?\d+%", value) else 0.0


def _out_of_line(values: Values, points: float) -> str | None:
    """The old way to put a picture in place of words: a line that starts behind the edge that cuts it."""
    if "hidden" not in values.get("overflow", "") or values.get("white-space") not in ("nowrap", "pre"):
        return None
    indent = values.get("text-indent", "")
    far = length(indent, points)
    return "moved off the page" if _percent(indent) >= 100 or (far is not None and far >= FAR) else None


def _size(values: Values, points: float) -> str | None:
    cut = "hidden " * ("paint" in values.get("contain", "") or values.get("contain") in ("strict", "content"))
    cut += values.get("overflow", "") + values.get("overflow-x", "") + values.get("overflow-y", "")
    if not any(word in cut for word in ("hidden", "clip", "scroll", "auto")):
        return None
    for name in ("width", "height", "max-width", "max-height", "line-height", "block-size", "inline-size"):
        size = length(values.get(name, ""), points)
        if size is not None and size <= (3.0 if "height" in name else 2.0) and not (name == "line-height" and size > 0):
            return "an element of no size"
    return None


def _scale(values: Values, points: float) -> str | None:
    scales = [
        *re.findall(r"scale(?:[xy]|3d)?\(([^)]*)\)", values.get("transform", "")),
        values.get("scale", ""),
        values.get("zoom", ""),
    ]
    flat = re.search(r"matrix\(([^()]*)\)", values.get("transform", ""))
    if flat:
        sides = [float(number) for number in _NUMBERS.findall(flat[1])]
        if len(sides) == 6 and abs(sides[0] * sides[3] - sides[1] * sides[2]) < 0.01:
            return "scaled to nothing"
    for numbers in scales:
        for number in _NUMBERS.findall(numbers):
            if abs(float(number)) / (100 if "%" in numbers else 1) < 0.1:
                return "scaled to nothing"
    return None


def _turned(values: Values, points: float) -> str | None:
    """Turned on its edge, or its back to the reader where a back shows nothing."""
    for number, unit in _TURNED.findall(values.get("transform", "")):
        degrees = float(number) * {"turn": 360.0, "rad": 57.29578}.get(unit, 1.0) % 360
        if min(abs(degrees - 90), abs(degrees - 270)) < 2:
            return "turned on its edge"
        if 90 < degrees < 270 and values.get("backface-visibility") == "hidden":
            return "turned away"
    return None


def _squeezed(values: Values, points: float) -> str | None:
    spacing = length(values.get("letter-spacing", ""), points)
    return "letters squeezed to nothing" if spacing is not None and spacing <= -0.4 * points else None


def _clip(values: Values, points: float) -> str | None:
    rect = re.match(r"rect\(([^)]*)\)", values.get("clip", ""))
    if rect:
        sides = [float(number) for number in _NUMBERS.findall(rect[1])]
        if len(sides) == 4 and (sides[1] - sides[3] <= 2 or sides[2] - sides[0] <= 2):
            return "clipped"
    path = values.get("clip-path", "") or values.get("-webkit-clip-path", "")
    shape = re.match(r"(inset|circle|ellipse|polygon)\(([^)]*)\)", path)
    if shape:
        numbers = [float(number) for number in _NUMBERS.findall(shape[2])]
        if shape[1] == "inset" and numbers and "%" in shape[2] and max(numbers) >= 50:
            return "clipped"
        if shape[1] == "inset" and any((size := length(side, points)) and size > FAR for side in shape[2].split()):
            return "clipped"
        if shape[1] in ("circle", "ellipse") and re.search(r"at.*-\d{3,}", shape[2]):
            return "clipped"
        if shape[1] != "inset" and (not numbers or max(numbers) == 0 or (shape[1] != "polygon" and numbers[0] == 0)):
            return "clipped"
    return None


RULES: tuple[Callable[[Values, float], str | None], ...] = (
    _display,
    _opacity,
    _offscreen,
    _size,
    _scale,
    _turned,
    _squeezed,
    _clip,
)


def why_hidden(stated: Values, points: float) -> str | None:
    """Why an element with these declarations shows nothing of what is in it."""
    values = {name: value.lower() for name, value in stated.items()}
    for rule in RULES:
        reason = rule(values, points)
        if reason:
            return reason
    return None
