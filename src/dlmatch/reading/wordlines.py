"""One paragraph of a Word file while it is put together, and ways through wrappers to what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from dlmatch.model.document import BlockKind
from dlmatch.reading import wordshapes
from dlmatch.reading.gather import Gathering, Passage
from dlmatch.reading.visible import RGB, WHITE, same_colour, why_unseen
from dlmatch.reading.wordstyles import Said, Style, squeezed

UNASKED = "\0"
_WRAPPERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo", "w:smartTag", "aml:content"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What holds for a paragraph from outside."""

    ground: RGB | None = WHITE  # None: a picture or gradient
    table: tuple[Said, ...] = ()
    hidden: str | None = None
    kind: BlockKind | None = None


class Line:
    """One paragraph while it is put together."""

    __slots__ = ("around", "boxes", "chain", "floating", "ground", "hidden", "passage", "plain_why", "why")

    def __init__(
        self, gathering: Gathering, ground: RGB | None, chain: tuple[Style, ...], around: Around, hidden: str | None
    ) -> None:
        self.passage = Passage(gathering)
        self.ground = ground
        self.chain = chain
        self.around = around
        self.hidden = hidden
        self.why: str | None = hidden  # why the run at hand is unseen
        self.plain_why: str | None = UNASKED  # why a run without properties is unseen, asked once
        self.floating: list[Element] = []
        self.boxes: list[tuple[Element, RGB | None, str | None]] = []


def unseen(look: Mapping[str, Any], ground: RGB | None) -> str | None:
    if look.get("vanish"):
        return "hidden text (vanish)"
    edge = look.get("outline colour")
    if look.get("outline") and edge is not None and ground is not None and same_colour(edge, ground):
        look = {**look, "outline": False}
    if look.get("faint") and not look.get("outline"):
        return "letters without a fill"
    gone = squeezed(look)
    if gone is not None:
        return gone
    ground = look.get("highlight") or look.get("shade") or ground
    points = look.get("complex points") if look.get("complex") else look.get("points")
    if ground is None or look.get("outline"):
        return why_unseen(None, WHITE, points)
    return why_unseen(look.get("colour"), ground, points)


def chosen(alternatives: Element) -> Element:
    """The branch of an mc:AlternateContent that is shown: the first choice, unless only the fallback holds anything."""
    choice, fallback = alternatives.find("mc:Choice"), alternatives.find("mc:Fallback")
    empty = Element("w:nothing")
    if choice is None:
        return fallback if fallback is not None else empty
    holds = any(inner.tag in ("w:t", "a:t", "m:t", "pic:pic", "dgm:relIds", "c:chart", "w:drawing") for inner in choice.iter())
    return choice if holds or fallback is None else fallback


def flat(container: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table, cells of a row, through content controls and marks of insertion."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag in _WRAPPERS or (child.tag == "aml:annotation" and child.get("w:type") != "Word.Deletion"):
            yield from flat(child, wanted)
        elif child.tag == "mc:AlternateContent":
            yield from flat(chosen(child), wanted)


def vml_shapes(pict: Element) -> Iterator[Element]:
    """Every VML shape, groups first; nothing inside a text box, which is walked on its own."""
    for child in pict:
        if wordshapes.is_vml(child.tag):
            yield child
        if child.tag not in ("v:textbox", "w:txbxContent"):
            yield from vml_shapes(child)
