"""Small judgements on runs, paragraphs and rows of Word files: fields, symbols, lines clipped to nothing, kinds of block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from dlmatch.model.document import BlockKind
from dlmatch.reading.numerals import decimal, hexadecimal
from dlmatch.reading.wordstyles import Style, Theme, is_on, run_says
from dlmatch.reading.xmltree import down

# Twentieths of a point. Lines and rows of an exact height under 4 points clip their letters away.
_CLIPPED = 80
# An indent or frame this far left of the margin (4 inches) lies off the paper.
_OFF_LEFT = -5_760
_OFF_RIGHT = 24_000  # wider than an A3 page laid across

# Symbol font, as far as resumes use it; Wingdings and its kin are pictures, of which a bullet keeps the place.
_GREEK = dict(zip("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
_SYMBOLS: Mapping[int, str] = {
    **{ord(latin): greek for latin, greek in _GREEK.items()},
    **{ord(latin.upper()): greek.upper() for latin, greek in _GREEK.items()},
    0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xA3: "≤", 0xB3: "≥", 0xAE: "→", 0xAC: "←", 0xD2: "®", 0xD3: "©", 0xD4: "™",
    0xB9: "≠",
    0xBB: "≈", 0xA5: "∞", 0xE5: "∑", 0xD6: "√", 0xF0: "",
}  # fmt: skip


def symbol(element: Element) -> str:
    """The character of a w:sym."""
    code = hexadecimal(element.get("w:char")) or 0
    if 0xE000 <= code <= 0xF8FF:
        code -= 0xF000 if code >= 0xF000 else 0
        return _SYMBOLS.get(code, "•") if element.get("w:font") == "Symbol" else "•"
    return chr(code) if 0x20 <= code <= 0x10FFFF else ""


class Fields:
    """Keeps field codes apart from field results. Only fields that are closed count: an open one shows all it holds."""

    def __init__(self, matched: frozenset[int]) -> None:
        self._matched = matched
        self._open: list[bool] = []  # for each open field: are we in its code?

    @property
    def in_code(self) -> bool:
        """Is what comes now a field's code?"""
        return any(self._open)

    def meet(self, mark: Element) -> str:
        """A w:fldChar; gives the text of a form field that keeps it in its data."""
        kind = mark.get("w:fldCharType")
        if id(mark) not in self._matched:
            return ""
        if kind == "begin":
            shown = "" if self.in_code else _chosen_entry(mark)
            self._open.append(True)
            return shown
        if kind == "separate" and self._open:
            self._open[-1] = False
        elif kind == "end" and self._open:
            self._open.pop()
        return ""


def _chosen_entry(mark: Element) -> str:
    choices = down(mark, "w:ffData", "w:ddList")
    if choices is None:
        return ""
    entries = [entry.get("w:val", "") for entry in choices.findall("w:listEntry")]
    result = choices.find("w:result")
    try:
        return entries[int(result.get("w:val", "0")) if result is not None else 0]
    except (ValueError, IndexError):
        return ""


def matched_fields(root: Element) -> frozenset[int]:
    """The marks of all fields that have both a begin and an end."""
    matched: set[int] = set()
    waiting: list[list[int]] = []
    for mark in root.iter("w:fldChar"):
        kind = mark.get("w:fldCharType")
        if kind == "begin":
            waiting.append([id(mark)])
        elif waiting:
            waiting[-1].append(id(mark))
            if kind == "end":
                matched.update(waiting.pop())
    return frozenset(matched)


def direct_says(properties: Element | None, theme: Theme) -> dict[str, Any]:
    """What a run says of itself."""
    return run_says(properties, theme) if properties is not None and len(properties) else {}


def line_hidden(*properties: Element | None) -> str | None:
    """Why a whole paragraph can't be seen: its lines are cut to nothing, or it lies off the paper. The properties are those
    of its styles and its own, the later winning."""
    spacing, indent, frame = (_together(tag, properties) for tag in ("w:spacing", "w:ind", "w:framePr"))
    if spacing.get("w:lineRule") == "exact" and 0 < _twips(spacing.get("w:line"), 240) < _CLIPPED:
        return "lines clipped to nothing"
    left = _twips(indent.get("w:start", indent.get("w:left")))
    first = left - _twips(indent.get("w:hanging")) if "w:hanging" in indent else left + _twips(indent.get("w:firstLine"))
    if min(left, first) <= _OFF_LEFT or left >= _OFF_RIGHT:
        return "text off the page"
    across, down_by = _twips(frame.get("w:x")), _twips(frame.get("w:y"))
    if min(across, down_by) <= _OFF_LEFT or max(across, down_by) >= _OFF_RIGHT:
        return "text off the page"
    if frame.get("w:hAnchor") == "page" and across + _twips(frame.get("w:w"), 20_000) < 0:
        return "text off the page"
    if frame.get("w:hRule") == "exact" and 0 < _twips(frame.get("w:h"), 240) < _CLIPPED:
        return "lines clipped to nothing"
    return None


_EITHER = (
    ("w:hanging", "w:firstLine"), ("w:firstLine", "w:hanging"), ("w:left", "w:start"), ("w:start", "w:left"),
)  # fmt: skip


def _together(tag: str, properties: tuple[Element | None, ...]) -> dict[str, str]:
    """The attributes of this element over all properties."""
    said: dict[str, str] = {}
    for one in properties:
        found = one.find(tag) if one is not None else None
        if found is not None:
            for one_of, other in _EITHER:  # said later, one takes the place of the other
                if one_of in found.attrib:
                    said.pop(other, None)
            said.update(found.attrib)
    return said


def row_hidden(properties: Element | None) -> str | None:
    """Why a table row can't be seen."""
    if properties is None:
        return None
    if is_on(properties.find("w:hidden")):
        return "a hidden table row"
    height = properties.find("w:trHeight")
    if height is not None and height.get("w:hRule") == "exact" and 0 < _twips(height.get("w:val"), 240) < _CLIPPED:
        return "a table row of no height"
    return None


def _twips(value: str | None, default: float = 0) -> float:
    number = decimal((value or "").removesuffix("pt"))
    return default if number is None else number * (20 if (value or "").endswith("pt") else 1)


def heading_or_item(properties: Element | None, chain: tuple[Style, ...]) -> BlockKind:
    """The kind of block a paragraph is."""
    if properties is not None:
        level = properties.find("w:outlineLvl")
        if level is not None and level.get("w:val") != "9":
            return "heading"
        numbering = properties.find("w:numPr")
        if numbering is not None:
            number = numbering.find("w:numId")
            if number is None or number.get("w:val") != "0":
                return "heading" if any(style.heading for style in chain) else "item"
            return "heading" if any(style.heading for style in chain) else "paragraph"
        if properties.find("w:listPr") is not None:
            return "item"
    if any(style.heading for style in chain):
        return "heading"
    return "item" if any(style.item for style in chain) else "paragraph"
