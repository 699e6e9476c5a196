"""Files made to explode end soon, with the limit's name; what was read before a limit is kept."""

from __future__ import annotations

import io
import json
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from made import W, box, docx, odt, p, part, r, rtf, zipped

from dlmatch.errors import DamagedDocument, DlmatchError, DocumentTooLarge, LimitExceeded
from dlmatch.reading import limits, read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "attacks"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
# Seconds in which every bomb must end; generous, as the machine that runs the tests may be busy.
SOON = 20.0


def nested_boxes(depth: int) -> str:
    inner = p(r("core"))
    for _ in range(depth):
        inner = p(box(inner))
    return inner


def many_entries() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(limits.MAX_ENTRIES + 1):
            archive.writestr(f"word/{number}", "")
        archive.writestr("word/document.xml", part("document", f"<w:body>{p(r('Python'))}</w:body>"))
    return buffer.getvalue()


def endless_part() -> bytes:
    """A part that says it is 10 bytes long and inflates to 200 MB."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces = [
        squeeze.compress(f'<w:document xmlns:w="{W}"><w:body>'.encode()),
        *(squeeze.compress(b"<w:p/>" * 1_000_000) for _ in range(34)),
    ]
    body = b"".join(pieces) + squeeze.flush()
    name = b"word/document.xml"
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, 0, 10, 10, len(name), 0) + name
    central = struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, 0, 10, 10, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local) + len(body), 0)
    return local + body + central + end


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "three million empty paragraphs": (lambda: docx("<w:p/>" * 3_000_000), "elements"),
    "twenty million spaces in a run": (lambda: docx(p(r(" " * 20_000_000))), "ratio"),
    "part that inflates without end": (endless_part, "elements"),
    "entities in a Word file": (
        lambda: zipped({"[Content_Types].xml": "", "word/document.xml": f'<?xml version="1.0"?>{ENTITIES}<w/>'}),
        "entities",
    ),
    "external entity in OpenDocument": (
        lambda: zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><office:text>&x;</office:text>',
            },
            stored=("mimetype",),
        ),
        "entities",
    ),
    "5,000 nested tables": (lambda: docx("<w:tbl><w:tr><w:tc>" * 5_000), "nesting"),
    "nested content controls": (lambda: docx("<w:sdt><w:sdtContent>" * 5_000), "nesting"),
    "many entries": (many_entries, "entries"),
    "nested sections in OpenDocument": (lambda: odt("<text:section>" * 5_000), "nesting"),
    "nested HTML": (lambda: b"<html>" + b"<div>" * 200_000 + b"Python", "nesting"),
    "nested HTML in capitals with attributes": (lambda: b"<html>" + b"<SPAN a='1'>" * 200_000, "nesting"),
    "nested formatting": (lambda: b"<html>" + b"".join(b"<font size=%d>" % n for n in range(50_000)), "nesting"),
    "too many elements": (lambda: b"<html>" + b"<p></p>" * 450_000, "elements"),
    "nested JSON": (lambda: b"[" * 100_000, "nesting"),
    "nested JSON objects": (lambda: b'{"a":' * 100_000, "nesting"),
    "a number of a million digits": (lambda: b'{"basics": {"name": ' + b"9" * 1_000_000 + b"}}", "digits"),
    "200,000 groups of RTF": (lambda: b"{\\rtf1" + b"{" * 200_000, "nesting"),
    "too long for markup": (lambda: b'{"a": "' + b"x" * (limits.MAX_MARKUP_BYTES + 1) + b'"}', "markup-bytes"),
}  # fmt: skip


@pytest.mark.parametrize("case", BOMBS)
def test_bombs_end_with_the_limit_s_name(case: str) -> None:
    make, name = BOMBS[case]
    data = make()
    start = time.monotonic()
    with pytest.raises(LimitExceeded, match=f"limit on {name} was reached"):
        read(data, name="bomb.json" if "JSON" in case else "bomb")
    assert time.monotonic() - start < SOON


# Anything typed will do: what matters is that it ends.
ENDS: dict[str, Callable[[], bytes]] = {
    "endless comment": lambda: b"<html><!--" + b"-" * 2_000_000,
    "comment never closed, often begun": lambda: b"<html>Python" + b"<!--" * 500_000,
    "tags never closed": lambda: b"<html>Python " + b"<a " * 700_000,
    "scripts never closed": lambda: b"<html>Python " + b"<script>" * 200_000,
    "structured data never closed": lambda: b"<html>Python " + b'<script type="application/ld+json">' * 60_000,
    "quotes in attributes never closed": lambda: b"<html>Python " + b"<a b=\"" * 300_000,
    "one element with 50,000 attributes": lambda: b"<html><p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">Python",
    "20,000 rules on 5,000 elements": lambda: b"<html><style>" + b"*{color:red}" * 20_000 + b"</style>" + b"<p>Python</p>" * 5_000,
    "deep selectors": lambda: b"<html><style>" + b"a b c d e f g h i p{color:red}" * 2_000 + b"</style>" + b"<div>" * 400 + b"<p>x</p>" * 5_000,
    "formatting that is built anew in each paragraph": lambda: b"<html>" + b"".join(b"<b id=%d>" % n for n in range(400)) + b"<p>x" * 20_000,
    "tables in the wrong place": lambda: b"<html>" + b"<table>x" * 400 + b"<td>" * 20_000,
    "JSON strings never closed": lambda: b'{"a": "' + b'\\"' * 1_000_000,
    "open brackets in text": lambda: b"<html>" + b"<" * 2_000_000 + b" Python",
    "paragraphs of RTF": lambda: rtf("\\par " * 3_000_000),
    "cells of RTF": lambda: rtf("\\trowd\\intbl x" + "\\cell" * 3_000_000),
    "binary of RTF longer than the file": lambda: rtf("Python\\par\\bin999999999 abc"),
    "colours of RTF": lambda: b"{\\rtf1{\\colortbl" + b";" * 5_000_000 + b"}Python}",
    "Unicode of RTF out of range": lambda: rtf("Python\\u9999999999 ? \\u-99999 ?"),
    "boxes in boxes": lambda: docx(nested_boxes(12)),
    "styles in a circle": lambda: docx(
        p(r("Python"), says='<w:pStyle w:val="A"/>'),
        parts={"word/styles.xml": part("styles", "".join(
            f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("AB", "BA")))},
    ),
    "parts that hold themselves": lambda: docx(
        p(r("Python")) + '<w:altChunk r:id="me"/>' * 500, links={"me": ("aFChunk", "document.xml")}
    ),
    "a mail in a mail in a mail": lambda: b"From: a\nTo: b\nSubject: Python\nContent-Type: message/rfc822\n\n" * 3_000,
    "parts of a mail": lambda: b"From: a\nTo: b\nSubject: Python\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    + b"--x\nContent-Type: text/plain\n\na\n" * 20_000,
    "nested parts of a mail": lambda: b"From: a\nTo: b\nSubject: Python\nMIME-Version: 1.0\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (n, n) for n in range(3_000)),
    "backticks in Markdown": lambda: b" ".join(b"`" * n for n in range(1, 1_200)),
    "one line of ten million letters": lambda: b"Python " * 1_400_000,
    "escapes": lambda: b"\\xe2\\x80\\xa2" * 700_000,
}  # fmt: skip


@pytest.mark.parametrize("case", ENDS)
def test_what_takes_long_ends_in_time(case: str) -> None:
    data = ENDS[case]()
    start = time.monotonic()
    assert outcome(data, "a.md" if "Markdown" in case else "") in (
        "ok",
        "partial",
        "limit-exceeded",
        "damaged-document",
        "empty-document",
    )
    assert time.monotonic() - start < SOON


def outcome(data: bytes, name: str) -> str:
    try:
        document = read(data, name=name)
    except DlmatchError as error:
        return error.slug
    return document.status if len(document.text) <= limits.MAX_CHARACTERS else "too long"


def test_boxes_in_boxes_are_read_once() -> None:
    assert read(docx(nested_boxes(6)), isolate=False).text == "core"


KEPT: dict[str, tuple[Callable[[], bytes], str]] = {
    "Word": (lambda: docx(p(r("Python")) + "<w:p/>" * 1_000_000), "limit-elements"),
    "Word, nested": (lambda: docx(p(r("Python")) + "<w:tbl><w:tr><w:tc>" * 5_000), "limit-nesting"),
    "OpenDocument": (lambda: odt("<text:p>Python</text:p>" + "<text:section>" * 5_000), "limit-nesting"),
    "HTML": (lambda: b"<html><p>Python</p>" + b"<div>" * 5_000, "limit-nesting"),
    "RTF": (lambda: b"{\\rtf1 Python\\par " + b"{" * 5_000, "limit-nesting"),
    "text": (lambda: b"Python " + b"x" * limits.MAX_CHARACTERS, "limit-characters"),
    "HTML text": (lambda: b"<html><p>Python</p>" + (b"<p>" + b"words " * 4_000 + b"</p>") * 60, "limit-characters"),
}


@pytest.mark.parametrize("case", KEPT)
def test_what_was_read_before_a_limit_is_kept(case: str) -> None:
    make, code = KEPT[case]
    document = read(make())
    assert document.status == "partial"
    assert document.text.startswith("Python")
    assert [warning.code for warning in document.warnings] == [code]


def test_cut_word_file_gives_what_it_still_holds() -> None:
    whole = zipped(
        {
            "word/document.xml": part(
                "document", "<w:body>" + "".join(p(r(f"Line {n} {hash_of(n)}")) for n in range(400)) + "</w:body>"
            ),
            "b": "x",
        }
    )
    document = read(whole[: len(whole) // 2])
    assert document.status == "partial"
    assert document.text.startswith("Line 0")
    assert [warning.code for warning in document.warnings] == ["damaged"]


def hash_of(number: int) -> str:
    """Letters that don't compress well."""
    return zlib.crc32(str(number).encode()).to_bytes(4, "big").hex()


def test_more_bytes_than_a_document_needs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(limits.MAX_INPUT_BYTES + 1)
    with pytest.raises(DocumentTooLarge, match="input-bytes"):
        read(path)


def test_a_media_part_of_any_size_costs_nothing() -> None:
    data = docx(p(r("Python")), parts={"word/media/image1.png": bytes(60_000_000)})
    assert read(data).text == "Python"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not beside this checkout")
@pytest.mark.parametrize("name", ["docx_1M_paragraphs.docx", "docx_billion_laughs.docx", "docx_xxe_file.docx", "html_deep_div_200k.html",
                                  "json_deep_100k.json", "odt_laughs.odt", "rtf_deep_groups_200k.rtf"])  # fmt: skip
def test_bombs_of_the_corpus(name: str) -> None:
    with pytest.raises(LimitExceeded, match="limit on"):
        read(CORPUS / name)


def test_json_that_is_damaged_says_so() -> None:
    with pytest.raises(DamagedDocument):
        read(json.dumps({"basics": {"name": "Jane"}}).encode()[:-3], name="cv.json")
