"""Rows as Parquet: one file, or a folder of parts; lists stay lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from dlmatch.batch.sinks import Summed
from dlmatch.showing.rows import COLUMNS, ColumnType, Row

ROWS_AT_A_TIME: Final = 512  # as Python's values, which take 20 KB a row
ROWS_PER_GROUP: Final = 16 * ROWS_AT_A_TIME  # as Arrow's, which take 2
ROWS_PER_PART: Final = 8 * ROWS_PER_GROUP  # parts of some 20 MB
TYPES: Final[dict[ColumnType, Any]] = {
    "text": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "texts": pa.list_(pa.string()),
}


def schema() -> pa.Schema:
    """The columns of rows.py in Arrow's types, their meaning as metadata."""
    return pa.schema([pa.field(column.name, TYPES[column.type], metadata={"meaning": column.meaning}) for column in COLUMNS])


def table_of(rows: Sequence[Row]) -> pa.Table:
    """Rows as a typed table."""
    arrays = [pa.array([row[column.name] for row in rows], TYPES[column.type]) for column in COLUMNS]
    return pa.Table.from_arrays(arrays, schema=schema())


def write_file(rows: Iterable[Row], path: Path, summed: Summed) -> None:
    """One file, a group of rows at a time."""
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        walk = iter(rows)
        while pieces := list(islice(_tables(walk), ROWS_PER_GROUP // ROWS_AT_A_TIME)):
            writer.write_table(pa.concat_tables(pieces), row_group_size=ROWS_PER_GROUP)


def write_parts(rows: Iterable[Row], path: Path, summed: Summed) -> None:
    """A folder of parts, which every engine reads as one table."""
    path.mkdir()
    walk = iter(rows)
    for number in range(10**9):
        first = next(walk, None)
        if first is None:
            return
        part = islice(walk, ROWS_PER_PART - 1)
        write_file(_with(first, part), path / f"part-{number:05}.parquet", summed)


def _with(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _tables(walk: Iterator[Row]) -> Iterator[pa.Table]:
    while rows := list(islice(walk, ROWS_AT_A_TIME)):
        yield table_of(rows)
