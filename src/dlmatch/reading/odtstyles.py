"""How text of an OpenDocument file looks: default, parent and automatic styles put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from dlmatch.reading.numerals import decimal
from dlmatch.reading.visible import MIN_POINTS, RGB, WHITE, css_colour, why_unseen

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_OLD = "http://openoffice.org/2000/"
_WORDS = (
    "office",
    "style",
    "text",
    "table",
    "drawing",
    "presentation",
    "form",
    "script",
    "meta",
    "chart",
    "dr3d",
    "animation",
    "smil-compatible",
)
_SHORT = {"drawing": "draw"}
# OpenDocument's namespaces, those of OpenOffice 1, and the two borrowed from other standards.
LOCAL: dict[str, str] = {
    **{f"{_NS}{word}:1.0": _SHORT.get(word, word) for word in _WORDS},
    **{f"{_OLD}{word}": _SHORT.get(word, word) for word in _WORDS},
    f"{_NS}xsl-fo-compatible:1.0": "fo", "http://www.w3.org/1999/XSL/Format": "fo",
    f"{_NS}svg-compatible:1.0": "svg", "http://www.w3.org/2000/svg": "svg",
    "http://www.w3.org/1999/xlink": "xlink", f"{_NS}manifest:1.0": "manifest",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}  # fmt: skip
_LENGTH = re.compile(r"([^a-z%]{1,50})(pt|in|inch|cm|mm|pc|px|%)")
_POINTS = {"pt": 1.0, "in": 72.0, "inch": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "px": 0.75}
_OFF_LEFT = -288.0
_OFF_RIGHT = 1_200.0  # wider than an A3 page laid across


def length(value: str | None) -> float | None:
    """A length in points; None for percentages and nonsense."""
    found = _LENGTH.fullmatch((value or "").strip())
    number = decimal(found[1]) if found and found[2] != "%" else None
    return number * _POINTS[found[2]] if found and number is not None else None


def _percent(value: str, default: float) -> float:
    number = decimal(value.removesuffix("%")) if value.endswith("%") else None
    return default if number is None else number


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text looks, as far as it bears on being seen."""

    hidden: bool = False
    colour: RGB | None = None  # None: automatic
    points: float = 12.0
    letter_ground: RGB | None = None
    block_ground: RGB | None = None
    transparent: bool = False
    small: bool = False  # raised or lowered, and set in a tiny size
    tight: bool = False
    narrow: bool = False
    moved: bool = False
    left: float = 0.0  # of the paragraph, in points: from the margin, of its first line from there
    first: float = 0.0
    clipped: bool = False

    @property
    def hidden_block(self) -> str | None:
        """Why a whole paragraph can't be seen."""
        if self.clipped:
            return "lines clipped to nothing"
        far = self.left >= _OFF_RIGHT or min(self.left, self.left + self.first) <= _OFF_LEFT
        return "text off the page" if far else None

    def why_unseen(self, ground: RGB | None) -> str | None:
        """Why such text on this ground can't be seen."""
        if self.hidden:
            return "hidden text"
        if self.transparent:
            return "transparent letters"
        if self.small or self.tight or self.narrow:
            return "letters squeezed to nothing"
        if self.moved:
            return "letters moved off the page"
        painted = self.letter_ground or ground
        if painted is None:
            return why_unseen(None, WHITE, self.points)
        return why_unseen(self.colour, painted, self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLook:
    """What a table, cell, section or frame gives to what is in it."""

    ground: RGB | None = None
    picture: bool = False
    floats: bool = False  # text runs over or under it
    hidden: str | None = None


class Styles:
    """All styles of a file, by family and name; automatic styles of the text win over common ones."""

    def __init__(self, roots: list[Element]) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Element] = {}
        self._layouts: dict[str, Element] = {}
        self._looks: dict[tuple[str, str | None], Look] = {}
        self._blocks: dict[tuple[str, str | None], BlockLook] = {}
        for root in roots:
            for style in root.iter("style:style"):
                self._styles[style.get("style:family", ""), style.get("style:name", "")] = style
            for style in root.iter("style:default-style"):
                self._defaults[style.get("style:family", "")] = style
            for tag in ("style:page-layout", "style:page-master"):
                for layout in root.iter(tag):
                    self._layouts[layout.get("style:name", "")] = layout

    def _chain(self, family: str, name: str | None) -> list[Element]:
        """The default style, then parents, then the style itself."""
        chain: list[Element] = []
        seen: set[str] = set()
        while name is not None and name not in seen and (family, name) in self._styles and len(seen) < 50:
            seen.add(name)
            style = self._styles[family, name]
            chain.append(style)
            name = style.get("style:parent-style-name")
        if family in self._defaults:
            chain.append(self._defaults[family])
        return chain[::-1]

    def look(self, family: str, name: str | None) -> Look:
        """The look of text in a paragraph of this style."""
        key = (family, name)
        if key not in self._looks:
            look = Look()
            for style in self._chain(family, name):
                look = _apply(look, style)
            self._looks[key] = look
        return self._looks[key]

    def over(self, look: Look, name: str) -> Look:
        """`look` with a text style laid over it."""
        for style in self._chain("text", name):
            if style.tag != "style:default-style":
                look = _apply(look, style)
        return look

    def is_heading(self, name: str | None) -> bool:
        """Is it a style for headings or titles?"""
        for style in self._chain("paragraph", name):
            label = style.get("style:name", "").lower()
            if style.get("style:default-outline-level") or label.startswith(("heading", "title", "subtitle")):
                return True
        return False

    def block(self, name: str | None, family: str) -> BlockLook:
        """What a container of this style gives to its content."""
        key = (family, name)
        if key not in self._blocks:
            look = BlockLook()
            for style in self._chain(family, name):
                for properties in style:
                    look = _apply_block(look, _plain(properties))
            self._blocks[key] = look
        return self._blocks[key]

    def page_ground(self, master: Element) -> RGB | None:
        """The background of a page."""
        layout = self._layouts.get(master.get("style:page-layout-name") or master.get("style:page-master-name") or "")
        look = BlockLook()
        for properties in layout if layout is not None else ():
            look = _apply_block(look, _plain(properties))
        return look.ground


