"""Looks at one page with and without its text, and says of each glyph whether people can see it."""

from __future__ import annotations

import numpy as np

from dlmatch.reading.glyphrules import by_rule
from dlmatch.reading.ink import (
    NO_INK,
    NO_PAINT,
    PLAIN_INK,
    SAME_COLOUR,
    SEE_THROUGH,
    SEEN,
    Ink,
    Sight,
    cores,
    differing,
    echoed,
    inked,
    likeness,
    overlapping,
    same_colour,
    settle,
    slivers,
    texture,
)
from dlmatch.reading.page import CLIP, Flags, Glyphs, Ints, Picture, is_blank, is_letter
from dlmatch.reading.pdfium import Drawn, PdfPage
from dlmatch.reading.scans import recognised

# Pixels a point. The first look is coarse and quick: ink is ink. What shows none there is looked at again.
_COARSE, _FINE = 0.6, 3.0
_NEAR = 3.0  # points within which equal letters of two engines are one
_SCRIPTS_WITHOUT_FONT = 0x530


def look(page: PdfPage, glyphs: Glyphs, handles: list[int], drawn: Drawn) -> Sight:
    """`handles` are the text objects of the glyphs' pieces, or empty where the glyphs come from another engine."""
    why = by_rule(glyphs, page.width, page.height)
    scanned = np.zeros(len(glyphs), bool)
    if not len(glyphs):
        return Sight(why=why, scanned=scanned)
    with_text, without = _both(page, drawn.texts, _COARSE)
    scale = _scale(page, with_text)
    blank, core = is_blank(glyphs.code), cores(glyphs)
    alike = (why == SEEN) & same_colour(glyphs, without, scale)
    ink = np.zeros(len(glyphs), bool)
    asked = np.flatnonzero((why == SEEN) & ~blank)
    ink[asked] = inked(with_text, without, core[asked], scale)
    why[asked[~ink[asked]]] = NO_INK
    why[alike] = SAME_COLOUR
    if (alike & ink).any() and handles:
        why = _patterns(page, glyphs, handles, why, alike & ink)
    if ((why == NO_INK) & is_letter(glyphs.code)).any():
        why = _look_again(page, glyphs, drawn, why)
    why = _cut_to_slivers(page, glyphs, drawn, why, differing(with_text, without), scale)
    why = settle(_overlaps(page, glyphs, handles, why), glyphs)
    clipped = (glyphs.pieces.mode == CLIP)[glyphs.piece] & (why == NO_PAINT)
    if clipped.any():
        why[clipped & _cut_out(glyphs, with_text, scale, why)] = SEEN
    why = _echoes(page, glyphs, handles, drawn, why, without)
    scanned = recognised(glyphs, drawn.images, (page.width, page.height), with_text)
    why[scanned & (why == NO_PAINT)] = SEEN
    return Sight(why=why, scanned=scanned)


def _both(page: PdfPage, texts: list[int], zoom: float) -> tuple[Picture, Picture]:
    """The page with its text and without it."""
    with_text = page.picture(zoom)
    page.show(texts, False)
    without = page.picture(zoom)
    page.show(texts, True)
    return with_text, without


def _scale(page: PdfPage, picture: Picture) -> tuple[float, float]:
    return picture.shape[1] / max(page.width, 1e-6), picture.shape[0] / max(page.height, 1e-6)


def _look_again(page: PdfPage, glyphs: Glyphs, drawn: Drawn, why: Ints) -> Ints:
    """Hairlines and small letters leave faint ink in a coarse picture; ask a fine one of where they stand."""
    asked = (why == NO_INK) & ~is_blank(glyphs.code)
    box = cores(glyphs)
    hull = box[asked]
    area = (float(hull[:, 0].min()) - 4, float(hull[:, 1].min()) - 4, float(hull[:, 2].max()) + 4, float(hull[:, 3].max()) + 4)
    pixels = page.pixels(_FINE)
    scale = (pixels[0] / max(page.width, 1e-6), pixels[1] / max(page.height, 1e-6))
    corner = (max(int(area[0] * scale[0]), 0) / scale[0], max(int(area[1] * scale[1]), 0) / scale[1])
    with_text = page.picture(_FINE, area)
    page.show(drawn.texts, False)
    ink = Ink(with_text, page.picture(_FINE, area), scale, corner)
    page.show(drawn.texts, True)
    why = why.copy()
    why[asked & (ink.within(box) > 0)] = SEEN
    # The fonts that PDFium brings draw Latin, Greek and Cyrillic. Other scripts hang on the fonts of the machine, and a
    # reading must not: where their font is not in the file, ink says nothing and they count as seen.
    foreign = ~glyphs.pieces.embedded[glyphs.piece] & (glyphs.code >= _SCRIPTS_WITHOUT_FONT)
    why[foreign & (why == NO_INK)] = SEEN
    return why


def _cut_to_slivers(page: PdfPage, glyphs: Glyphs, drawn: Drawn, why: Ints, marked: Flags, scale: tuple[float, float]) -> Ints:
    """Text of whose letters only a thin strip shows, the rest being clipped or covered."""
    if not len(slivers(glyphs, why, marked, scale, 4, 1)):
        return why
    fine = page.picture(_FINE)
    page.show(drawn.texts, False)
    marked = differing(fine, page.picture(_FINE))
    page.show(drawn.texts, True)
    thin = slivers(glyphs, why, marked, _scale(page, fine), 12, 3)
    why = why.copy()
    why[np.isin(glyphs.piece, thin) & (why == SEEN)] = NO_INK
    return why


