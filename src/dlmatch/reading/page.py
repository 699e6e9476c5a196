"""What an engine says of one page: its glyphs as parallel arrays, the pieces they were drawn in, and its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]
Picture = NDArray[np.uint8]  # rows, columns, four bytes a pixel: blue, green, red, and one that means nothing

FILL, INVISIBLE, CLIP = 0, 3, 7  # text render modes of PDF that matter here
SLANTED = 4  # the turn of text that runs neither along nor across the page
UNKNOWN = -1  # a colour that can't be said: a pattern, a shading


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pieces:
    """One row a text object: what all glyphs drawn by one operator share."""

    size: Floats  # height of the letters in points, after all scaling
    stretch: Floats  # the same along the line
    mode: Ints  # text render mode
    colour: Ints  # (rows, 4): red, green, blue, alpha of what is painted; red is UNKNOWN for patterns
    turn: Ints  # quarter turns clockwise, or SLANTED
    angle: Floats  # in radians, for slanted text
    drawn: Ints  # when it was drawn: PDFium puts the pieces of one line in another order
    font: Ints  # a number for each font of the page
    bold: Flags
    embedded: Flags  # the font's shapes are in the file


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Glyphs:
    """One entry a glyph, in the order of drawing. Coordinates are points from the upper left corner of the shown page."""

    code: Ints
    box: Floats  # (glyphs, 4): x0, top, x1, bottom; along the line as wide as the pen moves
    pen: Floats  # (glyphs, 2): where the pen stood: x, y of the baseline
    piece: Ints  # row of `pieces`
    pieces: Pieces

    def __len__(self) -> int:
        return len(self.code)

    def only(self, chosen: Flags | Ints) -> Glyphs:
        """Some of the glyphs."""
        return Glyphs(
            code=self.code[chosen], box=self.box[chosen], pen=self.pen[chosen], piece=self.piece[chosen], pieces=self.pieces
        )

    def text(self) -> str:
        """The glyphs' letters in the order of drawing."""
        return letters(self.code)


def letters(codes: Ints) -> str:
    """Code points as text."""
    return "".join(map(chr, codes.tolist()))


BLANKS = (*range(1, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_BLANK = np.isin(np.arange(0x3002), BLANKS)  # by code point; the last stands for all beyond


def is_blank(codes: Ints) -> Flags:
    """Spaces of any width."""
    return np.asarray(_BLANK[np.minimum(codes, len(_BLANK) - 1)], bool)


def is_private(codes: Ints) -> Flags:
    """Code points that mean something only together with one font: icons, mostly."""
    return (codes >= 0xE000) & (codes <= 0xF8FF) | (codes >= 0xF0000)


def is_unreadable(codes: Ints) -> Flags:
    """No letter can be made of these."""
    unreadable = np.zeros(len(codes), bool)
    odd = np.flatnonzero((codes < 32) | (codes >= 0x7F))
    if len(odd):
        codes = codes[odd]
        surrogates = (codes >= 0xD800) & (codes < 0xE000)
        unreadable[odd] = (
            (codes < 32) & ~is_blank(codes)
            | (codes >= 0x7F) & (codes < 0xA0) & (codes != 0x85)
            | (codes >= 0xFFF9) & (codes <= 0xFFFF)
            | surrogates
        )
    return unreadable


def is_letter(codes: Ints) -> Flags:
    """Letters and digits, roughly: what is certain to leave ink."""
    ascii_letter = (codes >= 48) & (codes < 58) | (codes >= 65) & (codes < 91) | (codes >= 97) & (codes < 123)
    return np.asarray(ascii_letter | (codes >= 0xC0) & (codes < 0x2000) | (codes >= 0x2C00) & (codes < 0xE000), bool)
