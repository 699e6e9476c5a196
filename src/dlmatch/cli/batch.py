"""dlmatch batch: a folder or a table of documents into one table of results, and what it came to."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from dlmatch.cli.failing import say
from dlmatch.cli.loading import built_engine
from dlmatch.cli.options import AsOf, Region
from dlmatch.cli.output import STDIO, deliver
from dlmatch.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

INCOMPLETE: Final = 3  # done, but with items that could not be read
Column = str | None


def batch_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A folder, a pattern such as 'in/*.pdf', a list of paths (.txt, or @LIST), or a table (.csv, .jsonl, .parquet).",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="OUT", help="By its ending: .csv .xlsx .jsonl .parquet .html; without one, a folder."
        ),
    ],
    kind: Annotated[
        Literal["auto", "resume", "job"],
        typer.Option("--kind", metavar="auto|resume|job", help="What they are; auto tells by what each says, and how sure."),
    ] = "auto",
    text: Annotated[Column, typer.Option("--text", metavar="COLUMN", help="The table's column of texts.")] = None,
    id: Annotated[Column, typer.Option("--id", metavar="COLUMN", help="Its column of ids.")] = None,
    title: Annotated[Column, typer.Option("--title", metavar="COLUMN", help="Its column of titles.")] = None,
    location: Annotated[Column, typer.Option("--location", metavar="COLUMN", help="Its column of places.")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, help="Processes; without it, one a processor.")
    ] = None,
    where: Annotated[
        Literal["local", "spark"], typer.Option("--engine", metavar="local|spark", help="Where the work is done.")
    ] = "local",
    master: Annotated[
        str | None, typer.Option("--master", metavar="URL", help="Spark's master; without it, this machine or what submits it.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an OUT that is there.")] = False,
    chosen: Annotated[
        Literal["text", "json"], typer.Option("--format", "-f", metavar="text|json", help="How to print the summary.")
    ] = "text",
    region: Region = None,
    as_of: AsOf = None,
) -> None:
    """Score many documents into one table.

    Every input becomes one row, also one that can't be read. Ended at any moment, the same command goes on where it was,
    and the output is the same to the byte. Exit code 3: done, but some items could not be read.

    \b
    Examples:
      dlmatch batch resumes/ -o resumes.xlsx
      dlmatch batch postings.parquet -o scored.parquet --kind job --text body
      dlmatch batch 'in/**/*.pdf' -o all.csv --workers 4
    """
    from dlmatch.batch.summary_words import text_of_summary
    from dlmatch.batch.tables import Columns

    run = _on(where, workers, master)
    columns = Columns(text=text, id=id, title=title, location=location)
    engine = built_engine(region, as_of)
    with Bar() as bar:
        try:
            summary = run(source, out, engine=engine, kind=kind, columns=columns, overwrite=overwrite, watcher=bar)
        except KeyboardInterrupt as stop:
            bar.stop()
            kept = f"{bar.done:,} documents are finished and kept; the same command goes on from there."
            told = f"Stopped. {kept if bar.done else 'Nothing was finished yet; the same command begins anew.'}"
            raise KeyboardInterrupt(str(stop) or told) from None
    printed = _json(summary) if chosen == "json" else text_of_summary(summary, out)
    deliver(printed, STDIO)
    if summary["unread"]:
        raise typer.Exit(INCOMPLETE)


def _on(where: str, workers: int | None, master: str | None) -> Callable[..., dict[str, Any]]:
    """What runs the batch: processes of this machine, or Spark."""
    if where == "local":
        if master is not None:
            raise UsageError("A master is of Spark alone.", "--master", "Add --engine spark, or leave it out.")
        from dlmatch.batch.local import run

        return partial(run, workers=workers)
    if workers is not None:
        raise UsageError("Spark has its own number of workers.", "--workers", "Say it in --master, such as local[4].")
    from dlmatch.batch.spark import run_spark

    return partial(run_spark, master=master)


def _json(summary: dict[str, Any]) -> str:
    return json.dumps(summary, ensure_ascii=False, indent=2) + "\n"


class Bar:
    """A watcher that draws a progress bar with rate and time left, on stderr and only on a terminal."""

    def __init__(self) -> None:
        self.done = 0
        self._unread = 0
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def says(self, sentence: str) -> None:
        """A line on stderr."""
        say(f"dlmatch: {sentence}")

    def begins(self, total: int | None, done: int) -> None:
        """Draw the bar where there is a terminal."""
        self.done = done
        if not sys.stderr.isatty():
            return
        from rich import progress
        from rich.console import Console
        from rich.text import Text

        class Rate(progress.ProgressColumn):
            """Documents a second, over the last half minute."""

            def render(self, task: progress.Task) -> Text:
                return Text(f"{task.speed:,.1f} a second" if task.speed else "", style="dim")

        self._progress = progress.Progress(
            progress.BarColumn(),
            progress.TextColumn("{task.completed:,.0f}" if total is None else "{task.completed:,.0f} of {task.total:,.0f}"),
            Rate(),
            progress.TextColumn("{task.fields[unread]:,} not read", style="dim"),
            progress.TimeElapsedColumn(),
            progress.TextColumn("left", style="dim"),
            progress.TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task("", total=total, completed=done, unread=0)
        self._progress.start()

    def counts(self, read: bool) -> None:
        """One more."""
        self.done += 1
        self._unread += not read
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=self.done, unread=self._unread)

    def stop(self) -> None:
        """Take the bar off the screen."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None
