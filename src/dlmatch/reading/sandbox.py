"""Reads untrusted bytes in a worker process that can be killed: time, memory, crash and hang become typed errors.

The worker is a plain Python process that imports dlmatch.reading and what a format needs, nothing else (no spaCy), and
speaks length-prefixed JSON over two pipes. It is kept for the next file and replaced after FILES_PER_WORKER files.

What holds where:
- Linux: processor time (ITIMER_PROF), address space (RLIMIT_AS), size of written files, the clock.
- macOS: the same, but memory is watched from a thread of the worker, since its RLIMIT_AS is not enforced.
- Windows: the clock alone (WALL_SECONDS); the readers' own counters stay.
- Where no Python can be started (frozen programs, WebAssembly): `available()` is False, and files are read in the
  calling process under the readers' own counters; Document.warnings then says `not-isolated`.
Nothing is left behind: a worker ends when its pipe closes, when its parent is gone, and at exit.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

from dlmatch import version
from dlmatch.errors import DamagedDocument, DlmatchError, LimitExceeded
from dlmatch.model.document import Document
from dlmatch.reading import wire
from dlmatch.reading.limits import (
    FILES_PER_WORKER,
    HARD_SECONDS,
    MAX_ANSWER_BYTES,
    MAX_IDLE_WORKERS,
    MEGABYTE,
    WALL_SECONDS,
    WORKER_MEMORY_BYTES,
)
from dlmatch.reading.worker import ANSWER, HEAD, MEMORY_EXIT

_BOOT = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from dlmatch.reading.worker import serve; serve(int(sys.argv[2]))"
)


class Worker:
    """One child process and its two pipes."""

    __slots__ = ("files", "memory", "process", "timed_out")

    def __init__(self, memory: int) -> None:
        from subprocess import DEVNULL, PIPE, Popen  # not loaded by a worker, which comes by this module too

        # -I -S skips site and its .pth files: a third of a start. The parent's own path stands in, so that a worker
        # finds what the parent finds.
        home = str(Path(version.__file__).resolve().parent.parent)
        path = json.dumps([home, *(entry for entry in sys.path if entry and entry != home)])
        self.process = Popen(
            [sys.executable, "-I", "-S", "-c", _BOOT, path, str(memory)],
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            bufsize=-1,
            env={**os.environ, "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"},  # arenas of threads eat address space
        )
        self.files = 0
        self.memory = memory
        self.timed_out = False

    def ask(self, head: dict[str, object], data: bytes, wall: float) -> bytes | None:
        """The answer, or None if the process ended instead."""
        self.files += 1
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        clock = threading.Timer(wall, self._time_out)
        clock.daemon = True
        clock.start()
        try:
            packed = json.dumps(head).encode()
            self.process.stdin.write(HEAD.pack(len(packed), len(data)) + packed)
            self.process.stdin.write(data)
            self.process.stdin.flush()
            start = self.process.stdout.read(ANSWER.size)
            size = ANSWER.unpack(start)[0] if len(start) == ANSWER.size else 0
            answer = self.process.stdout.read(size) if 0 < size <= MAX_ANSWER_BYTES else b""
            return answer if len(answer) == size and size else None
        except OSError:
            return None
        finally:
            clock.cancel()

    def _time_out(self) -> None:
        self.timed_out = True
        self.process.kill()

    def end(self) -> None:
        """Kill it and collect what is left of it."""
        self.process.kill()
        self.close()
        self.process.wait()

    def close(self) -> None:
        """Close this side of the pipes; the worker ends by itself."""
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                pass

    def verdict(self) -> DlmatchError:
        """Why the process ended."""
        from subprocess import TimeoutExpired

        try:
            code = self.process.wait(timeout=1.0)
        except TimeoutExpired:  # it closed its pipe or sent nonsense, and lives on
            self.end()
            return DamagedDocument("Reading it gave no usable answer.")
        if self.timed_out:
            return LimitExceeded(f"The limit on time was reached: no answer within {WALL_SECONDS:g} seconds.")
        if code == MEMORY_EXIT or -code in _OUT_OF_MEMORY:
            return LimitExceeded(f"The limit on memory was reached: reading it takes more than {self.memory // MEGABYTE} MB.")
        if -code in _OUT_OF_TIME:
            return LimitExceeded(f"The limit on time was reached: reading it takes more than {HARD_SECONDS:g} seconds.")
        return DamagedDocument(f"Reading it crashed the reader (exit code {code}).")


def _signals(*names: str) -> frozenset[int]:
    return frozenset(int(getattr(signal, name)) for name in names if hasattr(signal, name))


_OUT_OF_TIME = _signals("SIGPROF", "SIGXCPU")
# The parsers' C and C++ code aborts or traps by design where it gets no memory; the kernel kills.
_OUT_OF_MEMORY = _signals("SIGABRT", "SIGTRAP", "SIGILL", "SIGKILL")


class _Pool:
    """Idle workers. Calls from several threads each get one of their own; after a fork the child starts afresh."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Worker] = []

    def borrow(self, memory: int) -> Worker:
        with self._lock:
            for worker in self._idle:
                if worker.memory == memory:
                    self._idle.remove(worker)
                    break
            else:
                return Worker(memory)
        if worker.process.poll() is None:
            return worker
        worker.end()
        return Worker(memory)

    def give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.files < FILES_PER_WORKER and len(self._idle) < MAX_IDLE_WORKERS:
                self._idle.append(worker)
                return
        worker.end()

    def end_all(self) -> None:
        with self._lock:
            ended, self._idle = self._idle, []
        for worker in ended:
            worker.end()

    def forget(self) -> None:
        """In a forked child: the workers are the parent's. Close our copies of the pipes, or they would never see an end."""
        idle, self._idle, self._lock = self._idle, [], threading.Lock()
        for worker in idle:
            worker.close()
            worker.process.returncode = 0  # not ours to wait for


