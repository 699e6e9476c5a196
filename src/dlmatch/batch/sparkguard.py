"""Documents to rows inside a Spark task, where a document that ends the worker must not end the task for good.

The first time, a task judges in the worker itself, as fast as the bare engine. A document that crashes the worker, or takes
longer than ITEM_SECONDS, ends it; Spark then runs the task again, and this time the documents go to a process of their own
(pool.Pool), in which such a document costs its row alone, as with the local engine.
"""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from dlmatch.batch.items import Item
from dlmatch.batch.lines import line_of, row_in, was_read
from dlmatch.batch.pool import Pool, Result
from dlmatch.batch.process import ITEM_SECONDS
from dlmatch.batch.scoring import row_of
from dlmatch.batch.worker import score
from dlmatch.showing.rows import Row

if TYPE_CHECKING:
    from dlmatch.engine import Engine


def lines_of(engine: Engine, kind: str, reports: bool, items: Iterator[Item]) -> Iterator[Result]:
    """The result of every input, in order."""
    if tried_before():
        yield from _apart(engine, kind, reports, items)
        return
    for item in items:
        with _alarm():
            result = score(engine, item, kind)
            line = line_of(result, reports=reports)
        yield Result(position=item.position, line=line, was_read=was_read(result.row))


def rows_of(engine: Engine, kind: str, documents: Iterator[tuple[Item, bytes | None]]) -> Iterator[Row]:
    """The row of every document, in order. What is given as bytes is a file."""
    if tried_before():
        with tempfile.TemporaryDirectory(prefix="dlmatch-") as folder:
            items = (_kept(Path(folder), number, *document) for number, document in enumerate(documents))
            for result in _apart(engine, kind, False, items):
                (Path(folder) / str(result.position)).unlink(missing_ok=True)
                yield row_in(result.line)
        return
    for item, content in documents:
        with _alarm():
            if content is None:
                row = score(engine, item, kind).row
            else:
                row = row_of(engine, content, kind=kind, id=item.id, title=item.title, location=item.location)
        yield row


def tried_before() -> bool:
    """Whether Spark runs this task again."""
    from pyspark import TaskContext

    context = TaskContext.get()
    return context is not None and context.attemptNumber() > 0


def _apart(engine: Engine, kind: str, reports: bool, items: Iterator[Item]) -> Iterator[Result]:
    """Results from a process of their own, which is replaced when it ends."""
    places: dict[int, int] = {}

    def numbered() -> Iterator[Item]:
        for number, item in enumerate(items):
            places[number] = item.position
            yield item.at(number)

    pool = Pool(engine, kind=kind, workers=1, reports=reports)
    for result in pool.results(numbered()):
        yield replace(result, position=places.pop(result.position))


def _kept(folder: Path, number: int, item: Item, content: bytes | None) -> Item:
    """The input with its bytes in a file, since no bytes travel to the pool."""
    if content is None:
        return item.at(number)
    path = folder / str(number)
    path.write_bytes(content)
    return replace(item, path=str(path), position=number)


@contextmanager
def _alarm() -> Iterator[None]:
    """The system ends this process if a document takes too long; where it can't (Windows), nothing does."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, ITEM_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
