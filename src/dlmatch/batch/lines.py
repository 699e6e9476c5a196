"""Rows and reports to lines of JSON and back: what travels from a worker and what waits in a finished chunk."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from dlmatch.batch.scoring import Scored
from dlmatch.showing.rows import READ, Row

SCHEMA: Final = "dlmatch.batch/1"
HEAD: Final = ("id", "name", "kind", "kind_sure", "status", "slug", "error")  # of a line of .jsonl, before the report
TAB: Final = b"\t"  # between row and report: JSON has none outside of its own escapes


def line_of(scored: Scored, *, reports: bool) -> bytes:
    """The row as JSON on one line, and the report after it where reports are wanted."""
    row = _json(scored.row)
    if not reports:
        return row
    return row + TAB + _json(None if scored.report is None else scored.report.to_dict())


def row_in(line: bytes) -> Row:
    """The row of a line."""
    row: Row = json.loads(line.partition(TAB)[0])
    return row


def rows_in(lines: Iterable[bytes]) -> Iterator[Row]:
    """The rows of lines."""
    return map(row_in, lines)


def entry_in(line: bytes) -> bytes:
    """A line of the .jsonl output: what the row says of the input, and the whole report, which is null for the unreadable."""
    head, _, report = line.partition(TAB)
    row = json.loads(head)
    told = _json({"schema": SCHEMA, **{name: row[name] for name in HEAD}})
    return told[:-1] + b',"report":' + report + b"}\n"


def was_read(row: Mapping[str, Any]) -> bool:
    """Whether the input could be read, at least in part."""
    return row["status"] in READ


def _json(value: Any) -> bytes:
    # a lone surrogate becomes its escape, which inside a JSON string stands for itself
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "backslashreplace")
