"""pdfplumber as second opinion: its characters in the same shape as PDFium's glyphs."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from dlmatch.reading.limits import MAX_GLYPHS_PER_PAGE, MAX_PAGES, Budget, LimitReached
from dlmatch.reading.page import FILL, SLANTED, UNKNOWN, Glyphs, Pieces

_CID = "(cid:"
_PLAIN_SPACES = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased", "G", "RGB", "CMYK"})


class Unreadable(Exception):
    """pdfplumber could not open the file or a page; it raises some fifteen kinds of exception for that."""


def pages(data: bytes, budget: Budget) -> Iterator[tuple[Glyphs, float, float] | None]:
    """Glyphs, width and height of each page; None for a page that can't be read. Unreadable where the file can't be opened."""
    try:
        import pdfplumber

        document = pdfplumber.open(io.BytesIO(data))
    except LimitReached:
        raise
    except Exception as fault:  # what is raised depends on the byte that is wrong
        raise Unreadable(type(fault).__name__) from None
    try:
        try:
            count = len(document.pages)
        except Exception as fault:
            raise Unreadable(type(fault).__name__) from None
        for at in range(min(count, MAX_PAGES)):
            budget.clock()
            yield _page(document, at)
    finally:
        with suppress(Exception):  # closing looks at the pages once more
            document.close()


def _page(document: Any, at: int) -> tuple[Glyphs, float, float] | None:
    try:
        page = document.pages[at]
        try:
            x0, top, x1, bottom = (float(value) for value in (page.cropbox or page.bbox))
            return _glyphs(page), x1 - x0, bottom - top
        finally:
            page.close()  # without it every page's objects stay in memory
    except (Exception, RecursionError):
        return None


def _glyphs(page: Any) -> Glyphs:
    """One row a character; every character is a piece of its own, since nothing says which were drawn together."""
    left, top = (float(value) for value in (page.cropbox or page.bbox)[:2])
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    rows: list[int] = []
    table: list[tuple[float, tuple[int, int, int, int], float, bool]] = []
    for char in page.chars[:MAX_GLYPHS_PER_PAGE]:
        text = char["text"]
        letters = [0xFFFD] if text.startswith(_CID) else [ord(letter) for letter in text]
        box = (char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
        matrix = char.get("matrix") or (1, 0, 0, 1, 0, 0)
        bold = "bold" in str(char.get("fontname", "")).lower()
        # pdfplumber's size of turned letters is how far the pen moves.
        size = float(char["size"]) if abs(matrix[0]) >= abs(matrix[1]) else box[2] - box[0]
        table.append((size, _colour(char.get("non_stroking_color"), char.get("ncs")), -math.atan2(matrix[1], matrix[0]), bold))
        for letter in letters:
            codes.append(letter)
            boxes.append(box)
            rows.append(len(table) - 1)
    box_array = np.nan_to_num(np.array(boxes, np.float64).reshape(-1, 4))
    angle = np.array([row[2] for row in table], np.float64)
    quarters = np.round(angle / (math.pi / 2))
    turn = np.where(np.abs(angle - quarters * (math.pi / 2)) < 0.1, quarters % 4, SLANTED).astype(np.int64)
    size = np.array([row[0] for row in table], np.float64)
    count = len(table)
    pieces = Pieces(
        size=size,
        stretch=size.copy(),
        mode=np.full(count, FILL, np.int64),
        colour=np.array([row[1] for row in table], np.int64).reshape(-1, 4),
        turn=turn,
        angle=angle,
        drawn=np.arange(count),
        font=np.zeros(count, np.int64),
        bold=np.array([row[3] for row in table], bool),
        embedded=np.zeros(count, bool),  # not known
    )
    piece = np.array(rows, np.int64)
    return Glyphs(code=np.array(codes, np.int64), box=box_array, pen=_pens(box_array, turn[piece]), piece=piece, pieces=pieces)


def _pens(box: Any, turn: Any) -> Any:
    """Where the pen stood, near enough: the lower left corner of the letter as it is turned."""
    x = np.select([turn == 1, turn == 2], [box[:, 0], box[:, 2]], box[:, 0])
    x = np.where(turn == 3, box[:, 2], x)
    y = np.select([turn == 1, turn == 2, turn == 3], [box[:, 1], box[:, 1], box[:, 3]], box[:, 3])
    return np.stack([x, y], axis=1)


def _colour(value: Any, space: Any) -> tuple[int, int, int, int]:
    """Grey, RGB or CMYK as red, green, blue; UNKNOWN for all else, as for the tints of separations."""
    if space is not None and str(space).strip("/'") not in _PLAIN_SPACES:
        return (UNKNOWN, 0, 0, 255)
    try:
        parts = [float(part) for part in (value if isinstance(value, (tuple, list)) else (value,))]
    except (TypeError, ValueError):
        return (UNKNOWN, 0, 0, 255)
    if len(parts) == 1:
        parts *= 3
    if len(parts) == 4:
        parts = [(1 - part) * (1 - parts[3]) for part in parts[:3]]
    if len(parts) != 3 or not all(0 <= part <= 1 for part in parts):
        return (UNKNOWN, 0, 0, 255)
    red, green, blue = (round(255 * part) for part in parts)
    return (red, green, blue, 255)
