"""Can it be seen? Colours, contrast and letter sizes, judged by the same measures for every format."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

from dlmatch.reading.csscolours import wide_colour

RGB = tuple[int, int, int]
WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)

# WCAG contrast under which nobody reads a line: on white, the palest grey of Word's palette (F2F2F2) has 1.12, EEEEEE
# 1.16, E6E6E6 1.25. The palest grey that people do set text in (D9D9D9) has 1.41 and stays visible.
MIN_CONTRAST = 1.3
# Points. Small print ends at 5; nobody sets a word in less than 4 to have it read.
MIN_POINTS = 4.0

_NAMES: dict[str, str] = {
    "aliceblue": "f0f8ff", "antiquewhite": "faebd7", "aqua": "00ffff", "azure": "f0ffff", "beige": "f5f5dc",
    "black": "000000", "blue": "0000ff", "brown": "a52a2a", "coral": "ff7f50", "cornsilk": "fff8dc", "crimson": "dc143c",
    "cyan": "00ffff", "darkblue": "00008b", "darkcyan": "008b8b", "darkgray": "a9a9a9", "darkgreen": "006400",
    "darkgrey": "a9a9a9", "darkmagenta": "8b008b", "darkorange": "ff8c00", "darkred": "8b0000", "darkslateblue": "483d8b",
    "darkslategray": "2f4f4f", "darkslategrey": "2f4f4f", "darkyellow": "808000", "dimgray": "696969", "dimgrey": "696969",
    "dodgerblue": "1e90ff", "firebrick": "b22222", "floralwhite": "fffaf0", "forestgreen": "228b22", "fuchsia": "ff00ff",
    "gainsboro": "dcdcdc", "ghostwhite": "f8f8ff", "gold": "ffd700", "gray": "808080", "green": "008000", "grey": "808080",
    "honeydew": "f0fff0", "indigo": "4b0082", "ivory": "fffff0", "khaki": "f0e68c", "lavender": "e6e6fa",
    "lavenderblush": "fff0f5", "lightblue": "add8e6", "lightcyan": "e0ffff", "lightgoldenrodyellow": "fafad2",
    "lightgray": "d3d3d3", "lightgreen": "90ee90", "lightgrey": "d3d3d3", "lightyellow": "ffffe0", "lime": "00ff00",
    "linen": "faf0e6", "magenta": "ff00ff", "maroon": "800000", "midnightblue": "191970", "mintcream": "f5fffa",
    "mistyrose": "ffe4e1", "navy": "000080", "oldlace": "fdf5e6", "olive": "808000", "orange": "ffa500", "orangered": "ff4500",
    "papayawhip": "ffefd5", "pink": "ffc0cb", "purple": "800080", "rebeccapurple": "663399", "red": "ff0000",
    "royalblue": "4169e1", "seagreen": "2e8b57", "seashell": "fff5ee", "silver": "c0c0c0", "skyblue": "87ceeb",
    "slateblue": "6a5acd", "slategray": "708090", "slategrey": "708090", "snow": "fffafa", "steelblue": "4682b4",
    "tan": "d2b48c", "teal": "008080", "tomato": "ff6347", "turquoise": "40e0d0", "violet": "ee82ee", "wheat": "f5deb3",
    "white": "ffffff", "whitesmoke": "f5f5f5", "yellow": "ffff00", "yellowgreen": "9acd32",
    "blanchedalmond": "ffebcd", "blueviolet": "8a2be2", "bisque": "ffe4c4", "burlywood": "deb887", "cadetblue": "5f9ea0",
    "chartreuse": "7fff00", "chocolate": "d2691e", "cornflowerblue": "6495ed", "darkgoldenrod": "b8860b",
    "darkkhaki": "bdb76b", "darkolivegreen": "556b2f", "darkorchid": "9932cc", "darksalmon": "e9967a",
    "darkseagreen": "8fbc8f", "darkturquoise": "00ced1", "darkviolet": "9400d3", "deeppink": "ff1493",
    "deepskyblue": "00bfff", "goldenrod": "daa520", "greenyellow": "adff2f", "hotpink": "ff69b4", "indianred": "cd5c5c",
    "lawngreen": "7cfc00", "lemonchiffon": "fffacd", "lightcoral": "f08080", "lightpink": "ffb6c1", "lightsalmon": "ffa07a",
    "lightseagreen": "20b2aa", "lightskyblue": "87cefa", "lightslategray": "778899", "lightslategrey": "778899",
    "lightsteelblue": "b0c4de", "limegreen": "32cd32", "mediumaquamarine": "66cdaa", "mediumblue": "0000cd",
    "mediumorchid": "ba55d3", "mediumpurple": "9370db", "mediumseagreen": "3cb371", "mediumslateblue": "7b68ee",
    "mediumspringgreen": "00fa9a", "mediumturquoise": "48d1cc", "mediumvioletred": "c71585", "moccasin": "ffe4b5",
    "navajowhite": "ffdead", "olivedrab": "6b8e23", "orchid": "da70d6", "palegoldenrod": "eee8aa", "palegreen": "98fb98",
    "paleturquoise": "afeeee", "palevioletred": "db7093", "peachpuff": "ffdab9", "peru": "cd853f", "plum": "dda0dd",
    "powderblue": "b0e0e6", "rosybrown": "bc8f8f", "saddlebrown": "8b4513", "salmon": "fa8072", "sandybrown": "f4a460",
    "sienna": "a0522d", "springgreen": "00ff7f", "thistle": "d8bfd8", "aquamarine": "7fffd4", "canvas": "ffffff",
    "canvastext": "000000",
}  # fmt: skip
_FUNCTION = re.compile(r"(rgba?|hsla?)\(([^)]*)\)")
_NUMBER = re.compile(r"-?\d*\.?\d+")


def hex_colour(text: str | None) -> RGB | None:
    """RRGGBB or RGB, with or without #; None for all else ("auto")."""
    digits = (text or "").strip().lstrip("#")
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8):
        return None
    try:
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    except ValueError:
        return None


