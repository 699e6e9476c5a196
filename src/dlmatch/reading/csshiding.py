"""The ways in which CSS takes a whole element out of sight, one function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from dlmatch.reading.csslengths import NUMBERS, length

Values = Mapping[str, str]
# Points left of or above the page's edge from which text can't be meant to be seen.
FAR = 375.0
_SIDES = ("left", "top", "right", "bottom", "inset-inline-start", "inset-block-start", "inset-inline-end", "inset-block-end")
_MOVES = re.compile(r"(translate(?:x|y|3d)?|matrix(?:3d)?)\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_TURNED = re.compile(r"rotate[xy]\(\s*(-?\d*\.?\d+)(deg|turn|rad)?\s*\)")


def _display(values: Values, points: float) -> str | None:
    if values.get("display") == "none" or values.get("content-visibility") == "hidden":
        return "display: none"
    return None


def opacity(values: Values) -> float:
    """How opaque an element is within its parent, 0 to 1."""
    whole = 1.0
    for share in (values.get("opacity", ""), *re.findall(r"opacity\(([^)]*)\)", values.get("filter", "").lower())):
        number = NUMBERS.match(share.strip())
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
        sides = [float(number) for number in NUMBERS.findall(flat[1])]
        if len(sides) == 6 and abs(sides[0] * sides[3] - sides[1] * sides[2]) < 0.01:
            return "scaled to nothing"
    for numbers in scales:
        for number in NUMBERS.findall(numbers):
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
        sides = [float(number) for number in NUMBERS.findall(rect[1])]
        if len(sides) == 4 and (sides[1] - sides[3] <= 2 or sides[2] - sides[0] <= 2):
            return "clipped"
    path = values.get("clip-path", "") or values.get("-webkit-clip-path", "")
    shape = re.match(r"(inset|circle|ellipse|polygon)\(([^)]*)\)", path)
    if shape:
        numbers = [float(number) for number in NUMBERS.findall(shape[2])]
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
