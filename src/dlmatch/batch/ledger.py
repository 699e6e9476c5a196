"""What is done of a run: finished chunks in a hidden folder beside OUT, and a ledger that says which of them count.

    .OUT.dlmatch/
        lock            held while a run writes here; the system lets go of it when that run ends, however it ends
        ledger          a line of JSON first for what the run is of, then one for each chunk, and one when OUT was made
        chunk-0000000   lines of rows.py's JSON, compressed
        out             OUT while it is being made

A chunk counts once its line stands in the ledger: written to a temporary file, synced, renamed, then entered and synced.
Killed at any moment, what counts is whole; anything else is thrown away at the next start.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from dlmatch.errors import UsageError

VERSION: Final = 1
LEVEL: Final = 1  # of compression: rows shrink to a sixth, and more effort gains little
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A finished chunk, as its line in the ledger says."""

    number: int
    items: int
    unread: int
    sha256: str


class Ledger:
    """The state of one run. Use as `with opened(...) as ledger`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.dlmatch"
        self.chunks: list[Chunk] = []
        self.made: Facts | None = None  # the summary, once OUT was made
        self.started_anew = False
        self._lock: IO[bytes] | None = None

    @property
    def done(self) -> int:
        """Inputs that are finished."""
        return sum(chunk.items for chunk in self.chunks)

    @property
    def unread(self) -> int:
        """Those of them that could not be read."""
        return sum(chunk.unread for chunk in self.chunks)

    @property
    def draft(self) -> Path:
        """Where OUT is made before it is put in its place."""
        return self.folder / "out"

    def commit(self, lines: Sequence[bytes], unread: int) -> None:
        """Make a chunk of these lines count."""
        body = zlib.compress(b"\n".join(lines) + b"\n", LEVEL)
        chunk = Chunk(number=len(self.chunks), items=len(lines), unread=unread, sha256=hashlib.sha256(body).hexdigest())
        with reported(self):
            path = self._path(chunk.number)
            temporary = path.with_suffix(".tmp")
            try:
                with temporary.open("wb") as stream:
                    stream.write(body)
                    _sync(stream)
                os.replace(temporary, path)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            sync_folder(self.folder)
            self._enter({"chunk": chunk.number, "items": chunk.items, "unread": chunk.unread, "sha256": chunk.sha256})
        self.chunks.append(chunk)

    def lines(self) -> Iterator[bytes]:
        """Every line of every chunk, in order."""
        for chunk in self.chunks:
            with reported(self):
                body = self._path(chunk.number).read_bytes()
            yield from zlib.decompress(body).split(b"\n")[:-1]

    def enter_made(self, summary: Facts) -> None:
        """OUT's draft is whole."""
        with reported(self):
            sync_all(self.draft)
            self._enter({"made": summary})
        self.made = summary

    def deliver(self) -> None:
        """Put the draft in OUT's place."""
        with reported(self):
            if self.draft.is_dir() and self.out.is_dir():
                os.rename(self.out, self.folder / "replaced")  # a folder that holds files can't be renamed over
            os.replace(self.draft, self.out)
            sync_folder(self.out.parent)

    @property
    def delivered(self) -> bool:
        """Whether OUT stands in its place already, and a former run was ended while it cleaned up."""
        return self.made is not None and not self.draft.exists() and self.out.exists()

    def remove(self) -> None:
        """Take the hidden folder away; the ledger last, so that an end in between is understood."""
        for name in sorted(os.listdir(self.folder)):
            if name not in ("ledger", "lock"):
                _remove(self.folder / name)
        (self.folder / "ledger").unlink(missing_ok=True)
        self.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def release(self) -> None:
        """Let go of the lock."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def begin(self, facts: Facts) -> None:
        """Read what a former run of the same inputs and settings left; of others, start anew."""
        with reported(self):
            self.folder.mkdir(exist_ok=True)
            self._take_lock()
            key = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
            entries, size = self._entries()
            if entries and entries[0].get("key") == key and entries[0].get("ledger") == VERSION:
                os.truncate(self.folder / "ledger", size)
                self._take_over(entries[1:])
            else:
                self.started_anew = bool(entries)
                self._clear()
                self._enter({"ledger": VERSION, "key": key, "facts": facts})
                sync_folder(self.folder)

    def _take_over(self, entries: Sequence[Facts]) -> None:
        self.made = next((entry["made"] for entry in entries if "made" in entry), None)
        chunks = [entry for entry in entries if "chunk" in entry]
        if self.made is not None and not (self.draft.exists() or self.out.exists()):
            self.made = None  # OUT was taken away since: make it again
            self._rewrite(chunks)
        for entry in chunks:
            chunk = Chunk(**{"number": entry["chunk"], **{name: entry[name] for name in ("items", "unread", "sha256")}})
            if self.made is None and not self._is_whole(chunk):
                self._rewrite(chunks[: len(self.chunks)])
                break
            self.chunks.append(chunk)
        known = {self._path(chunk.number).name for chunk in self.chunks} | {"ledger", "lock"}
        if self.made is not None:
            known |= {"out", "replaced"}
        for name in os.listdir(self.folder):
            if name not in known:
                _remove(self.folder / name)

    def _rewrite(self, entries: Sequence[Facts]) -> None:
        """A chunk was damaged from outside: what came after it counts no more."""
        first = self._entries()[0][0]
        temporary = self.folder / "ledger.tmp"
        with temporary.open("wb") as stream:
            for entry in (first, *entries):
                stream.write(json.dumps(entry).encode() + b"\n")
            _sync(stream)
        os.replace(temporary, self.folder / "ledger")

    def _is_whole(self, chunk: Chunk) -> bool:
        try:
            return hashlib.sha256(self._path(chunk.number).read_bytes()).hexdigest() == chunk.sha256
        except OSError:
            return False

    def _entries(self) -> tuple[list[Facts], int]:
        """The ledger's whole lines, and where they end; a last line that was cut off does not count."""
        entries: list[Facts] = []
        size = 0
        try:
            content = (self.folder / "ledger").read_bytes()
        except FileNotFoundError:
            return [], 0
        for line in content.splitlines(keepends=True):
            try:
                entries.append(json.loads(line))
            except ValueError:
                break
            if not line.endswith(b"\n"):
                entries.pop()
                break
            size += len(line)
        return entries, size

    def _enter(self, entry: Facts) -> None:
        with (self.folder / "ledger").open("ab") as stream:
            stream.write(json.dumps(entry).encode() + b"\n")
            _sync(stream)

    def _path(self, number: int) -> Path:
        return self.folder / f"chunk-{number:07}"

    def _clear(self) -> None:
        for name in os.listdir(self.folder):
            if name != "lock":
                _remove(self.folder / name)

    def _take_lock(self) -> None:
        self._lock = (self.folder / "lock").open("ab")
        try:
            import fcntl
        except ImportError:  # Windows: two runs to one OUT are the user's to avoid
            return
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise UsageError("Another run is writing it.", str(self.out), "Wait for it, or give -o another name.") from None


@contextmanager
def opened(out: Path, facts: Facts) -> Iterator[Ledger]:
    """The ledger of a run to `out`, locked while in use."""
    ledger = Ledger(out)
    try:
        ledger.begin(facts)
        yield ledger
    finally:
        ledger.release()


@contextmanager
def reported(ledger: Ledger) -> Iterator[None]:
    """The system's refusals as one sentence that says what is kept."""
    try:
        yield
    except OSError as error:
        documents = "finished document is" if ledger.done == 1 else "finished documents are"
        kept = f" {ledger.done:,} {documents} kept; the same command goes on from there." if ledger.chunks else ""
        raise UsageError(
            f"can't be written: {error.strerror or 'the system refused'}.{kept}",
            str(ledger.out),
            "Give -o another place, or make room there." if not kept else "Make room there first.",
        ) from error


def _sync(stream: IO[bytes]) -> None:
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


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
