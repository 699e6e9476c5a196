"""Many small documents of several formats, some of them broken or made to do harm: the same ones for the same number."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

SKILLS = ("PyTorch", "TensorFlow", "Keras", "Python", "C++", "SQL", "AWS", "Docker", "computer vision", "transformers", "MLOps",
          "model deployment", "statistics", "linear algebra", "Kubernetes", "reinforcement learning", "NLP", "pandas")  # fmt: skip
PLACES = ("Austin, TX", "San Francisco, CA", "Bengaluru, India", "Denver, CO", "Hyderabad, India", "Boston, MA")
TITLES = ("Deep Learning Engineer", "Senior Machine Learning Engineer", "Data Scientist", "Computer Vision Engineer")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def ad_lines(pick: random.Random) -> list[str]:
    """The lines of an invented ad."""
    named = pick.sample(SKILLS, 7)
    years = pick.randint(1, 9)
    low = pick.randrange(90, 190, 5) * 1000
    return [
        pick.choice(TITLES), pick.choice(PLACES), f"Requisition {pick.randrange(10**6)}", "About the role",
        "We are looking for an engineer who will train and deploy models with our team.", "Requirements",
        f"{years}+ years of experience with {named[0]} and {named[1]}", f"You know {named[2]}, {named[3]} and {named[4]}",
        "Bachelor's degree in Computer Science", "Preferred qualifications", f"{named[5]} and {named[6]} are a plus",
        f"The base salary is ${low:,} - ${low + 40_000:,} a year.",
    ]  # fmt: skip


def resume_lines(pick: random.Random) -> list[str]:
    """The lines of an invented resume."""
    named = pick.sample(SKILLS, 6)
    start = pick.randint(2012, 2020)
    return [
        f"Person {pick.randrange(10**6)}", f"person{pick.randrange(1000)}@example.com", pick.choice(PLACES), "Experience",
        pick.choice(TITLES), f"Company {pick.randrange(100)}, {start} - {start + 4}", f"Built {named[0]} models and deployed them",
        f"Led work on {named[1]} with {named[2]}", "Education", "MSc Computer Science, 2011", "Skills", ", ".join(named[3:]),
    ]  # fmt: skip


def txt(lines: list[str]) -> bytes:
    return "\n".join(lines).encode()


def html(lines: list[str]) -> bytes:
    return ("<!doctype html><html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>").encode()


def docx(lines: list[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line.replace('&', '&amp;')}</w:t></w:r></w:p>" for line in lines)
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    return _zipped(
        {"[Content_Types].xml": types, "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'}
    )


def pdf(lines: list[str]) -> bytes:
    shown = b"".join(
        b"(" + line.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"") + b") Tj T*\n" for line in lines
    )
    return _pdf(b"BT /F1 11 Tf 60 740 Td 16 TL\n" + shown + b"ET")


def flate_bomb(pick: random.Random) -> bytes:
    packed = zlib.compress(zlib.compress(b"\0" * (1 << 28), 9), 9)
    return _pdf(packed, "/Filter [/FlateDecode /FlateDecode]")


def nested_html(pick: random.Random) -> bytes:
    return b"<html><body>" + b"<div>" * 200_000 + b"PyTorch"


def nested_json(pick: random.Random) -> bytes:
    return b'{"a":' + b"[" * 100_000


def entity_bomb(pick: random.Random) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e0 "lol">{entities}]><w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>'
    return _zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def many_paragraphs(pick: random.Random) -> bytes:
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"<w:p/>" * 1_000_000}</w:body></w:document>',
        }
    )


def garbage(pick: random.Random) -> bytes:
    return b"\x89PNG\r\n" + pick.randbytes(300)


def cut_pdf(pick: random.Random) -> bytes:
    return pdf(ad_lines(pick))[:200]


def nothing(pick: random.Random) -> bytes:
    return b""


FORMATS: tuple[tuple[str, Callable[[list[str]], bytes]], ...] = ((".txt", txt), (".docx", docx), (".html", html), (".pdf", pdf))
BOMBS: tuple[tuple[str, Callable[[random.Random], bytes]], ...] = (
    (".pdf", flate_bomb), (".html", nested_html), (".json", nested_json), (".docx", entity_bomb), (".docx", many_paragraphs),
)  # fmt: skip
BROKEN: tuple[tuple[str, Callable[[random.Random], bytes]], ...] = ((".png", garbage), (".pdf", cut_pdf), (".txt", nothing))


def write_documents(folder: Path, count: int, *, bombs: float = 0.01, broken: float = 0.02, seed: int = 7) -> None:
    """`count` files in a few folders below this one."""
    made: dict[str, bytes] = {}
    for number in range(count):
        pick = random.Random(seed * 1_000_003 + number)
        draw = pick.random()
        if draw < bombs:
            ending, bomb = BOMBS[number % len(BOMBS)]
            content = made.setdefault(bomb.__name__, bomb(pick))
        elif draw < bombs + broken:
            ending, bad = pick.choice(BROKEN)
            content = bad(pick)
        else:
            ending, form = FORMATS[number % len(FORMATS)]
            content = form((ad_lines if pick.random() < 0.7 else resume_lines)(pick))
        path = folder / f"part {number % 5}" / f"={number:05}{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _zipped(parts: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _pdf(content: bytes, says: str = "") -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} {says} >>\nstream\n".encode() + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]  # fmt: skip
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{place:010} 00000 n \n".encode() for place in places
    )
    return bytes(out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
