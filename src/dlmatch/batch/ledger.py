"""What is done of a run: finished chunks in a hidden folder beside OUT, and a ledger that says which of them count.

    .OUT.dlmatch/
        lock            held while a run writes here; the system lets go of it when that run ends, however it ends
        ledger          a line of JSON first for what the run is of, then one for each chunk, and one when OUT was made
        chunk-0000000   lines of rows.py's JSON, compressed; none where OUT grows as results come (CSV, JSON Lines)
        out             OUT while it is being made

A chunk counts once its line stands in the ledger: its bytes are written and synced first, then it is entered and synced.
Killed at any moment, what counts is whole; anything else is thrown away at the next start.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Final

from dlmatch.batch.chunks import DRAFT, Chunk, Growing, Pieces, Store, remove, sync, sync_all, sync_folder
from dlmatch.errors import UsageError

VERSION: Final = 2
Facts = dict[str, Any]


class Ledger:
    """The state of one run. Use as `with opened(...) as ledger`."""

    def __init__(self, out: Path, *, grows: bool = False) -> None:
        self.out = out
        self.folder = out.parent / f".{out.name}.dlmatch"
        self.chunks: list[Chunk] = []
        self.made: Facts | None = None  # the summary, once OUT was made
        self.started_anew = False
        self._store: Store = Growing(self.folder) if grows else Pieces(self.folder)
        self._lock: IO[bytes] | None = None
        self._known = False  # whether it is clear what a former run left

    @property
    def done(self) -> int:
        """Inputs that are finished."""
        return sum(chunk.items for chunk in self.chunks)

    @property
    def is_empty(self) -> bool:
        """Whether it was looked through, and nothing in it counts."""
        return self._known and not self.chunks and self.made is None

    @property
    def draft(self) -> Path:
        """Where OUT is made before it is put in its place."""
        return self.folder / DRAFT

    def commit(self, body: bytes, *, items: int, unread: int = 0, source: str = "", counted: Facts | None = None) -> None:
        """Make a chunk of these bytes count; `counted` is what the summary needs of it."""
        number = len(self.chunks)
        with reported(self):
            size, digest = self._store.put(number, body, self._size())
            chunk = Chunk(chunk=number, items=items, unread=unread, bytes=size, digest=digest, source=source)
            self._enter({**asdict(chunk), "counted": counted or {}})
        self.chunks.append(chunk)

    def counted(self) -> Iterator[Facts]:
        """What was counted of each chunk; it stays in the file, since it would grow with the source."""
        for entry, _ in self._entries():
            if entry.get("chunk", len(self.chunks)) < len(self.chunks):
                yield entry["counted"]

    def lines(self) -> Iterator[bytes]:
        """Every line of every chunk, in order."""
        bodies = self._store.bodies(self.chunks)
        while True:
            with reported(self):
                body = next(bodies, None)
            if body is None:
                return
            yield from body.split(b"\n")[:-1]

    def keep(self, count: int) -> None:
        """Let only the first chunks count, and nothing that was made of more."""
        with reported(self):
            self.made = None
            self.chunks = self.chunks[:count]
            self._rewrite()
            self._tidy(self._store.keep(self.chunks))

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
                remove(self.folder / name)
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
            first, _ = next(self._entries(), ({}, 0))
            if first.get("key") == key and first.get("ledger") == VERSION:
                self._take_over()
                self._known = True
            else:
                self.started_anew = bool(first)
                self._known = True
                (self.folder / "ledger").unlink(missing_ok=True)
                self._tidy(set())
                self._enter({"ledger": VERSION, "key": key, "facts": facts})
                sync_folder(self.folder)

    def _take_over(self) -> None:
        size = 0
        for entry, end in self._entries():
            size = end
            if "chunk" in entry:
                self.chunks.append(Chunk.of_entry(entry))
            self.made = entry.get("made", self.made)
        os.truncate(self.folder / "ledger", size)
        if self.made is not None and (self.draft.exists() or self.out.exists()):
            return
        at = whole = 0
        while whole < len(self.chunks) and self._store.is_whole(self.chunks[whole], at):
            at += self.chunks[whole].bytes
            whole += 1
        if self.made is not None or whole < len(self.chunks):
            self.keep(whole)  # OUT was taken away since, or a chunk was damaged from outside: what came after it counts no more
        else:
            self._tidy(self._store.keep(self.chunks))

    def _rewrite(self) -> None:
        """The ledger's lines for the chunks that are left."""
        temporary = self.folder / "ledger.tmp"
        with temporary.open("wb") as stream:
            for entry, _ in self._entries():
                if "ledger" in entry or entry.get("chunk", len(self.chunks)) < len(self.chunks):
                    stream.write(json.dumps(entry).encode() + b"\n")
            sync(stream)
        os.replace(temporary, self.folder / "ledger")

    def _entries(self) -> Iterator[tuple[Facts, int]]:
        """The ledger's whole lines, each with where it ends; a last line that was cut off does not count."""
        if not (self.folder / "ledger").exists():
            return
        size = 0
        with (self.folder / "ledger").open("rb") as lines:
            for line in lines:
                size += len(line)
                try:
                    entry = json.loads(line)
                except ValueError:
                    return
                if not line.endswith(b"\n"):
                    return
                yield entry, size

    def _enter(self, entry: Facts) -> None:
        with (self.folder / "ledger").open("ab") as stream:
            stream.write(json.dumps(entry).encode() + b"\n")
            sync(stream)

    def _size(self) -> int:
        """Bytes that finished chunks take."""
        return sum(chunk.bytes for chunk in self.chunks)

    def _tidy(self, known: set[str]) -> None:
        """Take away what does not count."""
        for name in os.listdir(self.folder):
            if name not in known | {"ledger", "lock"}:
                remove(self.folder / name)

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
def opened(out: Path, facts: Facts, *, grows: bool = False) -> Iterator[Ledger]:
    """The ledger of a run to `out`, locked while in use; with `grows`, chunks are pieces of OUT itself.

    Where the run fails before anything counts, nothing of it stays.
    """
    ledger = Ledger(out, grows=grows)
    try:
        ledger.begin(facts)
        yield ledger
    except BaseException:
        if ledger.is_empty:
            with suppress(OSError):
                ledger.remove()
        raise
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
