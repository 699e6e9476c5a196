"""Letters out of pictures: images and scanned PDFs through a recogniser, where one is installed, marked as such.

Tesseract comes first where the program is installed: it is small (some 5 MB with English), runs apart from Python, and gave
96% of the words of seven rendered resume pages at 200 dpi in 2 seconds a page. The extra [ocr] brings RapidOCR for systems
without it: it installs from wheels alone, and weighs more (an ONNX runtime, OpenCV and its models).
"""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from dlmatch.errors import DamagedDocument, NoTextLayer
from dlmatch.model.document import Block, Document, Place, ReadWarning
from dlmatch.reading.limits import MAX_OCR_PIXELS, OCR_SECONDS, LimitReached

HOW = "Use the original instead of the picture, or install dlmatch[ocr] (or the program tesseract)."
_MODULES = ("rapidocr", "rapidocr_onnxruntime")
_DPI = 200
_MAX_PAGES = 10
_MIN_SCORE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A recognised line and where it stands, in pixels."""

    text: str
    box: tuple[float, float, float, float]


def engine() -> str | None:
    """The recogniser that is installed: "tesseract", a module's name, or None."""
    if shutil.which("tesseract"):
        return "tesseract"
    return next((module for module in _MODULES if find_spec(module) is not None), None)


def available() -> bool:
    """Is there a recogniser?"""
    return engine() is not None


def read_image(data: bytes, name: str) -> Document:
    """A picture of a page."""
    if not available():
        raise NoTextLayer("It is a picture: there is no text to read.", next_step=HOW)
    return _document([(_open(data), 1.0)], "image/*")


def read_scan(data: bytes, name: str) -> Document:
    """A PDF whose pages are pictures."""
    if not available():
        raise NoTextLayer("Its pages are pictures: there is no text to read.", next_step=HOW)
    return _document(_pages(data), "application/pdf")


def _open(data: bytes) -> Any:
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(data))
        if image.width * image.height > MAX_OCR_PIXELS:
            raise LimitReached("pixels", f"the picture has more than {MAX_OCR_PIXELS:,} pixels")
        return image.convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise DamagedDocument("The picture can't be opened.") from None


def _pages(data: bytes) -> Iterator[tuple[Any, float]]:
    """Each page as a picture, with the points that a pixel is wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(min(len(document), _MAX_PAGES)):
            page = document[number]
            width, height = page.get_size()
            scale = min(_DPI / 72, (MAX_OCR_PIXELS / max(width * height, 1.0)) ** 0.5)
            yield page.render(scale=scale, grayscale=False).to_pil().convert("RGB"), 1 / scale
            page.close()
    finally:
        document.close()


def _document(pages: Any, media_type: str) -> Document:
    name = engine() or ""
    recognise = _tesseract if name == "tesseract" else _rapid(name)
    pieces: list[str] = []
    blocks: list[Block] = []
    places: list[Place] = []
    at = count = 0
    for number, (image, points) in enumerate(pages, 1):
        count = number
        for line in recognise(image):
            left, top, right, bottom = (side * points for side in line.box)
            blocks.append(Block(start=at, end=at + len(line.text), page=number))
            places.append(Place(start=at, end=at + len(line.text), page=number, bbox=(left, top, right, bottom)))
            pieces.append(line.text)
            at += len(line.text) + 1
    warning = ReadWarning(code="ocr", message="The text was recognised in a picture; letters may be wrong.")
    return Document(
        text="\n".join(pieces), media_type=media_type, reader=f"ocr-{name}", pages=count, blocks=tuple(blocks),
        places=tuple(places),
        warnings=(warning,),
    )  # fmt: skip


def _rapid(module: str) -> Any:
    from importlib import import_module

    recogniser = import_module(module).RapidOCR()

    def recognise(image: Any) -> list[Line]:
        import numpy

        answer = recogniser(numpy.asarray(image)[:, :, ::-1])
        if isinstance(answer, tuple):  # rapidocr_onnxruntime: ([[corners, text, score], ...], times)
            found = [(corners, text, float(score)) for corners, text, score in answer[0] or ()]
        else:
            found = list(
                zip(answer.boxes if answer.boxes is not None else (), answer.txts or (), answer.scores or (), strict=False)
            )
        return _in_order(
            [
                Line(text=text.strip(), box=_hull(corners))
                for corners, text, score in found
                if score >= _MIN_SCORE and text.strip()
            ]
        )

    return recognise


def _hull(corners: Any) -> tuple[float, float, float, float]:
    across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(across), min(down), max(across), max(down)


def _in_order(lines: list[Line]) -> list[Line]:
    """Top to bottom, pieces of one line left to right."""
    ordered: list[Line] = []
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.box[1] + line.box[3], line.box[0])):
        if row and (line.box[1] + line.box[3]) / 2 > row[0].box[3]:
            ordered.extend(sorted(row, key=lambda piece: piece.box[0]))
            row = []
        row.append(line)
    return ordered + sorted(row, key=lambda piece: piece.box[0])


def _tesseract(image: Any) -> list[Line]:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    try:
        run = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", "eng", "--dpi", str(_DPI), "tsv"],
            input=buffer.getvalue(), capture_output=True, timeout=OCR_SECONDS, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise LimitReached("time", f"recognising letters took more than {OCR_SECONDS:g} seconds") from None
    except (OSError, subprocess.CalledProcessError):
        raise DamagedDocument("Tesseract could not read the picture.") from None
    return _lines(run.stdout.decode("utf-8", "replace"))


def _lines(table: str) -> list[Line]:
    """Tesseract's table of words, put together to lines."""
    found: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip() and float(cells[10]) >= 100 * _MIN_SCORE:
            left, top, width, height = map(float, cells[6:10])
            found.setdefault(tuple(cells[1:5]), []).append((cells[11].strip(), left, top, left + width, top + height))
    return [
        Line(
            text=" ".join(word[0] for word in words),
            box=(min(w[1] for w in words), min(w[2] for w in words), max(w[3] for w in words), max(w[4] for w in words)),
        )
        for words in found.values()
    ]
