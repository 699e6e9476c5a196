"""Drawings in Word files: what ground a shape gives to the text in and over it, and whether it can be seen at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dlmatch.reading.numerals import decimal
from dlmatch.reading.visible import RGB, css_colour, is_dark, same_colour
from dlmatch.reading.wordcolours import share_of, shifted
from dlmatch.reading.wordstyles import Theme
from dlmatch.reading.xmltree import down, outside

BOX = "w:txbxContent"
EMU = 12_700.0  # in a point
# Points under which a shape shows no line of text.
_NO_SIZE = 3.0
# Points beyond the edge at which nothing is on paper any more: the widest page is 22 inches.
_OFF_PAGE = 1_600.0
_VML_SHAPES = frozenset({"v:shape", "v:rect", "v:roundrect", "v:oval", "v:line", "v:polyline", "v:group"})


def _is_faint(fill: Element) -> bool:
    """Does what lies below shine through?"""
    return any((share := share_of(alpha)) is not None and share < 0.5 for alpha in fill.iter("a:alpha"))


def _even(fill: Element, theme: Theme) -> RGB | None:
    """The colour of a gradient or pattern whose colours are all alike; None for others."""
    holders = [*fill.iter("a:gs"), *fill.iter("a:fgClr"), *fill.iter("a:bgClr")]
    colours = [solid(holder, theme) for holder in holders]
    first = colours[0] if colours else None
    if first is None or _is_faint(fill) or any(colour is None or not same_colour(colour, first) for colour in colours):
        return None
    return first


def solid(fill: Element | None, theme: Theme) -> RGB | None:
    """The colour of an a:solidFill."""
    for child in fill if fill is not None else ():
        colour = child.get("lastClr") or child.get("val")
        if child.tag == "a:schemeClr":
            named = theme.named(colour)
            return shifted(named, child) if named is not None else None
        parsed = css_colour("#" + colour if child.tag == "a:srgbClr" and colour else colour or "")
        if parsed is not None:
            return shifted(parsed[0], child)
    return None


def shape_ground(shape: Element, theme: Theme, under: RGB | None) -> RGB | None:
    """The ground of text in a wps:wsp; None where it is a picture or a gradient."""
    properties = shape.find("wps:spPr")
    for child in properties if properties is not None else ():
        if child.tag == "a:solidFill":
            if _is_faint(child):
                return under
            return solid(child, theme)
        if child.tag == "a:noFill":
            return under
        if child.tag in ("a:gradFill", "a:pattFill"):
            return _even(child, theme)
        if child.tag in ("a:blipFill", "a:grpFill"):
            return None
    reference = down(shape, "wps:style", "a:fillRef")
    if reference is not None and reference.get("idx", "0") != "0":
        return solid(reference, theme)
    return under


def vml_ground(shape: Element, under: RGB | None) -> RGB | None:
    """The same for a VML shape."""
    fill = shape.find("v:fill")
    if shape.get("filled", "t") in ("f", "false", "0") or (fill is not None and fill.get("on", "t") in ("f", "false", "0")):
        return under
    if fill is not None and fill.get("type", "solid") != "solid":
        return None
    parsed = css_colour((shape.get("fillcolor") or "white").split("[")[0].strip())
    return parsed[0] if parsed else None


def cover(drawing: Element, theme: Theme) -> float:
    """Height in points of the dark shape or picture that floats here and that white text may stand on; 0 if none."""
    tallest = 0.0
    for anchor in _inside(drawing, "wp:anchor"):
        width, height = _extent(anchor)
        if width > 60 and height > 8 and (next(_inside(anchor, "pic:pic"), None) is not None or _any_dark(anchor, theme)):
            tallest = max(tallest, height)
    for shape in outside(drawing, BOX, "mc:Fallback"):
        if shape.tag in _VML_SHAPES and "absolute" in shape.get("style", ""):
            ground = vml_ground(shape, None) if shape.find("v:imagedata") is None else None
            if (ground is None or is_dark(ground)) and next(_inside(shape, BOX), None) is None:
                tallest = max(tallest, vml_size(shape).get("height", 0.0))
    return tallest


def _any_dark(anchor: Element, theme: Theme) -> bool:
    for shape in _inside(anchor, "wps:wsp"):
        ground = shape_ground(shape, theme, (255, 255, 255))
        if ground is None or is_dark(ground):
            return True
    return False


def _points(value: str | None) -> float:
    return (decimal(value) or 0.0) / EMU


def _extent(anchor: Element) -> tuple[float, float]:
    extent = anchor.find("wp:extent")
    return (_points(extent.get("cx")), _points(extent.get("cy"))) if extent is not None else (100.0, 100.0)


def why_drawing_hidden(drawing: Element) -> str | None:
    """Why nothing of a w:drawing can be seen."""
    for frame in drawing:
        if frame.tag not in ("wp:anchor", "wp:inline"):
            continue
        named = frame.find("wp:docPr")
        if frame.get("hidden", "0") in ("1", "true") or (named is not None and named.get("hidden", "0") in ("1", "true")):
            return "a hidden drawing"
        if min(_extent(frame)) < _NO_SIZE:
            return "a text box of no size"
        for axis, size in zip(("wp:positionH", "wp:positionV"), _extent(frame), strict=True):
            offset = down(frame, axis, "wp:posOffset")
            if offset is not None and not -72 - size <= _points(offset.text) <= _OFF_PAGE:
                return "a text box off the page"
    return None


def why_shape_hidden(shape: Element) -> str | None:
    """Why nothing in a wps:wsp of a group can be seen."""
    named = shape.find("wps:cNvPr")
    if named is not None and named.get("hidden", "0") in ("1", "true"):
        return "a hidden drawing"
    extent = down(shape, "wps:spPr", "a:xfrm", "a:ext")
    if extent is not None and min(_points(extent.get("cx")), _points(extent.get("cy"))) * EMU < 1:
        return "a text box of no size"
    return None


def vml_size(shape: Element) -> dict[str, float]:
    """Lengths of a VML shape's style, in points."""
    found: dict[str, float] = {}
    units = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1 / EMU}
    pattern = r"(?:^|;)\s*(width|height|margin-left|margin-top|left|top)\s*:\s*(-?\d*\.?\d+)(pt|in|cm|mm|px|)"
    for name, number, unit in re.findall(pattern, shape.get("style", "")):
        found.setdefault(name, float(number) * units[unit])
    return found


