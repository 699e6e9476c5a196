"""Finds the streams of a PDF that unpack to more than any page needs, before an engine unpacks them."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

from dlmatch.reading.limits import MAX_ALL_STREAM_BYTES, MAX_STREAM_BYTES, MAX_UNCHECKED_STREAM, MEGABYTE, LimitReached

_STREAM = re.compile(rb"stream\r?\n")
_FILTERS = re.compile(rb"/(?:Filter|F)\s*(\[[^\]]{0,2000}\]|/[#\w]+|\d+\s+\d+\s+R)")
_NAME = re.compile(rb"/([#\w]+)|(\d+\s+\d+\s+R)")
_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
_EXPANDING = {
    b"FlateDecode": "flate",
    b"Fl": "flate",
    b"LZWDecode": "lzw",
    b"LZW": "lzw",
    b"RunLengthDecode": "runs",
    b"RL": "runs",
}
_TEXTUAL = {b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx"}
_KIDS = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b[^>]{0,400}?/Kids\s*\[([^\]]{0,20000})\]")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R")
_TREE = 2000  # nodes that are followed
_DICTIONARY = 3000  # bytes before `stream` in which its filters stand
_STEP = 256 * 1024
_OTHER_RATIO = {"lzw": 1_500, "runs": 64}  # bytes out for a byte in, at most


def check_streams(data: bytes) -> None:
    """LimitReached if a compressed stream gives more than MAX_STREAM_BYTES, or all together too much."""
    whole = 0
    for filters, start, end in _streams(data):
        stacked = len(filters) > 1
        if filters and (stacked or end - start > MAX_UNCHECKED_STREAM):
            whole += _unpacked(data[start:end], filters)
            if whole > MAX_ALL_STREAM_BYTES:
                raise LimitReached("unpacked-bytes", f"more than {MAX_ALL_STREAM_BYTES // MEGABYTE} MB come out of the file")


def check_page_tree(data: bytes) -> None:
    """LimitReached if the page tree leads back to itself; asked when no page can be opened."""
    kids = {
        int(number): [int(kid) for kid in _REFERENCE.findall(inside)] for number, inside in _KIDS.findall(data[: 4 * MEGABYTE])
    }
    for start in kids:
        seen: set[int] = set()
        waiting = [start]
        while waiting:
            for kid in kids.get(waiting.pop(), ()):
                if kid == start:
                    raise LimitReached("nesting", "the tree of pages leads back to itself")
                if kid not in seen and len(seen) < _TREE:
                    seen.add(kid)
                    waiting.append(kid)


def _streams(data: bytes) -> Iterator[tuple[list[str], int, int]]:
    """The expanding filters of each stream and where its bytes lie."""
    at = 0
    while match := _STREAM.search(data, at):
        start = match.end()
        end = data.find(b"endstream", start)
        if end < 0:
            end = len(data)
        if data[match.start() - 3 : match.start()] != b"end":
            yield _filters(data[max(at, match.start() - _DICTIONARY) : match.start()]), start, end
        at = min(end + 9, len(data))


def _filters(before: bytes) -> list[str]:
    """The expanding filters that the dictionary before the stream names, in the order they are undone."""
    dictionary = before[max(before.rfind(b" obj"), before.rfind(b"\nobj"), 0) :]
    found: list[str] = []
    for match in _FILTERS.finditer(dictionary):
        for name, reference in _NAME.findall(match[1]):
            plain = _HEX.sub(lambda code: bytes([int(code[1], 16)]), name)
            if reference:  # named elsewhere: think the worst
                found += ["flate", "flate"]
            elif plain in _TEXTUAL:
                found.append("text85" if b"85" in plain else "text16")
            elif plain in _EXPANDING:
                found.append(_EXPANDING[plain])
    return found if any(not name.startswith("text") for name in found) else []


def _unpacked(packed: bytes, filters: list[str]) -> int:
    """How many bytes come out in the end; LimitReached when they are too many."""
    data: bytes = packed
    for at, name in enumerate(filters):
        if name.startswith("text"):
            data = _plain(data, name)
        elif name == "flate":
            last = all(later.startswith("text") for later in filters[at + 1 :])
            out = _inflated(data, keep=not last)
            if out is None:
                return len(data)  # encrypted, damaged or not packed: nothing comes out that could harm
            if last:
                return len(out) if isinstance(out, bytes) else out
            data = out if isinstance(out, bytes) else b""
        else:
            if len(filters) > 1 and len(data) * _OTHER_RATIO[name] > MAX_STREAM_BYTES:
                _too_much()
            return 0
    return len(data)


def _inflated(data: bytes, keep: bool) -> bytes | int | None:
    """What inflating gives (or its length), None where it is no such stream; LimitReached above the limit."""
    engine = zlib.decompressobj()
    pieces: list[bytes] = []
    length = 0
    rest = data.lstrip(b"\r\n")
    while rest and not engine.eof:
        try:
            piece = engine.decompress(rest, _STEP)
        except zlib.error:
            return None if not length else (b"".join(pieces) if keep else length)
        if not piece and engine.unconsumed_tail == rest:
            break
        length += len(piece)
        if keep:
            pieces.append(piece)
        if length > MAX_STREAM_BYTES:
            _too_much()
        rest = engine.unconsumed_tail
    return b"".join(pieces) if keep else length


def _plain(data: bytes, name: str) -> bytes:
    """ASCII filters undone; they only shrink."""
    try:
        if name == "text16":
            return bytes.fromhex(data.split(b">")[0].decode("ascii", "ignore"))
        return base64.a85decode(data.split(b"~>")[0].strip(), ignorechars=b" \t\r\n\x0b\x00")
    except ValueError:
        return b""


def _too_much() -> None:
    raise LimitReached("unpacked-bytes", f"a stream gives more than {MAX_STREAM_BYTES // MEGABYTE} MB")
