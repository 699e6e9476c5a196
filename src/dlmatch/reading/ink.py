"""Tells which glyphs of a page people can see, from how they are drawn and from pictures with and without the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from dlmatch.reading.page import UNKNOWN, Flags, Floats, Glyphs, Ints, Picture, is_blank, is_letter
from dlmatch.reading.visible import MIN_CONTRAST, MIN_POINTS

SEEN, SMALL, OUTSIDE, NO_PAINT, SEE_THROUGH, SAME_COLOUR, NO_INK, ONE_SIGN = range(8)
WHY = {
    SMALL: f"its letters are under {MIN_POINTS:g} points",
    OUTSIDE: "it lies outside the page",
    NO_PAINT: "it is drawn without paint",
    SEE_THROUGH: "it is transparent",
    SAME_COLOUR: "it has the colour of the ground",
    ONE_SIGN: "one sign is said to stand for all of it",
    NO_INK: "it leaves no ink: covered, clipped or in a layer that is off",
}
# Text of fewer letters, or in smaller ones (points), is not asked how much of its height shows.
_LETTERS_OF_SLIVER, _MEASURED_SIZE = 3, 7.0
# Colours this far apart in one channel (of 255) can be told apart although they are equally bright: yellow on white.
_HUE_APART = 110
_WHITE = 0xFFFFFFFF  # a pixel of paper
# Differences (of 255) that ink makes in a picture: the faintest that MIN_CONTRAST allows fills a pixel with about 29.
_INK = 18
PLAIN_INK = 40  # what strokes leave that are clearly not in the pale colour that a PDF names for them
# Mean likeness of letters to the shapes under them above which they repeat them. Browsers' thickened letters reach 0.85
# and more; letters laid over other letters stay under 0.35.
_ECHO = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """For each glyph why it can't be seen (SEEN: it can), and whether it is text recognised in a scan."""

    why: Ints
    scanned: Flags


def same_colour(glyphs: Glyphs, ground: Picture, scale: tuple[float, float]) -> Flags:
    """Glyphs painted in the colour of what lies under them, or so thinly that nothing shows."""
    colours = glyphs.pieces.colour.astype(np.float64)
    known, opaque = colours[:, 0] != UNKNOWN, colours[:, 3] == 255
    plain = (known & opaque & (_brightness(colours[:, :3]) < 0.5))[glyphs.piece]  # dark enough for any light ground
    told = np.zeros(len(glyphs), bool)
    light = ground.reshape(-1, 4).view(np.uint32)[:, 0].reshape(ground.shape[:2])
    for across, down in ((0.5, 0.5), (0.15, 0.3), (0.85, 0.3), (0.15, 0.7), (0.85, 0.7)):
        at = np.flatnonzero(~told)
        if not len(at):
            break
        box = glyphs.box[at]
        x = inside((box[:, 0] + across * (box[:, 2] - box[:, 0])) * scale[0], ground.shape[1])
        y = inside((box[:, 1] + down * (box[:, 3] - box[:, 1])) * scale[1], ground.shape[0])
        sure = plain[at] & (light[y, x] == _WHITE)
        told[at[sure]] = True
        at, x, y = at[~sure], x[~sure], y[~sure]
        colour = colours[glyphs.piece[at]]
        alpha = colour[:, 3:4] / 255
        under = ground[y, x, 2::-1].astype(np.float64)
        told[at] = _told_apart(colour[:, :3] * alpha + under * (1 - alpha), under)
    return np.asarray(known[glyphs.piece] & ~told, bool)


def _told_apart(one: Floats, other: Floats) -> Flags:
    brighter, darker = _brightness(one), _brightness(other)
    brighter, darker = np.maximum(brighter, darker), np.minimum(brighter, darker)
    apart = (brighter + 0.05) / (darker + 0.05) >= MIN_CONTRAST
    return np.asarray(apart | (np.abs(one - other).max(axis=1) >= _HUE_APART), bool)


_LINEAR = np.array([v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in (level / 255 for level in range(256))])


