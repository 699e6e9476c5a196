"""The child side of the pool: builds an engine once, then turns groups of inputs into lines, until the pipe closes."""

from __future__ import annotations

import os
import pickle
import signal
import struct
from pathlib import Path
from typing import BinaryIO, Final

from dlmatch.batch.items import Item
from dlmatch.batch.lines import line_of, was_read
from dlmatch.batch.scoring import Scored, scored
from dlmatch.errors import DlmatchError
from dlmatch.reading.limits import MEGABYTE
from dlmatch.showing.rows import error_row

REQUEST: Final = struct.Struct(">I")
ANSWER: Final = struct.Struct(">BI")  # what it is, and how many bytes follow
READY, UNREAD, WAS_READ, BROKEN = range(4)
# Address space, where the system enforces it. spaCy, NumPy and the taxonomy take 1 GB of it, of which 200 MB are in use.
MEMORY_BYTES: Final = 3072 * MEGABYTE


def serve() -> None:
    """Answer groups of inputs; a line for each, as soon as it is made."""
    requests, answers = _take_pipes()
    _confine()
    head = _receive(requests)
    if head is None:
        return
    try:
        engine, kind, reports = pickle.loads(head)
        _send(answers, READY, b"")
    except Exception as error:
        ours = error if isinstance(error, DlmatchError) else DlmatchError(f"A worker can't start ({type(error).__name__}).")
        _send(answers, BROKEN, pickle.dumps(ours))
        return
    while (group := _receive(requests)) is not None:
        for item in pickle.loads(group):
            result = score(engine, item, kind)
            _send(answers, WAS_READ if was_read(result.row) else UNREAD, line_of(result, reports=reports))


def score(engine: object, item: Item, kind: str) -> Scored:
    """The result for one input."""
    if item.spoilt is not None:
        return spoilt(item, item.spoilt.error(), kind)
    given = Path(item.path) if item.path is not None else item.text
    return scored(
        engine,  # type: ignore[arg-type]  # tests hand in a stub
        given,
        kind=kind,
        id=item.id,
        name=item.name,
        title=item.title,
        location=item.location,
    )


def spoilt(item: Item, error: DlmatchError, kind: str) -> Scored:
    """The result for an input that no reader saw, or none survived."""
    return Scored(row=error_row(error, id=item.id, name=item.name, kind=None if kind == "auto" else kind), report=None)


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two pipes, under numbers that no library prints to."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return requests, answers


def _confine() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair, which then ends us
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        # the soft limit alone: readers' workers set one of their own
        resource.setrlimit(
            resource.RLIMIT_AS, (MEMORY_BYTES if most == resource.RLIM_INFINITY else min(MEMORY_BYTES, most), most)
        )
    except (ImportError, ValueError, OSError):
        return


def _receive(requests: BinaryIO) -> bytes | None:
    head = requests.read(REQUEST.size)
    if len(head) < REQUEST.size:
        return None
    (size,) = REQUEST.unpack(head)
    body = requests.read(size)
    return body if len(body) == size else None


def _send(answers: BinaryIO, what: int, body: bytes) -> None:
    try:
        answers.write(ANSWER.pack(what, len(body)) + body)
        answers.flush()
    except OSError:  # the parent is gone
        os._exit(0)
