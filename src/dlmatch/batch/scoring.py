"""One document, as a path, bytes or a text, to its report and its row; whatever goes wrong with it becomes a row too."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, Literal

from dlmatch.errors import DlmatchError, EmptyDocument, LimitExceeded
from dlmatch.finding.kinds import kind_of, taken_for
from dlmatch.finding.localities import place_of
from dlmatch.model.document import Document
from dlmatch.model.report import Kind, Report
from dlmatch.reading.read import read, read_text
from dlmatch.showing.rows import Row, error_row, report_row

if TYPE_CHECKING:
    from dlmatch.engine import Engine

Asked = Literal["auto", "resume", "job"]
KINDS: Final[tuple[str, ...]] = ("auto", "resume", "job")
Given = str | bytes | os.PathLike[str] | None  # a text, a file's bytes, a path; None: the table has nothing there


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What became of one document: its row, and its report unless it could not be read."""

    row: Row
    report: Report | None


def row_of(engine: Engine, given: Given, *, kind: str = "auto", id: str = "", title: str = "", location: str = "") -> Row:
    """The row of one document. Never raises for what a document holds."""
    return scored(engine, given, kind=kind, id=id, title=title, location=location).row


def scored(
    engine: Engine, given: Given, *, kind: str = "auto", id: str = "", name: str = "", title: str = "", location: str = ""
) -> Scored:
    """Report and row of one document. `title` and `location` are what the table states beside the text of an ad."""
    name = name or (title if given is None or isinstance(given, str) else PurePosixPath(id).name)
    decided: Kind | None = "resume" if kind == "resume" else "job" if kind == "job" else None
    sure = "given"
    try:
        document = _document(given, name)
        if decided is None:
            decided, sure = kind_of(document)
        elif not isinstance(given, str):  # a table's texts are all of one kind, and looking at each would cost a fifth
            document = taken_for(decided, document)
        if decided == "job":
            document = stating(document, title, location)
        report = engine.report(decided, document)
        return Scored(row=report_row(report, id=id, name=name, kind_sure=sure), report=report)
    except Exception as error:
        return Scored(row=error_row(as_ours(error), id=id, name=name, kind=decided, kind_sure=sure), report=None)


def stating(document: Document, title: str, location: str) -> Document:
    """The document of an ad with the title and place that a table states beside it; what the document states stays."""
    stated: dict[str, object] = {}
    if title.strip():
        stated["title"] = title.strip()
    place = place_of(location) if location.strip() else None
    if place is not None:
        stated |= {"city": place.city, "region": place.region, "country": place.country}
    return replace(document, stated={**stated, **document.stated}) if stated else document


def as_ours(error: Exception) -> DlmatchError:
    """Any exception as an error with a slug; another's message is left out, since it may hold the document's text."""
    if isinstance(error, DlmatchError):
        return error
    if isinstance(error, MemoryError):
        return LimitExceeded("The limit on memory was reached while it was judged.")
    if isinstance(error, RecursionError):
        return LimitExceeded("The limit on nesting was reached while it was judged.")
    return DlmatchError(f"This is a fault in dlmatch ({type(error).__name__}), not in the document.", "", "Please report it.")


def _document(given: Given, name: str) -> Document:
    if given is None:
        raise EmptyDocument("There is no text.", name, "Check the row in the source.")
    return read_text(given, name) if isinstance(given, str) else read(given, name=name)
