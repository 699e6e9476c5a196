"""Turns a PDF and the places of its evidence into page pictures with a box around every piece of it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dlmatch.errors import DamagedDocument, UnsupportedFormat, UsageError
from dlmatch.model.document import Box
from dlmatch.reading.read import bytes_of

DOTS_PER_INCH = 110  # letters of 9 points stay readable, a page stays under a megabyte
LARGEST_SIDE = 2_400  # dots; a poster is drawn smaller
COLOURS = {"strong": (20, 110, 60), "weak": (190, 120, 0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One piece of evidence on a page: its box, the skill it names, and whether it is strong (demonstrated, required)."""

    page: int
    box: Box
    label: str
    strong: bool


def write_pictures(source: Any, marks: Sequence[Mark], folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Writes page-001.png and so on, one for each page that holds a mark, and gives their paths."""
    data, name = bytes_of(source, "")
    if not data.startswith(b"%PDF") and b"%PDF" not in data[:1024]:
        what = "Evidence can be drawn on the pages of a PDF only."
        raise UnsupportedFormat(what, name, "Leave --evidence out, or save it as PDF.")
    if not marks:
        return ()
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        return tuple(_written(target / f"page-{number:03}.png", picture) for number, picture in _pictures(data, marks, name))
    except OSError as error:
        reason = error.strerror or "the folder can't be used"
        raise UsageError(f"The pictures can't be written ({reason}).", str(folder), "Choose another folder.") from None


def _written(path: Path, picture: bytes) -> Path:
    part = path.with_suffix(".part")
    part.write_bytes(picture)
    os.replace(part, path)
    return path


def _pictures(data: bytes, marks: Sequence[Mark], name: str) -> Iterator[tuple[int, bytes]]:
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number in sorted({mark.page for mark in marks}):
                if number <= len(document.pages):
                    page = document.pages[number - 1]
                    yield number, _drawn(page, [mark for mark in marks if mark.page == number])
                    page.close()
    except OSError:
        raise
    except Exception as error:  # pdfplumber lets some fifteen kinds of exception through
        raise DamagedDocument(f"Its pages can't be drawn ({type(error).__name__}).", name) from None


def _drawn(page: Any, marks: Sequence[Mark]) -> bytes:
    longest = max(float(page.width), float(page.height), 1.0)
    resolution = min(DOTS_PER_INCH, LARGEST_SIDE * 72 / longest)
    image = page.to_image(resolution=resolution, antialias=True)
    left, top = float(page.bbox[0]), float(page.bbox[1])
    for mark in marks:
        colour = COLOURS["strong" if mark.strong else "weak"]
        x0, y0, x1, y1 = mark.box
        box = (x0 + left - 1, y0 + top - 1, x1 + left + 1, y1 + top + 1)
        image.draw_rect(_inside(box, page.bbox), stroke=colour, fill=(*colour, 36), stroke_width=1)
    out = io.BytesIO()
    image.annotated.convert("RGB").save(out, format="PNG", optimize=False)
    return out.getvalue()


def _inside(box: Box, page: Sequence[float]) -> Box:
    x0, y0 = max(box[0], float(page[0])), max(box[1], float(page[1]))
    return (x0, y0, max(x0, min(box[2], float(page[2]))), max(y0, min(box[3], float(page[3]))))
