"""Spark: `score` for a DataFrame of people's own jobs, and a pool that gives the local engine's lines from a cluster."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from dlmatch.batch.items import Item
from dlmatch.batch.local import Silent, Watcher, run
from dlmatch.batch.pool import Result
from dlmatch.batch.scoring import KINDS
from dlmatch.batch.sparksession import Session, check
from dlmatch.batch.sparkworker import ROW_SCHEMA, LineMaker, Recipe, RowMaker
from dlmatch.batch.tables import Columns
from dlmatch.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from dlmatch.engine import Engine

OWN_IDS: Final = ("id", "path")  # columns that tell documents apart by themselves; binaryFile gives `path`
CALL: Final = "dlmatch.batch.spark.score(...)"
JOBS: Final = 2  # at work together, so that no core idles while the last task of one ends; a third waits
TASKS_PER_CORE: Final = 2
ITEMS_PER_TASK: Final = 200  # a second or two of work: starting a task costs some milliseconds
FIRST_PER_TASK: Final = 25  # of the first job: whoever waits sees soon that it goes, and the next ones grow
ROWS_PER_JOB: Final = 40_000  # however many cores: the driver holds the results of three jobs, of 3 KB each
REPORTS_PER_JOB: Final = 4_000  # of some 30 KB
CANCEL_SECONDS: Final = 0.5
CHARACTERS_PER_JOB: Final = 64_000_000  # of texts that travel from the driver


def score(
    df: DataFrame,
    *,
    text: str = "description",
    kind: str = "job",
    id: str | None = None,
    title: str | None = None,
    location: str | None = None,
    engine: Engine | None = None,
    as_of: str | None = None,
    region: str | None = None,
) -> DataFrame:
    """One row for each row of `df`, in the columns of showing/rows.py. Lazy, as all of Spark.

    `text` names a column of texts, or of files' bytes: binaryFile has them in `content`. Without `id`, the column `id` or
    `path` is taken where there is one. `engine` is one of your own; else one is made with `as_of` and `region`.
    """
    if kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of document.", CALL, f"Use one of: {', '.join(KINDS)}.")
    engine = engine if engine is not None else _engine(as_of, region)
    id = id or next((name for name in OWN_IDS if name in df.columns), None)
    return rows_of_frame(df, RowMaker(recipe=Recipe.of(engine), kind=kind), text=text, id=id, title=title, location=location)


def rows_of_frame(
    df: DataFrame, maker: RowMaker, *, text: str, id: str | None, title: str | None = None, location: str | None = None
) -> DataFrame:
    """The rows that `maker` makes of the columns named."""
    picked = df.select(
        *(named(df, column).cast("string").alias(name) for name, column in (("id", id), ("title", title), ("place", location))),
        _document(df, text),
        _size(df),
    )
    return picked.mapInArrow(maker, ROW_SCHEMA)


def named(df: DataFrame, name: str | None) -> Column:
    """A column by its name; nulls without a name."""
    from pyspark.sql import functions

    if name is None:
        return functions.lit(None)
    count = df.columns.count(name)
    if count != 1:
        what = f"There is no column {name!r}." if count == 0 else f"{count} columns are named {name!r}."
        raise UsageError(what, CALL, f"Name one of its columns: {', '.join(df.columns[:12])}.")
    return functions.col("`" + name.replace("`", "``") + "`")


def _document(df: DataFrame, name: str) -> Column:
    column = named(df, name)
    kind = df.select(column).schema[0].dataType.typeName()
    if kind not in ("string", "binary", "varchar", "char", "void"):
        raise UsageError(f"The column {name!r} holds values of the type {kind}.", CALL, "Name a column of texts or of bytes.")
    return (column if kind == "binary" else column.cast("string")).alias("document")


def _size(df: DataFrame) -> Column:
    """The size that binaryFile tells, by which a file that was too large to be loaded is known."""
    is_files = {"path", "length", "content"} <= set(df.columns)
    return named(df, "length" if is_files else None).cast("bigint").alias("size")


class SparkPool:
    """Spark in the place of pool.Pool: `results` gives the same lines in the same order."""

    def __init__(self, engine: Engine, *, kind: str, reports: bool, master: str | None = None) -> None:
        self._maker = LineMaker(recipe=Recipe.of(engine), kind=kind, reports=reports)
        self._most = REPORTS_PER_JOB if reports else ROWS_PER_JOB
        self._session = Session(master)

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """A result for every input, in the order of the inputs. Files are opened by the workers: they must see the same paths."""
        waiting: deque[Future[list[Result]]] = deque()
        with self._session.failing(), ThreadPoolExecutor(JOBS) as threads:
            try:
                for group in self._jobs(items):
                    waiting.append(threads.submit(self._lines, group))
                    if len(waiting) > JOBS:
                        yield from waiting.popleft().result()
                while waiting:
                    yield from waiting.popleft().result()
            finally:
                self._drop(waiting)

    def end(self) -> None:
        """Stop the session, if it is ours."""
        self._session.end()

    def _drop(self, waiting: deque[Future[list[Result]]]) -> None:
        """End what is at work early; a job may come up while the others are cancelled."""
        running = [future for future in waiting if not future.cancel()]
        while running:
            self._session.cancel()
            running = list(wait(running, CANCEL_SECONDS).not_done)

    def _jobs(self, items: Iterator[Item]) -> Iterator[list[Item]]:
        """The inputs of one job after the other, as many as keep all cores busy for a while."""
        per_task = FIRST_PER_TASK
        while True:
            most = min(per_task * TASKS_PER_CORE * self._session.cores, self._most)
            per_task = min(2 * per_task, ITEMS_PER_TASK)
            group: list[Item] = []
            size = 0
            for item in islice(items, most):
                group.append(item)
                size += item.size
                if size > CHARACTERS_PER_JOB:
                    break
            if not group:
                return
            yield group

    def _lines(self, group: list[Item]) -> list[Result]:
        """The results of one job. No DataFrame: Spark would start a second Python worker for each core to make it."""
        tasks = max(1, min(len(group), TASKS_PER_CORE * self._session.cores))
        given = self._session.spark.sparkContext.parallelize([_absolute(item) for item in group], tasks)
        lines = given.mapPartitions(self._maker).collect()
        return [Result(position=position, line=line, was_read=was_read) for position, line, was_read in lines]


def _absolute(item: Item) -> Item:
    """A worker's current folder is another one."""
    return item if item.path is None else replace(item, path=os.path.abspath(item.path))


