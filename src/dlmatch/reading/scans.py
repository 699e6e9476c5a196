"""Tells text that an OCR program laid over a scan from text that is hidden on a picture."""

from __future__ import annotations

import numpy as np

from dlmatch.reading.ink import brightness, inside, sampled, texture
from dlmatch.reading.page import INVISIBLE, Flags, Floats, Glyphs, Picture, is_blank, is_letter

# Images must cover this share of the page to be a scan whatever is on them.
_SCAN_SHARE = 0.3
# Letters make the picture of a page so much livelier than its bare places.
_LIVELIER = 1.5
_ONE_TONE = 3.0


def recognised(
    glyphs: Glyphs, images: list[tuple[float, float, float, float]], page: tuple[float, float], picture: Picture
) -> Flags:
    """Glyphs without paint that an OCR program laid over a scan.

    They lie on an image. Where the image shows letters under most of them, those with nothing under them are not of the
    scan. Where it shows none, it is taken for a scan too poor to tell, unless it is blank paper or a small photograph.
    """
    candidates = (glyphs.pieces.mode == INVISIBLE)[glyphs.piece] & ~is_blank(glyphs.code)
    none = np.zeros(len(glyphs), bool)
    if not candidates.any() or not images:
        return none
    over, covered = _over_images(glyphs, images, page)
    candidates &= over
    painted = (glyphs.pieces.mode != INVISIBLE)[glyphs.piece] & is_letter(glyphs.code) & over  # and no nameless shapes of a scan
    if not candidates.any() or painted.sum() >= candidates.sum():  # a background under painted text is no scan
        return none
    scale = (picture.shape[1] / page[0], picture.shape[0] / page[1])
    shapes = texture(_widened(glyphs), picture, scale, faint=True)
    if shapes[candidates].mean() >= 0.5 and not _stands_out(glyphs, candidates, images, page, picture, scale):
        return none
    if shapes[candidates].mean() >= 0.5:
        return (
            candidates & _by_line(shapes, candidates, glyphs)
            if covered >= _SCAN_SHARE or _on_paper(glyphs.box[candidates], picture, scale)
            else none
        )
    return none if _blank(glyphs.box[candidates], picture, scale) else candidates


def _stands_out(
    glyphs: Glyphs, at: Flags, images: list[tuple[float, float, float, float]], page: tuple[float, float], picture: Picture,
    scale: tuple[float, float],
) -> bool:  # fmt: skip
    """Is the image livelier under these glyphs than where it lies bare? Paper is; a photograph or a grain is not."""
    box = glyphs.box[at]
    wide, high = np.median(box[:, 2] - box[:, 0]) + 1, np.median(box[:, 3] - box[:, 1]) + 1
    x, y = np.meshgrid(np.arange(0, page[0] - wide, wide * 2), np.arange(0, page[1] - high, high))
    bare = np.stack([x.ravel(), y.ravel(), x.ravel() + wide, y.ravel() + high], axis=1)[:20_000]
    middle = (bare[:, :2] + bare[:, 2:]) / 2
    on_image = np.zeros(len(bare), bool)
    for x0, top, x1, bottom in images[:200]:
        on_image |= (middle[:, 0] > x0) & (middle[:, 0] < x1) & (middle[:, 1] > top) & (middle[:, 1] < bottom)
    lines = np.unique(np.round((box[:, 1] + box[:, 3]) / 2))
    near = np.searchsorted(lines, middle[:, 1])
    gap = np.minimum(
        np.abs(lines[np.clip(near, 0, len(lines) - 1)] - middle[:, 1]),
        np.abs(lines[np.clip(near - 1, 0, len(lines) - 1)] - middle[:, 1]),
    )
    bare = bare[on_image & (gap > 1.2 * high)]
    if len(bare) < 20:
        return True
    lively = _spread(_widened(glyphs)[at], picture, scale)
    return bool(np.median(lively) > _LIVELIER * np.percentile(_spread(bare, picture, scale), 25))


def _spread(box: Floats, picture: Picture, scale: tuple[float, float]) -> Floats:
    return np.asarray(sampled(box, picture, scale).std(axis=1))


def _under(box: Floats, picture: Picture, scale: tuple[float, float]) -> Floats:
    """How bright the picture is in the hull of these boxes."""
    x0, top = inside(box[:, :2].min(axis=0) * scale, 1_000_000)
    x1, bottom = inside(box[:, 2:].max(axis=0) * scale, 1_000_000)
    return brightness(picture[top : max(bottom, top + 1), x0 : max(x1, x0 + 1)])


def _on_paper(box: Floats, picture: Picture, scale: tuple[float, float]) -> bool:
    """Is one bright tone under most of it, as paper is, and not the many tones of a photograph?"""
    bright = _under(box, picture, scale)
    if not bright.size:
        return False
    return bool((np.abs(bright - np.percentile(bright, 85)) < 25).mean() > 0.6)


def _blank(box: Floats, picture: Picture, scale: tuple[float, float]) -> bool:
    """Is it of one tone all over?"""
    bright = _under(box, picture, scale)
    return not bright.size or bool(bright.min() > 240) or bool(bright.std() < _ONE_TONE)


def _over_images(
    glyphs: Glyphs, images: list[tuple[float, float, float, float]], page: tuple[float, float]
) -> tuple[Flags, float]:
    """Which glyphs lie on an image, and the share of the page that images cover; counted on a grid of points."""
    rows, columns = (max(1, int(side) // 4) for side in (page[1], page[0]))
    grid = np.zeros((rows, columns), bool)
    for x0, top, x1, bottom in images[:2000]:
        left, right = (int(np.clip(value / page[0] * columns, 0, columns)) for value in (x0, x1))
        upper, lower = (int(np.clip(value / page[1] * rows, 0, rows)) for value in (top, bottom))
        grid[upper : max(lower, upper + 1), left : max(right, left + 1)] = True
    x, y = (glyphs.box[:, 0] + glyphs.box[:, 2]) / 2, (glyphs.box[:, 1] + glyphs.box[:, 3]) / 2
    over = grid[inside(y / page[1] * rows, rows), inside(x / page[0] * columns, columns)]
    return np.asarray(over, bool), float(grid.mean())


def _by_line(flags: Flags, asked: Flags, glyphs: Glyphs) -> Flags:
    """Each line as a good part of it: OCR often places the letters of a line too wide or too narrow."""
    at = np.flatnonzero(asked)
    at = at[np.argsort(glyphs.pen[at, 1], kind="stable")]
    level = glyphs.pen[at, 1]
    starts = np.diff(level, prepend=level[:1]) > 0.25 * np.maximum(glyphs.pieces.size[glyphs.piece[at]], 1)
    line = np.cumsum(starts)
    count = np.bincount(line)
    yes = np.bincount(line, weights=flags[at].astype(np.float64))
    settled = np.zeros(len(glyphs), bool)
    settled[at] = (yes * 3 >= count)[line]
    return settled


def _widened(glyphs: Glyphs) -> Floats:
    """Boxes half a letter larger: OCR places its letters roughly."""
    return np.asarray(glyphs.box + 0.5 * glyphs.pieces.size[glyphs.piece][:, None] * np.array([-1, -1, 1, 1]))
