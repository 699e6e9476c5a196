"""Rows as CSV, and whole reports as JSON Lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from dlmatch.batch.sinks import Summed
from dlmatch.showing.rows import COLUMNS, NAMES, Row, cell

# A cell that begins like this is taken for a formula by spreadsheet programs, some of which fold wide forms.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_TEXTS: Final = frozenset(column.name for column in COLUMNS if column.type == "text")


def write_csv(rows: Iterable[Row], path: Path, summed: Summed) -> None:
    """UTF-8, commas, a heading; lists as JSON."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(NAMES)
        for row in rows:
            writer.writerow([harmless(cell(row[name])) if name in _TEXTS else cell(row[name]) for name in NAMES])


def write_entries(entries: Iterable[bytes], path: Path, summed: Summed) -> None:
    """A line for every input, with the whole report."""
    with path.open("wb") as stream:
        stream.writelines(entries)


def harmless(value: object) -> object:
    """A text that no spreadsheet program takes for a formula: an apostrophe goes before what looks like one."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA) else value
