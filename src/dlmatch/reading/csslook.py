"""How an HTML element looks, and how declarations change that of its parent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dlmatch.reading.csshiding import length, why_hidden
from dlmatch.reading.visible import BLACK, RGB, WHITE, blend, css_colour, why_unseen

_SIZES = {"xx-small": 6.75, "x-small": 7.5, "small": 9.75, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0}
_FONT_TAG = {"1": 7.5, "2": 9.75, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How text in an element looks. `hidden` holds for all that is inside; `unseen` may be undone further in."""

    tag: str = ""
    identity: str = ""
    classes: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)
    parent: Look | None = None
    hidden: str | None = None
    invisible: bool = False
    colour: RGB = BLACK
    alpha: float = 1.0
    ground: RGB | None = WHITE  # None: a picture or a gradient, which letters of any colour may stand on
    points: float = 12.0
    block: bool | None = None  # as `display` says; None: as usual for the tag

    @property
    def unseen(self) -> str | None:
        """Why text directly in this element can't be seen."""
        if self.hidden:
            return self.hidden
        if self.invisible:
            return "visibility: hidden"
        if self.ground is None:
            return why_unseen(None, WHITE, self.points)
        return why_unseen(blend(self.colour, self.ground, self.alpha), self.ground, self.points)


def old_attributes(tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes from before CSS."""
    found: dict[str, str] = {}
    if "bgcolor" in attributes:
        found["background-color"] = attributes["bgcolor"]
    if attributes.get("background"):
        found["background-image"] = "url()"
    if tag == "font" and "color" in attributes:
        found["color"] = attributes["color"]
    if tag == "font" and attributes.get("size") in _FONT_TAG:
        found["font-size"] = f"{_FONT_TAG[attributes['size']]}pt"
    if tag == "body" and "text" in attributes:
        found["color"] = attributes["text"]
    if tag in ("text", "tspan") and "fill" in attributes:
        found["color"] = "transparent" if attributes["fill"] == "none" else attributes["fill"]
    if tag == "svg" and any(attributes.get(side) in ("0", "0px") for side in ("width", "height")):
        found["display"] = "none"
    return found


def styled(look: Look, above: Look, stated: Mapping[str, str]) -> Look:
    """`look` with declarations laid over it; `above` is that of the parent."""
    points = _font_size(stated, above.points, look.points)
    alpha, colour = look.alpha, look.colour
    fill = stated.get("-webkit-text-fill-color") or stated.get("color")
    if fill and (parsed := css_colour(fill)):
        colour, alpha = parsed
    ground = _ground(stated, above.ground)
    if "text" in stated.get("background-clip", "") + stated.get("-webkit-background-clip", ""):
        ground = None  # letters show the background through them
    visibility = stated.get("visibility", "").lower()
    invisible = visibility in ("hidden", "collapse") if visibility in ("hidden", "collapse", "visible") else look.invisible
    display = stated.get("display", "").lower()
    block = None if not display else display.startswith(("block", "flex", "grid", "table", "list-item", "flow-root"))
    return replace(
        look, points=points, colour=colour, alpha=alpha, ground=ground, invisible=invisible, block=block,
        hidden=look.hidden or why_hidden(stated, points),
    )  # fmt: skip


def _font_size(stated: Mapping[str, str], parent: float, own: float) -> float:
    value = stated.get("font-size", "").strip().lower()
    if not value and "font" in stated:
        sizes = re.findall(r"(?:^|\s)(0|\d*\.?\d+(?:px|pt|em|rem|%))(?:/|\s|$)", stated["font"].lower())
        value = sizes[0] if sizes else ""
    if not value:
        return own
    if value in _SIZES:
        return _SIZES[value]
    size = length(value, parent)
    return own if size is None else size


def _ground(stated: Mapping[str, str], parent: RGB | None) -> RGB | None:
    image = stated.get("background-image", "") + stated.get("background", "")
    if "url(" in image or "gradient(" in image:
        return None
    value = stated.get("background-color") or stated.get("background")
    if not value:
        return parent
    for word in re.findall(r"[a-z-]+\([^)]*\)|[^\s]+", value.lower()):
        parsed = css_colour(word)
        if parsed:
            return blend(parsed[0], parent or WHITE, parsed[1]) if parsed[1] else parent
    return parent
