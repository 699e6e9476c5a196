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
_NUMBERS = re.compile(r"-?\d*\.?\d+")


def length(value: str, em: float) -> float | None:
    """A CSS length in points; None if it can't be told."""
    found = _LENGTH.match(value.strip().lower().removeprefix("calc(").removesuffix(")").strip())
    if not found:
        return None
    number, unit = float(found[1]), found[2]
    if unit in ("em", "ex", "ch"):
        return number * em * (1.0 if unit == "em" else 0.5)
    return number * em / 100 if unit == "%" else number * _UNITS[unit]


def _display(values: Values, points: float) -> str | None:
    if values.get("display") == "none" or values.get("content-visibility") == "hidden":
        return "display: none"
    return None


def _opacity(values: Values, points: float) -> str | None:
    shares = [values.get("opacity", ""), *re.findall(r"opacity\(([^)]*)\)", values.get("filter", ""))]
    for share in shares:
        number = _NUMBERS.match(share.strip())
        if number and float(number[0]) / (100 if share.strip().endswith("%") else 1) < 0.1:
            return "opacity 0"
    return None


def _offscreen(values: Values, points: float) -> str | None:
    moved = [values.get(name, "") for name in ("text-indent", "margin-left", "margin-top")] + values.get("translate", "").split()
    if values.get("position") in ("absolute", "fixed", "relative", "sticky"):
        moved += [values.get(side, "") for side in ("left", "top", "right", "bottom")] + values.get("inset", "").split()
        sides = [length(values.get(side, ""), points) for side in ("left", "top")]
        if any(side is not None and side > 20 * FAR for side in sides):
            return "moved off the page"
    moved += re.findall(r"translate[xy]?\(([^),]*)", values.get("transform", ""))
    moved += re.findall(r"translate\([^),]*,([^),]*)", values.get("transform", ""))
    for value in moved:
        far = length(value, points)
        if far is not None and far <= -FAR:
            return "moved off the page"
    return None


def _size(values: Values, points: float) -> str | None:
    cut = values.get("overflow", "") + values.get("overflow-x", "") + values.get("overflow-y", "")
    if not any(word in cut for word in ("hidden", "clip", "scroll", "auto")):
        return None
    for name in ("width", "height", "max-width", "max-height", "line-height", "block-size", "inline-size"):
        size = length(values.get(name, ""), points)
        if size is not None and size <= 2.0 and not (name == "line-height" and size > 0):
            return "an element of no size"
    return None


def _scale(values: Values, points: float) -> str | None:
    scales = [*re.findall(r"scale[xy]?\(([^)]*)\)", values.get("transform", "")), values.get("scale", ""), values.get("zoom", "")]
    for numbers in scales:
        for number in _NUMBERS.findall(numbers):
            if abs(float(number)) / (100 if "%" in numbers else 1) < 0.1:
                return "scaled to nothing"
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
        if shape[1] != "inset" and (not numbers or max(numbers) == 0 or (shape[1] != "polygon" and numbers[0] == 0)):
            return "clipped"
    return None


RULES: tuple[Callable[[Values, float], str | None], ...] = (_display, _opacity, _offscreen, _size, _scale, _squeezed, _clip)


def why_hidden(stated: Values, points: float) -> str | None:
    """Why an element with these declarations shows nothing of what is in it."""
    values = {name: value.lower() for name, value in stated.items()}
    for rule in RULES:
        reason = rule(values, points)
        if reason:
            return reason
    return None
