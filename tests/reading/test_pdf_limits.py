"""PDFs made to do harm, broken ones and odd ones end in a document or in one named error, soon and in little memory."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_made import VISIBLE, Made, line, lines

from dlmatch.errors import (
    DamagedDocument,
    DlmatchError,
    EmptyDocument,
    EncryptedDocument,
    LimitExceeded,
)
from dlmatch.reading import limits
from dlmatch.reading.bombs import check_streams
from dlmatch.reading.limits import LimitReached
from dlmatch.reading.pdf import read_pdf
from dlmatch.reading.pdfium import PdfPage

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def _stream(data: bytes, filters: str) -> bytes:
    return f"4 0 obj\n<< /Length {len(data)} /Filter {filters} >>\nstream\n".encode() + data + b"\nendstream\nendobj\n"


def _zeros(megabytes: int) -> bytes:
    engine = zlib.compressobj(9)
    return b"".join(engine.compress(bytes(1 << 20)) for _ in range(megabytes)) + engine.flush()


STACKED = zlib.compress(_zeros(200), 9)

BOMBS = {
    "flate in flate": _stream(STACKED, "[/FlateDecode /FlateDecode]"),
    "short names": _stream(STACKED, "[/Fl /Fl]"),
    "names in code": _stream(STACKED, "[/Fl#61teDecode /FlateDecode]"),
    "filters elsewhere": _stream(STACKED, "7 0 R"),
    "one large layer": _stream(_zeros(100), "/FlateDecode"),
    "text around": _stream(STACKED.hex().encode() + b">", "[/ASCIIHexDecode /FlateDecode /FlateDecode]"),
    "then run lengths": _stream(zlib.compress(bytes([129, 0]) * 2_000_000, 9), "[/FlateDecode /RunLengthDecode]"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_streams_that_unpack_without_end_are_found_first(name: str) -> None:
    with pytest.raises(LimitReached) as caught:
        check_streams(BOMBS[name])
    assert caught.value.name == "unpacked-bytes"


HARMLESS = {
    "an ordinary stream": _stream(zlib.compress(bytes(range(256)) * 4000), "/FlateDecode"),
    "a picture": _stream(zlib.compress(random.Random(1).randbytes(3_000_000)), "/FlateDecode"),
    "text and flate": _stream(zlib.compress(b"q Q " * 1000).hex().encode() + b">", "[/ASCIIHexDecode /FlateDecode]"),
    "not packed at all": _stream(bytes(100_000), "/FlateDecode"),
    "flate in flate, small": _stream(zlib.compress(zlib.compress(b"q Q " * 100_000)), "[/FlateDecode /FlateDecode]"),
    "no end": _stream(zlib.compress(b"q Q"), "/FlateDecode")[:-30],
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_streams_pass(name: str) -> None:
    check_streams(HARMLESS[name])


def test_a_bomb_is_an_error_that_names_the_limit() -> None:
    with pytest.raises(LimitExceeded, match="unpacked-bytes"):
        read_pdf(b"%PDF-1.7\n" + BOMBS["flate in flate"])


def test_too_many_glyphs_keep_what_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlmatch.reading.pdfiumglyphs.MAX_GLYPHS_PER_PAGE", 40)
    document = read_pdf(Made(content=lines(["Some text that goes on"] * 5, 72, 600)).bytes())
    assert document.status == "partial"
    assert document.text.startswith(VISIBLE)
    assert [warning.code for warning in document.warnings] == ["limit-glyphs"]


def test_too_many_drawn_objects_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dlmatch.reading.pdfium.MAX_DRAWN_OBJECTS", 20)
    with pytest.raises(LimitExceeded, match="drawn-objects"):
        read_pdf(Made(content="0 0 m 9 9 l S\n" * 30).bytes())


def test_time_used_up_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits.Budget, "clock", _no_time)
    with pytest.raises(LimitExceeded, match="time"):
        read_pdf(Made().bytes())


def _no_time(budget: limits.Budget) -> None:
    raise LimitReached("time", "none is left")


def test_pages_that_lead_back_to_themselves() -> None:
    data = (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 3 >> endobj\n"
        b"3 0 obj << /Type /Pages /Kids [2 0 R] /Count 3 >> endobj\ntrailer << /Root 1 0 R >>"
    )
    with pytest.raises((LimitExceeded, EmptyDocument)):
        read_pdf(data)


def test_forms_inside_themselves() -> None:
    made = Made(content="/Fm1 Do\n", xobjects="/Fm1 10 0 R")
    resources = "/Resources << /Font << /F1 5 0 R >> /XObject << /Fm1 10 0 R >> >>"
    made.stream(10, f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] {resources}", line("Python") + "/Fm1 Do")
    assert "Python" in read_pdf(made.bytes()).text


ODD = {
    "nothing": (b"", DamagedDocument),
    "no PDF": (b"hello", DamagedDocument),
    "only a head": (b"%PDF-1.7\n", DamagedDocument),
    "an empty page": (Made(first_line="").bytes(), EmptyDocument),
    "only figures": (Made(first_line=line("12 34")).bytes(), EmptyDocument),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_give_a_named_error(name: str) -> None:
    data, error = ODD[name]
    with pytest.raises(error):
        read_pdf(data, "odd.pdf")


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not beside the checkout")
def test_a_password_is_asked_for() -> None:
    with pytest.raises(EncryptedDocument):
        read_pdf((CORPUS / "pdf" / "pdfminer_six" / "aes-256.pdf").read_bytes())


def test_a_page_of_no_size() -> None:
    for box in ("0 0 0 0", "0 0 1 1", "0 0 100000 100000", "0 0 -612 -792"):
        try:
            read_pdf(Made(box=box).bytes())
        except DlmatchError:
            continue


@pytest.mark.parametrize("text", ["Jane Roe", "R", "C++"])
def test_small_texts_are_documents(text: str) -> None:
    assert read_pdf(Made(first_line=line(text)).bytes()).text == text


SEED = Made(content=lines(["Python and SQL", "Docker"], 72, 600), before="q 0.9 g 60 590 100 30 re f Q\n").bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_flipped_bytes_give_a_document_or_a_named_error(flips: list[tuple[int, int]]) -> None:
    data = bytearray(SEED)
    for at, value in flips:
        data[at] = value
    _total(bytes(data))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(SEED)))
def test_cut_files_give_a_document_or_a_named_error(length: int) -> None:
    _total(SEED[:length])


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_named_error(data: bytes) -> None:
    _total(b"%PDF-1.4\n" + data)


def _total(data: bytes) -> None:
    try:
        document = read_pdf(data)
    except DlmatchError:
        return
    assert re.search(r"[^\W\d_]", document.text)
    assert all(document.text[place.start : place.end].strip() for place in document.places)
    assert list(document.places) == sorted(document.places, key=lambda place: place.start)


def test_pages_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where reading fails half-way."""
    opened: list[PdfPage] = []
    monkeypatch.setattr(PdfPage, "drawn", lambda page: opened.append(page) or _fail())  # type: ignore[func-returns-value]
    closed: list[int] = []
    monkeypatch.setattr("dlmatch.reading.pdfiumcalls.close_page", closed.append)
    with pytest.raises(RuntimeError):
        read_pdf(Made().bytes())
    assert len(opened) == len(closed) == 1


def _fail() -> None:
    raise RuntimeError


# VmHWM and not ru_maxrss: a child's ru_maxrss begins at what its parent had when it forked.
MEASURED = """
import re, sys
from pathlib import Path
from dlmatch.errors import DlmatchError
from dlmatch.reading.pdf import read_pdf
try:
    read_pdf(open(sys.argv[1], "rb").read())
except DlmatchError as error:
    print(error)
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc, which this system has not")
@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not beside the checkout")
@pytest.mark.parametrize("path", sorted((CORPUS / "attacks").glob("pdf_*.pdf")), ids=lambda path: path.stem)
def test_bombs_of_the_corpus_end_in_little_memory(path: Path) -> None:
    out = subprocess.run([sys.executable, "-c", MEASURED, str(path)], capture_output=True, text=True, timeout=30, check=True)
    assert int(out.stdout.split()[-1]) < 512
