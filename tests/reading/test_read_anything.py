"""Laws: any bytes give one Document or one typed error; broken real files too; hidden text moves nothing, anywhere."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import docx, odt, p, part, r, rtf, text_style

from dlmatch.errors import DlmatchError, EmptyDocument
from dlmatch.model.document import Document
from dlmatch.reading import read, read_text
from dlmatch.reading.gather import has_letters

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "office"
OURS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SEEDS = (
    docx(p(r("Python"), r("Rust", "<w:vanish/>")) + "<w:tbl><w:tr><w:tc>" + p(r("SQL")) + "</w:tc></w:tr></w:tbl>", parts={"word/styles.xml": part("styles", "")}),
    odt("<text:p>Python</text:p><table:table><table:table-row><table:table-cell><text:p>SQL</text:p></table:table-cell></table:table-row></table:table>"),
    rtf(r"Python\par\trowd\cellx1\intbl a\cell\row {\shp{\*\shpinst{\sp{\sn fHidden}{\sv 0}}{\shptxt b}}}\u8364?\bin3 }}}"),
    b"<html><style>.x{display:none}</style><body><p class=x>Rust</p><ul><li>Python<table><tr><td>SQL</table></body>",
    b'<html><script type="application/ld+json">{"@type":"JobPosting","title":"ML","baseSalary":{"value":{"minValue":1}}}</script><p>Python',
    b'{"basics": {"name": "Jane", "location": {"city": "Rome"}}, "work": [{"name": "A", "startDate": "2019", "highlights": ["Python"]}], "skills": []}',
    b"From: a@b\r\nTo: c@d\r\nSubject: =?utf-8?B?UHl0aG9u?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhello\r\n"
    b"--x\r\nContent-Disposition: attachment; filename=a.rtf\r\n\r\n{\\rtf1 Python}\r\n--x--\r\n",
    "# Python\n\n- SQL <!-- Rust -->\n".encode("utf-16"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    rb"Zo\xc3\xab \xe2\x80\xa2 Python\n",
)  # fmt: skip


def check(document: Document) -> None:
    """What holds of every document."""
    assert document.status in ("ok", "partial")
    assert has_letters(document.text)
    document.text.encode("utf-8")
    assert "\0" not in document.text
    assert "\r" not in document.text
    ends = [0]
    for block in document.blocks:
        assert ends[-1] <= block.start < block.end <= len(document.text)
        ends.append(block.end)
    if document.status == "partial":
        assert document.warnings


def one_outcome(data: bytes, name: str = "") -> str:
    try:
        document = read(data, name=name, isolate=False)
    except DlmatchError as error:
        return error.slug
    check(document)
    return document.status


@OURS
@given(st.binary(max_size=400), st.sampled_from(["", "a.docx", "a.json", "a.md", "a.html", "a.eml", "a.rtf", "a.odt", "a.txt"]))
def test_any_bytes_give_one_outcome(data: bytes, name: str) -> None:
    one_outcome(data, name)


@OURS
@given(
    st.sampled_from(
        [
            b"{\\rtf1",
            b"<html>",
            b"{",
            b"[{",
            b"PK\x03\x04",
            b"From: a\nTo: b\nSubject: c\n",
            b"\xff\xfe",
            b"<?xml version='1.0'?><html>",
        ]
    ),
    st.binary(max_size=300),
)
def test_any_bytes_behind_a_known_beginning(start: bytes, rest: bytes) -> None:
    one_outcome(start + rest)


@OURS
@given(st.sampled_from(SEEDS), st.floats(0, 1))
def test_cut_files_give_one_outcome(seed: bytes, share: float) -> None:
    one_outcome(seed[: int(len(seed) * share)])


@OURS
@given(
    st.sampled_from(SEEDS), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8)
)
def test_files_with_wrong_bytes_give_one_outcome(seed: bytes, changes: list[tuple[float, int]]) -> None:
    data = bytearray(seed)
    for place, byte in changes:
        data[int(place * len(data))] = byte
    one_outcome(bytes(data))


@OURS
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
    st.sampled_from(["basics", "work", "skills", "name", "location", "highlights", "@type", "title", "baseSalary", "value", "jobLocation", "address", "x"]), inner, max_size=5
), max_leaves=20))  # fmt: skip
def test_any_json_gives_one_outcome(value: object) -> None:
    import json

    one_outcome(json.dumps(value).encode(), "a.json")
    if isinstance(value, dict):
        one_outcome(json.dumps({**value, "@type": "JobPosting"}).encode(), "a.json")


@OURS
@given(st.text(max_size=200))
def test_any_text_gives_one_outcome(text: str) -> None:
    if has_letters(text):
        check(read_text(text))
    else:
        with pytest.raises(EmptyDocument):
            read_text(text)


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)
GHOST = text_style("H", 'text:display="none"')


@OURS
@given(st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=8))
def test_hidden_text_moves_nothing(pieces: list[tuple[str, bool]]) -> None:
    shown = [("Python", False), *((word, False) for word, hidden in pieces if not hidden)]
    mixed = [("Python", False), *pieces]
    for make in (word_file, open_file, rich_file, page):
        with_hidden, without = read(make(mixed), isolate=False), read(make(shown), isolate=False)
        assert with_hidden.text == without.text
        assert with_hidden.blocks == without.blocks
        assert without.findings == ()
        told = " ".join(finding.quote for finding in with_hidden.findings)
        assert all(word in told for word, hidden in pieces if hidden)


def word_file(pieces: list[tuple[str, bool]]) -> bytes:
    return docx("".join(p(r(word, "<w:vanish/>" if hidden else "")) for word, hidden in pieces))


def open_file(pieces: list[tuple[str, bool]]) -> bytes:
    body = "".join(
        f'<text:p><text:span text:style-name="{"H" if hidden else ""}">{word}</text:span></text:p>' for word, hidden in pieces
    )
    return odt(body, GHOST)


def rich_file(pieces: list[tuple[str, bool]]) -> bytes:
    def coded(word: str) -> str:
        units = word.encode("utf-16-le")
        return "".join(f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2))

    hide = "\\v"
    return rtf("".join(rf"{{\pard{hide if hidden else ''} {coded(word)}\par}}" for word, hidden in pieces))


def page(pieces: list[tuple[str, bool]]) -> bytes:
    body = "".join(f"<p{' hidden' if hidden else ''}>{html.escape(word)}</p>" for word, hidden in pieces)
    return f'<html><meta charset="utf-8"><body>{body}</body></html>'.encode()


FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.stat().st_size < 60_000) if CORPUS.is_dir() else []


@pytest.mark.skipif(not FILES, reason="../shared/corpus is not beside this checkout")
@settings(OURS, max_examples=150)
@given(st.data())
def test_real_files_cut_or_changed_give_one_outcome(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(FILES))
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(1, len(content))) :]
    else:
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=10)):
            content[place] ^= 1 << data.draw(st.integers(0, 7))
    if path.suffix != ".doc":
        one_outcome(bytes(content), path.name)


@pytest.mark.skipif(not FILES, reason="../shared/corpus is not beside this checkout")
def test_every_real_file_gives_one_outcome() -> None:
    outcomes = {path.name: one_outcome(path.read_bytes(), path.name) for path in FILES}
    assert set(outcomes.values()) <= {"ok", "empty-document", "encrypted-document", "damaged-document", "missing-extra"}