def _brightness(colours: Floats) -> Floats:
    """Relative luminance as WCAG defines it."""
    linear = _LINEAR[np.clip(np.round(colours), 0, 255).astype(np.int64)]
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def inside(positions: Floats, size: int) -> Ints:
    return np.clip(positions, 0, size - 1).astype(np.int64)


def inked(one: Picture, other: Picture, box: Floats, scale: tuple[float, float]) -> Flags:
    """Boxes in which two pictures differ at some points: quick, and fails only where strokes are very thin."""
    apart = differing(one, other)
    found = _any_of(apart, box, scale, 4, 4)
    rest = np.flatnonzero(~found)
    if len(rest):
        found[rest] = _any_of(apart, box[rest], scale, 7, 11)
    return found


def differing(one: Picture, other: Picture) -> Flags:
    """The pixels in which two pictures differ as much as ink makes them differ."""
    first, second = (np.ascontiguousarray(picture).reshape(-1, 4) for picture in (one, other))
    at = np.flatnonzero(first.view(np.uint32)[:, 0] != second.view(np.uint32)[:, 0])
    a, b = first[at], second[at]
    strong = np.maximum(a, b) - np.minimum(a, b) >= _INK
    apart = np.zeros(len(first), bool)
    apart[at] = strong.view(np.uint32)[:, 0] != 0  # in one of the four bytes
    return apart.reshape(one.shape[:2])


def _any_of(flags: Flags, box: Floats, scale: tuple[float, float], across: int, down: int) -> Flags:
    """Boxes in which a pixel is flagged, of a grid of points."""
    x = inside(_between(box[:, 0], box[:, 2], across) * scale[0], flags.shape[1])
    y = inside(_between(box[:, 1], box[:, 3], down) * scale[1], flags.shape[0])
    at = (y[:, :, None] * flags.shape[1] + x[:, None, :]).reshape(len(box), across * down)
    return np.asarray(flags.reshape(-1).take(at).any(axis=1), bool)


def _between(low: Floats, high: Floats, count: int) -> Floats:
    return low[:, None] + (high - low)[:, None] * ((np.arange(count) + 0.5) / count)


class Ink:
    """Where two pictures of a page differ, ready to be asked for any box."""

    def __init__(
        self,
        one: Picture,
        other: Picture,
        scale: tuple[float, float],
        corner: tuple[float, float] = (0.0, 0.0),
        least: int = _INK,
    ) -> None:
        first, second = (np.ascontiguousarray(picture).view(np.uint32)[:, :, 0] for picture in (one, other))
        rows, columns = np.nonzero(first != second)
        apart = np.abs(one[rows, columns, :3].astype(np.int16) - other[rows, columns, :3].astype(np.int16)).max(axis=1, initial=0)
        strong = np.zeros(first.shape, np.int32)
        strong[rows[apart >= least], columns[apart >= least]] = 1
        self._sums = summed(strong)
        self._scale = scale
        self._corner = np.array([*corner, *corner])

    def within(self, box: Floats) -> Ints:
        """How many pixels of each box differ."""
        return np.asarray(summed_in(self._sums, box - self._corner, self._scale), np.int64)


def summed(values: Any) -> Any:
    """Sums over everything above and left of each point."""
    table = np.zeros((values.shape[0] + 1, values.shape[1] + 1), values.dtype)
    np.cumsum(np.cumsum(values, axis=1, out=table[1:, 1:]), axis=0, out=table[1:, 1:])
    return table


def summed_in(table: Any, box: Floats, scale: tuple[float, float]) -> Any:
    """The sum over each box, from such a table; at least one pixel."""
    height, width = table.shape[0] - 1, table.shape[1] - 1
    left = np.clip(np.round(box[:, 0] * scale[0]), 0, max(width - 1, 0)).astype(np.int64)
    right = np.clip(np.maximum(np.round(box[:, 2] * scale[0]), left + 1), 0, width).astype(np.int64)
    top = np.clip(np.round(box[:, 1] * scale[1]), 0, max(height - 1, 0)).astype(np.int64)
    bottom = np.clip(np.maximum(np.round(box[:, 3] * scale[1]), top + 1), 0, height).astype(np.int64)
    return table[bottom, right] - table[top, right] - table[bottom, left] + table[top, left]


