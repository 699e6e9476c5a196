"""Colours that drawings and letter effects of Word files make from others: "white, darker by a half"."""

from __future__ import annotations

import colorsys
from xml.etree.ElementTree import Element

from dlmatch.reading.numerals import decimal
from dlmatch.reading.visible import RGB


def shifted(colour: RGB, element: Element) -> RGB:
    """A colour with what the children of its element make of it."""
    if not len(element):
        return colour
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    for child in element:
        share = share_of(child)
        kind = child.tag.partition(":")[2]
        if share is None:
            continue
        if kind in ("lumMod", "shade"):
            light *= share
        elif kind == "lumOff":
            light += share
        elif kind == "tint":
            light = light * share + 1 - share
    red, green, blue = colorsys.hls_to_rgb(hue, max(0.0, min(1.0, light)), strength)
    return round(red * 255), round(green * 255), round(blue * 255)


def share_of(change: Element) -> float | None:
    """The share that a change of colour states: in thousandths of a percent, or with a percent sign."""
    value = change.get("val") or change.get("w14:val") or ""
    number = decimal(value.removesuffix("%"))
    return number if number is None else number / (100 if value.endswith("%") else 100_000)
