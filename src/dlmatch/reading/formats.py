"""Tells a file's format by its content first, then its name: one table, one row a format."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath

from dlmatch.errors import DamagedDocument, DlmatchError, EncryptedDocument, LimitExceeded, UnsupportedFormat
from dlmatch.model.document import Document
from dlmatch.reading.limits import HARD_SECONDS, OCR_MEMORY_BYTES, OCR_SECONDS, WORKER_MEMORY_BYTES, LimitReached, spending


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How one format is recognised and read."""

    key: str
    reader: str  # module:function of (data, name) -> Document
    endings: tuple[str, ...]
    begins: Callable[[bytes], bool] | None = None  # by content, given the first bytes past white space
    isolated: bool = True  # read in a worker process
    seconds: float = HARD_SECONDS
    memory: int = WORKER_MEMORY_BYTES


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]  # readers accept up to a kilobyte of other bytes before it


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM", b"\x00\x00\x00\x0cjP")
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h[1-6]|table|ul|article|section|main|script|style|span)[\s>/]", re.I
)
_XML_HTML = re.compile(rb"(?>\s*(?:<\?xml[^>]*>|<!--.{0,2000}?-->))*+\s*<(?:!doctype\s+html|html)[\s>]", re.I | re.S)
_MAIL = re.compile(rb"(?:From \S[^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){3,}", re.ASCII)
_MAIL_FIELDS = re.compile(rb"^(?:from|to|subject|date|message-id|mime-version|received|content-type|return-path):", re.I | re.M)


def _html(head: bytes) -> bool:
    return bool(_XML_HTML.match(head) or _HTML.match(head) or (head.startswith(b"<!--") and _HTML.search(head)))


def _mail(head: bytes) -> bool:
    fields = _MAIL.match(head[:16_000])
    return fields is not None and len({field.lower() for field in _MAIL_FIELDS.findall(fields[0])}) >= 3


def _json(head: bytes) -> bool:
    return bool(re.match(rb"\{\s*[\"}]|\[\s*[{\[]", head))


FORMATS: tuple[Format, ...] = (
    Format(key="pdf", reader="pdf:read_pdf", endings=(".pdf",), begins=_pdf),
    Format(key="rtf", reader="rtf:read_rtf", endings=(".rtf",), begins=_starts(b"{\\rtf", b"{\\urtf")),
    Format(key="docx", reader="word:read_word", endings=(".docx", ".docm", ".dotx", ".dotm")),
    Format(key="wordml", reader="word:read_word_xml", endings=()),
    Format(key="odt", reader="opendocument:read_opendocument", endings=(".odt", ".ott", ".fodt")),
    Format(key="doc", reader="legacy:read_legacy", endings=(".doc",
    ".dot"), isolated=False),  # runs a program that is killed in time
    Format(key="image", reader="ocr:read_image", endings=(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"),
           begins=_starts(*_IMAGES), seconds=OCR_SECONDS, memory=OCR_MEMORY_BYTES),
    Format(key="scan", reader="ocr:read_scan", endings=(), seconds=OCR_SECONDS, memory=OCR_MEMORY_BYTES),
    Format(key="html", reader="webpage:read_webpage", endings=(".html", ".htm", ".xhtml"), begins=_html),
    Format(key="mail", reader="mail:read_mail", endings=(".eml", ".mht", ".mhtml"), begins=_mail),
    Format(key="json", reader="jsonresume:read_json", endings=(".json", ".jsonld"), begins=_json),
    Format(key="markdown", reader="markdown:read_markdown", endings=(".md", ".markdown", ".mkd")),
    Format(key="text", reader="text:read_text_bytes", endings=(), isolated=False),
)  # fmt: skip
_BY_KEY = {form.key: form for form in FORMATS}

# What is recognised only to say what it is.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "a gzip archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"%!PS", "PostScript"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"), (b"PAR1", "a Parquet table"), (b"OggS", "sound"), (b"ID3", "sound"),
    (b"\x00\x00\x00\x18ftyp", "a film"), (b"\x00\x00\x00\x20ftyp", "a film"), (b"AT&TFORM", "DjVu"), (b"{\\fonttbl",
    "a part of RTF"),
    (b"\xffWPC", "WordPerfect"),
)  # fmt: skip
_INSIDE_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"xl/workbook", "a spreadsheet"), (b"ppt/presentation", "a slide show"), (b"META-INF/container.xml", "an e-book"),
    (b"Index/Document.iwa", "an Apple Pages document"), (b"visio/", "a drawing"), (b"AndroidManifest", "a program"),
)  # fmt: skip


def of_key(key: str) -> Format:
    """The row with this key."""
    return _BY_KEY[key]


def detect(data: bytes, name: str = "") -> Format:
    """The format of these bytes; EncryptedDocument or UnsupportedFormat where none of ours fits."""
    head = data[:65_536]
    stripped = head[3:].lstrip() if head.startswith(b"\xef\xbb\xbf") else head.lstrip()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _inside_zip(data)
    if data.startswith(_OLE):
        return _inside_ole(data)
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise UnsupportedFormat(f"It is {what}, which no reader takes.")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _BY_KEY["image"]
    probe = _as_ascii(stripped)
    wordml = _xml_kind(probe)
    if wordml is not None:
        return wordml
    ending = PurePosixPath(name.lower().replace("\\", "/")).suffix
    for form in FORMATS:
        if form.begins is not None and form.begins(probe) and not (form.key in _BY_NAME_FIRST and ending in _TEXT_ENDINGS):
            return form
    return _by_name(ending)


