"""Reads the characters of a page that PDFium opened into arrays, with what their text objects say of them."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from dlmatch.reading import pdfiumcalls as call
from dlmatch.reading.limits import MAX_GLYPHS_PER_PAGE
from dlmatch.reading.page import SLANTED, UNKNOWN, Floats, Glyphs, Ints, Pieces, is_letter, is_unreadable

HYPHEN = 0x2D
_LINE_END_HYPHENS = (2, 0xFFFE)  # what PDFium says instead of a hyphen at the end of a line
# Heights of the highest of a few letters as shares of the font's size: beyond these the stated size is not to be believed.
_TALLEST, _LOWEST, _USUAL, _MEASURED = 1.8, 0.3, 0.7, 12
_PACE = 1.5  # and letters that stand as far apart belong to a larger size
_LIGATURE = 4  # letters that one glyph may stand for


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the file's plane that a page shows, and by how many quarters it is turned."""

    left: float
    top: float
    right: float
    bottom: float
    turn: int

    def placed(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point of the file's own coordinates on the page as shown."""
        if self.turn == 0:
            return x - self.left, self.top - y
        if self.turn == 1:
            return y - self.bottom, x - self.left
        if self.turn == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x


def read_glyphs(text: int, frame: Frame) -> tuple[Glyphs, list[int], bool]:
    """What an open text page holds, the object of each piece, and whether it was cut short."""
    everything = max(int(call.count_chars(text)), 0)
    number = min(everything, MAX_GLYPHS_PER_PAGE)
    pointer = ctypes.c_void_p(text)
    owners = np.fromiter(map(call.char_object, repeat(pointer, number), range(number)), np.int64, number)
    own = np.flatnonzero(owners)  # the others are spaces and line ends that PDFium makes up
    if not len(own):
        return nothing(), [], everything > number
    indexes: list[int] = own.tolist()
    count = len(indexes)
    code = np.fromiter(map(call.char_code, repeat(pointer, count), indexes), np.int64, count)
    for stand_in in _LINE_END_HYPHENS:
        code[code == stand_in] = HYPHEN
    box, pen = _boxes(text, indexes, frame)
    handles, first, piece = np.unique(owners[own], return_index=True, return_inverse=True)
    pieces = _pieces(text, handles.tolist(), own[first].tolist(), frame)
    _measure(text, code, own, piece.reshape(-1), pieces, pen)
    glyphs = Glyphs(code=code, box=box, pen=pen, piece=piece.reshape(-1), pieces=pieces)
    return glyphs, handles.tolist(), everything > number


def _boxes(text: int, indexes: list[int], frame: Frame) -> tuple[Floats, Floats]:
    count = len(indexes)
    sides, pens = np.zeros((count, 4), np.float32), np.zeros((count, 2), np.float64)
    at, pen_at = sides.ctypes.data, pens.ctypes.data
    sum(map(call.char_box, repeat(text, count), indexes, range(at, at + 16 * count, 16)))
    end = pen_at + 16 * count
    sum(map(call.char_pen, repeat(text, count), indexes, range(pen_at, end, 16), range(pen_at + 8, end + 8, 16)))
    np.nan_to_num(sides, copy=False, posinf=1e6, neginf=-1e6)
    np.nan_to_num(pens, copy=False, posinf=1e6, neginf=-1e6)
    x0, y0 = frame.placed(sides[:, 0], sides[:, 1])  # FS_RECTF: left, top, right, bottom
    x1, y1 = frame.placed(sides[:, 2], sides[:, 3])
    box = np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)
    return box.astype(np.float64), np.stack(frame.placed(pens[:, 0], pens[:, 1]), axis=1)


def _pieces(text: int, handles: list[int], firsts: list[int], frame: Frame) -> Pieces:
    count = len(handles)
    matrices = np.zeros((count, 6), np.float32)
    at = matrices.ctypes.data
    sum(map(call.char_matrix, repeat(text, count), firsts, range(at, at + 24 * count, 24)))
    np.nan_to_num(matrices, copy=False)
    points = np.abs(np.fromiter(map(call.char_size, repeat(text, count), firsts), np.float64, count))
    a, b, c, d = (matrices[:, column].astype(np.float64) for column in range(4))
    angle = -np.arctan2(b, a) + frame.turn * (math.pi / 2)  # clockwise, as the page is shown
    quarters = np.round(angle / (math.pi / 2))
    turn = np.where(np.abs(angle - quarters * (math.pi / 2)) < 0.1, quarters % 4, SLANTED).astype(np.int64)
    mode = np.fromiter(map(call.text_mode, handles), np.int64, count)
    fonts = list(map(call.text_font, handles))
    numbers = {font: at for at, font in enumerate(dict.fromkeys(fonts))}
    known = {font: _font(font) for font in dict.fromkeys(fonts)}
    return Pieces(
        size=points * np.hypot(c, d),
        stretch=points * np.hypot(a, b),
        mode=mode,
        colour=_colours(handles, mode),
        turn=turn,
        angle=angle,
        drawn=np.arange(count),
        font=np.array([numbers[font] for font in fonts], np.int64),
        bold=np.array([known[font][0] for font in fonts], bool),
        embedded=np.array([known[font][1] for font in fonts], bool),
    )


