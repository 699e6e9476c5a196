"""Worker processes that can be killed, one a core: inputs go in by groups, results come out one by one and in order.

A worker that dies takes no result with it: the input it was at is tried once more, alone, in a fresh worker, and becomes a
row with its slug if that one dies too; one that takes longer than ITEM_SECONDS becomes a row at once. Each worker has threads
here that write to it and read from it, so that a full pipe on one side never waits for a full pipe on the other.
"""

from __future__ import annotations

import pickle
import queue
import signal
import time
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from dlmatch.batch.items import Item
from dlmatch.batch.lines import line_of
from dlmatch.batch.process import ITEM_SECONDS, Event, Worker, close, started
from dlmatch.batch.process import Result as Result  # part of what a pool gives
from dlmatch.batch.worker import spoilt
from dlmatch.errors import DamagedDocument, DlmatchError, LimitExceeded

if TYPE_CHECKING:
    from dlmatch.engine import Engine

GROUP_TEXTS: Final = 16  # texts that travel together: a result takes a millisecond or more, a journey 0.1
GROUP_FILES: Final = 4  # files take longer, and a group at the end keeps the other workers waiting
GROUP_CHARACTERS: Final = 400_000
WINDOW: Final = 512  # results for each worker that may wait for a slow one before them
MAX_FALSE_STARTS: Final = 3
TICK: Final = 0.5
_OUT_OF_MEMORY: Final = frozenset({9, 6, 4, 5})  # KILL by the kernel; ABRT, ILL, TRAP by C and C++ code that got none


class Pool:
    """Workers around one engine. `results` walks the inputs once."""

    def __init__(self, engine: Engine, *, kind: str, workers: int, reports: bool) -> None:
        self._head = pickle.dumps((engine, kind, reports))
        self._kind = kind
        self._reports = reports
        self._count = max(1, workers)
        self._window = WINDOW * max(2, self._count)
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._workers: list[Worker] = []
        self._again: deque[list[Item]] = deque()  # groups to give once more, after a worker died
        self._suspected: set[int] = set()
        self._false_starts = 0
        self._looked = 0.0

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """A result for every input, in the order of the inputs."""
        groups = _groups(items)
        ready: dict[int, Result] = {}
        following: int | None = None
        pending: list[Item] | None = next(groups, None)
        if pending is None:
            return
        following = pending[0].position
        try:
            for _ in range(self._count):
                self._workers.append(self._new())
            while pending is not None or self._again or any(worker.held for worker in self._workers):
                while (worker := self._free()) is not None:
                    if self._again:
                        worker.give(self._again.popleft())
                    elif pending is not None and pending[0].position < following + self._window:
                        worker.give(pending[: worker.room])
                        pending = pending[worker.room :] or next(groups, None)
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
        for worker in self._workers:
            worker.end()
        for worker in self._workers:
            worker.process.wait()
            close(worker.process)
        self._workers = []

    def _free(self) -> Worker | None:
        """The worker with the least to do, of those that have not enough."""
        wanting = [worker for worker in self._workers if not worker.has_enough]
        return min(wanting, key=lambda worker: len(worker.held) * worker.pace, default=None)

    def _take(self) -> Iterator[Result]:
        """The next thing that happens, and all else that has happened already."""
        now = time.monotonic()
        if now - self._looked > TICK:
            self._watch(now)
        try:
            event = self._events.get(timeout=TICK)
        except queue.Empty:
            return
        while True:
            yield from self._results_of(event)
            try:
                event = self._events.get_nowait()
            except queue.Empty:
                return

    def _results_of(self, event: Event) -> Iterator[Result]:
        worker = event.worker
        if event.answers:
            self._false_starts = 0
            yield from worker.answered(event.answers)
        elif worker in self._workers:
            if event.error is not None:
                raise event.error
            yield from self._bury(worker)

    def _bury(self, worker: Worker) -> Iterator[Result]:
        """A worker ended: decide what becomes of the input it was at, hand the others to a new one."""
        worker.process.kill()
        code = worker.process.wait()
        close(worker.process)
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

    def _watch(self, now: float) -> None:
        self._looked = now
        for worker in self._workers:
            if worker.overdue(now):
                worker.timed_out = True
                worker.process.kill()

    def _new(self) -> Worker:
        return started(self._head, self._events)


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
