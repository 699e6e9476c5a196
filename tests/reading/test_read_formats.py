"""Each format's visible text, whatever the file is called and however it is encoded."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from made import box, docx, odt, p, part, r, relationships, rtf, zipped

from dlmatch.errors import (
    DamagedDocument,
    DlmatchError,
    EmptyDocument,
    EncryptedDocument,
    MissingExtra,
    NoTextLayer,
    UnsupportedFormat,
    UsageError,
)
from dlmatch.reading import legacy, ocr, read, read_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def wide(name: str) -> bytes:
    return name.encode("utf-16-le")


ENCODINGS = {
    "utf-8": ("Zoë Müller — Python".encode(), "Zoë Müller — Python"),
    "utf-8 with mark": ("\ufeffZoë".encode(), "Zoë"),
    "utf-16 little with mark": ("\ufeffPython Zoë".encode("utf-16-le"), "Python Zoë"),
    "utf-16 big with mark": ("\ufeffPython Zoë".encode("utf-16-be"), "Python Zoë"),
    "utf-16 little without mark": ("Python TensorFlow".encode("utf-16-le"), "Python TensorFlow"),
    "utf-16 big without mark": ("Python TensorFlow".encode("utf-16-be"), "Python TensorFlow"),
    "utf-32 with mark": ("\ufeffPython".encode("utf-32-le"), "Python"),
    "utf-32 without mark": ("Python and SQL".encode("utf-32-be"), "Python and SQL"),
    "Windows-1252": ("Zoë’s résumé – Python".encode("cp1252"), "Zoë’s résumé – Python"),
    "Latin-1": ("café".encode("latin-1"), "café"),
    "UTF-8 with one stray byte": ("Zoë Müller, São Paulo ".encode() + b"\xff Python", "Zoë Müller, São Paulo \ufffd Python"),
    "zero bytes inside words": (b"Py\0thon", "Python"),
    "zero bytes and stray bytes": (b"Kuber\0netes\xff\xfe", "Kubernetes\ufffd\ufffd"),
    "old Mac and Windows line ends": (b"a\rb\r\nc\n", "a\nb\nc\n"),
    "form feed and vertical tab": (b"a\x0cb\x0bc", "a\nb\nc"),
    "half a surrogate pair": (b"\xff\xfea\0\x3d\xd8b\0", "a\ufffdb"),
    "a word processor's name": (b"Python", "Python"),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_text_in_any_encoding(case: str) -> None:
    data, text = ENCODINGS[case]
    document = read(data, name="cv.doc" if "name" in case else "")
    assert document.text == text
    assert document.size == len(data)


ESCAPES = {
    "printed bytes": (r"Zo\xc3\xab \xe2\x80\xa2 Python\nSQL", "Zoë • Python\nSQL"),
    "with quotes and prefix": (r"b'Zo\xc3\xab \xe2\x80\x93 Python\n'", "Zoë – Python\n"),
    "one example stays": (r"The letter ë is \xc3\xab in UTF-8", r"The letter ë is \xc3\xab in UTF-8"),
    "no valid UTF-8 stays": (r"\xff\xfe and \xe9\xe8", r"\xff\xfe and \xe9\xe8"),
    "a path stays": ("C:\\new\\xylo \\xe2\\x80\\xa2 \\xe2\\x80\\xa2\nmore\nlines", "C:\\new\\xylo • •\nmore\nlines"),
    "garbled twice": (r"2010 \xc3\xa2\xc2\x80\xc2\x93 Present", "2010 – Present"),
    "UTF-8 taken for Windows-1252": ("NaÃ¯ve Bayes, 2010 â€“ 2012", "Naïve Bayes, 2010 – 2012"),
    "bullets taken for Windows-1252": ("Java Â· Python Â· SQL", "Java · Python · SQL"),
    "UTF-8 taken for Latin-1": ("Zo\u00c3\u00ab \u00e2\u0080\u009cCV\u00e2\u0080\u009d", "Zoë “CV”"),
    "German quotes stay": ("„Spaß“ und „Größe“", "„Spaß“ und „Größe“"),
    "Portuguese capitals stay": ("“IRMÃ” e “NÃO”…", "“IRMÃ” e “NÃO”…"),
    "French stays": ("Âge, château, à Â", "Âge, château, à Â"),
    "ASCII escapes are none": (r"\x41\x42 \x43", r"\x41\x42 \x43"),
}


@pytest.mark.parametrize("case", ESCAPES)
def test_printed_byte_strings_are_decoded(case: str) -> None:
    source, text = ESCAPES[case]
    assert read_text(source).text == text
    assert read(source.encode(), name="a.txt").text == text


WORD_TEXT = {
    "tabs, breaks, hyphens": (
        p(
            '<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t><w:cr/>'
            '<w:t>f</w:t><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>'
        ),
        "a\tb\nc-de\nfα•",
    ),
    "table": ("<w:tbl><w:tr><w:tc>" + p(r("2019")) + "</w:tc><w:tc>" + p(r("Engineer")) + "</w:tc></w:tr></w:tbl>", "2019\tEngineer"),
    "table for the layout": (
        "<w:tbl><w:tr><w:tc>" + p(r("Skills")) + p(r("Python")) + "</w:tc><w:tc>" + p(r("Jobs")) + "</w:tc></w:tr></w:tbl>",
        "Skills\nPython\nJobs",
    ),
    "nested table": (
        "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>" + p(r("a")) + "</w:tc><w:tc>" + p(r("b")) + "</w:tc></w:tr></w:tbl>" + p(r("c")) + "</w:tc></w:tr></w:tbl>",
        "a\tb\nc",
    ),
    "text box once, though written twice": (p(r("before"), box(p(r("inside"))), r(" after")), "before after\ninside"),
    "content control": ("<w:sdt><w:sdtContent>" + p(r("in control")) + "</w:sdtContent></w:sdt>", "in control"),
    "content control in a line": (p(r("a "), f"<w:sdt><w:sdtPr/><w:sdtContent>{r('b')}</w:sdtContent></w:sdt>"), "a b"),
    "row in a content control": ("<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>" + p(r("x")) + "</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>", "x"),
    "link, smart tag, simple field": (
        p(f'<w:hyperlink>{r("a")}</w:hyperlink><w:smartTag>{r("b")}</w:smartTag><w:fldSimple w:instr="X">{r("c")}</w:fldSimple>'),
        "abc",
    ),
    "field result": (
        p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>',
          r("shown"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        "shown",
    ),
    "ruby": (p(f"<w:r><w:ruby><w:rt>{r('a')}</w:rt><w:rubyBase>{r('b')}</w:rubyBase></w:ruby></w:r>"), "ab"),
    "formula": (p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1"),
    "VML text box and word art": (
        p("<w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + p(r("box")) + "</w:txbxContent></v:textbox></v:shape>"
          '<v:shape><v:textpath string="ART"/></v:shape></w:pict></w:r>'),
        "box\nART",
    ),
    "deleted end of a paragraph joins the next": (p(r("one "), says="<w:rPr><w:del/></w:rPr>") + p(r("line")), "one line"),
    "run outside of a paragraph": (r("alone"), "alone"),
    "table inside a run": (p("<w:r><w:tbl><w:tr><w:tc>" + p(r("t")) + "</w:tc></w:tr></w:tbl></w:r>"), "t"),
    "drop-down field": (
        p('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/>'
          '</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        "b",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORD_TEXT)
def test_word_text(case: str) -> None:
    body, text = WORD_TEXT[case]
    assert read(docx(body), isolate=False).text == text


def test_word_headers_notes_and_kinds() -> None:
    styles = part("styles", '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>')
    notes = part(
        "footnotes", f'<w:footnote w:id="2">{p(r("A note"))}</w:footnote><w:footnote w:id="3">{p(r("Unasked"))}</w:footnote>'
    )
    body = (
        p(r("Skills"), says='<w:pStyle w:val="H1"/>')
        + p(r("Python"), '<w:r><w:footnoteReference w:id="2"/></w:r>', says='<w:numPr><w:numId w:val="1"/></w:numPr>')
        + '<w:sectPr><w:headerReference w:type="default" r:id="h1"/><w:headerReference w:type="first" r:id="h2"/>'
        '<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
    )
    document = read(
        docx(
            body,
            parts={
                "word/styles.xml": styles, "word/footnotes.xml": notes, "word/header1.xml": part("hdr", p(r("Jane Roe"))),
                "word/header2.xml": part("hdr", p(r("Of no page"))), "word/footer1.xml": part("ftr", p(r("Page"))),
            },
            links={"h1": ("header", "header1.xml"), "h2": ("header", "header2.xml"), "f1": ("footer", "footer1.xml")},
        ),
        isolate=False,
    )  # fmt: skip
    assert document.text == "Jane Roe\nSkills\nPython\nA note\nPage"
    assert [block.kind for block in document.blocks] == ["header", "heading", "item", "note", "footer"]
    assert [document.text[block.start : block.end] for block in document.blocks] == document.text.split("\n")


def test_word_document_inside_the_document() -> None:
    inner = docx(p(r("inner text")))
    data = docx(
        p(r("outer")) + '<w:altChunk r:id="c1"/>', parts={"word/chunk.docx": inner}, links={"c1": ("aFChunk", "chunk.docx")}
    )
    assert read(data, isolate=False).text == "outer\ninner text"


def test_word_documents_inside_each_other_end() -> None:
    data = docx(p(r("core")))
    for _ in range(8):
        data = docx(
            p(r("shell")) + '<w:altChunk r:id="c1"/>', parts={"word/chunk.docx": data}, links={"c1": ("aFChunk", "chunk.docx")}
        )
    document = read(data, isolate=False)
    assert document.status == "partial"
    assert [warning.code for warning in document.warnings] == ["limit-embedded-depth"]


def test_word_as_flat_and_as_2003_xml() -> None:
    body = part("document", f"<w:body>{p(r('Flat'))}</w:body>").partition("?>")[2]
    links = relationships({"r1": ("officeDocument", "word/document.xml")})
    flat = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/_rels/.rels"><pkg:xmlData>{links}</pkg:xmlData></pkg:part>'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{body}</pkg:xmlData></pkg:part></pkg:package>'
    )
    old = (
        '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ghost</w:t></w:r><w:r><w:t>Old</w:t></w:r></w:p></w:body></w:wordDocument>"
    )
    assert read(flat.encode(), name="a.xml").text == "Flat"
    assert read(old.encode(), name="a.doc").text == "Old"


ODT_TEXT = {
    "spaces, tabs, breaks": ('<text:p>a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>', "a   b\tc\nd"),
    "list": ("<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>", "one"),
    "note": (
        "<text:p>x<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note></text:p>",
        "x\nn",
    ),
    "table": (
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        "a\tb",
    ),
    "repeated cells are read once": (
        '<table:table><table:table-row table:number-rows-repeated="999999"><table:table-cell table:number-columns-repeated="999999">'
        "<text:p>a</text:p></table:table-cell></table:table-row></table:table>",
        "a",
    ),
    "deleted and commented": (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>here<office:annotation><text:p>comment</text:p></office:annotation></text:p>",
        "here",
    ),
    "text box and link": (
        "<text:p><text:a>link</text:a><draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:desc>no</svg:desc></draw:frame></text:p>",
        "link\nbox",
    ),
    "a million spaces": ('<text:p>a<text:s text:c="999999999"/>b</text:p>', "a" + " " * 1 + "b"),
}


@pytest.mark.parametrize("case", ODT_TEXT)
def test_opendocument_text(case: str) -> None:
    body, text = ODT_TEXT[case]
    assert read(odt(body), isolate=False).text == text


RTF_TEXT = {
    "special characters": (r"a\tab b\line c\~d\_e\-f\emdash g\bullet\par ", "a\tb\nc\u00a0d-ef—g•"),
    "escaped signs": (r"\{a\}\\b", "{a}\\b"),
    "hex by code page": (r"caf\'e9", "café"),
    "Unicode with a substitute": (r"\uc1\u8364?uro \u-3913?", "€uro •"),
    "Unicode with a hex substitute": (r"\uc2\u20013\'d6\'d0x", "中x"),
    "a pair of surrogates": (r"\uc1 a\u-10179?\u-8704?", "a😀"),
    "bytes of a picture": (r"a{\pict\bin5 }}}{{}b", "ab"),
    "field": (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", "shown"),
    "table": (r"\trowd\cellx1\cellx2\intbl a\cell b\cell\row\pard c\par ", "a\tb\nc"),
    "row that never ends": (r"\trowd\cellx1\cellx2\intbl a\cell b", "a\tb"),
    "header, note, footer": (r"{\header H\par}{\footer F\par}text{\footnote N}\par more\par ", "H\ntext\nmore\nF\nN"),
    "Unicode beside its old form": (r"{\upr{old}{\*\ud{new}}}", "new"),
    "text box": (
        r"a{\shp{\*\shpinst\shpleft0\shpright2000\shptop0\shpbottom2000{\shptxt box\par}}{\shprslt twice}}\par ",
        "box\na",
    ),
    "star in the middle of a group": (r"{\b\*\cs7 text}", "text"),
}


@pytest.mark.parametrize("case", RTF_TEXT)
def test_rtf_text(case: str) -> None:
    body, text = RTF_TEXT[case]
    assert read(rtf(body), isolate=False).text == text


def test_rtf_code_pages_of_fonts() -> None:
    source = rb"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}\f1 \'cf\'e8 {\f2 \'93\'fa\'96\'7b}\par}"
    assert read(source, isolate=False).text == "Пи 日本"


KINDS = {
    "PDF by content": (b"%PDF-1.4\n", "pdf"), "RTF by content": (b"{\\rtf1 a}", "rtf"), "PDF after other bytes": (b"junk\n%PDF-1.4", "pdf"),
    "HTML": (b"<!DOCTYPE html><p>a", "html"), "HTML after a comment": (b"<!-- saved from x --><html>", "html"),
    "many comments, and no HTML": (b"<!---->" * 2_000 + b"<x>", "text"),
    "XHTML": (b'<?xml version="1.0"?><html xmlns="x">', "html"), "HTML in UTF-16": ("\ufeff<html><p>a".encode("utf-16-le"), "html"),
    "JSON": (b'{"basics": {}}', "json"), "list that is no JSON": (b"[Jane Roe]", "text"),
    "mail": (b"From: a@b\nTo: c@d\nSubject: x\n\nhello", "mail"), "text with a colon": (b"Skills: Python\nTools: Git\n", "text"),
    "PNG": (b"\x89PNG\r\n\x1a\n", "image"), "JPEG": (b"\xff\xd8\xff\xe0", "image"),
}  # fmt: skip


@pytest.mark.parametrize("case", KINDS)
def test_content_tells_the_format(case: str) -> None:
    from dlmatch.reading.formats import detect

    data, kind = KINDS[case]
    assert detect(data, "wrong.xyz").key == kind


REFUSED: dict[str, tuple[bytes, type[DlmatchError]]] = {
    "encrypted Office file": (OLE + wide("EncryptedPackage"), EncryptedDocument),
    "protected by rights": (OLE + wide("DRMContent"), EncryptedDocument),
    "old spreadsheet": (OLE + wide("Workbook"), UnsupportedFormat),
    "spreadsheet": (zipped({"[Content_Types].xml": "", "xl/workbook.xml": "<a/>"}), UnsupportedFormat),
    "archive of anything": (zipped({"a.bin": "x"}), UnsupportedFormat),
    "gzip": (b"\x1f\x8b\x08abc", UnsupportedFormat),
    "control characters": (bytes(range(1, 9)) * 50, UnsupportedFormat),
    "no bytes": (b"", EmptyDocument),
    "only spaces": (b" \n\t ", EmptyDocument),
    "only zero bytes": (b"\0" * 400, EmptyDocument),
    "only digits": (b"123 456", EmptyDocument),
    "only hidden text": (b"<html><p hidden>Python</p></html>", EmptyDocument),
    "Word file without its text": (zipped({"[Content_Types].xml": "", "word/styles.xml": "<a/>"}), DamagedDocument),
    "Word file of nonsense": (zipped({"[Content_Types].xml": "", "word/document.xml": "nonsense"}), DamagedDocument),
    "encrypted OpenDocument": (
        zipped(
            {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<manifest:encryption-data/>"},
            stored=("mimetype",),
        ),
        EncryptedDocument,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_not_be_read_is_one_typed_error(case: str) -> None:
    data, error = REFUSED[case]
    with pytest.raises(error) as caught:
        read(data, name="a.bin")
    assert caught.value.where == "a.bin"
    assert caught.value.next_step


def test_names_in_place_of_files(tmp_path: Path) -> None:
    for source in ("nothing.txt", str(tmp_path), "a\0b", 7, io.StringIO("text"), None):
        with pytest.raises(UsageError):
            read(source)  # type: ignore[arg-type]


def test_paths_bytes_and_streams_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "cv.txt"
    path.write_bytes(b"Python")
    with path.open("rb") as stream:
        documents = [
            read(path),
            read(str(path)),
            read(b"Python", name="cv.txt"),
            read(io.BytesIO(b"Python"), name="cv.txt"),
            read(stream),
        ]
    assert len(set(map(repr, documents))) == 1


def test_legacy_word_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy.shutil, "which", lambda program: None)
    with pytest.raises(MissingExtra, match="antiword"):
        read(OLE + wide("WordDocument"), name="cv.doc")


def test_legacy_word_through_antiword(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "antiword"
    program.write_text("#!/bin/sh\necho 'Jane Roe, Python'\n")
    program.chmod(0o755)
    monkeypatch.setattr(legacy.shutil, "which", lambda name: str(program) if name == "antiword" else None)
    document = read(OLE + wide("WordDocument"), name="cv.doc")
    assert (document.text, document.reader) == ("Jane Roe, Python", "antiword")


def test_pictures_say_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: None)
    with pytest.raises(NoTextLayer, match=r"dlmatch\[ocr\]"):
        read(b"\x89PNG\r\n\x1a\n" + bytes(40), isolate=False)


def test_tesseract_words_become_lines() -> None:
    table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    table += "5\t1\t1\t1\t1\t1\t10\t20\t30\t10\t96\tDeep\n5\t1\t1\t1\t1\t2\t45\t20\t40\t10\t95\tlearning\n5\t1\t1\t1\t2\t1\t10\t40\t30\t10\t12\t~~\n"
    assert ocr._lines(table) == [ocr.Line(text="Deep learning", box=(10.0, 20.0, 85.0, 30.0))]


def test_lone_surrogates_of_a_posting_go() -> None:
    posting = {
        "@type": "JobPosting",
        "title": "\ud800 Engineer",
        "description": "Python",
        "hiringOrganization": {"name": "\ud800x"},
    }
    document = read(json.dumps(posting).encode(), name="a.json", isolate=False)
    assert str(document.stated["title"]).encode()
    assert document.text.encode()


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "x\0y", "no-such"])
def test_a_mail_in_an_odd_encoding_is_read(charset: str) -> None:
    mail = f'From: a@b\nTo: c@d\nSubject: x\nContent-Type: text/plain; charset="{charset}"\n\nPython \xe9 and Docker\n'
    assert "Docker" in read(mail.encode("latin-1"), isolate=False).text


CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not beside the checkout")
def test_a_pdf_reads_the_same_whatever_was_read_before() -> None:
    """PDFium's stand-in fonts once kept the shape that the last file gave them."""
    first, second = (read(CORPUS / "pdf" / "pdfjs" / "issue11651.pdf", isolate=False) for _ in range(2))
    assert (first.text, first.places) == (second.text, second.places)
