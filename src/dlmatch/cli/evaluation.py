"""dlmatch eval: reports against a person's own labels, into a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dlmatch.cli.failing import PARTLY
from dlmatch.cli.loading import built_engine
from dlmatch.cli.options import AsOf, Out
from dlmatch.cli.output import STDIO, deliver
from dlmatch.errors import DlmatchError, UsageError

if TYPE_CHECKING:
    from dlmatch.engine import Engine
    from dlmatch.judging.evaluation import Counts, Evaluation, FactError, Pair, Share, SkillErrors
    from dlmatch.model.labels import Labelled

FIRST = (".pdf", ".txt")  # where a document is there in several formats
LIST = "skills.tsv"  # the skills that the labeller looked for, in LABELS or up to two folders above
MOST_NAMED = 6  # documents named of each kind of a skill's errors
Chosen = Annotated[
    Literal["text", "json"] | None,
    typer.Option("--format", "-f", metavar="text|json", help="What to print. Without it, by OUT's ending, else text."),
]


def eval_command(
    labels: Annotated[Path, typer.Argument(metavar="LABELS", help="The folder of label files, one NAME.json a document.")],
    docs: Annotated[Path, typer.Argument(metavar="DOCS", help="The folder of the documents, NAME.pdf, NAME.txt or other.")],
    chosen: Chosen = None,
    out: Out = STDIO,
    errors: Annotated[bool, typer.Option("--errors", help="Name every error: skills by documents, facts one by one.")] = False,
    skills: Annotated[
        Path | None,
        typer.Option("--skills", metavar="FILE", help=f"The skills the labeller looked for, one id a line. Without it, {LIST}."),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Measure dlmatch against your own labels.

    Precision, recall and F1 of the skills, and the share of needs, showings and
    facts that are right. README, Measuring, shows what a label file looks like.

    \b
    Examples:
      dlmatch eval labels/ documents/ --errors
      dlmatch eval labels/ documents/ --format json -o figures.json
    """
    made = chosen or ("json" if Path(out).suffix.lower() == ".json" else "text")
    found = evaluation_of(labels, docs, looked=skills, as_of=as_of)
    if made == "json":
        deliver(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n", out)
    else:
        deliver("\n".join(table_lines(found, errors=errors)) + "\n", out)
    if found.failed:
        raise typer.Exit(PARTLY)


def evaluation_of(labels: Path, docs: Path, *, looked: Path | None = None, as_of: str | None = None) -> Evaluation:
    """The documents of a folder read and held against their labels."""
    from dlmatch.judging.evaluation import SOFT, evaluate
    from dlmatch.knowledge.labels import looked_for, read_labels

    engine = built_engine(as_of=as_of)
    skills = {skill.id: skill for skill in engine.taxonomy.skills}
    labelled = read_labels(labels, skills)
    if not docs.is_dir():
        raise UsageError("There is no such folder.", str(docs), "Give the folder that holds the documents.")
    listed = looked or _list_near(labels)
    return evaluate(
        [_pair(engine, one, docs) for one in labelled],
        scored=looked_for(listed, skills) if listed else {key for key, skill in skills.items() if skill.extension is None},
        soft={key for key, skill in skills.items() if skill.category == SOFT},
        as_of=date.fromisoformat(engine.as_of),
    )


def _list_near(labels: Path) -> Path | None:
    """The list of skills in the labels' folder or up to two folders above."""
    folder = labels.resolve()
    return next((path for path in (home / LIST for home in (folder, *folder.parents[:2])) if path.is_file()), None)


def _pair(engine: Engine, labelled: Labelled, docs: Path) -> Pair:
    from dlmatch.judging.evaluation import Pair

    path = _document(docs, labelled.id)
    if path is None:
        return Pair(labelled=labelled, report=None, failure="there is no document of this name")
    try:
        report = engine.job(path) if labelled.kind == "job" else engine.resume(path)
    except DlmatchError as error:
        return Pair(labelled=labelled, report=None, failure=f"{error.what} [{error.slug}]")
    return Pair(labelled=labelled, report=report)


def _document(docs: Path, name: str) -> Path | None:
    """The document of a label: its name with any ending."""
    found = [path for path in sorted(docs.iterdir()) if path.stem == name and path.suffix != ".json" and path.is_file()]
    return min(found, key=lambda path: (path.suffix not in FIRST, path.suffix), default=None)


def table_lines(found: Evaluation, *, errors: bool = False) -> Iterator[str]:
    """The table, line by line."""
    yield f"{found.documents} documents, {len(found.failed)} of them not read; {found.scored} skills looked for"
    yield ""
    yield "Skills  precision  recall     F1  labelled"
    yield from (_skill_line(name, counts) for name, counts in found.skills.items())
    yield ""
    yield "Right, of the skills found and of the facts labelled"
    rows = {"need": found.need, "shown": found.shown, "evidence has words": found.evidence, **found.facts}
    wide = max(map(len, rows))
    yield from (_share_line(name, share, wide) for name, share in rows.items() if share.total)
    if found.failed:
        yield from ("", "Not read", *(f"  {line}" for line in found.failed))
    if errors:
        yield from _error_lines(found)


def _skill_line(name: str, counts: Counts) -> str:
    return f"  {name:<7} {counts.precision:8.4f} {counts.recall:7.4f} {counts.f1:6.4f} {counts.labelled:9d}"


def _share_line(name: str, share: Share, wide: int) -> str:
    return f"  {name:<{wide}}  {share.accuracy:.4f}  {share.right} of {share.total}"


def _error_lines(found: Evaluation) -> Iterator[str]:
    yield from ("", "Skills with errors, most first")
    for one in found.skill_errors:
        yield from _skill_error_lines(one)
    yield from ("", "Facts that differ")
    yield from (_fact_line(error) for error in found.fact_errors)


def _skill_error_lines(one: SkillErrors) -> Iterator[str]:
    yield f"  {one.id}: found {one.counts.right} of {one.counts.labelled}"
    for what, where in (("missed in", one.missed), ("wrong in", one.wrong), ("other need or showing in", one.level)):
        if where:
            yield f"    {what} {_named(where)}"


def _named(documents: Sequence[str]) -> str:
    more = len(documents) - MOST_NAMED
    return ", ".join(documents[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _fact_line(error: FactError) -> str:
    return f"  {error.fact}, {error.document}: labelled {_value(error.labelled)}, found {_value(error.found)}"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(_value(part) for part in value)
    return "nothing" if value is None else str(value)
