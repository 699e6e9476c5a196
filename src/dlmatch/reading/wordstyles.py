"""How a run of a Word file looks: defaults, styles on styles, table styles and its own properties, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from dlmatch.reading.numerals import decimal, hexadecimal, whole
from dlmatch.reading.visible import RGB, blend, hex_colour
from dlmatch.reading.wordcolours import shifted
from dlmatch.reading.xmltree import down, first

# What one rPr says of being seen: vanish, colour (None: automatic), points, shade, highlight, faint, outline, and the tags
# of _SQUEEZES. What it does not mention is not in it.
Said = Mapping[str, Any]

_HIGHLIGHTS: dict[str, RGB | None] = {
    name: hex_colour(value)
    for name, value in (
        ("black", "000000"), ("blue", "0000ff"), ("cyan", "00ffff"), ("green", "00ff00"), ("magenta", "ff00ff"), ("red",
        "ff0000"),
        ("yellow", "ffff00"), ("white", "ffffff"), ("darkBlue", "000080"), ("darkCyan", "008080"), ("darkGreen", "008000"),
        ("darkMagenta", "800080"), ("darkRed", "800000"), ("darkYellow", "808000"), ("darkGray", "808080"), ("lightGray",
        "c0c0c0"),
    )
}  # fmt: skip
_THEME_NAMES = {"background1": "lt1", "bg1": "lt1", "text1": "dk1", "tx1": "dk1", "background2": "lt2", "bg2": "lt2",
"text2": "dk2",
                "tx2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink", "light1": "lt1", "dark1": "dk1",
                "light2": "lt2",
                "dark2": "dk2"}  # fmt: skip
_OFF = frozenset({"0", "false", "off", "none"})
# The order in which the parts of a table style lie on each other.
CONDITIONS = ("wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "firstRow", "lastRow",
              "neCell", "nwCell", "seCell", "swCell")  # fmt: skip


# Properties with a number that can take letters out of sight: width in percent, space between letters in twentieths of a
# point, height above the line in half points, the width that a run is fitted into.
_SQUEEZES: dict[str, Callable[[float], str | None]] = {
    "w:w": lambda percent: "letters squeezed to nothing" if percent <= 12 else None,
    "w:spacing": lambda twips: "letters squeezed to nothing" if twips <= -100 else None,
    "w:fitText": lambda twips: "letters squeezed to nothing" if twips <= 40 else None,
    "w:position": lambda half_points: "letters moved off the page" if abs(half_points) >= 300 else None,
}


def _number(value: str | None) -> float:
    number = decimal((value or "").rstrip("%"))
    return 100.0 if number is None else number


def squeezed(look: Said) -> str | None:
    """Why letters are out of sight, if a number says so."""
    if look.get("gap", 0) <= -0.4 * (look.get("points") or 10.0):
        return "letters squeezed to nothing"
    return next((why for tag in _SQUEEZES if (why := look.get(tag))), None)


def is_on(element: Element | None) -> bool:
    """A switch such as <w:vanish/>."""
    return element is not None and element.get("w:val", "1").lower() not in _OFF


class Theme:
    """The twelve colours of a theme by name."""

    def __init__(self, root: Element | None) -> None:
        self._colours: dict[str, RGB] = {"lt1": (255, 255, 255), "dk1": (0, 0, 0)}
        scheme = first(root, "a:clrScheme") if root is not None else None
        for entry in scheme if scheme is not None else ():
            for inner in entry:
                colour = hex_colour(inner.get("lastClr") or inner.get("val"))
                if colour is not None:
                    self._colours[entry.tag.partition(":")[2]] = colour

    def named(self, name: str | None) -> RGB | None:
        """By the name that text, shading or shapes use."""
        return self._colours.get(_THEME_NAMES.get(name or "", name or ""))

    def colour(self, element: Element, key: str, theme_key: str) -> RGB | None:
        """A colour attribute; a theme colour, where one is named, wins over the written value, as in Word."""
        themed = self.named(element.get(f"w:{theme_key}"))
        if themed is None:
            return hex_colour(element.get(f"w:{key}"))
        stem = theme_key.removesuffix("Color")  # w:themeColor goes with w:themeTint, w:themeFill with w:themeFillTint
        for end, towards in (("Tint", (255, 255, 255)), ("Shade", (0, 0, 0))):
            share = hexadecimal(element.get(f"w:{stem}{end}"))
            if share is not None:
                themed = blend(themed, towards, share / 255)
        return themed


def shading(element: Element | None, theme: Theme) -> RGB | None:
    """The ground that a w:shd paints; None if it paints none."""
    if element is None:
        return None
    pattern = element.get("w:val", "clear")
    fill = theme.colour(element, "fill", "themeFill")
    if pattern in ("clear", "nil", ""):
        return None if pattern == "nil" else fill
    ink = theme.colour(element, "color", "themeColor") or (0, 0, 0)
    if pattern == "solid":
        return ink
    share = whole(pattern[3:]) if pattern.startswith("pct") else None
    return blend(ink, fill or (255, 255, 255), 0.5 if share is None else share / 100)


def run_says(properties: Element | None, theme: Theme) -> dict[str, Any]:
    """What an rPr says."""
    said: dict[str, Any] = {}
    for child in properties if properties is not None else ():
        tag = child.tag
        if tag in ("w:vanish", "w:specVanish"):
            said["vanish"] = said.get("vanish", False) or is_on(child)
        elif tag == "w:color":
            said["colour"] = theme.colour(child, "val", "themeColor")
        elif tag == "w:sz":
            said["points"] = _half_points(child.get("w:val"))
        elif tag == "w:szCs":
            said["complex points"] = _half_points(child.get("w:val"))
        elif tag in ("w:cs", "w:rtl"):
            said["complex"] = is_on(child)
        elif tag == "w:shd":
            said["shade"] = shading(child, theme)
        elif tag == "w:highlight":
            said["highlight"] = _HIGHLIGHTS.get(child.get("w:val", ""))
        elif tag in _SQUEEZES:
            said[tag] = _SQUEEZES[tag](_number(child.get("w:val")))
            if tag == "w:spacing":
                said["gap"] = _number(child.get("w:val")) / 20
        elif tag == "w14:textFill":
            said["faint"] = _is_faint(child)
            fill = child.find("w14:solidFill")
            stops = [_fill_colour(stop, theme) for stop in child.iter("w14:gs")]
            if stops and stops[0] is not None and stops.count(stops[0]) == len(stops):
                said["colour"] = stops[0]
            if fill is not None and not said["faint"]:
                said["colour"] = _fill_colour(fill, theme)
        elif tag in ("w14:textOutline", "w:outline"):
            said["outline"] = child.find("w14:noFill") is None and child.get("w:val", "1") not in _OFF
            line = child.find("w14:solidFill")
            said["outline colour"] = _fill_colour(line, theme) if line is not None else None
    return said


def _half_points(value: str | None) -> float | None:
    text = value or ""
    number = decimal(text.removesuffix("pt"))
    return number if number is None or text.endswith("pt") else number / 2


def _fill_colour(fill: Element, theme: Theme) -> RGB | None:
    for child in fill:
        if child.tag in ("w14:srgbClr", "w14:schemeClr"):
            named = child.get("w14:val")
            colour = hex_colour(named) if child.tag == "w14:srgbClr" else theme.named(named)
            return shifted(colour, child) if colour is not None else None
    return None


def _is_faint(fill: Element) -> bool:
    """No fill, or one that is nine tenths transparent."""
    if fill.find("w14:noFill") is not None:
        return True
    return any((whole(alpha.get("w14:val")) or 0) >= 90_000 for alpha in fill.iter("w14:alpha"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """One style as the file states it."""

    kind: str
    based_on: str | None
    run: Said
    ground: RGB | None
    paragraph: Element | None
    heading: bool
    item: bool
    conditions: Mapping[str, tuple[Said, RGB | None]]  # of a table style: what it says of letters, and its ground


class Styles:
    """All styles of a file; asking for the same one twice costs nothing."""

    def __init__(self, root: Element | None, theme: Theme) -> None:
        self.theme = theme
        self._styles: dict[str, Style] = {}
        self._defaults: Said = {}
        self._default_paragraph: str | None = None
        self._default_letters: str | None = None
        self._chains: dict[str, tuple[Style, ...]] = {}
        for child in root if root is not None else ():
            if child.tag == "w:docDefaults":
                self._defaults = run_says(down(child, "w:rPrDefault", "w:rPr"), theme)
            elif child.tag == "w:style":
                identity = child.get("w:styleId", "")
                self._styles[identity] = self._style(child)
                if child.get("w:default", "0").lower() not in _OFF:
                    if child.get("w:type") == "paragraph":
                        self._default_paragraph = identity
                    elif child.get("w:type") == "character":
                        self._default_letters = identity

    def _style(self, element: Element) -> Style:
        based = element.find("w:basedOn")
        paragraph = element.find("w:pPr")
        name = element.find("w:name")
        label = (name.get("w:val", "") if name is not None else "").lower()
        level = paragraph.find("w:outlineLvl") if paragraph is not None else None
        conditions = {
            part.get("w:type", ""): (run_says(part.find("w:rPr"), self.theme), shading(down(part, "w:tcPr", "w:shd"), self.theme))
            for part in element.findall("w:tblStylePr")
        }
        table = shading(down(element, "w:tcPr", "w:shd"), self.theme) or shading(down(element, "w:tblPr", "w:shd"), self.theme)
        return Style(
            kind=element.get("w:type", "paragraph"),
            based_on=based.get("w:val") if based is not None else None,
            run=run_says(element.find("w:rPr"), self.theme),
            ground=table or (shading(paragraph.find("w:shd"), self.theme) if paragraph is not None else None),
            paragraph=paragraph,
            heading=label.startswith(("heading", "title", "subtitle")) or (level is not None and level.get("w:val") != "9"),
            item=paragraph is not None and paragraph.find("w:numPr") is not None,
            conditions=conditions,
        )

    def chain(self, identity: str | None) -> tuple[Style, ...]:
        """A style and what it is based on, the base first. A circle ends where it closes."""
        if identity is None or identity not in self._styles:
            return ()
        if identity not in self._chains:
            seen: dict[str, Style] = {}
            at: str | None = identity
            while at is not None and at in self._styles and at not in seen and len(seen) < 50:
                seen[at] = self._styles[at]
                at = self._styles[at].based_on
            self._chains[identity] = tuple(reversed(seen.values()))
        return self._chains[identity]

    def of_paragraph(self, identity: str | None) -> tuple[Style, ...]:
        """The chain of a paragraph's style, or of the default one."""
        return self.chain(identity) or self.chain(self._default_paragraph)

    def of_letters(self, identity: str | None) -> tuple[Style, ...]:
        """The chain of a run's style, or of the default one."""
        return self.chain(identity) or self.chain(self._default_letters)

    def look(
        self, table: Iterable[Said], paragraph: tuple[Style, ...], character: tuple[Style, ...], own: Said
    ) -> dict[str, Any]:
        """All that is said of a run, the later winning; hidden in two kinds of style undoes itself, as in Word."""
        merged = dict(self._defaults)
        vanish = bool(merged.get("vanish"))
        for group in (list(table), [style.run for style in paragraph], [style.run for style in character]):
            said: dict[str, Any] = {}
            for layer in group:
                said.update(layer)
            if "vanish" in said:
                vanish = vanish != said["vanish"]
            merged.update(said)
        merged.update(own)
        merged["vanish"] = own.get("vanish", vanish)
        return merged
