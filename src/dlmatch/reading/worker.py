"""The child side of the sandbox: reads files off a pipe, one after the other, under limits that the system enforces."""

from __future__ import annotations

import gc
import json
import os
import signal
import struct
import sys
import threading
import time
from contextlib import suppress
from typing import BinaryIO

from dlmatch.errors import DlmatchError, LimitExceeded
from dlmatch.reading import wire

HEAD = struct.Struct(">II")  # bytes of the JSON head, bytes of the file
ANSWER = struct.Struct(">I")
# The child writes no files but compiled modules, which stay well under this.
MAX_FILE_BYTES = 8 * 1024 * 1024
WATCH_EVERY = 0.5
MEMORY_EXIT = 77


def serve(memory: int) -> None:
    """Answer requests until the parent closes the pipe."""
    gc.disable()  # what loading makes is no garbage
    requests, answers = _take_pipes()
    _confine(memory)
    while True:
        start = requests.read(HEAD.size)
        if len(start) < HEAD.size:
            os._exit(0)
        head_size, data_size = HEAD.unpack(start)
        head = json.loads(requests.read(head_size))
        data = requests.read(data_size)
        if len(data) < data_size:
            os._exit(0)
        answer = _answer(head, data)
        answers.write(ANSWER.pack(len(answer)) + answer)
        answers.flush()


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, under numbers that no library prints to."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, answers


def _confine(memory: int) -> None:
    """Limits that hold for the life of the process. Where the system has none (Windows), the parent's clock remains."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair, which then ends us
    _forbid_network()
    try:
        import resource
    except ImportError:
        return
    for name, value in (("RLIMIT_AS", memory), ("RLIMIT_FSIZE", MAX_FILE_BYTES), ("RLIMIT_CORE", 0)):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        try:
            _, most = resource.getrlimit(kind)
            resource.setrlimit(kind, (value if most == resource.RLIM_INFINITY else min(value, most), most))
        except (ValueError, OSError):  # macOS refuses some of them; _watch stands in for memory
            continue
    threading.Thread(target=_watch, args=(memory, os.getppid()), daemon=True).start()


def _forbid_network() -> None:
    """No reader has a reason to open a connection; one that tries is stopped (a second wall: none of them can)."""

    def hook(event: str, arguments: object) -> None:
        if event in ("socket.connect", "socket.getaddrinfo", "socket.bind"):
            raise PermissionError("no network")

    sys.addaudithook(hook)


def _watch(memory: int, parent: int) -> None:
    """Ends the process when its parent is gone, or when it outgrows its memory where RLIMIT_AS means nothing (macOS)."""
    import resource

    while True:
        time.sleep(WATCH_EVERY)
        if os.getppid() != parent:
            os._exit(0)
        # only there: Linux hands the parent's largest size on to the child, and a parent may be larger than `memory`
        if sys.platform == "darwin" and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > memory:
            os._exit(MEMORY_EXIT)


def _answer(head: dict[str, object], data: bytes) -> bytes:
    _start_clock(float(str(head["seconds"])))
    try:
        from dlmatch.reading.formats import parse, reader_of

        if not gc.isenabled():
            with suppress(Exception):  # parse meets it again, and says so
                reader_of(str(head["format"]))
            gc.freeze()
            gc.enable()
        return wire.pack(parse(str(head["format"]), data, str(head["name"])))
    except DlmatchError as error:
        return wire.pack_error(error)
    except (MemoryError, RecursionError):
        return wire.pack_error(LimitExceeded("The limit on memory was reached while packing what was read."))
    finally:
        _start_clock(0)


def _start_clock(seconds: float) -> None:
    """The system ends the process (SIGPROF) after this much processor time, even inside a C library; 0 stops it."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds)