def brightness(picture: Picture) -> Floats:
    """0 to 255, roughly as eyes weigh colours."""
    blue, green, red = (picture[:, :, channel].astype(np.float64) for channel in range(3))
    return 0.1 * blue + 0.6 * green + 0.3 * red


def texture(box: Floats, picture: Picture, scale: tuple[float, float], faint: bool = False) -> Flags:
    """Boxes in which the picture shows some shape: light and dark, as letters do."""
    sample = sampled(box, picture, scale)
    return np.asarray(sample.std(axis=1) > (8.0 if faint else 15.0), bool)


def sampled(box: Floats, picture: Picture, scale: tuple[float, float]) -> Floats:
    """How bright the picture is at a grid of points of each box; green stands for brightness, of which it is most."""
    x = inside(_between(box[:, 0], box[:, 2], 8) * scale[0], picture.shape[1])
    y = inside(_between(box[:, 1], box[:, 3], 12) * scale[1], picture.shape[0])
    at = (y[:, :, None] * picture.shape[1] + x[:, None, :]).reshape(len(box), 96)
    return np.asarray(picture.reshape(-1, 4)[:, 1][at], np.float32)


def likeness(one: Picture, other: Picture, box: Floats, scale: tuple[float, float]) -> Floats:
    """How alike two pictures are in each box, whatever their colours: correlation of brightness, 0 to 1."""
    a, b = sampled(box, one, scale), sampled(box, other, scale)
    a -= a.mean(axis=1, keepdims=True)
    b -= b.mean(axis=1, keepdims=True)
    spread = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))
    return np.asarray(np.abs((a * b).sum(axis=1)) / np.maximum(spread, 100.0))


def slivers(glyphs: Glyphs, why: Ints, marked: Flags, scale: tuple[float, float], bands: int, most: int) -> Ints:
    """Pieces of level text that show ink in so few of the bands of their height that no letter can be read."""
    large = (glyphs.pieces.turn == 0) & (glyphs.pieces.size >= _MEASURED_SIZE)
    letters = np.flatnonzero((why == SEEN) & is_letter(glyphs.code) & large[glyphs.piece] & (glyphs.code < 0x530))
    # Some fonts draw their letters elsewhere than on the line; their bands would be those of other text.
    above = glyphs.pen[letters, 1] - (glyphs.box[letters, 1] + glyphs.box[letters, 3]) / 2
    letters = letters[(above > 0) & (above < 0.75 * glyphs.pieces.size[glyphs.piece[letters]])]
    piece = glyphs.piece[letters]
    counts = np.bincount(piece, minlength=len(large))
    letters = letters[counts[piece] >= _LETTERS_OF_SLIVER]
    if not len(letters):
        return np.zeros(0, np.int64)
    piece, size, pen = glyphs.piece[letters], glyphs.pieces.size[glyphs.piece[letters]], glyphs.pen[letters, 1]
    table = summed(marked.astype(np.int32))
    shown = np.zeros(len(large), np.int64)
    for band in range(bands):
        upper, lower = 0.75 * (1 - band / bands), 0.75 * (1 - (band + 1) / bands)
        box = np.stack([glyphs.box[letters, 0], pen - upper * size, glyphs.box[letters, 2], pen - lower * size], axis=1)
        shown += np.bincount(piece, weights=summed_in(table, box, scale) > 0, minlength=len(large)) > 0
    return np.flatnonzero((np.bincount(piece, minlength=len(large)) > 0) & (shown <= most))


def echoed(alike: Floats, letters: Flags) -> Flags:
    """Glyphs that repeat drawn shapes: one likeness may be chance, those of the letters around it are not."""
    values = np.where(letters, alike, 0.0)
    totals, numbers = (np.concatenate([[0.0], np.cumsum(counted)]) for counted in (values, letters.astype(np.float64)))
    low, high = np.maximum(np.arange(len(alike)) - 5, 0), np.minimum(np.arange(len(alike)) + 6, len(alike))
    return np.asarray((totals[high] - totals[low]) / np.maximum(numbers[high] - numbers[low], 1) > _ECHO, bool)