def _overlaps(page: PdfPage, glyphs: Glyphs, handles: list[int], why: Ints) -> Ints:
    """Letters over letters: take away the lower ones, then the upper ones, and see whether anything changes."""
    lower, upper = overlapping(glyphs, why)
    if not handles or not len(lower):
        return why
    core = cores(glyphs)
    everything = page.picture(_FINE / 2)
    scale = _scale(page, everything)
    for group in (lower, np.setdiff1d(upper, lower)):
        texts = [handles[piece] for piece in group.tolist()]
        page.show(texts, False)
        ink = Ink(everything, page.picture(_FINE / 2), scale).within(core) > 0
        page.show(texts, True)
        of_group = np.isin(glyphs.piece, group)
        why[of_group & (why == SEEN) & ~ink & ~is_blank(glyphs.code)] = NO_INK
    return why


def _echoes(page: PdfPage, glyphs: Glyphs, handles: list[int], drawn: Drawn, why: Ints, without: Picture) -> Ints:
    """Unseen letters laid exactly over drawn shapes of the same letters: browsers do so where they thicken a font."""
    unseen = (why == NO_PAINT) | (why == SEE_THROUGH) | (why == SAME_COLOUR) | (why == NO_INK)
    letters = unseen & is_letter(glyphs.code)
    if not handles or not letters.any():
        return why
    scale = _scale(page, without)
    if not texture(glyphs.box[letters], without, scale).any():
        return why
    texts = [handles[piece] for piece in np.unique(glyphs.piece[unseen]).tolist()]
    alike = np.zeros(len(glyphs))
    alike[letters] = likeness(page.silhouette(drawn, texts, _COARSE), without, glyphs.box[letters], scale)
    why = why.copy()
    why[unseen & echoed(alike, letters)] = SEEN
    return why


def _patterns(page: PdfPage, glyphs: Glyphs, handles: list[int], why: Ints, asked: Flags) -> Ints:
    """PDFium names a colour for letters painted with a pattern too. If the page changes without them, they are seen."""
    group = np.unique(glyphs.piece[asked])
    everything = page.picture(_FINE / 2)
    scale = _scale(page, everything)
    page.show([handles[piece] for piece in group.tolist()], False)
    ink = Ink(everything, page.picture(_FINE / 2), scale, least=PLAIN_INK).within(cores(glyphs)) > 0
    page.show([handles[piece] for piece in group.tolist()], True)
    why[asked & ink & ~_taken(glyphs, everything, scale, why)] = SEEN
    return why


def _cut_out(glyphs: Glyphs, picture: Picture, scale: tuple[float, float], why: Ints) -> Flags:
    """Letters that clip a picture or a colour run drawn after them: their shapes show, and no other letter is there."""
    return np.asarray(texture(glyphs.box, picture, scale) & ~_taken(glyphs, picture, scale, why), bool)


def _taken(glyphs: Glyphs, picture: Picture, scale: tuple[float, float], why: Ints) -> Flags:
    """Glyphs in whose middle some visible glyph stands."""
    height, width = picture.shape[0], picture.shape[1]
    taken = np.zeros((height, width), bool)
    stretched = np.maximum(glyphs.box, 0) * np.array([scale[0], scale[1], scale[0], scale[1]])
    for x0, top, x1, bottom in stretched[why == SEEN].astype(int).tolist():
        taken[top:bottom, x0:x1] = True
    x = np.clip((stretched[:, 0] + stretched[:, 2]) / 2, 0, width - 1).astype(int)
    y = np.clip((stretched[:, 1] + stretched[:, 3]) / 2, 0, height - 1).astype(int)
    return np.asarray(taken[y, x], bool)


def carried(known: Sight, of: Glyphs, own: Sight, glyphs: Glyphs) -> Sight:
    """The sight of one engine's glyphs, with what is known of those that another engine read in the same places.

    Only PDFium tells render modes and which piece lies over which; its judgement goes before.
    """
    places: dict[tuple[int, int, int], int] = {}
    middle = (of.box[:, :2] + of.box[:, 2:]) / 2
    for index, (code, (x, y)) in enumerate(zip(of.code.tolist(), (middle // _NEAR).astype(int).tolist(), strict=True)):
        for across in (-1, 0, 1):
            for down in (-1, 0, 1):
                spot = (code, x + across, y + down)
                if spot not in places or known.why[places[spot]] != SEEN:
                    places[spot] = index
    why, scanned = own.why.copy(), own.scanned.copy()
    middle = (glyphs.box[:, :2] + glyphs.box[:, 2:]) / 2
    for index, (code, (x, y)) in enumerate(zip(glyphs.code.tolist(), (middle // _NEAR).astype(int).tolist(), strict=True)):
        same = places.get((code, x, y))
        if same is not None:
            why[index], scanned[index] = known.why[same], known.scanned[same]
    return Sight(why=why, scanned=scanned)
