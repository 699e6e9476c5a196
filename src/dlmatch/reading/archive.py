"""Opens ZIP files by streaming parts under a budget; sizes that the archive states are never trusted."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from dlmatch.errors import DamagedDocument, EncryptedDocument
from dlmatch.reading.limits import MAX_ENTRIES, Budget, LimitReached

_END = b"PK\x05\x06"
_CENTRAL = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_CHUNK = 1 << 16


class Archive:
    """Names of an archive's parts and where each starts.

    The standard zipfile builds an object for every entry before it can be asked how many there are, and refuses cut
    files whole; this reader stops at MAX_ENTRIES and finds what a cut file still holds (`repaired`).
    """

    __slots__ = ("_budget", "_data", "_entries", "repaired")

    def __init__(self, data: bytes, budget: Budget) -> None:
        self._data = data
        self._budget = budget
        self.repaired = False
        self._entries = self._central()
        if not self._entries:
            self._entries = self._scan()
            self.repaired = True
        if not self._entries:
            raise DamagedDocument("The archive inside the file can't be opened.")

    def names(self) -> tuple[str, ...]:
        """Every part's name."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def _central(self) -> dict[str, int]:
        """Part name -> offset of its local header, from the directory at the end."""
        data = self._data
        end = data.rfind(_END, max(0, len(data) - 66_000))
        if end < 0 or end + 22 > len(data):
            return {}
        size, at = struct.unpack_from("<II", data, end + 12)
        start = end - size if 0 < size <= end else at  # what stands before the archive shifts all offsets
        shift = start - at if data[start : start + 4] == _CENTRAL and at != 0xFFFFFFFF else 0
        if data[start : start + 4] != _CENTRAL:
            start = at
        found: dict[str, int] = {}
        while data[start : start + 4] == _CENTRAL and start + 46 <= len(data):
            flags, name_size, extra, comment = (
                *struct.unpack_from("<H", data, start + 8),
                *struct.unpack_from("<HHH", data, start + 28),
            )
            (offset,) = struct.unpack_from("<I", data, start + 42)
            self._add(found, data[start + 46 : start + 46 + name_size], flags, offset + shift)
            start += 46 + name_size + extra + comment
        return found if any(data[offset : offset + 4] == _LOCAL for offset in found.values()) else {}

    def _scan(self) -> dict[str, int]:
        """The same from the local headers of a file whose end is missing."""
        found: dict[str, int] = {}
        at = self._data.find(_LOCAL)
        while 0 <= at <= len(self._data) - 30:
            (flags,) = struct.unpack_from("<H", self._data, at + 6)
            (size,) = struct.unpack_from("<H", self._data, at + 26)
            self._add(found, self._data[at + 30 : at + 30 + size], flags, at)
            at = self._data.find(_LOCAL, at + 30)
        return found

    @staticmethod
    def _add(found: dict[str, int], raw: bytes, flags: int, offset: int) -> None:
        if len(found) >= MAX_ENTRIES:
            raise LimitReached("entries", f"the archive has more than {MAX_ENTRIES:,} entries")
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace").replace("\\", "/").lstrip("/")
        found.setdefault(name, offset)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece. Ends early where the data is cut; raises LimitReached where it is too much."""
        data, at = self._data, self._entries[name]
        if data[at : at + 4] != _LOCAL or at + 30 > len(data):
            return
        flags, method = struct.unpack_from("<HH", data, at + 6)
        stored, full, name_size, extra = struct.unpack_from("<IIHH", data, at + 18)
        if flags & 1:
            raise EncryptedDocument("The file is protected by a password.")
        start = at + 30 + name_size + extra
        if method == 0:
            yield from self._stored(start, stored or full)
        elif method == 8:
            yield from self._inflated(start)
        else:
            raise DamagedDocument("A part of the file is packed in a way that no word processor uses.")

    def _stored(self, start: int, size: int) -> Iterator[bytes]:
        end = min(len(self._data), start + size)
        for at in range(start, end, _CHUNK):
            piece = self._data[at : min(end, at + _CHUNK)]
            self._budget.unpack(len(piece), 0, 1)
            yield piece

    def _inflated(self, start: int) -> Iterator[bytes]:
        inflate = zlib.decompressobj(-15)
        at, out, waiting = start, 0, b""
        while not inflate.eof and (waiting or at < len(self._data)):
            if not waiting:
                waiting = self._data[at : at + 8192]
                at += len(waiting)
            try:
                piece = inflate.decompress(waiting, _CHUNK)
            except zlib.error:
                return
            waiting = inflate.unconsumed_tail
            out += len(piece)
            self._budget.unpack(len(piece), out, at - start - len(waiting))
            if piece:
                yield piece

    def read(self, name: str) -> bytes:
        """A whole part."""
        return b"".join(self.chunks(name))