def settle(why: Ints, glyphs: Glyphs) -> Ints:
    """Let letters decide where ink is asked for: signs and spaces go with their neighbours, and so do single letters."""
    if not (why == NO_INK).any():
        return why
    settled = why.copy()
    letter = is_letter(glyphs.code)
    decides = letter | (why != NO_INK) & ~is_blank(glyphs.code)
    alone = np.zeros(len(why), bool)
    same = glyphs.piece[1:] == glyphs.piece[:-1]
    alone[1:-1] = (why[1:-1] == NO_INK) & (why[:-2] == SEEN) & (why[2:] == SEEN) & same[:-1] & same[1:]
    settled[alone] = SEEN
    last = np.maximum.accumulate(np.where(decides, np.arange(len(why)), -1))
    follows = ~decides & (last >= 0)
    follows[follows] = glyphs.piece[last[follows]] == glyphs.piece[follows]
    settled[follows] = settled[last[follows]]
    orphan = ~decides & ~follows  # before the first letter of its piece, or in a piece without letters
    following = np.minimum.accumulate(np.where(decides, np.arange(len(why)), len(why))[::-1])[::-1]
    orphan &= following < len(why)
    orphan[orphan] = glyphs.piece[following[orphan]] == glyphs.piece[orphan]
    settled[orphan] = settled[following[orphan]]
    return settled


def cores(glyphs: Glyphs) -> Floats:
    """The middle of each glyph's box, where its own strokes are and its neighbours' are not."""
    box, size = glyphs.box, glyphs.pieces.size[glyphs.piece]
    wide, high = box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]
    core = np.stack([box[:, 0] + 0.2 * wide, box[:, 1] + 0.2 * high, box[:, 2] - 0.2 * wide, box[:, 3] - 0.2 * high], axis=1)
    # Some fonts state wrong heights; the zone of small letters above the baseline is surer.
    level = (glyphs.pieces.turn == 0)[glyphs.piece] & ((high > 2 * size) | (high < 0.5 * size)) & (size > 0)
    core[level, 1] = glyphs.pen[level, 1] - 0.55 * size[level]
    core[level, 3] = glyphs.pen[level, 1] - 0.02 * size[level]
    sign = ~is_letter(glyphs.code)  # dots and quotes stand at the edge of their boxes
    core[sign] = box[sign]
    return core


def overlapping(glyphs: Glyphs, why: Ints) -> tuple[Ints, Ints]:
    """Pieces whose letters stand on other letters of other pieces: (the lower ones, the upper ones).

    Ink in the box of such a letter may be that of the other. Equal letters in one place are fake bold.
    """
    at = np.flatnonzero((why == SEEN) & ~is_blank(glyphs.code))
    x, y = (glyphs.box[at, 0] + glyphs.box[at, 2]) / 2, (glyphs.box[at, 1] + glyphs.box[at, 3]) / 2
    wide, piece, code = glyphs.box[at, 2] - glyphs.box[at, 0], glyphs.piece[at], glyphs.code[at]
    size = glyphs.pieces.size[piece]
    pairs: list[Ints] = []
    for phase in (0.0, 3.0):
        order = np.lexsort((x, np.floor((y + phase) / 6)))
        for step in (1, 2):
            one, two = order[:-step], order[step:]
            near = np.abs(x[one] - x[two]) < 0.35 * np.minimum(np.maximum(wide[one], wide[two]), size[one])
            near &= (np.abs(y[one] - y[two]) < 0.4 * np.minimum(size[one], size[two])) & (piece[one] != piece[two])
            near &= code[one] != code[two]
            pairs.append(np.stack([at[one[near]], at[two[near]]]))
    if not pairs:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    both = np.concatenate(pairs, axis=1)
    return np.unique(glyphs.piece[both.min(axis=0)]), np.unique(glyphs.piece[both.max(axis=0)])