def css_colour(text: str) -> tuple[RGB, float] | None:
    """A CSS colour with its opacity; None if it is not one we know."""
    text = text.strip().lower()
    if text == "transparent":
        return WHITE, 0.0
    text = _NAMES.get(text, text)
    function = _FUNCTION.match(text)
    if function:
        return _from_function(function[1], function[2])
    colour = hex_colour(text)
    if colour is None:
        return wide_colour(text, css_colour) if "(" in text else None
    digits = text.lstrip("#")
    last = {4: digits[3:] * 2, 8: digits[6:]}.get(len(digits), "ff")
    try:
        return colour, int(last, 16) / 255
    except ValueError:
        return None


def _from_function(name: str, inside: str) -> tuple[RGB, float] | None:
    parts = [part for part in re.split(r"[\s,/]+", inside.strip()) if part]
    if len(parts) not in (3, 4) or not all(map(_NUMBER.match, parts)):
        return None
    numbers = [max(-1e6, min(1e6, float(found[0]))) for part in parts if (found := _NUMBER.match(part))]
    opacity = 1.0 if len(parts) == 3 else numbers[3] / (100 if parts[3].endswith("%") else 1)
    if name.startswith("hsl"):
        red, green, blue = colorsys.hls_to_rgb(numbers[0] / 360 % 1, _share(numbers[2]), _share(numbers[1]))
        return (round(red * 255), round(green * 255), round(blue * 255)), opacity
    values = [number * 2.55 if part.endswith("%") else number for number, part in zip(numbers, parts, strict=True)]
    red, green, blue = (max(0, min(255, round(value))) for value in values[:3])
    return (red, green, blue), opacity


def _share(percent: float) -> float:
    return max(0.0, min(1.0, percent / 100))


def blend(over: RGB, under: RGB, opacity: float) -> RGB:
    """`over` laid on `under`."""
    if opacity >= 1:
        return over
    share = max(0.0, min(1.0, opacity))
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(over, under, strict=True))
    return red, green, blue


def _luminance(colour: RGB) -> float:
    linear = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour))
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: RGB, other: RGB) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=4096)
def same_colour(letters: RGB, ground: RGB) -> bool:
    """Too alike to be read. Colours of like brightness and clearly other hue (red on grey) can be read."""
    if letters == ground:
        return True
    far = max(abs(a - b) for a, b in zip(letters, ground, strict=True)) > 110
    return not far and contrast(letters, ground) < MIN_CONTRAST


def is_dark(colour: RGB) -> bool:
    """Dark enough for white letters."""
    return not same_colour(WHITE, colour)


def why_unseen(letters: RGB | None, ground: RGB, points: float | None) -> str | None:
    """Why letters of this colour and size can't be seen on this ground; None if they can. Colour None adapts itself."""
    if points is not None and points < MIN_POINTS:
        return f"letters of {points:g} points"
    if letters is not None and same_colour(letters, ground):
        return f"letters in {_name(letters)} on {_name(ground)}"
    return None


def _name(colour: RGB) -> str:
    return {WHITE: "white", BLACK: "black"}.get(colour, "#{:02x}{:02x}{:02x}".format(*colour))
