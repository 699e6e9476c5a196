"""Tells which glyphs people can't see from size, place and paint alone, without a picture of the page."""

from __future__ import annotations

import numpy as np

from dlmatch.reading.ink import NO_PAINT, ONE_SIGN, OUTSIDE, SEE_THROUGH, SMALL
from dlmatch.reading.page import CLIP, INVISIBLE, SLANTED, UNKNOWN, Flags, Glyphs, Ints, is_blank, is_letter
from dlmatch.reading.visible import MIN_POINTS

# Pages smaller than this (points, longer side) are shown enlarged, so that smaller letters can be read on them.
_PAGE_OF_FULL_SIZE = 420.0
_LEAST_ENLARGED = 0.3  # a page smaller than a name card is a speck among others
# The shorter side of the largest paper (A0). Larger pages are shown smaller, letters and all.
_LARGEST_SHEET = 2_384.0
# Letters that one sign may stand for: ligatures have three.
_OF_ONE_SIGN = 4
# A letter whose widest box is less than this share of its height is scaled to nothing.
_THINNEST = 0.1


def by_rule(glyphs: Glyphs, width: float, height: float) -> Ints:
    """What size, place, render mode and transparency say; colours and ink come later."""
    pieces, box = glyphs.pieces, glyphs.box
    why = np.zeros(len(glyphs), np.int64)
    x, y = (box[:, 0] + box[:, 2]) / 2, (box[:, 1] + box[:, 3]) / 2
    small, large = max(width, height) / _PAGE_OF_FULL_SIZE, min(width, height) / _LARGEST_SHEET
    least = MIN_POINTS * max(min(1.0, max(small, _LEAST_ENLARGED)), large)
    clear = (pieces.colour[:, 3] == 0) & (pieces.colour[:, 0] != UNKNOWN)
    why[clear[glyphs.piece]] = SEE_THROUGH
    mode = pieces.mode[glyphs.piece]
    why[(mode == INVISIBLE) | (mode == CLIP)] = NO_PAINT
    why[(x < 0) | (y < 0) | (x > width) | (y > height)] = OUTSIDE
    why[_said_of_one(glyphs)] = ONE_SIGN
    # Rounded: a size of 4 that comes out of a matrix as 3.9999 is 4.
    why[(np.round(pieces.size, 2) < least)[glyphs.piece] | _squashed(glyphs)[glyphs.piece]] = SMALL
    return why


def _said_of_one(glyphs: Glyphs) -> Flags:
    """Letters that stand in one place with more others of their piece than a ligature has: a font says so of one sign."""
    same = (np.diff(glyphs.piece) == 0) & (np.abs(np.diff(glyphs.pen, axis=0)).max(axis=1, initial=0) < 1e-4)
    if not same.any():
        return np.zeros(len(glyphs), bool)
    run = np.concatenate([[0], np.cumsum(~same)])
    counted = np.bincount(run, weights=_single(glyphs.code))
    return np.asarray(counted[run] > _OF_ONE_SIGN, bool)


def _single(codes: Ints) -> Flags:
    """Letters of which few make one sign: not accents, kana or the scripts whose syllables or words are one sign."""
    piled = (codes >= 0x300) & (codes < 0x370) | (codes >= 0x590) & (codes < 0x1E00) | (codes >= 0x3040) & (codes < 0x3100)
    return np.asarray(is_letter(codes) & ~piled, bool)


def _squashed(glyphs: Glyphs) -> Flags:
    """Pieces whose letters have hardly any width."""
    turn = glyphs.pieces.turn
    upright = ((turn == 0) | (turn == 2))[glyphs.piece]
    wide = np.where(upright, glyphs.box[:, 2] - glyphs.box[:, 0], glyphs.box[:, 3] - glyphs.box[:, 1])
    widest = np.zeros(len(glyphs.pieces.size))
    letters = ~is_blank(glyphs.code)
    np.maximum.at(widest, glyphs.piece[letters], wide[letters])
    has = np.zeros(len(widest), bool)
    has[glyphs.piece[letters]] = True
    straight = glyphs.pieces.turn != SLANTED
    thin = (widest < _THINNEST * glyphs.pieces.size) & (glyphs.pieces.stretch < 0.5 * glyphs.pieces.size)
    return np.asarray(has & straight & (thin | (glyphs.pieces.stretch < 0.05 * glyphs.pieces.size)), bool)
