"""PDFium through its raw API: a file as pages, a page as glyphs, drawn objects, notes and pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from dlmatch.errors import DamagedDocument, EncryptedDocument
from dlmatch.reading.limits import MAX_DRAWN_OBJECTS, MAX_FORM_NESTING, MAX_GLYPHS_PER_PAGE, MAX_NOTES, MAX_PICTURE_PIXELS
from dlmatch.reading.page import SLANTED, UNKNOWN, Flags, Floats, Glyphs, Ints, Picture, Pieces, is_letter, is_unreadable

_POINTER, _INT, _FLOAT, _LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_ulong
HYPHEN = 0x2D
_LINE_END_HYPHENS = (2, 0xFFFE)  # what PDFium says instead of a hyphen at the end of a line
_PASSWORD, _SECURITY = 4, 5
_TEXT, _IMAGE, _FORM = 1, 3, 5
# Heights of the highest of a few letters as shares of the font's size: beyond these the stated size is not to be believed.
_TALLEST, _LOWEST, _USUAL, _MEASURED = 1.8, 0.3, 0.7, 12
_LIGATURE = 4  # letters that one glyph may stand for
SHOWN_NOTES = frozenset({3, 20})  # free text and form fields: their letters stand on the page
_SILENT_NOTES = frozenset({2, 16, 20, 21})  # links, pop-ups (they repeat another note), fields, screens


def _bound(name: str, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes plain integers as pointers and keeps the interpreter's lock.

    Plain integers let `map` call it in a loop without Python code, five times as fast as the library's own binding.
    The lock makes PDFium, which no two threads may enter, safe.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), _POINTER).value or 0)


_open = _bound("FPDF_LoadMemDocument64", _POINTER, _POINTER, ctypes.c_size_t, _POINTER)
_close = _bound("FPDF_CloseDocument", None, _POINTER)
_last_error = _bound("FPDF_GetLastError", _LONG)
_count_pages = _bound("FPDF_GetPageCount", _INT, _POINTER)
_meta = _bound("FPDF_GetMetaText", _LONG, _POINTER, ctypes.c_char_p, _POINTER, _LONG)
_open_page = _bound("FPDF_LoadPage", _POINTER, _POINTER, _INT)
_close_page = _bound("FPDF_ClosePage", None, _POINTER)
_page_width = _bound("FPDF_GetPageWidthF", _FLOAT, _POINTER)
_page_height = _bound("FPDF_GetPageHeightF", _FLOAT, _POINTER)
_page_box = _bound("FPDF_GetPageBoundingBox", _INT, _POINTER, _POINTER)
_page_turn = _bound("FPDFPage_GetRotation", _INT, _POINTER)
_count_objects = _bound("FPDFPage_CountObjects", _INT, _POINTER)
_get_object = _bound("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
_count_inner = _bound("FPDFFormObj_CountObjects", _INT, _POINTER)
_get_inner = _bound("FPDFFormObj_GetObject", _POINTER, _POINTER, _LONG)
_kind_of = _bound("FPDFPageObj_GetType", _INT, _POINTER)
_bounds = _bound("FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
_matrix = _bound("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
_set_active = _bound("FPDFPageObj_SetIsActive", _INT, _POINTER, _INT)
_fill = _bound("FPDFPageObj_GetFillColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
_stroke = _bound("FPDFPageObj_GetStrokeColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
_count_marks = _bound("FPDFPageObj_CountMarks", _INT, _POINTER)
_get_mark = _bound("FPDFPageObj_GetMark", _POINTER, _POINTER, _LONG)
_mark_text = _bound("FPDFPageObjMark_GetParamStringValue", _INT, _POINTER, ctypes.c_char_p, _POINTER, _LONG, _POINTER)
_remove_mark = _bound("FPDFPageObj_RemoveMark", _INT, _POINTER, _POINTER)
_open_text = _bound("FPDFText_LoadPage", _POINTER, _POINTER)
_close_text = _bound("FPDFText_ClosePage", None, _POINTER)
_count_chars = _bound("FPDFText_CountChars", _INT, _POINTER)
_char_code = _bound("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _INT)
_char_object = _bound("FPDFText_GetTextObject", ctypes.c_size_t, _POINTER, _INT)
_char_box = _bound("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
_char_tight = _bound("FPDFText_GetCharBox", _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
_char_pen = _bound("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
_char_matrix = _bound("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
_char_size = _bound("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)
_text_mode = _bound("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_set_mode = _bound("FPDFTextObj_SetTextRenderMode", _INT, _POINTER, _INT)
_set_fill = _bound("FPDFPageObj_SetFillColor", _INT, _POINTER, *([ctypes.c_uint] * 4))
_text_font = _bound("FPDFTextObj_GetFont", _POINTER, _POINTER)
_font_name = _bound("FPDFFont_GetBaseFontName", ctypes.c_size_t, _POINTER, _POINTER, ctypes.c_size_t)
_font_embedded = _bound("FPDFFont_GetIsEmbedded", _INT, _POINTER)
_count_notes = _bound("FPDFPage_GetAnnotCount", _INT, _POINTER)
_get_note = _bound("FPDFPage_GetAnnot", _POINTER, _POINTER, _INT)
_close_note = _bound("FPDFPage_CloseAnnot", None, _POINTER)
_note_kind = _bound("FPDFAnnot_GetSubtype", _INT, _POINTER)
_note_text = _bound("FPDFAnnot_GetStringValue", _LONG, _POINTER, ctypes.c_char_p, _POINTER, _LONG)
_flatten = _bound("FPDFPage_Flatten", _INT, _POINTER, _INT)
_new_bitmap = _bound("FPDFBitmap_CreateEx", _POINTER, _INT, _INT, _INT, _POINTER, _INT)
_drop_bitmap = _bound("FPDFBitmap_Destroy", None, _POINTER)
_text_bitmap = _bound("FPDFTextObj_GetRenderedBitmap", _POINTER, _POINTER, _POINTER, _POINTER, _FLOAT)
_bitmap_buffer = _bound("FPDFBitmap_GetBuffer", _POINTER, _POINTER)
_bitmap_stride = _bound("FPDFBitmap_GetStride", _INT, _POINTER)
_bitmap_height = _bound("FPDFBitmap_GetHeight", _INT, _POINTER)
_render = _bound("FPDF_RenderPageBitmap", None, _POINTER, _POINTER, _INT, _INT, _INT, _INT, _INT, _INT)


def _wide(call: Any, *arguments: Any, limit: int = 4000) -> str:
    """A UTF-16 string that PDFium copies into a buffer; shortened to `limit` characters."""
    length = min(int(call(*arguments, None, 0)), 2 * limit)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length + 2)
    call(*arguments, ctypes.addressof(buffer), length)
    return buffer.raw[:length].decode("utf-16-le", "ignore").split("\x00")[0]


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
        self.width, self.height = float(_page_width(handle)), float(_page_height(handle))
        self.turn = int(_page_turn(handle)) % 4
        corners = (_FLOAT * 4)()
        _page_box(handle, ctypes.addressof(corners))
        self._left, self._top, self._right, self._bottom = (float(value) for value in corners)

    def placed(self, x: Any, y: Any) -> tuple[Any, Any]:
        """A point of the file's own coordinates on the page as shown."""
        if self.turn == 0:
            return x - self._left, self._top - y
        if self.turn == 1:
            return y - self._bottom, x - self._left
        if self.turn == 2:
            return self._right - x, y - self._bottom
        return self._top - y, self._right - x

    def drawn(self) -> Drawn:
        """Every text object and image, those inside forms too."""
        found = Drawn()
        self._walk(found, self._handle, _count_objects, _get_object, np.eye(3), 0)
        return found

    def _walk(self, found: Drawn, parent: int, count: Any, get: Any, place: Floats, depth: int) -> None:
        number = min(int(count(parent)), MAX_DRAWN_OBJECTS - found.count)
        found.cut = found.cut or int(count(parent)) > number
        found.count += max(number, 0)
        handles = list(map(get, repeat(parent, number), range(number)))
        for handle, kind in zip(handles, map(_kind_of, handles), strict=True):
            if kind == _TEXT:
                found.texts.append(handle)
                continue
            if kind != _FORM:
                found.others.append(handle)
            if kind == _IMAGE:
                found.images.append(self._image_box(handle, place))
            elif kind == _FORM and depth < MAX_FORM_NESTING:
                numbers = (_FLOAT * 6)()
                _matrix(handle, ctypes.addressof(numbers))
                a, b, c, d, e, f = numbers
                self._walk(found, handle, _count_inner, _get_inner, np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ place, depth + 1)

    def _image_box(self, handle: int, place: Floats) -> tuple[float, float, float, float]:
        numbers = (_FLOAT * 4)()
        start = ctypes.addressof(numbers)
        _bounds(handle, start, start + 4, start + 8, start + 12)
        left, bottom, right, top = numbers
        corners = np.array([[left, bottom, 1], [left, top, 1], [right, bottom, 1], [right, top, 1]]) @ place
        x, y = self.placed(corners[:, 0], corners[:, 1])
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())

    def drop_stand_ins(self, texts: list[int]) -> dict[int, str]:
        """Take away ActualText, which PDFium would read in place of the glyphs; gives what it said of which object."""
        said: dict[int, str] = {}
        marks = list(map(_count_marks, texts))
        for handle, number in zip(texts, marks, strict=True):
            for at in range(min(number, 50) - 1, -1, -1):
                mark = _get_mark(handle, at)
                size = _LONG()
                if mark and _mark_text(mark, b"ActualText", None, 0, ctypes.addressof(size)):
                    buffer = ctypes.create_string_buffer(min(size.value, 8000) + 2)
                    _mark_text(mark, b"ActualText", ctypes.addressof(buffer), min(size.value, 8000), ctypes.addressof(size))
                    said[handle] = buffer.raw.decode("utf-16-le", "ignore").split("\x00")[0].strip()
                    _remove_mark(handle, mark)
        return said

    def glyphs(self, stand_ins: dict[int, str]) -> tuple[Glyphs, list[int], bool]:
        """What is written on the page, the handle of each row of its piece table, and whether that was cut short.

        Glyphs that have no letter of their own take those that ActualText gave them, as ligatures often must.
        """
        text = _open_text(self._handle)
        if not text:
            return _nothing(), [], False
        try:
            glyphs, handles, cut = self._read(text)
        finally:
            _close_text(text)
        for row, handle in enumerate(handles):
            if handle in stand_ins:
                glyphs = _told(glyphs, row, stand_ins[handle])
        return glyphs, handles, cut

    def _read(self, text: int) -> tuple[Glyphs, list[int], bool]:
        everything = max(int(_count_chars(text)), 0)
        number = min(everything, MAX_GLYPHS_PER_PAGE)
        owners = np.fromiter(map(_char_object, repeat(text, number), range(number)), np.int64, number)
        own = np.flatnonzero(owners)  # the others are spaces and line ends that PDFium makes up
        if not len(own):
            return _nothing(), [], everything > number
        indexes: list[int] = own.tolist()
        count = len(indexes)
        code = np.fromiter(map(_char_code, repeat(text, count), indexes), np.int64, count)
        code[np.isin(code, _LINE_END_HYPHENS)] = HYPHEN
        box, pen = self._boxes(text, indexes)
        handles, first, piece = np.unique(owners[own], return_index=True, return_inverse=True)
        pieces = self._pieces(text, handles.tolist(), own[first].tolist())
        _measure(text, code, own, piece.reshape(-1), pieces)
        glyphs = Glyphs(code=code, box=box, pen=pen, piece=piece.reshape(-1), pieces=pieces)
        return glyphs, handles.tolist(), everything > number

    def _boxes(self, text: int, indexes: list[int]) -> tuple[Floats, Floats]:
        count = len(indexes)
        sides, pens = np.zeros((count, 4), np.float32), np.zeros((count, 2), np.float64)
        at, pen_at = sides.ctypes.data, pens.ctypes.data
        sum(map(_char_box, repeat(text, count), indexes, range(at, at + 16 * count, 16)))
        end = pen_at + 16 * count
        sum(map(_char_pen, repeat(text, count), indexes, range(pen_at, end, 16), range(pen_at + 8, end + 8, 16)))
        np.nan_to_num(sides, copy=False, posinf=1e6, neginf=-1e6)
        np.nan_to_num(pens, copy=False, posinf=1e6, neginf=-1e6)
        x0, y0 = self.placed(sides[:, 0], sides[:, 1])  # FS_RECTF: left, top, right, bottom
        x1, y1 = self.placed(sides[:, 2], sides[:, 3])
        box = np.stack([np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)], axis=1)
        return box.astype(np.float64), np.stack(self.placed(pens[:, 0], pens[:, 1]), axis=1)

    def _pieces(self, text: int, handles: list[int], firsts: list[int]) -> Pieces:
        count = len(handles)
        matrices = np.zeros((count, 6), np.float32)
        at = matrices.ctypes.data
        sum(map(_char_matrix, repeat(text, count), firsts, range(at, at + 24 * count, 24)))
        np.nan_to_num(matrices, copy=False)
        points = np.abs(np.fromiter(map(_char_size, repeat(text, count), firsts), np.float64, count))
        a, b, c, d = (matrices[:, column].astype(np.float64) for column in range(4))
        angle = -np.arctan2(b, a) + self.turn * (math.pi / 2)  # clockwise, as the page is shown
        quarters = np.round(angle / (math.pi / 2))
        turn = np.where(np.abs(angle - quarters * (math.pi / 2)) < 0.1, quarters % 4, SLANTED).astype(np.int64)
        mode = np.fromiter(map(_text_mode, handles), np.int64, count)
        fonts = list(map(_text_font, handles))
        numbers = {font: at for at, font in enumerate(dict.fromkeys(fonts))}
        known = {font: _font(font) for font in dict.fromkeys(fonts)}
        return Pieces(
            size=points * np.hypot(c, d),
            stretch=points * np.hypot(a, b),
            mode=mode,
            colour=_colours(handles, mode),
            turn=turn,
            angle=angle,
            font=np.array([numbers[font] for font in fonts], np.int64),
            bold=np.array([known[font][0] for font in fonts], bool),
            embedded=np.array([known[font][1] for font in fonts], bool),
        )

    def show(self, texts: list[int], shown: bool) -> None:
        """Draw these text objects, or not, in pictures from now on."""
        sum(map(_set_active, texts, repeat(int(shown), len(texts))))

    def silhouette(self, drawn: Drawn, texts: list[int], scale: float) -> Picture:
        """Only these text objects, in black on white, whatever they are painted with. The page is no more itself then."""
        self.show(drawn.others, False)
        self.show(drawn.texts, False)
        self.show(texts, True)
        for text in texts:
            _set_fill(text, 0, 0, 0, 255)
            _set_mode(text, 0)
        return self.picture(scale)

    def draws(self, text: int) -> bool:
        """Does this text object, drawn alone, leave anything?"""
        bitmap = _text_bitmap(self._document, self._handle, text, 2.0)
        if not bitmap:
            return False
        try:
            size = int(_bitmap_stride(bitmap)) * int(_bitmap_height(bitmap))
            return any(ctypes.string_at(_bitmap_buffer(bitmap), size)) if size > 0 else False
        finally:
            _drop_bitmap(bitmap)

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
        bitmap = _new_bitmap(columns, rows, raw.FPDFBitmap_BGRx, pixels.ctypes.data, 4 * columns)
        if bitmap:
            try:
                _render(bitmap, self._handle, -left, -top, width, height, 0, raw.FPDF_ANNOT)
            finally:
                _drop_bitmap(bitmap)
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
        for at in range(min(int(_count_notes(self._handle)), MAX_NOTES)):
            note = _get_note(self._handle, at)
            if not note:
                continue
            try:
                kind = _note_kind(note)
                shown = shown or kind in SHOWN_NOTES
                if kind not in _SILENT_NOTES:
                    said.append(_wide(_note_text, note, b"Contents"))
            finally:
                _close_note(note)
        return [text for text in said if text.strip()], shown

    def flatten(self) -> bool:
        """Make the letters of form fields and notes part of the page; it must be opened again to see them."""
        return int(_flatten(self._handle, 0)) == 1


