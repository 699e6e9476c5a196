"""Lines of rows to OUT, the same however they are cut into pieces."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from reports import job_report, resume_report

from dlmatch.batch.lines import entry_in, line_of, row_in
from dlmatch.batch.scoring import Scored
from dlmatch.batch.sinks import SINKS, text
from dlmatch.batch.summary import COUNTED, Summary
from dlmatch.errors import EmptyDocument
from dlmatch.model.report import Report
from dlmatch.showing.rows import COLUMNS, NAMES, error_row, report_row

ODD = ("a,b", 'c"d', "é😀", "\\", "2024-01-01", "1.0", "true", "null", "", " ", "[1]", "=1")


def scored() -> list[Scored]:
    found = [Scored(row=report_row(job_report(), id=odd, name=odd), report=job_report()) for odd in ODD]
    found += [Scored(row=report_row(resume_report(), id=odd, name=odd), report=resume_report()) for odd in ODD]
    return [*found, Scored(row=error_row(EmptyDocument("Empty."), id="x\t\ud800"), report=None)]


LINES = [line_of(one, reports=False) for one in scored()]


def test_a_line_gives_its_row_back() -> None:
    assert [row_in(line) for line in LINES] == [one.row for one in scored()]
    assert all(tuple(row_in(line)) == NAMES for line in LINES)


def test_a_line_with_a_report_gives_its_entry_and_what_is_counted() -> None:
    for one in scored():
        line = line_of(one, reports=True)
        assert row_in(line) == {name: one.row[name] for name in COUNTED}
        entry = row_in(entry_in(line))
        assert {name: entry[name] for name in ("id", "kind", "slug")} == {name: one.row[name] for name in ("id", "kind", "slug")}
        report: Report | None = one.report
        assert (entry["report"] is None) == (report is None)


@pytest.mark.parametrize("key", ["csv", "jsonl"])
def test_what_grows_is_the_same_in_any_pieces(key: str) -> None:
    sink = next(sink for sink in SINKS if sink.key == key)
    lines = [line_of(one, reports=sink.reports) for one in scored()]

    def grown(size: int) -> bytes:
        cut = [lines[start : start + size] for start in range(0, len(lines), size)]
        return b"".join(sink.append(some, [row_in(line) for line in some], number == 0) for number, some in enumerate(cut))

    assert grown(1) == grown(4) == grown(len(lines))


def test_csv_holds_what_the_rows_hold() -> None:
    rows = [row_in(line) for line in LINES]
    made = list(csv.DictReader(io.StringIO(text.table(LINES, rows, True).decode(), newline="")))
    assert [row["id"] for row in made] == [f"'{row['id']}" if row["id"] == "=1" else row["id"] for row in rows]
    assert [row["required"] for row in made[:1]] == ['["communication", "python", "pytorch", "tensorflow"]']


def test_parquet_holds_what_python_would_make_of_the_rows(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    from dlmatch.batch.sinks import parquet

    rows: list[dict[str, Any]] = [row_in(line) for line in LINES]
    arrays = [pa.array([row[column.name] for row in rows], parquet.TYPES[column.type]) for column in COLUMNS]
    assert parquet.table_of(LINES).equals(pa.Table.from_arrays(arrays, schema=parquet.schema()), check_metadata=True)
    parquet.write_file(LINES, tmp_path / "o.parquet", {})
    assert pq.read_table(tmp_path / "o.parquet").to_pylist() == rows


def test_a_summary_comes_back_from_a_ledger() -> None:
    import json

    whole, parts = Summary(), Summary()
    for one in scored():
        part = Summary()
        for summary in (whole, part):
            summary.add(one.row)
        parts.merge(Summary.of_plain(json.loads(json.dumps(part.plain()))))
    assert parts == whole
    assert parts.to_dict() == whole.to_dict()
