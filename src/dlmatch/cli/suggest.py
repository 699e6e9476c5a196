"""dlmatch taxonomy suggest: documents of one's own to the terms that the taxonomy lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dlmatch.cli.failing import PARTLY, say, visible
from dlmatch.cli.loading import built_engine
from dlmatch.cli.options import Out
from dlmatch.cli.output import STDIO, deliver
from dlmatch.errors import DlmatchError, UsageError

if TYPE_CHECKING:
    from dlmatch.batch.items import Item
    from dlmatch.model.document import Document
    from dlmatch.suggesting.places import Searched
    from dlmatch.suggesting.terms import Suggestion

Format = Literal["text", "yaml", "json"]
ENDINGS: dict[str, Format] = {".yaml": "yaml", ".yml": "yaml", ".json": "json"}
Chosen = Annotated[
    Format | None,
    typer.Option("--format", "-f", metavar="text|yaml|json", help="What to print. Without it, by OUT's ending, else text."),
]
LARGE_CITY = 200  # thousand people: smaller cities share their names with too many things


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What was proposed from how many documents; `unread` are those that could not be read, with the reason."""

    suggestions: tuple[Suggestion, ...]
    documents: int
    unread: tuple[str, ...]


def suggest_command(
    source: Annotated[
        str, typer.Argument(metavar="FOLDER", help="A folder or glob of ads or resumes, or a CSV, JSONL or Parquet table.")
    ],
    text: Annotated[
        str | None, typer.Option("--text", metavar="COLUMN", help="The column of a table that holds the text.")
    ] = None,
    kind: Annotated[
        Literal["auto", "resume", "job"], typer.Option("--kind", metavar="auto|resume|job", help="What the documents are.")
    ] = "auto",
    at_least: Annotated[
        int, typer.Option("--at-least", metavar="N", min=1, help="Leave out what fewer documents hold as a skill.")
    ] = 3,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Print no more than the first N.")] = 40,
    chosen: Chosen = None,
    out: Out = STDIO,
) -> None:
    """Propose terms that the taxonomy lacks.

    Ranked by how much more often they stand in skill contexts (lists beside known
    skills, after "experience with", skill sections of resumes) than elsewhere.

    \b
    Examples:
      dlmatch taxonomy suggest postings/
      dlmatch taxonomy suggest postings.csv --text description -o suggested.yaml
    """
    found = propose(source, text=text, kind=kind, at_least=at_least)
    for line in found.unread:
        say(f"dlmatch: not read: {line}")
    first = found.suggestions[:limit]
    made = chosen or ENDINGS.get(Path(out).suffix.lower(), "text")
    if made == "json":
        body = {"documents": found.documents, "unread": len(found.unread), "suggestions": [asdict(one) for one in first]}
        deliver(json.dumps(body, ensure_ascii=False, indent=2) + "\n", out)
    elif made == "yaml":
        deliver(_stub(first, found.documents), out)
    else:
        deliver("\n".join(text_lines(first, found)) + "\n", out)
    if found.unread:
        raise typer.Exit(PARTLY)


def propose(source: str, *, text: str | None = None, kind: str = "auto", at_least: int = 3) -> Proposed:
    """The terms that a source's documents hold and the taxonomy lacks, best first."""
    from dlmatch.batch.sources import find_source
    from dlmatch.batch.tables import Columns
    from dlmatch.finding.kinds import kind_of
    from dlmatch.knowledge.load import load_language
    from dlmatch.suggesting.places import search
    from dlmatch.suggesting.terms import ranked

    engine, language = built_engine(), load_language(None)
    searched: list[Searched] = []
    unread: list[str] = []
    for item in find_source(source, Columns(text=text)).items():
        try:
            document = _document(item)
        except DlmatchError as error:
            unread.append(f"{item.id}: {error.what} [{error.slug}]")
            continue
        decided = "resume" if kind == "resume" else "job" if kind == "job" else kind_of(document)[0]
        searched.append(search(document, engine.report(decided, document), language))
    if not searched:
        raise UsageError("Not one of the documents could be read.", source, "Check a few of them with dlmatch job.")
    return Proposed(
        suggestions=ranked(searched, at_least=at_least, is_place=_is_place), documents=len(searched), unread=tuple(unread)
    )


def _document(item: Item) -> Document:
    from dlmatch.errors import EmptyDocument
    from dlmatch.reading.read import read, read_text

    if item.spoilt is not None:
        raise item.spoilt.error()
    if item.path is not None:
        return read(item.path, name=item.id)
    if item.text is None:
        raise EmptyDocument("There is no text.", item.id, "Check the row in the source.")
    return read_text(f"{item.title}\n{item.text}" if item.title else item.text, name=item.id)


def _is_place(term: str) -> bool:
    """Whether a nation, a region or a large city bears the name."""
    from dlmatch.finding.gazetteer import meanings

    return any(place.kind != "c" or place.people >= LARGE_CITY for place in meanings(term))


def _stub(suggestions: Sequence[Suggestion], documents: int) -> str:
    from dlmatch.knowledge.load import load_taxonomy
    from dlmatch.suggesting.stub import yaml_stub

    return yaml_stub(suggestions, {skill.id for skill in load_taxonomy(None).skills}, documents)


def text_lines(first: Sequence[Suggestion], found: Proposed) -> Iterator[str]:
    """The suggestions as a table, each above its examples."""
    yield f"{found.documents} documents; {len(found.suggestions)} terms that the taxonomy lacks, {len(first)} shown"
    if first:
        yield ""
        yield " rank  in skill contexts  elsewhere  term"
    for one in first:
        beside = f"  (beside {one.category.replace('-', ' ')})" if one.category else ""
        yield f"{one.rank:5.2f}  {one.documents:17d}  {one.elsewhere:9d}  {one.term}{beside}"
        for name, quote in one.examples[:1]:
            yield f"         {visible(name)}: {visible(quote)}"
    if first:
        yield ""
        yield "--format yaml writes them as entries for taxonomy/skills."