# A Markdown or text file may well begin with a tag, a mail header or a bracket: there the name decides.
_BY_NAME_FIRST = frozenset({"html", "mail", "json"})
_TEXT_ENDINGS = frozenset({".txt", ".text", ".md", ".markdown", ".mkd", ".rst", ".tex", ".log", ".csv", ".tsv"})


def _by_name(ending: str) -> Format:
    """No content of ours: names that promise a binary format are wrong about it."""
    for form in FORMATS:
        if ending in form.endings:
            if form.key in ("html", "mail", "json", "markdown"):
                return form
            if form.key in ("doc", "docx", "rtf", "odt"):
                return _BY_KEY["text"]  # plain text under a word processor's name: common, and harmless
            break
    return _BY_KEY["text"]


def _as_ascii(head: bytes) -> bytes:
    """UTF-16 and UTF-32 markup as plain bytes, so that one look serves all."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or head[1:2] == b"\0" or head[:1] == b"\0":
        return head.replace(b"\0", b"").lstrip(b"\xff\xfe \r\n\t")
    return head


def _xml_kind(head: bytes) -> Format | None:
    """Word or OpenDocument as one flat XML file."""
    if not head.startswith((b"<?xml", b"<w:", b"<office:", b"<pkg:")):
        return None
    start = head[:4096]
    if b"schemas.microsoft.com/office/word/2003/wordml" in start or b"schemas.microsoft.com/office/2006/xmlPackage" in start:
        return _BY_KEY["wordml"]
    if b"urn:oasis:names:tc:opendocument:xmlns:office" in start:
        return _BY_KEY["odt"]
    return None


def _inside_zip(data: bytes) -> Format:
    first = data[30:200]
    if b"application/vnd.oasis.opendocument.text" in first or b"application/vnd.sun.xml.writer" in first:
        return _BY_KEY["odt"]
    if b"word/document" in data:  # before the others: a Word file may hold spreadsheets
        return _BY_KEY["docx"]
    for mark, what in _INSIDE_ZIP:
        if mark in data:
            raise UnsupportedFormat(f"It is {what}, which no reader takes.")
    if b"word/" in data or b"[Content_Types].xml" in data or b"word\\" in data:
        return _BY_KEY["docx"]
    if b"content.xml" in data:
        return _BY_KEY["odt"]
    raise UnsupportedFormat(
        "It is an archive without a document that a reader takes.", next_step="Unpack it and name the folder instead."
    )


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def _inside_ole(data: bytes) -> Format:
    """Old Office files, and new ones that are encrypted, are little file systems; their entries' names tell."""
    if _wide("EncryptedPackage") in data:
        raise EncryptedDocument("The file is protected by a password.")
    if _wide("DRMEncrypted") in data or _wide("DRMContent") in data:
        raise EncryptedDocument("The file is protected by rights management.")
    if _wide("WORDDOCUMENT") in data.upper():  # some programs write the name in capitals
        return _BY_KEY["doc"]
    for mark, what in (
        ("Workbook", "a spreadsheet"),
        ("PowerPoint Document", "a slide show"),
        ("__properties_version", "an Outlook message"),
    ):
        if _wide(mark) in data:
            raise UnsupportedFormat(f"It is {what}, which no reader takes.")
    raise UnsupportedFormat("It is an old Office file without a Word document in it.")


def reader_of(key: str) -> Callable[[bytes, str], Document]:
    """What reads this format, loaded now if it was not."""
    module, _, function = _BY_KEY[key].reader.partition(":")
    read: Callable[[bytes, str], Document] = getattr(import_module(f"dlmatch.reading.{module}"), function)
    return read


def parse(key: str, data: bytes, name: str) -> Document:
    """Read in this process. Whatever the libraries below raise leaves as one of our errors, without a word of the text."""
    try:
        with spending():
            return reader_of(key)(data, name)
    except DlmatchError:
        raise
    except LimitReached as limit:
        raise LimitExceeded(limit.sentence[0].upper() + limit.sentence[1:]) from None
    except MemoryError:
        raise LimitExceeded("The limit on memory was reached while it was read.") from None
    except RecursionError:
        raise LimitExceeded("The limit on nesting was reached: its parts lie too deep inside each other.") from None
    except Exception as error:
        raise DamagedDocument(f"It can't be read as {key.upper()} ({type(error).__name__}).") from None


def parse_embedded(data: bytes, name: str) -> Document:
    """A file inside the file being read, under the same budget. Programs and OCR are not started for it."""
    with spending() as budget, budget.inside():
        form = detect(data, name)
        if form.key in ("doc", "image"):
            raise UnsupportedFormat(f"A file of kind {form.key} inside another file is not read.")
        return parse(form.key, data, name)
