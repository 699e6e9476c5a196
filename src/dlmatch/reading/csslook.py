"""How an HTML element looks, and how declarations change that of its parent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from dlmatch.reading.csshiding import opacity, why_hidden
from dlmatch.reading.csslengths import length
from dlmatch.reading.visible import BLACK, RGB, WHITE, blend, css_colour, same_colour, why_unseen

_SIZES = {"xx-small": 6.75, "x-small": 7.5, "small": 9.75, "medium": 12.0, "large": 13.5, "x-large": 18.0, "xx-large": 24.0}
_TONES = re.compile(r"#[0-9a-f]{3,8}|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\([^()]*\)|\b[a-z]{3,}\b")
_EDGES = ("text-shadow", "-webkit-text-stroke", "-webkit-text-stroke-color")
_NO_COLOUR = ("calc(", "env(")
_NUMBER = re.compile(r"(-?\d{0,9}\.?\d{1,9})(?:px)?$")
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
    opacity: float = 1.0  # of all elements around it together
    ground: RGB | None = WHITE  # None: a picture or a gradient, which letters of any colour may stand on
    points: float = 12.0
    variables: Mapping[str, str] = field(default_factory=dict)
    block: bool | None = None  # as `display` says; None: as usual for the tag

    @property
    def unseen(self) -> str | None:
        """Why text directly in this element can't be seen."""
        if self.hidden:
            return self.hidden
        if self.invisible:
            return "visibility: hidden"
        if self.opacity < 0.1:
            return "opacity 0"
        if self.ground is None:
            return why_unseen(None, WHITE, self.points)
        return why_unseen(blend(self.colour, self.ground, self.alpha * self.opacity), self.ground, self.points)


# Elements of drawings, and attributes of theirs that are as good as styles.
_DRAWN = frozenset({"svg", "g", "a", "text", "tspan", "textpath", "switch"})
_OF_PICTURES = ("display", "visibility", "opacity", "fill", "fill-opacity", "font-size", "transform")


def old_attributes(tag: str, attributes: Mapping[str, str], parent: Look | None) -> dict[str, str]:
    """Attributes from before CSS, and those of drawings."""
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
    if tag in _DRAWN:
        found.update((name, attributes[name]) for name in _OF_PICTURES if name in attributes)
    if tag in ("text", "tspan", "textpath") and ("x" in attributes or "y" in attributes):
        found["position"] = "absolute"
        for side, key in (("left", "x"), ("top", "y")):
            found[side] = _scaled(attributes.get(key, ""), min(1.0, _scale_of(parent)))
    if tag in _DRAWN and "font-size" in found:
        found["font-size"] = _scaled(found["font-size"], max(1.0, _scale_of(parent)))
    if tag == "svg" and any(attributes.get(side) in ("0", "0px") for side in ("width", "height")):
        found["display"] = "none"
    return found


def _scale_of(look: Look | None) -> float:
    """CSS pixels for one unit of the drawing around an element, which is taken to be as wide as the window."""
    while look is not None and look.tag != "svg":
        look = look.parent
    box = "" if look is None else look.attributes.get("viewBox") or look.attributes.get("viewbox", "")
    wide = length(box.replace(",", " ").split()[2], 12.0) if len(box.replace(",", " ").split()) == 4 else None
    width = length(look.attributes.get("width", ""), 12.0) if look is not None else None
    return (width if width and "%" not in str(look and look.attributes["width"]) else 960.0) / wide if wide else 1.0


def _scaled(value: str, scale: float) -> str:
    """A number, or one of pixels, times the scale; others as they are."""
    found = _NUMBER.match(value.strip())
    return f"{float(found[1]) * scale:f}" if found and scale != 1.0 else value


def styled(look: Look, above: Look, stated: Mapping[str, str]) -> Look:
    """`look` with declarations laid over it; `above` is that of the parent."""
    points = _font_size(stated, above.points, look.points)
    alpha, colour = look.alpha, look.colour
    fill = stated.get("-webkit-text-fill-color") or stated.get("color")
    if look.tag in _DRAWN and look.tag != "a":  # letters of drawings are black unless said otherwise, and have a fill
        fill = stated.get("fill")
        fill = "transparent" if fill == "none" else fill
        if "fill-opacity" in stated:
            alpha = opacity({"opacity": stated["fill-opacity"]})
    if look.tag == "svg" and not fill:
        fill = stated.get("color")
    if fill and (parsed := css_colour(fill)):
        colour, alpha = parsed[0], parsed[1] * (alpha if "fill-opacity" in stated else 1.0)
    as_letters = "currentcolor" in (stated.get("background-color", "").lower(), stated.get("background", "").lower())
    ground = colour if as_letters else _ground(stated, above.ground)
    if ground is not None and _edged(stated, ground):
        ground = None  # letters with an edge or a shadow that stands out
    if "text" in stated.get("background-clip", "") + stated.get("-webkit-background-clip", ""):
        own = _ground(stated, None)  # letters without a fill of their own show the background through them
        if alpha < 0.5 and own is not None:
            colour, alpha, ground = own, 1.0, above.ground
        elif not any(name.startswith("background") and "clip" not in name for name in stated):
            ground = above.ground
        else:
            ground = None
    visibility = stated.get("visibility", "").lower()
    invisible = visibility in ("hidden", "collapse") if visibility in ("hidden", "collapse", "visible") else look.invisible
    display = stated.get("display", "").lower()
    block = None if not display else display.startswith(("block", "flex", "grid", "table", "list-item", "flow-root"))
    return replace(
        look, points=points, opacity=look.opacity * opacity(stated), colour=colour, alpha=alpha, ground=ground,
        invisible=invisible, block=block, hidden=look.hidden or why_hidden(stated, points),
    )  # fmt: skip


def _edged(stated: Mapping[str, str], ground: RGB) -> bool:
    """Have the letters a shadow or a stroke in another colour than the ground, or the box a painted inside?"""
    said = " ".join(stated[name] for name in _EDGES if name in stated).lower()
    if "box-shadow" in stated and "inset" in stated["box-shadow"].lower():
        said += " " + stated["box-shadow"].lower()
    words = re.findall(r"[a-z-]+\([^)]*\)|[^\s,]+", said) if said else []
    colours = [colour for colour in map(css_colour, words) if colour is not None and colour[1] > 0.3]
    return any(not same_colour(colour, ground) for colour, _ in colours)


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
    if "url(" in image:
        return None
    if "gradient(" in image:
        tones = [tone[0] for tone in map(css_colour, _TONES.findall(image.lower())) if tone is not None and tone[1] > 0.9]
        plain = bool(tones) and all(same_colour(tone, tones[0]) for tone in tones)
        return tones[0] if plain and "var(" not in image else None
    value = stated.get("background-color") or stated.get("background")
    if not value:
        return parent
    for word in re.findall(r"[a-z-]+\((?:[^()]|\([^()]*\))*\)|[^\s]+", value.lower()):
        parsed = css_colour(word)
        if parsed:
            return blend(parsed[0], parent or WHITE, parsed[1]) if parsed[1] else parent
    return None if "(" in value and not value.startswith(_NO_COLOUR) else parent