_pool = _Pool()
atexit.register(_pool.end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_pool.forget)


def available() -> bool:
    """Can worker processes be started here?"""
    return bool(sys.executable) and not getattr(sys, "frozen", False) and sys.platform not in ("emscripten", "wasi")


def warm() -> None:
    """Start a worker without waiting for it, so that it is ready by the time a file is read."""
    if available():
        try:
            _pool.give_back(Worker(WORKER_MEMORY_BYTES))
        except OSError:  # no processes left: `run` will say so
            return


def end_workers() -> None:
    """End all idle workers now; the next file starts a new one."""
    _pool.end_all()


def run(form: str, data: bytes, name: str, *, seconds: float = HARD_SECONDS, memory: int = WORKER_MEMORY_BYTES) -> Document:
    """What formats.parse(form, data, name) gives, read in a worker."""
    worker = _borrowed(memory)
    try:
        answer = _asked(worker, form, data, name, seconds)
    except BaseException:  # interrupted in the middle: what the pipe still holds would answer the next question
        worker.end()
        raise
    return _taken(worker, answer)


class Begun:
    """The same as `run`, begun: a worker is at it while this process does something else, until `document` waits for it."""

    __slots__ = ("_answer", "_home", "_thread", "_worker")

    def __init__(self, form: str, data: bytes, name: str, *, seconds: float, memory: int) -> None:
        self._answer: bytes | None = None
        self._home = os.getpid()
        self._worker = _borrowed(memory)
        self._thread = threading.Thread(target=self._ask, args=(form, data, name, seconds), daemon=True)
        atexit.register(self._end)
        self._thread.start()

    def _ask(self, form: str, data: bytes, name: str, seconds: float) -> None:
        with suppress(ValueError):  # the pipes were closed meanwhile
            self._answer = _asked(self._worker, form, data, name, seconds)

    def document(self) -> Document:
        """What was read, or the error instead of it; to be called once."""
        try:
            self._thread.join()
        except BaseException:
            self._end()
            raise
        finally:
            atexit.unregister(self._end)
        return _taken(self._worker, self._answer)

    def _end(self) -> None:
        """Nobody waits for it any more. In a forked child it is the parent's."""
        if os.getpid() != self._home:
            return
        self._worker.process.kill()  # and so the thread's read comes to an end
        self._thread.join()
        self._worker.end()


def _borrowed(memory: int) -> Worker:
    try:
        return _pool.borrow(memory)
    except OSError:
        raise LimitExceeded("The limit on processes was reached: no worker could be started to read it.") from None


def _asked(worker: Worker, form: str, data: bytes, name: str, seconds: float) -> bytes | None:
    return worker.ask({"format": form, "name": name, "seconds": seconds}, data, max(WALL_SECONDS, 2 * seconds))


def _taken(worker: Worker, answer: bytes | None) -> Document:
    """The document of an answer; the worker goes back to the idle ones, or is buried."""
    if answer is None:
        error = worker.verdict()
        worker.end()
        raise error
    _pool.give_back(worker)
    return wire.unpack(answer)
