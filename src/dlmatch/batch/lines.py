"""Rows and reports to lines of JSON and back: what travels from a worker and what waits in a finished chunk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from dlmatch.batch.scoring import Scored
from dlmatch.batch.summary import COUNTED
from dlmatch.showing.compact import compact, dumped
from dlmatch.showing.rows import READ, Row

SCHEMA: Final = "dlmatch.batch/1"
HEAD: Final = ("id", "name", "kind", "kind_sure", "status", "slug", "error")  # of a line of .jsonl, before the report
TAB: Final = b"\t"  # between entry and row: JSON has none outside of its own escapes


def line_of(scored: Scored, *, reports: bool) -> bytes:
    """The row as JSON on one line; where reports are wanted, the entry of the .jsonl output before what is counted of the row."""
    row = scored.row
    if not reports:
        return _bytes(dumped(row))
    told = dumped({"schema": SCHEMA, **{name: row[name] for name in HEAD}})
    report = "null" if scored.report is None else compact(scored.report)
    return _bytes(f'{told[:-1]},"report":{report}}}\t{dumped({name: row[name] for name in COUNTED})}')


def row_in(line: bytes) -> Row:
    """The row of a line, or what is counted of it."""
    row: Row = json.loads(line.rpartition(TAB)[2])
    return row


def entry_in(line: bytes) -> bytes:
    """The line of the .jsonl output: what the row says of the input, and the whole report, which is null for the unreadable."""
    return line.rpartition(TAB)[0]


def was_read(row: Mapping[str, Any]) -> bool:
    """Whether the input could be read, at least in part."""
    return row["status"] in READ


def _bytes(text: str) -> bytes:
    # a lone surrogate becomes its escape, which inside a JSON string stands for itself
    return text.encode("utf-8", "backslashreplace")
