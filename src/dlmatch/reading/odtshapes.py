"""Frames, text boxes and shapes of OpenDocument files: can what stands in one be seen?"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from dlmatch.reading.odtstyles import length

_TRANSLATED = re.compile(r"translate\s*\(\s*([^\s,()]+)[\s,]+([^\s,()]+)\s*\)")
_POINTS_NO_SIZE = 3.0
_POINTS_OFF_PAGE = 1_600.0


def why_box_hidden(box: Element) -> str | None:
    """Why nothing in a frame or shape can be seen."""
    for key in ("svg:width", "svg:height"):
        size = length(box.get(key))
        if size is not None and size < _POINTS_NO_SIZE and box.get("fo:min-height") is None:
            return "a text box of no size"
    moves = _TRANSLATED.findall(box.get("draw:transform", ""))
    if any(map(_is_far, (box.get("svg:x"), box.get("svg:y"), *(place for move in moves for place in move)))):
        return "a text box off the page"
    if box.get("draw:display") in ("none", "printer") or box.get("draw:visibility") == "hidden":
        return "a hidden drawing"
    return None


def _is_far(value: str | None) -> bool:
    place = length(value)
    return place is not None and not -_POINTS_OFF_PAGE / 2 <= place <= _POINTS_OFF_PAGE
