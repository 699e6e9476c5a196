"""One worker process of the pool, with the threads that write to it and read from it."""

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
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from dlmatch import version
from dlmatch.batch.items import Item
from dlmatch.batch.worker import ANSWER, BROKEN, REQUEST, WAS_READ
from dlmatch.errors import DlmatchError

ITEM_SECONDS: Final = 180.0  # on the clock, for one input: the readers' own limits end far below it
START_SECONDS: Final = 300.0  # for building an engine on a machine that is busy
FIRST_PACE: Final = 0.05  # seconds for an input, before any was seen
PACE_WEIGHT: Final = 0.3  # of what was seen last
SHORTEST: Final = 1e-6
AHEAD_SECONDS: Final = 0.2  # of work waits at each worker: more than writing a chunk takes, and little to wait for at the end
MOST_AHEAD: Final = 128
PIPE_BYTES: Final = 1 << 20
PAUSE: Final = 0.01  # between looks into a pipe; being woken for each answer would cost a twentieth of a text's time
Answer = tuple[int, bytes]  # what it is, and the line
_LACK: Final = "Check that it may be run, and that there is memory for it."
_BOOT: Final = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from dlmatch.batch.worker import serve; serve()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one input: its line, and whether it could be read."""

    position: int
    line: bytes
    was_read: bool


@dataclass(slots=True, kw_only=True, eq=False)
class Event:
    """Something a worker's thread tells of: answers, or (without any) that the worker ended."""

    worker: Worker
    answers: Sequence[Answer] = ()
    error: DlmatchError | None = None


@dataclass(slots=True, eq=False)
class Worker:
    """One child process with two threads: one writes to it, one reads from it, so that neither waits for the other."""

    process: subprocess.Popen[bytes]
    events: queue.SimpleQueue[Event]
    inbox: queue.SimpleQueue[list[Item] | None] = field(default_factory=queue.SimpleQueue)
    held: deque[Item] = field(default_factory=deque)  # given to it and not answered yet; the first is the one it is at
    since: float = field(default_factory=time.monotonic)
    pace: float = FIRST_PACE  # seconds that an input takes it
    started: bool = False
    timed_out: bool = False

    def give(self, group: list[Item]) -> None:
        """Hand over inputs."""
        if not self.held:
            self.since = time.monotonic()
        self.held.extend(group)
        self.inbox.put(group)

    def answered(self, answers: Sequence[Answer]) -> Iterator[Result]:
        """The results of the inputs that it was given first."""
        now = time.monotonic()
        self.pace += PACE_WEIGHT * ((now - self.since) / len(answers) - self.pace)
        self.since = now
        for what, body in answers:
            yield Result(position=self.held.popleft().position, line=body, was_read=what == WAS_READ)

    @property
    def room(self) -> int:
        """How many inputs it takes not to run dry while the parent looks elsewhere."""
        return min(MOST_AHEAD, max(1, int(AHEAD_SECONDS / max(self.pace, SHORTEST))))

    @property
    def has_enough(self) -> bool:
        """Whether it has so many."""
        return len(self.held) >= self.room

    def overdue(self, now: float) -> bool:
        """Whether it takes too long to start, or for the input it is at."""
        if not self.started:
            return now - self.since > START_SECONDS
        return bool(self.held) and now - self.since > ITEM_SECONDS

    def end(self) -> None:
        """End it now."""
        self.process.kill()
        self.inbox.put(None)

    def write(self, head: bytes) -> None:
        """The writing thread: ends when the process does or when the inbox says so."""
        pipe = self.process.stdin
        assert pipe is not None
        with suppress(OSError, ValueError):  # the pipe broke, or was closed because we are ending
            _write(pipe, head)
            while (group := self.inbox.get()) is not None:
                _write(pipe, pickle.dumps(group, pickle.HIGHEST_PROTOCOL))

    def read(self) -> None:
        """The reading thread: ends when the process does."""
        error = None
        with suppress(OSError, ValueError):
            for answers in _answers(self.process.stdout):
                if self.started:
                    self.events.put(Event(worker=self, answers=answers))
                    continue
                (what, body), *more = answers
                if what == BROKEN:
                    error = pickle.loads(body)
                    break
                self.since = time.monotonic()
                self.started = True
                if more:
                    self.events.put(Event(worker=self, answers=more))
        self.events.put(Event(worker=self, error=error))


def started(head: bytes, events: queue.SimpleQueue[Event]) -> Worker:
    """A new worker that tells `events` what happens."""
    # the parent's own path stands in, so that a worker finds what the parent finds
    home = str(Path(version.__file__).resolve().parent.parent)
    path = json.dumps([home, *(entry for entry in sys.path if entry and entry != home)])
    try:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _BOOT, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
        )
    except OSError as error:
        what = f"Python can't be started for a worker ({error.strerror or 'the system refused'})."
        raise DlmatchError(what, sys.executable or "sys.executable", _LACK) from None
    worker = Worker(process, events)
    threading.Thread(target=worker.write, args=(head,), daemon=True).start()
    threading.Thread(target=worker.read, daemon=True).start()
    return worker


def _write(pipe: IO[bytes], body: bytes) -> None:
    pipe.write(REQUEST.pack(len(body)) + body)
    pipe.flush()


def _answers(pipe: Any) -> Iterator[list[Answer]]:
    """Whole answers, as many as came together."""
    pause = PAUSE if _widened(pipe) else 0.0
    rest = b""
    while came := pipe.read1(PIPE_BYTES):
        rest += came
        answers: list[Answer] = []
        at = 0
        while (start := at + ANSWER.size) <= len(rest):
            what, size = ANSWER.unpack_from(rest, at)
            if start + size > len(rest):
                break
            at = start + size
            answers.append((what, rest[start:at]))
        if answers:
            rest = rest[at:]
            yield answers
            time.sleep(pause)


def _widened(pipe: IO[bytes]) -> bool:
    """Let a pipe hold much, so that its reader may come by now and then instead of being woken for every answer."""
    try:
        import fcntl

        return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES) >= PIPE_BYTES
    except (ImportError, AttributeError, OSError):  # Linux alone has it, and a user's pipes may hold only so much in all
        return False


def close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
