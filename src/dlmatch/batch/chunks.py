"""Where the bytes of finished chunks lie: in a file each until OUT is made of them, or one after the other in OUT's draft."""

from __future__ import annotations

import hashlib
import os
import shutil
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any, Final, Protocol

LEVEL: Final = 1  # of compression: rows shrink to a sixth, and more effort gains little
AT_A_TIME: Final = 1 << 20  # bytes of a draft that are looked through together
DRAFT: Final = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A finished chunk, as its line in the ledger says."""

    chunk: int
    items: int
    unread: int
    bytes: int
    digest: str  # of its bytes as they lie there
    source: str = ""  # digest of the inputs it is of

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> Chunk:
        """The chunk that a line of the ledger tells of."""
        return cls(**{one.name: entry[one.name] for one in fields(cls)})


class Store(Protocol):
    """What keeps chunks; all of them come in order."""

    def put(self, number: int, body: bytes, at: int) -> tuple[int, str]:
        """Keep the bytes of a chunk, which follow `at` others; gives how many they are here, and their digest."""

    def is_whole(self, chunk: Chunk, at: int) -> bool:
        """Whether a chunk is as it was put."""

    def keep(self, chunks: Sequence[Chunk]) -> set[str]:
        """Forget all but these, which come first; gives the names of the files that hold them."""

    def bodies(self, chunks: Sequence[Chunk]) -> Iterator[bytes]:
        """The bytes of each chunk, as they were given."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A compressed file for each chunk."""

    folder: Path

    def put(self, number: int, body: bytes, at: int) -> tuple[int, str]:
        packed = zlib.compress(body, LEVEL)
        path = self._path(number)
        temporary = path.with_suffix(".tmp")
        try:
            with temporary.open("wb") as stream:
                stream.write(packed)
                sync(stream)
            os.replace(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(self.folder)
        return len(packed), digest_of(packed)

    def is_whole(self, chunk: Chunk, at: int) -> bool:
        try:
            return digest_of(self._path(chunk.chunk).read_bytes()) == chunk.digest
        except OSError:
            return False

    def keep(self, chunks: Sequence[Chunk]) -> set[str]:
        return {self._path(chunk.chunk).name for chunk in chunks}

    def bodies(self, chunks: Sequence[Chunk]) -> Iterator[bytes]:
        for chunk in chunks:
            yield zlib.decompress(self._path(chunk.chunk).read_bytes())

    def _path(self, number: int) -> Path:
        return self.folder / f"chunk-{number:07}"


@dataclass(frozen=True, slots=True)
class Growing:
    """OUT's draft, to which each chunk is added."""

    folder: Path

    def put(self, number: int, body: bytes, at: int) -> tuple[int, str]:
        with self._draft() as stream:
            stream.seek(at)
            stream.write(body)
            stream.truncate()  # what a write that failed had left
            sync(stream)
        return len(body), digest_of(body)

    def is_whole(self, chunk: Chunk, at: int) -> bool:
        made = hashlib.blake2b(digest_size=SIZE)
        try:
            with (self.folder / DRAFT).open("rb") as stream:
                stream.seek(at)
                left = chunk.bytes
                while left and (part := stream.read(min(left, AT_A_TIME))):
                    made.update(part)
                    left -= len(part)
        except OSError:
            return False
        return not left and made.hexdigest() == chunk.digest

    def keep(self, chunks: Sequence[Chunk]) -> set[str]:
        if not chunks:
            return set()
        with self._draft() as stream:
            stream.truncate(sum(chunk.bytes for chunk in chunks))
        return {DRAFT}

    def bodies(self, chunks: Sequence[Chunk]) -> Iterator[bytes]:
        if not chunks:
            return
        with (self.folder / DRAFT).open("rb") as stream:
            for chunk in chunks:
                yield stream.read(chunk.bytes)

    def _draft(self) -> IO[bytes]:
        return os.fdopen(os.open(self.folder / DRAFT, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+b")


SIZE: Final = 32  # bytes of a digest


def digest_of(body: bytes) -> str:
    """The digest of bytes; blake2b takes two thirds of the time of SHA-256."""
    return hashlib.blake2b(body, digest_size=SIZE).hexdigest()


def sync(stream: IO[bytes]) -> None:
    """Make what was written last."""
    stream.flush()
    os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last; where the system has no such thing (Windows), its own order must do."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def sync_all(path: Path) -> None:
    """Make a file, or all files of a folder, last."""
    for file in sorted(path.iterdir()) if path.is_dir() else (path,):
        handle = os.open(file, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    if path.is_dir():
        sync_folder(path)


def remove(path: Path) -> None:
    """Take away a file, a link or a whole folder."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