def _plain(properties: Element) -> Mapping[str, str]:
    return properties.attrib


def _apply(look: Look, style: Element) -> Look:
    for properties in style:
        kind = properties.tag
        said = properties.attrib
        if kind in ("style:text-properties", "style:properties"):
            look = _apply_text(look, said)
        if kind in ("style:paragraph-properties", "style:properties"):
            look = _apply_paragraph(look, said)
    return look


def _apply_text(look: Look, said: Mapping[str, str]) -> Look:
    if "text:display" in said:
        look = replace(
            look,
            hidden=said["text:display"] == "none"
            or (said["text:display"] == "condition" and said.get("text:condition") == "none"),
        )
    if said.get("style:use-window-font-color") == "true":
        look = replace(look, colour=None)
    elif "fo:color" in said:
        parsed = css_colour(said["fo:color"])
        look = replace(
            look, colour=parsed[0] if parsed else None, transparent=bool(parsed) and parsed is not None and parsed[1] < 0.1
        )
    if "loext:opacity" in said:
        # LibreOffice writes 0% beside the automatic colour, where it means nothing.
        faint = _percent(said["loext:opacity"], 100) < 10
        look = replace(look, transparent=faint and said.get("style:use-window-font-color") != "true")
    if "fo:font-size" in said:
        points = length(said["fo:font-size"])
        share = decimal(said["fo:font-size"].removesuffix("%"))
        if points is None and share is not None:
            points = look.points * share / 100
        look = look if points is None else replace(look, points=points)
    if "fo:background-color" in said:
        parsed = css_colour(said["fo:background-color"])
        look = replace(look, letter_ground=parsed[0] if parsed and parsed[1] else None)
    if "style:text-position" in said:  # "super 58%": place and size
        place, _, size = said["style:text-position"].strip().partition(" ")
        small = look.points * _percent(size.strip(), 100) / 100 < MIN_POINTS / 2
        look = replace(look, small=small, moved=abs(_percent(place, 0)) > 500)
    spacing = length(said.get("fo:letter-spacing"))
    if spacing is not None:
        look = replace(look, tight=spacing <= -min(5.0, 0.4 * look.points))
    if "style:text-scale" in said:
        look = replace(look, narrow=_percent(said["style:text-scale"], 100) <= 12)
    return look


def _apply_paragraph(look: Look, said: Mapping[str, str]) -> Look:
    ground = said.get("fo:background-color") or (said.get("draw:fill-color") if said.get("draw:fill") == "solid" else None)
    if ground:
        parsed = css_colour(ground)
        look = replace(look, block_ground=parsed[0] if parsed and parsed[1] else None)
    left, first = length(said.get("fo:margin-left")), length(said.get("fo:text-indent"))
    if left is not None or first is not None:
        look = replace(look, left=look.left if left is None else left, first=look.first if first is None else first)
    if "fo:line-height" in said:
        height = length(said["fo:line-height"])
        clipped = _percent(said["fo:line-height"], 100) < 25 or (height is not None and height < 3.0)
        look = replace(look, clipped=clipped)
    return look


def _apply_block(look: BlockLook, said: Mapping[str, str]) -> BlockLook:
    if said.get("draw:fill") in ("bitmap", "gradient", "hatch"):
        look = replace(look, picture=True)
    colour = said.get("fo:background-color") or (
        said.get("draw:fill-color") if said.get("draw:fill", "solid") == "solid" else None
    )
    if colour:
        parsed = css_colour(colour)
        look = replace(look, ground=parsed[0] if parsed and parsed[1] else look.ground)
    if said.get("style:wrap") == "run-through":
        look = replace(look, floats=True)
    if said.get("text:display") == "none" or said.get("table:display") == "false":
        look = replace(look, hidden="a hidden section or table")
    width = length(said.get("style:column-width"))
    if width is not None and width < 3.0:
        look = replace(look, hidden="a table column of no width")
    height = length(said.get("style:row-height"))
    if height is not None and height < 3.0:
        look = replace(look, hidden="a table row of no height")
    return look
