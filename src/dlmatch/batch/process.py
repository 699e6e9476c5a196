"""One worker process of the pool, with the thread that writes to it and reads from it."""

from __future__ import annotations

import json
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from dlmatch import version
from dlmatch.batch.items import Item
from dlmatch.batch.worker import ANSWER, BROKEN, READY, REQUEST, WAS_READ
from dlmatch.errors import DlmatchError

ITEM_SECONDS: Final = 180.0  # on the clock, for one input: the readers' own limits end far below it
START_SECONDS: Final = 300.0  # for building an engine on a machine that is busy
_BOOT: Final = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from dlmatch.batch.worker import serve; serve()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one input: its line, and whether it could be read."""

    position: int
    line: bytes
    was_read: bool


@dataclass(slots=True, kw_only=True, eq=False)
class Event:
    """Something a worker's thread tells of: a result, or (without one) that the worker ended."""

    worker: Worker
    item: Item | None = None
    result: Result | None = None
    error: DlmatchError | None = None


@dataclass(slots=True, eq=False)
class Worker:
    """One child process with its thread."""

    process: subprocess.Popen[bytes]
    events: queue.SimpleQueue[Event]
    inbox: queue.SimpleQueue[list[Item] | None] = field(default_factory=queue.SimpleQueue)
    held: deque[Item] = field(default_factory=deque)  # given to it and not answered yet; the first is the one it is at
    groups: deque[int] = field(default_factory=deque)  # how many of each group are not answered yet
    since: float = field(default_factory=time.monotonic)
    started: bool = False
    timed_out: bool = False

    def give(self, group: list[Item]) -> None:
        if not self.held:
            self.since = time.monotonic()
        self.held.extend(group)
        self.groups.append(len(group))
        self.inbox.put(group)

    def serve(self, head: bytes) -> None:
        """The thread: ends when the process does or when the inbox says so."""
        error = None
        with suppress(OSError, ValueError):  # the pipe broke, or was closed because we are ending
            error = self._talk(head)
        self.events.put(Event(worker=self, error=error))

    def _talk(self, head: bytes) -> DlmatchError | None:
        requests, answers = self.process.stdin, self.process.stdout
        assert requests is not None
        assert answers is not None
        _write(requests, head)
        what, body = _read(answers)
        if what == BROKEN:
            broken: DlmatchError = pickle.loads(body)
            return broken
        self.started = what == READY
        self.since = time.monotonic()
        while self.started and (group := self.inbox.get()) is not None:
            _write(requests, pickle.dumps(group))
            for item in group:
                what, body = _read(answers)
                if what < 0:
                    return None
                result = Result(position=item.position, line=body, was_read=what == WAS_READ)
                self.events.put(Event(worker=self, item=item, result=result))
        return None

    def answered(self) -> None:
        self.held.popleft()
        self.since = time.monotonic()
        self.groups[0] -= 1
        if not self.groups[0]:
            self.groups.popleft()

    def overdue(self, now: float) -> bool:
        if not self.started:
            return now - self.since > START_SECONDS
        return bool(self.held) and now - self.since > ITEM_SECONDS

    def end(self) -> None:
        self.process.kill()
        self.inbox.put(None)


def started(head: bytes, events: queue.SimpleQueue[Event]) -> Worker:
    """A new worker that tells `events` what happens."""
    # the parent's own path stands in, so that a worker finds what the parent finds
    home = str(Path(version.__file__).resolve().parent.parent)
    path = json.dumps([home, *(entry for entry in sys.path if entry and entry != home)])
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", _BOOT, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
    )
    worker = Worker(process, events)
    threading.Thread(target=worker.serve, args=(head,), daemon=True).start()
    return worker


def _write(pipe: IO[bytes], body: bytes) -> None:
    pipe.write(REQUEST.pack(len(body)) + body)
    pipe.flush()


def _read(pipe: IO[bytes]) -> tuple[int, bytes]:
    """What came and its body; (-1, b"") at the end of the pipe."""
    head = pipe.read(ANSWER.size)
    if len(head) < ANSWER.size:
        return -1, b""
    what, size = ANSWER.unpack(head)
    body = pipe.read(size)
    return (what, body) if len(body) == size else (-1, b"")


def close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
