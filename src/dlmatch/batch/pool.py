"""Worker processes that can be killed, one a core: inputs go in by groups, results come out one by one and in order.

A worker that dies takes no result with it: the input it was at is tried once more, alone, in a fresh worker, and becomes a
row with its slug if that one dies too; one that takes longer than ITEM_SECONDS becomes a row at once. Each worker has a thread
here that writes to it and reads from it, so that a full pipe on one side never waits for a full pipe on the other.
"""

from __future__ import annotations

import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from dlmatch import version
from dlmatch.batch.items import Item
from dlmatch.batch.lines import line_of
from dlmatch.batch.worker import ANSWER, BROKEN, READY, REQUEST, WAS_READ, spoilt
from dlmatch.errors import DamagedDocument, DlmatchError, LimitExceeded

if TYPE_CHECKING:
    from dlmatch.engine import Engine

GROUP_TEXTS: Final = 16  # texts that travel together: a result takes some milliseconds, a journey 0.1
GROUP_FILES: Final = 4  # files take longer, and a group at the end keeps the other workers waiting
GROUP_CHARACTERS: Final = 400_000
QUEUED: Final = 2  # groups that wait at each worker's thread, so that none idles while a chunk is written
WINDOW: Final = 1024  # results that may wait for a slow one before them
ITEM_SECONDS: Final = 180.0  # on the clock, for one input: the readers' own limits end far below it
START_SECONDS: Final = 300.0  # for building an engine on a machine that is busy
MAX_FALSE_STARTS: Final = 3
TICK: Final = 0.5
_BOOT: Final = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from dlmatch.batch.worker import serve; serve()"
_OUT_OF_MEMORY: Final = frozenset({9, 6, 4, 5})  # KILL by the kernel; ABRT, ILL, TRAP by C and C++ code that got none


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one input: its line, and whether it could be read."""

    position: int
    line: bytes
    was_read: bool


@dataclass(slots=True, kw_only=True, eq=False)
class _Event:
    """Something a worker's thread tells of: a result, or (without one) that the worker ended."""

    worker: _Worker
    item: Item | None = None
    result: Result | None = None
    error: DlmatchError | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    """One child process with its thread."""

    process: subprocess.Popen[bytes]
    events: queue.SimpleQueue[_Event]
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
        try:
            error = self._talk(head)
        except (OSError, ValueError):  # the pipe broke, or was closed because we are ending
            pass
        self.events.put(_Event(worker=self, error=error))

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
                self.events.put(_Event(worker=self, item=item, result=result))
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


class Pool:
    """Workers around one engine. `results` walks the inputs once."""

    def __init__(self, engine: Engine, *, kind: str, workers: int, reports: bool) -> None:
        self._head = pickle.dumps((engine, kind, reports))
        self._kind = kind
        self._reports = reports
        self._count = max(1, workers)
        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._workers: list[_Worker] = []
        self._again: deque[list[Item]] = deque()  # groups to give once more, after a worker died
        self._suspected: set[int] = set()
        self._false_starts = 0
        self._ended = False

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """A result for every input, in the order of the inputs."""
        groups = _groups(items)
        ready: dict[int, Result] = {}
        following: int | None = None
        pending: list[Item] | None = next(groups, None)
        if pending is None:
            return
        following = pending[0].position
        self._workers = [self._new() for _ in range(self._count)]
        try:
            while pending is not None or self._again or any(worker.held for worker in self._workers):
                while (worker := self._free()) is not None:
                    if self._again:
                        worker.give(self._again.popleft())
                    elif pending is not None and pending[0].position < following + WINDOW:
                        worker.give(pending)
                        pending = next(groups, None)
                    else:
                        break
                for result in self._take():
                    ready[result.position] = result
                while following in ready:
                    yield ready.pop(following)
                    following += 1
        finally:
            self.end()

    def end(self) -> None:
        """End all workers now."""
        self._ended = True
        for worker in self._workers:
            worker.end()
        for worker in self._workers:
            worker.process.wait()
            _close(worker.process)
        self._workers = []

    def _free(self) -> _Worker | None:
        """The worker with the least to do, unless all have enough."""
        worker = min(self._workers, key=lambda one: len(one.groups))
        return worker if len(worker.groups) < QUEUED else None

    def _take(self) -> Iterator[Result]:
        """The next thing that happens, and all else that has happened already."""
        try:
            event = self._events.get(timeout=TICK)
        except queue.Empty:
            self._watch()
            return
        while True:
            yield from self._results_of(event)
            try:
                event = self._events.get_nowait()
            except queue.Empty:
                return

    def _results_of(self, event: _Event) -> Iterator[Result]:
        worker = event.worker
        if event.result is not None:
            worker.answered()
            self._false_starts = 0
            yield event.result
        elif worker in self._workers:
            if event.error is not None:
                raise event.error
            yield from self._bury(worker)

    def _bury(self, worker: _Worker) -> Iterator[Result]:
        """A worker ended: decide what becomes of the input it was at, hand the others to a new one."""
        worker.process.kill()
        code = worker.process.wait()
        _close(worker.process)
        self._workers.remove(worker)
        held = list(worker.held)
        if not worker.started:
            self._false_starts += 1
            if self._false_starts >= MAX_FALSE_STARTS * self._count:
                raise DlmatchError(f"Worker processes end before they have started (exit code {code}).", "", _LACK)
        elif held:
            suspect, held = held[0], held[1:]
            if worker.timed_out:
                what = f"The limit on time was reached: no result within {ITEM_SECONDS:g} seconds."
                yield self._lost(suspect, LimitExceeded(what))
            elif suspect.position in self._suspected:
                self._suspected.discard(suspect.position)
                yield self._lost(suspect, _verdict(code))
            else:
                self._suspected.add(suspect.position)
                self._again.append([suspect])
        if held:
            self._again.append(held)
        self._workers.append(self._new())

    def _lost(self, item: Item, error: DlmatchError) -> Result:
        return Result(
            position=item.position, line=line_of(spoilt(item, error, self._kind), reports=self._reports), was_read=False
        )

    def _watch(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            if worker.overdue(now):
                worker.timed_out = True
                worker.process.kill()

    def _new(self) -> _Worker:
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
        worker = _Worker(process, self._events)
        threading.Thread(target=worker.serve, args=(self._head,), daemon=True).start()
        return worker


_LACK: Final = "Check that there is memory for them, or use fewer with --workers."


def _verdict(code: int) -> DlmatchError:
    if -code in _OUT_OF_MEMORY:
        return LimitExceeded("The limit on memory was reached: the worker that judged it was ended, twice.")
    return DamagedDocument(f"Judging it ended the worker, twice ({_signal(code)}).")


def _signal(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _groups(items: Iterator[Item]) -> Iterator[list[Item]]:
    group: list[Item] = []
    size = 0
    for item in items:
        if group and size + item.size > GROUP_CHARACTERS:
            yield group
            group, size = [], 0
        group.append(item)
        size += item.size
        if len(group) >= (GROUP_FILES if item.path is not None else GROUP_TEXTS):
            yield group
            group, size = [], 0
    if group:
        yield group


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


def _close(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            pass
