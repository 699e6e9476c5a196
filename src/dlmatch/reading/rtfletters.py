"""Bytes and colour entries of an RTF file to letters and colours: code pages, fonts, \\u and what follows it."""

from __future__ import annotations

from dlmatch.reading.rtfcodes import CHARSETS, SYMBOL_CHARSET, code_page
from dlmatch.reading.visible import RGB


class Letters:
    """Fonts with their code pages."""

    __slots__ = ("_fonts", "default_font", "encoding")

    def __init__(self) -> None:
        self._fonts: dict[int, str | None] = {}  # None: a font of symbols
        self.encoding = "cp1252"
        self.default_font = 0

    def name_font(self, font: int) -> None:
        """A font of the table, in the file's own code page until its charset says otherwise."""
        self._fonts.setdefault(font, self.encoding)

    def charset(self, font: int, number: int) -> None:
        """\\fcharset in the font table."""
        self._fonts[font] = None if number == SYMBOL_CHARSET else CHARSETS.get(number, self.encoding)

    def font_page(self, font: int, number: int) -> None:
        """\\cpg in the font table."""
        page = code_page(number)
        if page:
            self._fonts[font] = page

    def file_page(self, number: int) -> None:
        """\\ansicpg."""
        self.encoding = code_page(number) or self.encoding

    def decode(self, raw: bytes, font: int) -> str:
        """Letters of a font."""
        encoding = self._fonts.get(font if font >= 0 else self.default_font, self.encoding)
        if encoding is None:
            return "".join("•" if byte >= 0x7F else chr(byte) for byte in raw)
        return raw.decode("ascii") if raw.isascii() else raw.decode(encoding, "replace")


def unicode_letter(value: int) -> str:
    """The letter of \\u, which writes 16 bits with a sign; symbol fonts use a private range."""
    code = value & 0xFFFF if value < 0 else value
    if not 0 < code <= 0x10FFFF:
        return ""
    return "•" if 0xF000 <= code <= 0xF0FF else chr(code)


class Colours(list[RGB | None]):
    """The colour table; None is the automatic colour."""

    def __init__(self) -> None:
        super().__init__()
        self._mix: dict[str, int] = {}

    def mix(self, part: str, value: int) -> None:
        """\\red, \\green or \\blue."""
        self._mix[part] = min(255, max(0, value))

    def enter(self, count: int) -> None:
        """As many entries end here."""
        for _ in range(min(count, 4096 - len(self))):
            mix = self._mix
            self.append((mix.get("red", 0), mix.get("green", 0), mix.get("blue", 0)) if mix else None)
            self._mix = {}
