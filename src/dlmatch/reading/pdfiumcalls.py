"""The functions of PDFium that are used, bound so that loops over them cost little."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw

POINTER, INT, FLOAT, LONG = ctypes.c_void_p, ctypes.c_int, ctypes.c_float, ctypes.c_ulong


def _bound(name: str, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes plain integers as pointers and keeps the interpreter's lock.

    Plain integers let `map` call it in a loop without Python code, five times as fast as the library's own binding.
    The lock makes PDFium, which no two threads may enter, safe.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(getattr(raw, name), POINTER).value or 0)


def _counting(name: str, result: Any) -> Any:
    """A function of a pointer, given as c_void_p, and a number that fits an int: called a page's letters often, so bare.

    Without the types of its arguments ctypes converts nothing, which is a third of such a call.
    """
    return _bound(name, result)


open = _bound("FPDF_LoadMemDocument64", POINTER, POINTER, ctypes.c_size_t, POINTER)
close = _bound("FPDF_CloseDocument", None, POINTER)
last_error = _bound("FPDF_GetLastError", LONG)
count_pages = _bound("FPDF_GetPageCount", INT, POINTER)
meta = _bound("FPDF_GetMetaText", LONG, POINTER, ctypes.c_char_p, POINTER, LONG)
open_page = _bound("FPDF_LoadPage", POINTER, POINTER, INT)
close_page = _bound("FPDF_ClosePage", None, POINTER)
page_width = _bound("FPDF_GetPageWidthF", FLOAT, POINTER)
page_height = _bound("FPDF_GetPageHeightF", FLOAT, POINTER)
page_box = _bound("FPDF_GetPageBoundingBox", INT, POINTER, POINTER)
page_turn = _bound("FPDFPage_GetRotation", INT, POINTER)
count_objects = _bound("FPDFPage_CountObjects", INT, POINTER)
get_object = _bound("FPDFPage_GetObject", POINTER, POINTER, INT)
count_inner = _bound("FPDFFormObj_CountObjects", INT, POINTER)
get_inner = _bound("FPDFFormObj_GetObject", POINTER, POINTER, LONG)
kind_of = _bound("FPDFPageObj_GetType", INT, POINTER)
bounds = _bound("FPDFPageObj_GetBounds", INT, POINTER, POINTER, POINTER, POINTER, POINTER)
matrix = _bound("FPDFPageObj_GetMatrix", INT, POINTER, POINTER)
set_active = _bound("FPDFPageObj_SetIsActive", INT, POINTER, INT)
fill = _bound("FPDFPageObj_GetFillColor", INT, POINTER, POINTER, POINTER, POINTER, POINTER)
stroke = _bound("FPDFPageObj_GetStrokeColor", INT, POINTER, POINTER, POINTER, POINTER, POINTER)
count_marks = _bound("FPDFPageObj_CountMarks", INT, POINTER)
get_mark = _bound("FPDFPageObj_GetMark", POINTER, POINTER, LONG)
mark_text = _bound("FPDFPageObjMark_GetParamStringValue", INT, POINTER, ctypes.c_char_p, POINTER, LONG, POINTER)
remove_mark = _bound("FPDFPageObj_RemoveMark", INT, POINTER, POINTER)
open_text = _bound("FPDFText_LoadPage", POINTER, POINTER)
close_text = _bound("FPDFText_ClosePage", None, POINTER)
count_chars = _bound("FPDFText_CountChars", INT, POINTER)
char_code = _counting("FPDFText_GetUnicode", ctypes.c_uint)
char_object = _counting("FPDFText_GetTextObject", ctypes.c_size_t)
char_box = _bound("FPDFText_GetLooseCharBox", INT, POINTER, INT, POINTER)
char_tight = _bound("FPDFText_GetCharBox", INT, POINTER, INT, POINTER, POINTER, POINTER, POINTER)
char_pen = _bound("FPDFText_GetCharOrigin", INT, POINTER, INT, POINTER, POINTER)
char_matrix = _bound("FPDFText_GetMatrix", INT, POINTER, INT, POINTER)
char_size = _bound("FPDFText_GetFontSize", ctypes.c_double, POINTER, INT)
text_mode = _bound("FPDFTextObj_GetTextRenderMode", INT, POINTER)
transform = _bound("FPDFPageObj_Transform", None, POINTER, *([ctypes.c_double] * 6))
set_mode = _bound("FPDFTextObj_SetTextRenderMode", INT, POINTER, INT)
set_fill = _bound("FPDFPageObj_SetFillColor", INT, POINTER, *([ctypes.c_uint] * 4))
text_font = _bound("FPDFTextObj_GetFont", POINTER, POINTER)
font_name = _bound("FPDFFont_GetBaseFontName", ctypes.c_size_t, POINTER, POINTER, ctypes.c_size_t)
font_embedded = _bound("FPDFFont_GetIsEmbedded", INT, POINTER)
count_notes = _bound("FPDFPage_GetAnnotCount", INT, POINTER)
get_note = _bound("FPDFPage_GetAnnot", POINTER, POINTER, INT)
close_note = _bound("FPDFPage_CloseAnnot", None, POINTER)
note_kind = _bound("FPDFAnnot_GetSubtype", INT, POINTER)
note_flags = _bound("FPDFAnnot_GetFlags", INT, POINTER)
set_note_flags = _bound("FPDFAnnot_SetFlags", INT, POINTER, INT)
note_text = _bound("FPDFAnnot_GetStringValue", LONG, POINTER, ctypes.c_char_p, POINTER, LONG)
flatten = _bound("FPDFPage_Flatten", INT, POINTER, INT)
new_bitmap = _bound("FPDFBitmap_CreateEx", POINTER, INT, INT, INT, POINTER, INT)
drop_bitmap = _bound("FPDFBitmap_Destroy", None, POINTER)
render = _bound("FPDF_RenderPageBitmap", None, POINTER, POINTER, INT, INT, INT, INT, INT, INT)


def wide(call: Any, *arguments: Any, limit: int = 4000) -> str:
    """A UTF-16 string that PDFium copies into a buffer; shortened to `limit` characters."""
    length = min(int(call(*arguments, None, 0)), 2 * limit)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length + 2)
    call(*arguments, ctypes.addressof(buffer), length)
    return buffer.raw[:length].decode("utf-16-le", "ignore").split("\x00")[0]