def _told(glyphs: Glyphs, row: int, said: str) -> Glyphs:
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


def _measure(text: int, code: Ints, own: Ints, piece: Ints, pieces: Pieces) -> None:
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
            if _char_tight(text, int(own[at]), start, start + 8, start + 16, start + 24):
                across, up = abs(sides[1] - sides[0]), abs(sides[3] - sides[2])
                highest = max(highest, (max(across, up) if pieces.turn[piece[at]] != 0 else up) / float(pieces.size[piece[at]]))
        # Letters of a font that is not in the file are those of another, or none.
        shrunk = 0 < highest < _LOWEST and bool(pieces.embedded[pieces.font == font].all())
        if highest > _TALLEST or shrunk:
            pieces.size[pieces.font == font] *= highest / _USUAL
            pieces.stretch[pieces.font == font] *= highest / _USUAL


def _font(font: int | None) -> tuple[bool, bool]:
    """Is it bold by its name (stated weights are mostly made up), and are its shapes in the file?"""
    if not font:
        return False, False
    buffer = ctypes.create_string_buffer(256)
    _font_name(font, ctypes.addressof(buffer), 255)
    name = buffer.value.decode("latin-1").lower()
    heavy = any(word in name for word in ("bold", "black", "heavy", "semibd", "demi", "cmbx", "sfbx"))
    return heavy, int(_font_embedded(font)) == 1


