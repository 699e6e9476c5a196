"""Pictures of text: recognised where a recogniser is installed, marked as such, never made up."""

from __future__ import annotations

import io
import shutil
import sys
import types
from typing import Any

import pytest

from dlmatch.errors import DamagedDocument, EmptyDocument, LimitExceeded, NoTextLayer
from dlmatch.reading import formats, limits, ocr, read

WORDS = "Python and PyTorch"
tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def picture(words: str, kind: str = "PNG") -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (900, 120), "white")
    ImageDraw.Draw(image).text((30, 30), words, fill="black", font=ImageFont.load_default(48))
    buffer = io.BytesIO()
    image.save(buffer, kind, **({"resolution": 100} if kind == "PDF" else {}))
    return buffer.getvalue()


@tesseract
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "PDF"])
def test_a_picture_is_read_and_marked(kind: str) -> None:
    document = read(picture(WORDS, kind))
    assert document.text == WORDS
    assert document.reader == "ocr-tesseract"
    assert [warning.code for warning in document.warnings] == ["ocr"]
    page, box = document.place_of(0, 6)
    assert page == 1
    assert box is not None


@tesseract
def test_an_empty_picture_gives_no_words() -> None:
    with pytest.raises(EmptyDocument):
        read(picture(""))


@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_without_a_recogniser_the_error_says_how_to_get_one(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: None)
    with pytest.raises(NoTextLayer, match=r"dlmatch\[ocr\]"):
        read(picture(WORDS, kind), isolate=False)


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(60), b"\xff\xd8\xff\xe0" + bytes(60), b"GIF89a" + bytes(9), picture("x")[:200]]
)
def test_a_broken_picture_is_a_typed_error(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: "tesseract")
    with pytest.raises(DamagedDocument):
        read(data, isolate=False)


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: "tesseract")
    monkeypatch.setattr(ocr, "MAX_OCR_PIXELS", 1000)
    with pytest.raises(LimitExceeded, match="limit on pixels"):
        read(picture(WORDS), isolate=False)
    assert limits.MAX_OCR_PIXELS > 1000


def _old_answer(image: Any) -> Any:
    return [[[[0, 30], [90, 30], [90, 50], [0, 50]], "second", 0.9], [[[0, 0], [40, 0], [40, 20], [0, 20]], "first", "0.8"]], [
        0.1
    ]


def _new_answer(image: Any) -> Any:
    return types.SimpleNamespace(
        boxes=[[[0, 0], [40, 0], [40, 20], [0, 20]], [[50, 2], [90, 2], [90, 21], [50, 21]]],
        txts=("first", "second"),
        scores=(0.9, 0.2),
    )


@pytest.mark.parametrize(("answer", "text"), [(_old_answer, "first\nsecond"), (_new_answer, "first")])
def test_rapidocr_in_both_of_its_forms(answer: Any, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("rapidocr")
    module.RapidOCR = lambda: answer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rapidocr", module)
    monkeypatch.setattr(ocr, "engine", lambda: "rapidocr")
    document = formats.parse("image", picture(WORDS), "")
    assert (document.text, document.reader) == (text, "ocr-rapidocr")
