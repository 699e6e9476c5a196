"""Builds small files of every format, for cases that no one has saved as a file."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", W),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("v", "urn:schemas-microsoft-com:vml"),
    )
)
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def zipped(parts: dict[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """An archive of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def relationships(links: dict[str, tuple[str, str]]) -> str:
    """id -> (kind, target) as a part."""
    inner = "".join(f'<Relationship Id="{i}" Type="{_KIND}{kind}" Target="{target}"/>' for i, (kind, target) in links.items())
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{inner}</Relationships>'


def docx(
    body: str, *, parts: dict[str, str | bytes] | None = None, links: dict[str, tuple[str, str]] | None = None, tail: str = ""
) -> bytes:
    """A Word file with this inside w:body; parts named word/x.xml may use the usual prefixes through `part`."""
    named = {name.removeprefix("word/").removesuffix(".xml"): name for name in parts or {}}
    known = {
        f"auto{n}": (stem, f"{stem}.xml")
        for n, stem in enumerate(named)
        if stem in ("styles", "settings", "footnotes", "endnotes")
    }
    if "theme/theme1" in named:
        known["autotheme"] = ("theme", "theme/theme1.xml")
    return zipped(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relationships({"rId1": ("officeDocument", "word/document.xml")}),
            "word/_rels/document.xml.rels": relationships({**known, **(links or {})}),
            **(parts or {}),
            "word/document.xml": part("document", f"{tail}<w:body>{body}</w:body>"),
        }
    )


def part(root: str, inner: str) -> str:
    """A part of a Word file with this root."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMESPACES}>{inner}</w:{root}>'


def p(*runs: str, says: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{f'<w:pPr>{says}</w:pPr>' if says else ''}{''.join(runs)}</w:p>"


def r(text: str, says: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{says}</w:rPr>" if says else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def box(
    content: str, *, fill: str = "", size: tuple[int, int] = (2_000_000, 900_000), frame: str = "", wrap: str = "anchor"
) -> str:
    """A run with a text box; `content` is paragraphs."""
    inner = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>" if content else ""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:{wrap}>{frame}<wp:extent cx="{size[0]}" cy="{size[1]}"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr>{inner}</wps:wsp></a:graphicData></a:graphic></wp:{wrap}></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape>{f'<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>' if content else ''}"
        f"</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMESPACES = " ".join(
    [f'xmlns:{word}="{_ODF}{uri}:1.0"' for word, uri in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("manifest", "manifest"),
    )] + ['xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"']
)  # fmt: skip


def odt(body: str, styles: str = "", *, sheet: str = "") -> bytes:
    """An OpenDocument text with this inside office:text."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_ODF_NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    common = f'<?xml version="1.0"?><office:document-styles {_ODF_NAMESPACES}>{sheet}</office:document-styles>'
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "styles.xml": common,
        "content.xml": content,
    }
    return zipped(parts, stored=("mimetype",))


def text_style(name: str, says: str, family: str = "text") -> str:
    """A style of letters."""
    return f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {says}/></style:style>'


def rtf(body: str, *, colours: str = r"\red255\green255\blue255;\red0\green0\blue0;\red31\green56\blue100;") -> bytes:
    """RTF: colour 1 is white, 2 black, 3 dark blue."""
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}}{\colortbl;" + colours + "}" + body + "}").encode(
        "latin-1"
    )
