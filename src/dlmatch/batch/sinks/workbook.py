"""Rows as an Excel workbook, written line by line: filters, frozen heading, widths, and a sheet with the summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from dlmatch.batch.lines import row_in
from dlmatch.batch.sinks.text import harmless
from dlmatch.batch.summary_words import table_of_summary
from dlmatch.showing.rows import COLUMNS, NAMES, Column, Row, cell

MOST_ROWS: Final = 1_048_575  # below the heading; a sheet holds no more
MOST_LETTERS: Final = 32_767  # of a cell
MADE: Final = datetime(2000, 1, 1)  # the file would else hold the time of day
WIDTHS: Final[Mapping[str, int]] = {
    "id": 34, "name": 28, "error": 50, "title": 32, "salary_reason": 30, "skills": 40, "required": 40, "preferred": 30,
    "mentioned": 30, "demonstrated": 40, "listed": 30, "missing": 40, "top_gap": 22, "sha256": 14, "taxonomy": 14,
}  # fmt: skip
NARROW: Final = 11
ROOM_FOR_FILTER: Final = 4  # letters that the heading's arrow covers
_FORMATS: Final[Mapping[str, str]] = {
    "score": "0.00", "top_gain": "0.00", "pay_min": "#,##0", "pay_max": "#,##0", "salary_low": "#,##0", "salary_mid": "#,##0",
    "salary_high": "#,##0",
}  # fmt: skip


def write_workbook(lines: Iterable[bytes], path: Path, summary: dict[str, Any]) -> None:
    """One sheet of results (more where one can't hold them), then the summary."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "tmpdir": str(path.parent),
        "use_zip64": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": MADE, "title": "dlmatch batch"})
        heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8F1F3"})
        walk = map(row_in, lines)
        number = 1
        first: Row | None = next(walk, None)
        while first is not None or number == 1:
            sheet = book.add_worksheet("Results" if number == 1 else f"Results {number}")
            first = _fill(book, sheet, heading, first, walk)
            number += 1
        _summary(book.add_worksheet("Summary"), heading, summary)


def _fill(book: Any, sheet: Any, heading: Any, first: Row | None, walk: Iterator[Row]) -> Row | None:
    """Rows until the sheet is full; gives the first row that found no room."""
    formats = {name: book.add_format({"num_format": code}) for name, code in _FORMATS.items()}
    for at, column in enumerate(COLUMNS):
        sheet.set_column(at, at, _width(column), formats.get(column.name))
        sheet.write_string(0, at, column.name, heading)
    sheet.freeze_panes(1, 1)
    line = 0
    row = first
    while row is not None and line < MOST_ROWS:
        line += 1
        for at, column in enumerate(COLUMNS):
            _put(sheet, line, at, column, row[column.name], formats.get(column.name))
        row = next(walk, None)
    sheet.autofilter(0, 0, max(line, 1), len(NAMES) - 1)
    return row


def _put(sheet: Any, line: int, at: int, column: Column, value: Any, style: Any) -> None:
    if value is None:
        return
    if column.type in ("int", "float"):
        sheet.write_number(line, at, value, style)
    elif column.type == "bool":
        sheet.write_boolean(line, at, value)
    else:
        text = str(harmless(cell(value)) if column.type == "text" else cell(value))
        sheet.write_string(line, at, text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 1] + "…")


def _width(column: Column) -> int:
    return max(WIDTHS.get(column.name, NARROW), len(column.name) + ROOM_FOR_FILTER)


def _summary(sheet: Any, heading: Any, summary: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 14)
    for at, (label, value) in enumerate(table_of_summary(summary)):
        if value is None:
            sheet.write_string(at, 0, label, heading)
            continue
        sheet.write_string(at, 0, label)
        if isinstance(value, str):
            sheet.write_string(at, 1, value)
        else:
            sheet.write_number(at, 1, value)
