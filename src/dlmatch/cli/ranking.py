"""dlmatch rank: the documents of a folder, best first, for one ad or for one resume."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, cast

import typer

from dlmatch.cli.failing import PARTLY, say
from dlmatch.cli.loading import built_engine as _engine
from dlmatch.cli.options import AsOf, Region
from dlmatch.cli.output import STDIO, Format, Screen, deliver, format_for, screen_for
from dlmatch.errors import UsageError

if TYPE_CHECKING:
    from dlmatch.engine import Engine
    from dlmatch.model.ranking import Ranking

RankFormat = Literal["text", "json", "md", "csv", "html"]
STDIN_NAME: Final = "standard input"
Progress = Callable[[int, int], None]


def show_ranking(ranking: Ranking, *, chosen: RankFormat = "text", screen: Screen | None = None, unfolded: bool = False) -> str:
    """The view of a ranking; `unfolded` shows every rank in the text view too."""
    if chosen == "json":
        from dlmatch.showing.payload import to_json

        return to_json(ranking)
    if chosen == "csv":
        from dlmatch.showing.ranking_rows import to_csv

        return to_csv(ranking)
    from dlmatch.showing.ranking_outline import PAGE, TABLE, outline_ranking, text_shape

    if chosen == "md":
        from dlmatch.showing.markdown import render_markdown

        return render_markdown(outline_ranking(ranking, TABLE))
    if chosen == "html":
        from dlmatch.showing.page import render_page

        return render_page(outline_ranking(ranking, PAGE))
    from dlmatch.showing.terminal import render_text

    screen = screen or Screen()
    outline = outline_ranking(ranking, text_shape(screen.width, unfolded=unfolded))
    return render_text(outline, width=screen.width, colour=screen.colour, ascii_only=screen.ascii_only)


def rank_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="JOB FOLDER",
            help="The ad (- is standard input) and the folder of resumes; with --resume, the folder of ads alone.",
            show_default=False,
        ),
    ],
    resume: Annotated[
        str | None,
        typer.Option("--resume", metavar="CV", help="Rank the ads in FOLDER for this resume; - is standard input."),
    ] = None,
    top: Annotated[
        int | None, typer.Option("--top", metavar="N", min=1, help="Show the first N ranks. Without it, all; as text, 25.")
    ] = None,
    chosen: Annotated[
        RankFormat | None,
        typer.Option(
            "--format", "-f", metavar="text|json|md|csv|html", help="What to print. Without it, by OUT's ending, else text."
        ),
    ] = None,
    out: Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="Where to write; - is standard output.")] = STDIO,
    region: Region = None,
    as_of: AsOf = None,
) -> None:
    """Rank the resumes in a folder for an ad, best first.

    With --resume, the ads in a folder for a resume. Each score stands by itself:
    what else is in the folder changes none. Copies are folded under the first.

    \b
    Examples:
      dlmatch rank ad.html resumes/
      dlmatch rank ad.html resumes/ --top 10 -o ranking.html
      dlmatch rank --resume cv.pdf ads/ --format csv -o ads.csv

    Exit code 3: done, but some files could not be read; they stand at the end.
    """
    job, folder = _given(paths, resume)
    form = _form(chosen, out)
    ranking = _rank(_engine(region, as_of), folder, job=job, resume=resume, top=top, out=out)
    deliver(show_ranking(ranking, chosen=form, screen=screen_for(out), unfolded=top is not None), out, (job or resume or STDIO,))
    if ranking.counts.unread:
        say(f"dlmatch: {_files(ranking.counts.unread)} of {ranking.counts.files} could not be read; see the end of the ranking.")
        raise typer.Exit(PARTLY)


def _given(paths: list[str], resume: str | None) -> tuple[str | None, str]:
    if resume is None and len(paths) == 2:
        return paths[0], paths[1]
    if resume is not None and len(paths) == 1:
        return None, paths[0]
    wanted = "It takes a job ad and a folder" if resume is None else "With --resume it takes a folder alone"
    raise UsageError(f"{wanted}, and {len(paths)} {'path was' if len(paths) == 1 else 'paths were'} given.", "dlmatch rank")


def _form(chosen: RankFormat | None, out: str) -> RankFormat:
    if chosen is None and Path(out).suffix.lower() == ".csv":
        return "csv"
    return chosen if chosen is not None else cast(RankFormat, format_for(cast("Format | None", chosen), out))


def _rank(engine: Engine, folder: str, *, job: str | None, resume: str | None, top: int | None, out: str) -> Ranking:
    """Rank, with a line on the terminal that says how far it is. What this run writes is no document of the folder."""
    leave_out = () if out == STDIO else (out,)
    tell, clear = _teller()
    try:
        if resume is None:
            given = engine.job(sys.stdin.buffer.read(), name=STDIN_NAME) if job == STDIO else job
            return engine.rank(folder, job=given, top=top, leave_out=leave_out, progress=tell)
        wanted = engine.resume(sys.stdin.buffer.read(), name=STDIN_NAME) if resume == STDIO else resume
        return engine.rank(folder, resume=wanted, top=top, leave_out=leave_out, progress=tell)
    finally:
        clear()


def _teller() -> tuple[Progress | None, Callable[[], None]]:
    """What tells of each document done, and what wipes the line; nothing where stderr is no terminal."""
    if not sys.stderr.isatty():
        return None, lambda: None

    def tell(done: int, whole: int) -> None:
        sys.stderr.write(f"\r{done} of {whole} read")
        sys.stderr.flush()

    def clear() -> None:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    return tell, clear


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