def why_vml_hidden(shape: Element) -> str | None:
    """Why nothing in a VML shape can be seen."""
    if re.search(r"visibility\s*:\s*hidden|mso-hide\s*:\s*all|display\s*:\s*none", shape.get("style", "")):
        return "a hidden drawing"
    size = vml_size(shape)
    inner = shape.get("coordsize") is None or "absolute" in shape.get("style", "")
    if inner and any(name in size and size[name] < _NO_SIZE and size[name] != 0 for name in ("width", "height")):
        return "a text box of no size"
    if "width" in size and "height" in size and size["width"] == 0 and size["height"] == 0:
        return "a text box of no size"
    if any(not -_OFF_PAGE <= size.get(name, 0.0) <= _OFF_PAGE for name in ("margin-left", "margin-top")):
        return "a text box off the page"
    return None


def is_vml(tag: str) -> bool:
    """Is it a VML shape?"""
    return tag in _VML_SHAPES


def _inside(drawing: Element, tag: str) -> Iterator[Element]:
    return (element for element in outside(drawing, BOX, "mc:Fallback") if element.tag == tag)


def boxes(shape: Element) -> list[Element]:
    """The contents of the text boxes of a shape, without those inside these."""
    return list(_inside(shape, BOX))


def inside(drawing: Element, *tags: str) -> list[Element]:
    """All elements with one of these tags, outside of text boxes."""
    return [element for element in outside(drawing, BOX, "mc:Fallback") if element.tag in tags]
