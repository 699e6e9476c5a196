"""CSS colours beyond names, hex, rgb() and hsl(): hwb, lab, lch, oklab, oklch, color() and color-mix()."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

RGB = tuple[int, int, int]
_FUNCTION = re.compile(r"(hwb|lab|lch|oklab|oklch|color)\(([^()]*)\)$")
_MIX = re.compile(r"color-mix\(\s*in\s+[^,]*,(.*)\)$")
_PART = re.compile(r"(-?\d*\.?\d+(?:e-?\d+)?)(%|deg|rad|turn|)$")
_MAX_NUMBER = 1e6
_LINEAR = frozenset({"srgb-linear", "xyz", "xyz-d65", "xyz-d50"})


def wide_colour(text: str, simple: Callable[[str], tuple[RGB, float] | None]) -> tuple[RGB, float] | None:
    """A colour written in one of these ways with its opacity; `simple` reads the parts of a mix."""
    mix = _MIX.match(text)
    if mix:
        return _mixed(mix[1], simple)
    found = _FUNCTION.match(text)
    if not found:
        return None
    before, _, after = found[2].partition("/")
    words = before.replace(",", " ").split()
    space = words.pop(0) if found[1] == "color" and words else ""
    parts = [_PART.match("0" if word == "none" else word) for word in words]
    if len(parts) != 3 or space in _LINEAR:
        return None
    numbers = [(max(-_MAX_NUMBER, min(_MAX_NUMBER, float(part[1]))), part[2]) for part in parts if part]
    opacity = _PART.match(after.strip() or "1")
    if len(numbers) != 3 or opacity is None:
        return None
    return _painted(found[1], numbers), float(opacity[1]) / (100 if opacity[2] else 1)


def _painted(kind: str, numbers: list[tuple[float, str]]) -> RGB:
    (one, unit), (two, unit_two), (three, unit_three) = numbers
    if kind == "color":
        return _bytes(*(value / (100 if sign else 1) for value, sign in numbers))
    if kind == "hwb":
        white, black = two / 100, three / 100
        if white + black >= 1:
            return _bytes(*[white / (white + black)] * 3)
        hue = [max(0.0, min(1.0, abs((_degrees(one, unit) / 60 + shift) % 6 - 3) - 1)) for shift in (0, 4, 2)]
        return _bytes(*(share * (1 - white - black) + white for share in hue))
    if kind.endswith("lch"):
        chroma = two * ((0.004 if kind == "oklch" else 1.5) if unit_two else 1)
        angle = math.radians(_degrees(three, unit_three))
        a, b = chroma * math.cos(angle), chroma * math.sin(angle)
    else:
        a, b = (value * ((0.004 if kind == "oklab" else 1.25) if sign else 1) for value, sign in numbers[1:])
    if kind.startswith("ok"):
        return _from_oklab(one / 100 if unit else one, a, b)
    return _from_lab(one, a, b)


def _degrees(number: float, unit: str) -> float:
    return math.degrees(number) if unit == "rad" else number * 360 if unit == "turn" else number


def _from_oklab(light: float, a: float, b: float) -> RGB:
    long, middle, short = (
        (light + x * a + y * b) ** 3
        for x, y in ((0.3963377774, 0.2158037573), (-0.1055613458, -0.0638541728), (-0.0894841775, -1.291485548))
    )
    return _bytes(
        _gamma(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
    )


def _from_lab(light: float, a: float, b: float) -> RGB:
    across = (light + 16) / 116
    x, y, z = (
        part**3 if part > 6 / 29 else (part - 4 / 29) * 3 * (6 / 29) ** 2 for part in (across + a / 500, across, across - b / 200)
    )
    x, z = x * 0.9643, z * 0.8251  # D50
    return _bytes(
        _gamma(3.1341359 * x - 1.6173863 * y - 0.4906619 * z),
        _gamma(-0.978795 * x + 1.916254 * y + 0.0334427 * z),
        _gamma(0.0719555 * x - 0.2289768 * y + 1.4053861 * z),
    )


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _bytes(*shares: float) -> RGB:
    red, green, blue = (round(255 * max(0.0, min(1.0, share))) for share in shares)
    return red, green, blue


def _mixed(inside: str, simple: Callable[[str], tuple[RGB, float] | None]) -> tuple[RGB, float] | None:
    """Two colours, mixed as bytes: near enough to tell light from dark."""
    pieces = re.split(r",(?![^()]*\))", inside)
    if len(pieces) != 2:
        return None
    shares: list[float | None] = []
    colours: list[tuple[RGB, float]] = []
    for piece in pieces:
        percent = re.search(r"(?:^|\s)(\d*\.?\d+)%(?:\s|$)", piece)
        colour = simple(re.sub(r"(?:^|\s)\d*\.?\d+%(?=\s|$)", " ", piece).strip())
        if colour is None:
            return None
        shares.append(float(percent[1]) / 100 if percent else None)
        colours.append(colour)
    first = shares[0] if shares[0] is not None else 1 - shares[1] if shares[1] is not None else 0.5
    (one, opaque), (two, other) = colours
    alpha = opaque * first + other * (1 - first)
    if alpha <= 0:
        return one, 0.0
    weight = opaque * first / alpha
    red, green, blue = (round(a * weight + b * (1 - weight)) for a, b in zip(one, two, strict=True))
    return (red, green, blue), alpha