def _colours(handles: list[int], mode: Ints) -> Ints:
    """What each piece is painted with: its fill, or its line where only lines are drawn."""
    count = len(handles)
    numbers = np.zeros((count, 4), np.uint32)
    at = numbers.ctypes.data
    starts = range(at, at + 16 * count, 16)
    lined = np.isin(mode, (1, 5)).tolist()
    call = _fill if not any(lined) else lambda h, *to: (_stroke if lined[(to[0] - at) // 16] else _fill)(h, *to)
    known = list(map(call, handles, starts, *(range(at + step, at + step + 16 * count, 16) for step in (4, 8, 12))))
    colours = np.minimum(numbers, 255).astype(np.int64)
    colours[np.array(known) == 0, 0] = UNKNOWN
    return colours


def _nothing() -> Glyphs:
    none, flags, ints = np.zeros(0), np.zeros(0, bool), np.zeros(0, np.int64)
    pieces = Pieces(
        size=none, stretch=none, font=ints, mode=ints, colour=np.zeros((0, 4), np.int64), turn=ints, angle=none, bold=flags, embedded=flags
    )
    return Glyphs(code=ints, box=np.zeros((0, 4)), pen=np.zeros((0, 2)), piece=ints, pieces=pieces)


class PdfFile:
    """An open file."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.pages = max(int(_count_pages(handle)), 0)

    @contextmanager
    def page(self, at: int) -> Iterator[PdfPage | None]:
        """A page, or None where PDFium can't load it."""
        handle = _open_page(self._handle, at)
        try:
            yield PdfPage(self._handle, handle) if handle else None
        finally:
            if handle:
                _close_page(handle)

    def information(self, key: str) -> str:
        """One entry of the document information."""
        return _wide(_meta, self._handle, key.encode())


@contextmanager
def opened(data: bytes, name: str) -> Iterator[PdfFile]:
    """The file; EncryptedDocument or DamagedDocument where it can't be opened."""
    kept = ctypes.create_string_buffer(data, len(data))  # PDFium reads from it until the file is closed
    handle = _open(ctypes.addressof(kept), len(data), None)
    if not handle:
        if int(_last_error()) in (_PASSWORD, _SECURITY):
            raise EncryptedDocument("A password is needed to open this PDF.", name)
        raise DamagedDocument("This PDF can't be opened.", name)
    try:
        yield PdfFile(handle)
    finally:
        _close(handle)


def any_flag(flags: Flags) -> bool:
    """Is one of them set?"""
    return bool(flags.any())
