"""PDFium: a file as pages, a page as glyphs, drawn objects, notes and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from threading import Lock
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from dlmatch.errors import DamagedDocument, EncryptedDocument
from dlmatch.reading import pdfiumcalls as call
from dlmatch.reading.limits import MAX_DRAWN_OBJECTS, MAX_FORM_NESTING, MAX_NOTES, MAX_PICTURE_PIXELS
from dlmatch.reading.page import Floats, Glyphs, Picture
from dlmatch.reading.pdfiumglyphs import Frame, nothing, read_glyphs, told

_PASSWORD, _SECURITY = 4, 5
_TEXT, _IMAGE, _FORM = 1, 3, 5
SHOWN_NOTES = frozenset({3, 20})  # free text and form fields: their letters stand on the page
_FIELD = 20
_BUTTON = "Btn"  # fields to press or tick
_HIDDEN, _UNSEEN = 2, 2 | 32  # flags of notes: hidden; hidden, or not to be viewed
_SILENT_NOTES = frozenset({2, 16, 20, 21})  # links, pop-ups (they repeat another note), fields, screens


@dataclass(slots=True)
class Drawn:
    """The objects of a page, by what they are."""

    texts: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)  # paths, images, shadings
    images: list[tuple[float, float, float, float]] = field(default_factory=list)  # x0, top, x1, bottom on the page
    count: int = 0
    cut: bool = False  # there are more than the limits allow


class PdfPage:
    """One open page. Every coordinate that leaves it is in points from the upper left corner of the page as shown."""

    def __init__(self, document: int, handle: int) -> None:
        self._document = document
        self._handle = handle
        self.width, self.height = float(call.page_width(handle)), float(call.page_height(handle))
        corners = (call.FLOAT * 4)()
        call.page_box(handle, ctypes.addressof(corners))
        left, top, right, bottom = (float(value) for value in corners)
        self._frame = Frame(left, top, right, bottom, int(call.page_turn(handle)) % 4)

    def drawn(self) -> Drawn:
        """Every text object and image, those inside forms too."""
        found = Drawn()
        self._walk(found, self._handle, call.count_objects, call.get_object, np.eye(3), 0)
        return found

    def _walk(self, found: Drawn, parent: int, count: Any, get: Any, place: Floats, depth: int) -> None:
        number = min(int(count(parent)), MAX_DRAWN_OBJECTS - found.count)
        found.cut = found.cut or int(count(parent)) > number
        found.count += max(number, 0)
        handles = list(map(get, repeat(parent, number), range(number)))
        for handle, kind in zip(handles, map(call.kind_of, handles), strict=True):
            if kind == _TEXT:
                found.texts.append(handle)
                continue
            if kind != _FORM:
                found.others.append(handle)
            if kind == _IMAGE:
                found.images.append(self._image_box(handle, place))
            elif kind == _FORM and depth < MAX_FORM_NESTING:
                numbers = (call.FLOAT * 6)()
                call.matrix(handle, ctypes.addressof(numbers))
                a, b, c, d, e, f = numbers
                self._walk(
                    found,
                    handle,
                    call.count_inner,
                    call.get_inner,
                    np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ place,
                    depth + 1,
                )

    def _image_box(self, handle: int, place: Floats) -> tuple[float, float, float, float]:
        numbers = (call.FLOAT * 4)()
        start = ctypes.addressof(numbers)
        call.bounds(handle, start, start + 4, start + 8, start + 12)
        left, bottom, right, top = numbers
        corners = np.array([[left, bottom, 1], [left, top, 1], [right, bottom, 1], [right, top, 1]]) @ place
        x, y = self._frame.placed(corners[:, 0], corners[:, 1])
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def drop_stand_ins(self, texts: list[int]) -> dict[int, str]:
        """Take away ActualText, which PDFium would read in place of the glyphs; gives what it said of which object."""
        said: dict[int, str] = {}
        marks = list(map(call.count_marks, texts))
        for handle, number in zip(texts, marks, strict=True):
            for at in range(min(number, 50) - 1, -1, -1):
                mark = call.get_mark(handle, at)
                size = call.LONG()
                if mark and call.mark_text(mark, b"ActualText", None, 0, ctypes.addressof(size)):
                    buffer = ctypes.create_string_buffer(min(size.value, 8000) + 2)
                    call.mark_text(mark, b"ActualText", ctypes.addressof(buffer), min(size.value, 8000), ctypes.addressof(size))
                    said[handle] = buffer.raw.decode("utf-16-le", "ignore").split("\x00")[0].strip()
                    call.remove_mark(handle, mark)
        return said

    def glyphs(self, drawn: Drawn, stand_ins: dict[int, str]) -> tuple[Glyphs, list[int], bool]:
        """What is written on the page, the handle of each row of its piece table, and whether that was cut short.

        Glyphs that have no letter of their own take those that ActualText gave them, as ligatures often must.
        """
        text = call.open_text(self._handle)
        if not text:
            return nothing(), [], False
        try:
            glyphs, handles, cut = read_glyphs(text, self._frame)
        finally:
            call.close_text(text)
        at = {handle: number for number, handle in enumerate(drawn.texts)}
        glyphs.pieces.drawn[:] = [at.get(handle, len(at)) for handle in handles]
        for row, handle in enumerate(handles):
            if handle in stand_ins:
                glyphs = told(glyphs, row, stand_ins[handle])
        return glyphs, handles, cut

    def show(self, texts: list[int], shown: bool) -> None:
        """Draw these text objects, or not, in pictures from now on."""
        sum(map(call.set_active, texts, repeat(int(shown), len(texts))))

    def silhouette(self, drawn: Drawn, texts: list[int], scale: float) -> Picture:
        """Only these text objects, in black on white, whatever they are painted with. The page is no more itself then."""
        self.show(drawn.others, False)
        self.show(drawn.texts, False)
        self.show(texts, True)
        for text in texts:
            call.set_fill(text, 0, 0, 0, 255)
            call.set_mode(text, 0)
        return self.picture(scale)

    def move_away(self, texts: list[int]) -> None:
        """Put these text objects far off the page."""
        for text in texts:
            call.transform(text, 1.0, 0.0, 0.0, 1.0, 1e5, 1e5)

    def picture(self, scale: float, area: tuple[float, float, float, float] | None = None) -> Picture:
        """The page, or an area of it, as people see it."""
        width, height = self.pixels(scale)
        left, top, right, bottom = 0, 0, width, height
        if area is not None:
            across, down = width / max(self.width, 1e-6), height / max(self.height, 1e-6)
            left, top = max(int(area[0] * across), 0), max(int(area[1] * down), 0)
            right, bottom = min(int(area[2] * across) + 1, width), min(int(area[3] * down) + 1, height)
        columns, rows = max(right - left, 1), max(bottom - top, 1)
        pixels = np.full((rows, columns, 4), 255, np.uint8)
        bitmap = call.new_bitmap(columns, rows, raw.FPDFBitmap_BGRx, pixels.ctypes.data, 4 * columns)
        if bitmap:
            try:
                call.render(bitmap, self._handle, -left, -top, width, height, 0, raw.FPDF_ANNOT)
            finally:
                call.drop_bitmap(bitmap)
        return pixels

    def pixels(self, scale: float) -> tuple[int, int]:
        """The size of a picture at this scale, at least one pixel and never more than the limit."""
        room = math.sqrt(MAX_PICTURE_PIXELS / max(self.width * self.height * scale * scale, 1))
        scale *= min(1.0, room)
        return max(1, min(round(self.width * scale), 16_000)), max(1, min(round(self.height * scale), 16_000))

    def notes(self) -> tuple[list[str], bool]:
        """What annotations say that is not drawn, and whether some show their letters on the page."""
        said: list[str] = []
        shown = False
        for at in range(min(int(call.count_notes(self._handle)), MAX_NOTES)):
            note = call.get_note(self._handle, at)
            if not note:
                continue
            try:
                kind, flags = call.note_kind(note), int(call.note_flags(note))
                if flags & _UNSEEN:
                    call.set_note_flags(note, flags | _HIDDEN)  # flattening heeds only this flag
                    written = kind == _FIELD and call.wide(call.note_text, note, b"FT") != _BUTTON
                    said.append(call.wide(call.note_text, note, b"V") if written else "")
                shown = shown or kind in SHOWN_NOTES
                if kind not in _SILENT_NOTES:
                    said.append(call.wide(call.note_text, note, b"Contents"))
            finally:
                call.close_note(note)
        return [text for text in said if text.strip()], shown

    def flatten(self) -> bool:
        """Make the letters of form fields and notes part of the page; it must be opened again to see them."""
        return int(call.flatten(self._handle, 0)) == 1


class PdfFile:
    """An open file."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.pages = max(int(call.count_pages(handle)), 0)

    @contextmanager
    def page(self, at: int) -> Iterator[PdfPage | None]:
        """A page, or None where PDFium can't load it."""
        handle = call.open_page(self._handle, at)
        try:
            yield PdfPage(self._handle, handle) if handle else None
        finally:
            if handle:
                call.close_page(handle)

    def information(self, key: str) -> str:
        """One entry of the document information."""
        return call.wide(call.meta, self._handle, key.encode())


_open: set[int] = set()  # files that are open, by a number of ours
_opening = Lock()


@contextmanager
def opened(data: bytes, name: str) -> Iterator[PdfFile]:
    """The file; EncryptedDocument or DamagedDocument where it can't be opened."""
    kept = ctypes.create_string_buffer(data, len(data))  # PDFium reads from it until the file is closed
    with _opening:
        if not _open:  # stand-ins for fonts keep the shape that the last file gave them, and boxes would hang on it
            raw.FPDF_DestroyLibrary()
            raw.FPDF_InitLibrary()
        handle = call.open(ctypes.addressof(kept), len(data), None)
        if not handle:
            if int(call.last_error()) in (_PASSWORD, _SECURITY):
                raise EncryptedDocument("A password is needed to open this PDF.", name)
            raise DamagedDocument("This PDF can't be opened.", name)
        _open.add(id(kept))
    try:
        yield PdfFile(handle)
    finally:
        with _opening:
            call.close(handle)
            _open.discard(id(kept))