def run_spark(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    engine: Engine | None = None,
    kind: str = "auto",
    columns: Columns | None = None,
    master: str | None = None,
    overwrite: bool = False,
    watcher: Watcher | None = None,
) -> dict[str, Any]:
    """`dlmatch batch ... --engine spark`: as local.run, with the work done by Spark.

    Paths of this machine: the driver hands out the inputs and writes OUT, which is that of the local engine, byte for
    byte, and a run that was ended goes on. Addresses (hdfs://, s3a://, file://): the workers read and write by themselves.
    """
    check(master)
    if "://" in os.fspath(source) or "://" in os.fspath(out):
        from dlmatch.batch.sparkstore import run_stored

        return run_stored(
            os.fspath(source),
            os.fspath(out),
            engine=engine or _engine(),
            kind=kind,
            columns=columns or Columns(),
            master=master,
            overwrite=overwrite,
            watcher=watcher or Silent(),
        )

    def pool(engine: Engine, kind: str, reports: bool) -> SparkPool:
        return SparkPool(engine, kind=kind, reports=reports, master=master)

    return run(source, out, engine=engine, kind=kind, columns=columns, overwrite=overwrite, watcher=watcher, pool=pool)


def _engine(as_of: str | None = None, region: str | None = None) -> Engine:
    from dlmatch.engine import Engine

    return Engine(as_of=as_of, region=region)
