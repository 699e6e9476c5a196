"""dlmatch resume, job and match: one document, or one against the other, into a view of its report."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from dlmatch.cli.failing import UNDER, say
from dlmatch.cli.loading import built_engine as _engine
from dlmatch.cli.options import AsOf, Chosen, Evidence, FailUnder, Out, Region
from dlmatch.cli.output import STDIO, Format, Screen, deliver, format_for, screen_for, view
from dlmatch.errors import UsageError

if TYPE_CHECKING:
    from dlmatch.engine import Engine
    from dlmatch.model.match import MatchReport
    from dlmatch.model.report import Report
    from dlmatch.reading.read import Begun

STDIN_NAME = "standard input"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A view's text and the score that --fail-under looks at."""

    text: str
    score: float | None


def show_resume(
    file: str,
    *,
    chosen: Format = "text",
    screen: Screen | None = None,
    region: str | None = None,
    as_of: str | None = None,
    evidence: str | None = None,
) -> Result:
    """The view of a resume."""
    begun = _begun(file)
    engine = _engine(region, as_of)
    report = _read(engine, "resume", file, begun, evidence)
    return Result(text=_view(engine, report, chosen, screen), score=report.coverage.score)


def show_job(
    file: str,
    *,
    chosen: Format = "text",
    screen: Screen | None = None,
    region: str | None = None,
    as_of: str | None = None,
    evidence: str | None = None,
) -> Result:
    """The view of a job ad."""
    begun = _begun(file)
    engine = _engine(region, as_of)
    report = _read(engine, "job", file, begun, evidence)
    return Result(text=_view(engine, report, chosen, screen), score=report.coverage.score)


def show_match(
    resume: str,
    job: str,
    *,
    chosen: Format = "text",
    screen: Screen | None = None,
    region: str | None = None,
    as_of: str | None = None,
) -> Result:
    """The view of a resume against a job ad."""
    if resume == job == STDIO:
        raise UsageError("can be only one of the two.", "standard input", "Give the other as a file.")
    begun = _begun(resume)  # the ad then finds a worker that is ready
    engine = _engine(region, as_of)
    match = engine.match(_read(engine, "resume", resume, begun), _read(engine, "job", job))
    return Result(text=_view(engine, match, chosen, screen), score=match.score)


def resume_command(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The resume: PDF, DOCX, HTML, Markdown or text; - is standard input.")
    ],
    chosen: Chosen = None,
    out: Out = STDIO,
    region: Region = None,
    as_of: AsOf = None,
    fail_under: FailUnder = None,
    evidence: Evidence = None,
) -> None:
    """Read a resume: skills, coverage, gaps, salary band.

    Every skill comes with the words that name it, every step of the salary band with the line it rests on.

    \b
    Examples:
      dlmatch resume cv.pdf
      dlmatch resume cv.docx --region IN --format md -o report.md
      dlmatch resume cv.pdf --fail-under 60 && echo "good enough"
    """
    screen = screen_for(out)
    result = show_resume(file, chosen=format_for(chosen, out), screen=screen, region=region, as_of=as_of, evidence=evidence)
    finish(result, out, (file,), fail_under)


def job_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The ad: PDF, DOCX, HTML, Markdown or text; - is standard input.")],
    chosen: Chosen = None,
    out: Out = STDIO,
    region: Region = None,
    as_of: AsOf = None,
    fail_under: FailUnder = None,
    evidence: Evidence = None,
) -> None:
    """Read a job ad: what it asks, how much of the role.

    The pay that the facts imply stands beside the pay that the ad states.

    \b
    Examples:
      dlmatch job ad.html
      dlmatch job ad.txt --region US --format json -o ad.json
      curl -s https://example.com/ad.html | dlmatch job -
    """
    screen = screen_for(out)
    result = show_job(file, chosen=format_for(chosen, out), screen=screen, region=region, as_of=as_of, evidence=evidence)
    finish(result, out, (file,), fail_under)


def match_command(
    resume: Annotated[str, typer.Argument(metavar="RESUME", help="The resume; - is standard input.")],
    job: Annotated[str, typer.Argument(metavar="JOB", help="The job ad; - is standard input.")],
    chosen: Chosen = None,
    out: Out = STDIO,
    region: Region = None,
    as_of: AsOf = None,
    fail_under: FailUnder = None,
) -> None:
    """Hold a resume against an ad: shown and missing.

    Required skills weigh more than preferred ones. Years and degree are compared beside the score.

    \b
    Examples:
      dlmatch match cv.pdf ad.html
      dlmatch match cv.pdf ad.html --fail-under 70 --format json -o match.json
    """
    chosen = format_for(chosen, out)
    result = show_match(resume, job, chosen=chosen, screen=screen_for(out), region=region, as_of=as_of)
    finish(result, out, (resume, job), fail_under)


def finish(result: Result, out: str, inputs: tuple[str, ...], fail_under: float | None) -> None:
    """Write the result; then fail, with the reason, where the score is under what was asked."""
    deliver(result.text, out, inputs)
    if fail_under is None or (result.score is not None and result.score >= fail_under):
        return
    said = "There is no score" if result.score is None else f"The score {result.score:g} is under {fail_under:g}"
    say(f"dlmatch: {said} (--fail-under {fail_under:g}).")
    raise typer.Exit(UNDER)


def _begun(file: str) -> Begun | None:
    """The file, read by a worker while the engine is built."""
    if file == STDIO or not os.path.isfile(file):
        return None
    from dlmatch.reading.read import Begun

    return Begun(file, name=os.path.basename(file))


def _read(engine: Engine, kind: str, file: str, begun: Begun | None = None, evidence: str | None = None) -> Report:
    take = engine.resume if kind == "resume" else engine.job
    source = _stdin() if file == STDIO else file
    report = take(begun or source, name=STDIN_NAME if file == STDIO else os.path.basename(file))
    if evidence is not None:
        engine.draw(source, report, evidence)
    return report


def _stdin() -> bytes:
    return sys.stdin.buffer.read()


def _view(engine: Engine, report: Report | MatchReport, chosen: Format, screen: Screen | None) -> str:
    names: Mapping[str, str] = {skill.id: skill.name for skill in engine.taxonomy.skills}
    return view(report, names, chosen, screen or Screen())
