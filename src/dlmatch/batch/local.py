"""A batch on this machine: inputs to a pool of workers, results to the ledger in order, the ledger to OUT."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from dlmatch.batch import sinks
from dlmatch.batch.items import Item, Walk
from dlmatch.batch.ledger import Facts, Ledger, opened, reported
from dlmatch.batch.lines import row_in
from dlmatch.batch.pool import Pool, Result
from dlmatch.batch.scoring import KINDS
from dlmatch.batch.sinks import Sink
from dlmatch.batch.sources import Source, find_source, not_an_address
from dlmatch.batch.summary import Summary
from dlmatch.batch.tables import Columns
from dlmatch.errors import UsageError
from dlmatch.reading.limits import MEGABYTE
from dlmatch.showing.rows import NAMES, Row
from dlmatch.version import VERSION

if TYPE_CHECKING:
    from dlmatch.engine import Engine

CHUNK_ITEMS: Final = 1024
CHUNK_BYTES: Final = 8 * MEGABYTE
CHUNK_SECONDS: Final = 2.0  # what an end at a bad moment costs; the output is the same however chunks are cut


class Watcher(Protocol):
    """Whom a run tells how it goes."""

    def says(self, sentence: str) -> None:
        """Something worth a line."""

    def begins(self, total: int | None, done: int) -> None:
        """How many inputs there are (None: not known before they are read) and how many are finished already."""

    def counts(self, read: bool) -> None:
        """One more is finished."""


class Results(Protocol):
    """What gives the results of inputs: pool.Pool here, spark.SparkPool on a cluster."""

    def results(self, items: Iterator[Item]) -> Iterator[Result]:
        """A result for every input, in the order of the inputs."""

    def end(self) -> None:
        """Stop all that was started for it."""


PoolMaker = Callable[["Engine", str, bool], Results]


class Silent:
    """A watcher that looks away."""

    def says(self, sentence: str) -> None:
        return

    def begins(self, total: int | None, done: int) -> None:
        return

    def counts(self, read: bool) -> None:
        return


def run(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    engine: Engine | None = None,
    kind: str = "auto",
    columns: Columns | None = None,
    workers: int | None = None,
    overwrite: bool = False,
    watcher: Watcher | None = None,
    pool: PoolMaker | None = None,
) -> dict[str, Any]:
    """Score every input of SOURCE into OUT; gives the summary. Ended at any moment, the same call goes on from there.

    `pool` makes what gives the results, of (engine, kind, reports); without it, worker processes on this machine do.
    """
    if engine is None:
        from dlmatch.engine import Engine

        engine = Engine()
    if kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of document.", "kind", f"Use one of: {', '.join(KINDS)}.")
    watcher = watcher or Silent()
    target = Path(os.path.abspath(out))
    sink = _sink(target, os.fspath(out))
    if os.path.realpath(os.fspath(source).removeprefix("@")) == os.path.realpath(target):
        raise UsageError("is the source itself and was not touched.", str(out), "Give -o another name.")
    found = find_source(os.fspath(source), columns or Columns(), without=(target,))
    total, listing = found.listed()
    state = found.state() if found.is_table else listing
    ours = hidden_folder(target)
    if _is_there(target) and not overwrite and not ours.exists():
        raise UsageError("is there already and was not touched.", str(out), "Give -o another name, or --overwrite.")
    with opened(target, _facts(listing, engine, kind, found, sink), grows=sink.grows) as ledger:
        if ledger.delivered:
            return _cleaned(ledger)
        _check_overwrite(ledger, overwrite, str(out))
        walk = _following(ledger, found, watcher)
        watcher.begins(total, ledger.done)
        if ledger.made is None:
            if pool is None:
                results: Results = Pool(engine, kind=kind, workers=workers or cores(), reports=sink.reports)
            else:
                results = pool(engine, kind, sink.reports)
            _score(ledger, sink, walk, results, watcher)
            _check_unchanged(found, state)
            _make(ledger, sink, engine)
        ledger.deliver()
        return _cleaned(ledger)


def hidden_folder(out: Path) -> Path:
    """Where the state of a run to OUT is kept."""
    return Ledger(out).folder


def cores() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def _sink(target: Path, given: str) -> Sink:
    if not target.parent.is_dir():
        if "://" in given:
            raise not_an_address(given)
        raise UsageError("Its folder is not there.", str(target), "Make the folder first.")
    sink = sinks.sink_for(target)
    if sink.key == "parts" and target.is_file():
        raise UsageError("is a file, and a name without an ending is for a folder.", str(target), "Give -o another name.")
    return sink


def _is_there(target: Path) -> bool:
    return target.exists() and not (target.is_dir() and not any(target.iterdir()))


def _check_overwrite(ledger: Ledger, overwrite: bool, out: str) -> None:
    """OUT may have come to be since this run began; a folder is replaced only if all in it is ours."""
    target = ledger.out
    if not _is_there(target):
        return
    if not overwrite:
        raise UsageError("is there already and was not touched.", out, "Give -o another name, or --overwrite.")
    if target.is_dir() and any(not path.name.startswith("part-") or path.suffix != ".parquet" for path in target.iterdir()):
        raise UsageError("holds other files than parts of a data set.", out, "Give -o another name, or empty it yourself.")


def _facts(listing: str, engine: Engine, kind: str, source: Source, sink: Sink) -> Facts:
    """All that the output depends on."""
    return {
        "listing": listing,
        "kind": kind,
        "columns": str(source.columns),
        "out": sink.key,
        "row": list(NAMES),
        "as_of": engine.as_of,
        "region": engine.region,
        "settings": {str(name): repr(value) for name, value in sorted(engine.settings.items())},
        "taxonomy": engine.taxonomy.digest,
        "seeds": engine.taxonomy.seeds_digest,
        "dlmatch": VERSION,
    }


def _following(ledger: Ledger, source: Source, watcher: Watcher) -> Walk:
    """The source after what is finished, which is held against the digests of the inputs it was made of."""
    walk = Walk(source.items())
    if ledger.started_anew:
        watcher.says("The source, a setting or the version changed since the last run to this output: it starts anew.")
    if not ledger.chunks:
        return walk
    for number, chunk in enumerate(ledger.chunks):
        if walk.skip(chunk.items) != chunk.source:
            ledger.keep(number)
            break
    else:
        if ledger.made is None or next(walk, None) is None:
            watcher.says(f"Goes on after {ledger.done:,} documents that a former run finished.")
            return walk
        ledger.keep(len(ledger.chunks))  # rows were added since OUT was made
    kept = f"the first {ledger.done:,} documents did not, and are kept." if ledger.chunks else "it starts anew."
    watcher.says(f"The source changed since the last run: {kept}")
    walk = Walk(source.items())
    walk.skip(ledger.done)
    return walk


def _score(ledger: Ledger, sink: Sink, walk: Walk, pool: Results, watcher: Watcher) -> None:
    """Results into chunks. What is finished when this ends early, by Ctrl-C or an error, is kept."""
    waiting: list[Result] = []
    since, size = time.monotonic(), 0
    with _stopping(pool):
        try:
            for result in pool.results(walk):
                if not waiting:
                    since, size = time.monotonic(), 0
                waiting.append(result)
                size += len(result.line)
                watcher.counts(result.was_read)
                if len(waiting) >= CHUNK_ITEMS or size >= CHUNK_BYTES or time.monotonic() - since > CHUNK_SECONDS:
                    _commit(ledger, sink, walk, waiting)
        finally:
            if waiting:
                _commit(ledger, sink, walk, waiting)


@contextmanager
def _stopping(pool: Results) -> Iterator[None]:
    try:
        yield
    finally:
        pool.end()


def _commit(ledger: Ledger, sink: Sink, walk: Walk, waiting: list[Result]) -> None:
    lines = [result.line for result in waiting]
    unread = sum(not result.was_read for result in waiting)
    waiting.clear()  # first: should the system refuse, it is not tried again on the way out
    counted = Summary()
    rows: list[Row] = []
    for line in lines:
        row = row_in(line)
        counted.add(row)
        rows.append(row)
    body = sink.append(lines, rows, not ledger.chunks) if sink.grows else b"\n".join(lines) + b"\n"
    ledger.commit(body, items=len(lines), unread=unread, source=walk.sealed(len(lines)), counted=counted.plain())


def _check_unchanged(source: Source, state: str) -> None:
    if source.state() != state:
        raise UsageError(
            "changed while it was read.", source.given, "Run again: it goes on with what is there now, or starts anew."
        )


def _make(ledger: Ledger, sink: Sink, engine: Engine) -> None:
    """OUT's draft, and the entry that it is whole."""
    names = {
        **{one.id: one.name for one in engine.taxonomy.profile.requirements},
        **{skill.id: skill.name for skill in engine.taxonomy.skills},
    }
    total = Summary()
    for counted in ledger.counted():
        total.merge(Summary.of_plain(counted))
    summary = total.to_dict(names)
    if not sink.grows:
        with reported(ledger):
            sink.write(ledger.lines(), ledger.draft, summary)
    ledger.enter_made(summary)


def _cleaned(ledger: Ledger) -> dict[str, Any]:
    summary = ledger.made or {}
    ledger.remove()
    return summary
