"""Turns a document's text into a levelled copy of the same length and into lines, so that offsets stay those of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from dlmatch.finding.anchors import signs_but
from dlmatch.finding.markup import BULLET, FILL, without_markup

_SINGLE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043\u2192\u279d\u27f6\u2794\u21d2", "-"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\x00", FILL),
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u00b4\u0060\u02bc", "'"),
    **dict.fromkeys(
        "\u25cf\u25cb\u25e6\u25aa\u25ab\u25a0\u25a1\u27a2\u2756\u25ba\u25b6\u2713\u2714\u203a\u2219\u25c6\u25c7\u2666",
        BULLET,
    ),
    "\uff0f": "/",
    "\uff0c": ",",
    "\x0b": "\n",
    "\x0c": "\n",
    "\r": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u0085": "\n",
}
_EVEN = b"\t\n" + bytes((*range(ord(" "), ord("`")), *range(ord("a"), 127)))  # all other signs may need another
_ESCAPES = re.compile(r"(?:\\x[0-9a-fA-F]{2}){1,60}")
_BROKEN_DASH = re.compile("\u00e2\u20ac[\u201c\u201d]|\u00e2\x80[\x93\x94]")  # a dash in UTF-8 that was read as Latin
_BROKEN_GAP = re.compile("\u00ef\u00bc[\u200b\u008d\u008f\u2039]?|\u00c2(?=[ \u00a0])")  # wide commas and spaces, likewise
_FLAT_ROW = 600  # a row longer than this is a whole document whose line ends became double spaces
_FLAT_GAPS = 3
# gaps between lines and cells; each begins with what a search finds fast
_LINE_ENDS, _TABS = re.compile(r"\n\n*"), re.compile(r"\t\t*")
_FLAT_GAP, _CELL_GAP = re.compile(r"   *"), re.compile(r"    *")
_PROSE_BREAK = re.compile(rf"(?<=[a-z\d)][.;:]) (?=[A-Z])| (?={BULLET})")
_BULLETS = re.compile(rf"[{BULLET}*\u00b7\u00a7>]\s*|-\s+(?=\S)|x\s*\x03|[o\u0081]\s(?=[A-Z])|\(cid:\d+\)\s*")
_BULLET_BEGINS = f"{BULLET}*\u00b7\u00a7>-xo\u0081("


class Line(NamedTuple):
    """A line of the text, or one cell of it where wide gaps part it."""

    start: int
    end: int
    row: int  # cells of one row share it
    text: str  # levelled, without white space and bullet at its ends
    bullet: bool
    indent: int = 0  # letters before it on its row


def levelled(text: str) -> str:
    """The text with one dash, one space, one apostrophe and one bullet, literal byte escapes resolved, marks of
    Markdown and LaTeX blanked; same length."""
    text = without_markup(text)
    if "\\x" in text:
        text = _ESCAPES.sub(_resolved, text)
    if "\u00e2" in text:
        text = _BROKEN_DASH.sub(lambda found: "-".center(len(found[0]), FILL), text)
    if "\u00ef" in text or "\u00c2" in text:
        text = _BROKEN_GAP.sub(lambda found: "|".center(len(found[0]), FILL), text)
    for sign in signs_but(_EVEN, text):
        text = text.replace(sign, _plain(sign))
    return text


def _plain(sign: str) -> str:
    return BULLET if "\ue000" <= sign <= "\uf8ff" else _SINGLE.get(sign, sign)


def _resolved(found: re.Match[str]) -> str:
    raw = bytes.fromhex(found[0].replace("\\x", ""))
    try:
        plain = raw.decode("utf-8")
        if any("\u0080" <= sign <= "\u00ff" for sign in plain):
            plain = _latin_twice(plain)
    except UnicodeDecodeError:
        plain = ""
    plain = "".join(sign if sign.isprintable() else FILL for sign in plain)
    return plain.ljust(len(found[0]), FILL)


def _latin_twice(plain: str) -> str:
    try:
        return plain.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return plain


def lines_of(level: str, keep: Sequence[tuple[int, int]] = ()) -> list[Line]:
    """Lines of a levelled text; no break falls inside the ranges of `keep` (a date whose dash was lost is two spaces)."""
    longest = max((len(row) for row in level.split("\n")), default=0)
    flat = longest > _FLAT_ROW or ("\n" not in level and level.count("  ") > _FLAT_GAPS)
    starts = [start for start, _ in keep]
    found: list[Line] = []
    row = begin = left = 0
    for start, end in _gaps(level, flat=flat):
        broken = level[start] == "\n"
        at = bisect_right(starts, start) - 1
        if at >= 0 and keep[at][1] >= end and not broken:
            continue
        _add(found, level, begin, start, row, left)
        begin = end
        if broken:
            left = begin
        if flat or broken:
            row += 1
    _add(found, level, begin, len(level), row, left)
    return found


def _gaps(level: str, *, flat: bool) -> list[tuple[int, int]]:
    """Where lines and cells are parted: line ends, tabs and wide spaces."""
    kinds = [_LINE_ENDS]
    if "\t" in level:
        kinds.append(_TABS)
    if ("  " if flat else "   ") in level:
        kinds.append(_FLAT_GAP if flat else _CELL_GAP)
    found = [gap.span() for kind in kinds for gap in kind.finditer(level)]
    return sorted(found) if len(kinds) > 1 else found


def _add(found: list[Line], level: str, start: int, end: int, row: int, left: int) -> None:
    if end - start > _FLAT_ROW:  # no line ends at all are left: sentences and bullets have to do
        for gap in _PROSE_BREAK.finditer(level, start, end):
            _add_line(found, level, start, gap.start(), row, left)
            start = gap.end()
    _add_line(found, level, start, end, row, left)


def _add_line(found: list[Line], level: str, start: int, end: int, row: int, left: int) -> None:
    text = level[start:end].rstrip()
    end = start + len(text)
    text = text.lstrip()
    start = end - len(text)
    if not text:
        return
    bullet = _BULLETS.match(level, start, end) if text[0] in _BULLET_BEGINS else None
    body = level[bullet.end() : end].strip() if bullet else text
    same = bool(found) and found[-1].row == row and found[-1].bullet and not found[-1].text
    found.append(Line(start, end, row, body, bullet is not None or same, start - left))


def joined(text: str) -> str:
    """The text in one piece: white space and fillers collapsed to single spaces."""
    return " ".join(text.split())