def told(glyphs: Glyphs, row: int, said: str) -> Glyphs:
    """The glyphs of one piece with the letters they are said to be, if they have none and there are about as many."""
    at = np.flatnonzero(glyphs.piece == row)
    if not len(at) or not is_unreadable(glyphs.code[at]).all() or not 0 < len(said) <= _LIGATURE * len(at):
        return glyphs
    times = np.ones(len(glyphs), np.int64)
    share = np.diff(np.linspace(0, len(said), len(at) + 1).astype(np.int64))
    times[at] = share
    order = np.repeat(np.arange(len(glyphs)), times)
    code = glyphs.code[order]
    code[glyphs.piece[order] == row] = [ord(letter) for letter in said]
    spread = glyphs.only(order)
    return Glyphs(code=code, box=spread.box, pen=spread.pen, piece=spread.piece, pieces=spread.pieces)


def _measure(text: int, code: Ints, own: Ints, piece: Ints, pieces: Pieces, pen: Floats) -> None:
    """Mend the sizes of fonts whose letters are much larger or smaller than their stated size, as Type 3 fonts may be.

    A few letters of each font are measured: ordinary ones are 0.4 to 1 of the stated size high.
    """
    letters = np.flatnonzero(is_letter(code) & (pieces.size[piece] > 0))
    fonts = pieces.font[piece[letters]]
    sides = (ctypes.c_double * 4)()
    start = ctypes.addressof(sides)
    for font in np.unique(fonts).tolist():
        highest = 0.0
        if (fonts == font).sum() < 3:
            continue
        for at in letters[fonts == font][:_MEASURED].tolist():
            if call.char_tight(text, int(own[at]), start, start + 8, start + 16, start + 24):
                across, up = abs(sides[1] - sides[0]), abs(sides[3] - sides[2])
                highest = max(highest, (max(across, up) if pieces.turn[piece[at]] != 0 else up) / float(pieces.size[piece[at]]))
        # Letters of a font that is not in the file are those of another, or none.
        shrunk = 0 < highest < _LOWEST and bool(pieces.embedded[pieces.font == font].all())
        if (highest > _TALLEST and _pace(letters[fonts == font], piece, pieces, pen) > _PACE) or shrunk:
            pieces.size[pieces.font == font] *= highest / _USUAL
            pieces.stretch[pieces.font == font] *= highest / _USUAL


def _pace(at: Ints, piece: Ints, pieces: Pieces, pen: Floats) -> float:
    """How far the pen moves from letter to letter, as a share of the stated size; 0.5 is usual."""
    one, two = at[:-1][np.diff(at) == 1], at[1:][np.diff(at) == 1]
    one, two = one[piece[one] == piece[two]], two[piece[one] == piece[two]]
    if not len(one):
        return 0.0
    return float(np.median(np.abs(pen[two] - pen[one]).max(axis=1) / pieces.size[piece[one]]))


def _font(font: int | None) -> tuple[bool, bool]:
    """Is it bold by its name (stated weights are mostly made up), and are its shapes in the file?"""
    if not font:
        return False, False
    buffer = ctypes.create_string_buffer(256)
    call.font_name(font, ctypes.addressof(buffer), 255)
    name = buffer.value.decode("latin-1").lower()
    heavy = any(word in name for word in ("bold", "black", "heavy", "semibd", "demi", "cmbx", "sfbx"))
    return heavy, int(call.font_embedded(font)) == 1


def _colours(handles: list[int], mode: Ints) -> Ints:
    """What each piece is painted with: its fill, or its line where only lines are drawn."""
    count = len(handles)
    numbers = np.zeros((count, 4), np.uint32)
    at = numbers.ctypes.data
    starts = range(at, at + 16 * count, 16)
    if ((mode == 1) | (mode == 5)).any():  # only lines are drawn
        asked = [call.stroke if kind in (1, 5) else call.fill for kind in mode.tolist()]
        known = [ask(handle, s, s + 4, s + 8, s + 12) for ask, handle, s in zip(asked, handles, starts, strict=True)]
    else:
        known = list(map(call.fill, handles, starts, *(range(at + step, at + step + 16 * count, 16) for step in (4, 8, 12))))
    colours = np.minimum(numbers, 255).astype(np.int64)
    colours[np.array(known) == 0, 0] = UNKNOWN
    return colours


def nothing() -> Glyphs:
    none, flags, ints = np.zeros(0), np.zeros(0, bool), np.zeros(0, np.int64)
    pieces = Pieces(
        size=none,
        stretch=none,
        drawn=ints,
        font=ints,
        mode=ints,
        colour=np.zeros((0, 4), np.int64),
        turn=ints,
        angle=none,
        bold=flags,
        embedded=flags,
    )
    return Glyphs(code=ints, box=np.zeros((0, 4)), pen=np.zeros((0, 2)), piece=ints, pieces=pieces)
