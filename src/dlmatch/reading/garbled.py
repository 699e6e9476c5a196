"""Puts right text that a program garbled on its way: printed byte strings, and UTF-8 that was taken for Windows-1252."""

from __future__ import annotations

import re

_ESCAPED_BYTES = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_ESCAPED_BREAK = re.compile(r"\\r\\n|\\n|\\r|\\t")
_BYTES_QUOTES = re.compile(r"\A\s*b(['\"])(.*)\1\s*\Z", re.S)
_MIN_LETTERS = 2

# The characters that Windows-1252 has for the bytes 80 to BF, which go on in UTF-8; its five holes as Latin-1 controls.
_ON = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)) + "".join(
    map(chr, range(0x80, 0xA0))
)
_BYTES = {character: bytes((0x80 + place,)) for place, character in enumerate(_ON[:64])} | {
    chr(n): bytes((n,)) for n in range(0x80, 0x100)
}
_GO_ON = f"[{re.escape(_ON)}]"
# What such letters look like: those of Western languages, dashes, quotes, bullets, ligatures.
_GARBLED = re.compile(f"[\u00c2\u00c3]{_GO_ON}|[\u00e2\u00ef]{_GO_ON}{{2}}")
# No language writes these: an A with tilde before a sign, an a with circumflex before a euro sign or control and another.
_SURE = re.compile(f"\u00c3[\u00a0-\u00bf]|\u00e2[\u0080\u20ac]{_GO_ON}|\u00c2[\u00a0-\u00bf].*?\u00c2[\u00a0-\u00bf]", re.S)


def mend(text: str) -> str:
    """The text as it was meant; unchanged where nothing says that it was garbled."""
    if "\\x" in text:
        text = unescape(text)
    if ("\u00c3" in text or "\u00e2" in text or "\u00c2" in text) and _SURE.search(text):
        text = _GARBLED.sub(_as_meant, text)
    return text


def _as_meant(found: re.Match[str]) -> str:
    try:
        return b"".join(_BYTES[character] for character in found[0]).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return found[0]


def unescape(text: str) -> str:
    r"""Text that is the printed form of a byte string (b'caf\xc3\xa9'), as data sets of scraped resumes often hold it.

    The rule: its runs of \xNN hold at least _MIN_LETTERS letters beyond ASCII as valid UTF-8, and at most one run in ten
    is anything else. Nobody writes that by hand, and one example in a lesson on encodings stays as it is. The runs are
    decoded; then \n, \r and \t are line ends and tabs too, unless the text has more line ends of its own (a Windows
    path such as C:\new must stay).
    """
    good = bad = letters = 0

    def decoded(found: re.Match[str]) -> str:
        nonlocal good, bad, letters
        raw = bytes.fromhex(found[0].replace("\\x", ""))
        try:
            meant = raw.decode("utf-8")
        except UnicodeDecodeError:
            bad += 1
            return raw.decode("utf-8", "replace")
        good += 1
        letters += sum(letter > "\x7f" for letter in meant)
        return meant

    plain = _ESCAPED_BYTES.sub(decoded, text)
    if letters < _MIN_LETTERS or bad * 10 > good + bad:
        return text
    if len(_ESCAPED_BREAK.findall(plain)) > plain.strip().count("\n"):
        plain = _ESCAPED_BREAK.sub(lambda found: "\t" if found[0] == "\\t" else "\n", plain)
    quoted = _BYTES_QUOTES.match(plain)
    return quoted[2] if quoted else plain
