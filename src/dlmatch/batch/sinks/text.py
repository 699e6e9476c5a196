"""Rows as CSV, and whole reports as JSON Lines: both grow as results come."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

from dlmatch.batch.lines import entry_in
from dlmatch.showing.rows import COLUMNS, NAMES, Row, cell

# A cell that begins like this is taken for a formula by spreadsheet programs, some of which fold wide forms.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXTS: Final = tuple(column.type == "text" for column in COLUMNS)


def table(lines: Sequence[bytes], rows: Sequence[Row], first: bool) -> bytes:
    """UTF-8, commas, a heading; lists as JSON."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    if first:
        writer.writerow(NAMES)
    writer.writerows([_cell(value, text) for value, text in zip(row.values(), _TEXTS, strict=True)] for row in rows)
    return stream.getvalue().encode()


def entries(lines: Sequence[bytes], rows: Sequence[Row], first: bool) -> bytes:
    """A line for every input, with the whole report."""
    return b"".join(entry_in(line) + b"\n" for line in lines)


def harmless(value: object) -> object:
    """A text that no spreadsheet program takes for a formula: an apostrophe goes before what looks like one."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value


def _cell(value: Any, text: bool) -> object:
    if value is None:
        return None
    return harmless(value) if text else cell(value)
