"""Small PDFs written by hand: one page, a visible line, and whatever a case adds to it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

VISIBLE = "Jane Doe Python developer"


@dataclass
class Made:
    """A one-page PDF in the making. `content` is drawn after the visible line; objects are numbered from 10."""

    content: str = ""
    before: str = ""  # drawn first
    page: str = ""  # more entries of the page
    catalog: str = ""
    info: str = ""
    xobjects: str = ""
    states: str = ""
    patterns: str = ""
    spaces: str = ""
    properties: str = ""
    fonts: str = ""
    box: str = "0 0 612 792"
    first_line: str = f"BT /F1 12 Tf 0 g 72 700 Td ({VISIBLE}) Tj ET\n"
    objects: list[tuple[int, bytes]] = field(default_factory=list)

    def stream(self, number: int, entries: str, data: bytes | str, pack: bool = False) -> None:
        """Add a stream object."""
        raw = data.encode("latin-1") if isinstance(data, str) else data
        if pack:
            raw = zlib.compress(raw)
            entries += " /Filter /FlateDecode"
        self.objects.append((number, f"<< {entries} /Length {len(raw)} >>\nstream\n".encode() + raw + b"\nendstream"))

    def form(self, number: int, content: str, entries: str = "") -> None:
        """Add a form that may be drawn with Do."""
        fonts = "/Resources << /Font << /F1 5 0 R >> >>"
        self.stream(number, f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] {fonts} {entries}", content)

    def image(self, number: int, width: int, height: int, pixels: bytes) -> None:
        """Add a grey image."""
        entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
        self.stream(number, entries, pixels, pack=True)

    def bytes(self) -> bytes:
        """The file."""
        resources = (
            f"/Font << /F1 5 0 R {self.fonts} >> /XObject << {self.xobjects} >> /ExtGState << {self.states} >> "
            f"/Pattern << {self.patterns} >> /ColorSpace << {self.spaces} >> /Properties << {self.properties} >>"
        )
        content = (self.before + self.first_line + self.content).encode("latin-1")
        objects: list[tuple[int, bytes]] = [
            (1, f"<< /Type /Catalog /Pages 2 0 R {self.catalog} >>".encode()),
            (2, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
            (
                3,
                f"<< /Type /Page /Parent 2 0 R /MediaBox [{self.box}] {self.page} /Contents 4 0 R "
                f"/Resources << {resources} >> >>".encode("latin-1"),
            ),
            (4, f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"),
            (5, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"),
            (6, f"<< {self.info} >>".encode("latin-1")),
            *self.objects,
        ]
        out = b"%PDF-1.7\n"
        places: dict[int, int] = {}
        for number, body in objects:
            places[number] = len(out)
            out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
        start, size = len(out), max(places) + 1
        out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
        for number in range(1, size):
            out += (f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n").encode()
        return out + f"trailer\n<< /Size {size} /Root 1 0 R /Info 6 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def line(text: str, x: float = 72, y: float = 600, size: float = 12, before: str = "0 g") -> str:
    """One line of text in its own graphics state."""
    return f"q {before} BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET Q\n"


def lines(texts: list[str], x: float, y: float, size: float = 10, leading: float = 12) -> str:
    """Several lines below each other."""
    return "".join(line(text, x, y - at * leading, size) for at, text in enumerate(texts))
