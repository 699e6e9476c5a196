"""What runs in Spark's Python workers: Arrow batches of documents to Arrow batches of rows, or of the lines of lines.py."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dlmatch.batch.items import Item, Spoilt
from dlmatch.batch.lines import line_of, was_read
from dlmatch.batch.scoring import row_of
from dlmatch.batch.worker import score
from dlmatch.errors import DlmatchError, DocumentTooLarge
from dlmatch.reading.limits import MAX_INPUT_BYTES, MEGABYTE
from dlmatch.showing.rows import COLUMNS, ColumnType, Row, error_row
from dlmatch.version import VERSION

if TYPE_CHECKING:
    import pyarrow as pa

    from dlmatch.engine import Engine

SPARK_TYPES: Final[dict[ColumnType, str]] = {
    "text": "string", "int": "bigint", "float": "double", "bool": "boolean", "texts": "array<string>",
}  # fmt: skip
ROW_SCHEMA: Final = ", ".join(f"{column.name} {SPARK_TYPES[column.type]}" for column in COLUMNS)
ITEM_SCHEMA: Final = "position bigint, item string"
LINE_SCHEMA: Final = "position bigint, line binary, was_read boolean"
AT_A_TIME: Final = 64  # rows handed back together: they bound the memory, and a stage shows progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """An engine as settings, which is how it travels; each Python worker builds it once and keeps it from task to task."""

    pickled: bytes
    version: str
    taxonomy: str  # digest

    @classmethod
    def of(cls, engine: Engine) -> Recipe:
        """The recipe of an engine; wrong settings have failed by now, on the driver."""
        return cls(pickled=pickle.dumps(engine), version=VERSION, taxonomy=engine.taxonomy.digest)

    def engine(self) -> Engine:
        """The engine, if this worker's dlmatch is that of the driver: rows of two versions must not be mixed."""
        engine = _built(self.pickled)
        if (VERSION, engine.taxonomy.digest) != (self.version, self.taxonomy):
            raise DlmatchError(
                f"The workers' dlmatch {VERSION} or its taxonomy is not that of the driver ({self.version}).",
                "Spark",
                "Give driver and workers the same package.",
            )
        return engine


@lru_cache(maxsize=2)
def _built(pickled: bytes) -> Engine:
    engine: Engine = pickle.loads(pickled)
    return engine


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMaker:
    """For mapInArrow: id, title, location, document (a text or a file's bytes) and size to rows of ROW_SCHEMA."""

    recipe: Recipe
    kind: str

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        engine = self.recipe.engine()
        for batch in batches:
            for start in range(0, batch.num_rows, AT_A_TIME):
                yield arrow_rows([self._row(engine, *values) for values in _values(batch.slice(start, AT_A_TIME))])

    def _row(
        self, engine: Engine, id: str | None, title: str | None, location: str | None, document: Any, size: int | None
    ) -> Row:
        if document is None and size is not None and size > MAX_INPUT_BYTES:
            error = DocumentTooLarge(f"It is larger than {MAX_INPUT_BYTES // MEGABYTE} MB (limit input-bytes).")
            name = (id or "").rpartition("/")[2]
            return error_row(error, id=id or "", name=name, kind=None if self.kind == "auto" else self.kind)
        return row_of(engine, document, kind=self.kind, id=id or "", title=title or "", location=location or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMaker:
    """For mapInArrow: ITEM_SCHEMA to LINE_SCHEMA, the very lines that the local engine's workers give."""

    recipe: Recipe
    kind: str
    reports: bool

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        engine = self.recipe.engine()
        for batch in batches:
            for start in range(0, batch.num_rows, AT_A_TIME):
                yield _arrow_lines([self._line(engine, *values) for values in _values(batch.slice(start, AT_A_TIME))])

    def _line(self, engine: Engine, position: int, packed: str) -> tuple[int, bytes, bool]:
        result = score(engine, unpacked(packed, position), self.kind)
        return position, line_of(result, reports=self.reports), was_read(result.row)


def packed(item: Item) -> str:
    """An input as JSON in ASCII: a lone surrogate, which a file's name may hold, becomes its escape."""
    return json.dumps({name: value for name, value in asdict(item).items() if value is not None and name != "position"})


def unpacked(text: str, position: int) -> Item:
    """The input of such a JSON."""
    values = json.loads(text)
    spoilt = values.pop("spoilt", None)
    return Item(**values, spoilt=None if spoilt is None else Spoilt(*spoilt), position=position)


def arrow_rows(rows: list[Row]) -> pa.RecordBatch:
    """Rows as Arrow, in the types of ROW_SCHEMA."""
    import pyarrow as pa

    from dlmatch.batch.sinks.parquet import TYPES

    arrays = [pa.array([row[column.name] for row in rows], TYPES[column.type]) for column in COLUMNS]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in COLUMNS])


def _arrow_lines(lines: list[tuple[int, bytes, bool]]) -> pa.RecordBatch:
    import pyarrow as pa

    positions, bodies, read = zip(*lines, strict=True)
    arrays = [pa.array(positions, pa.int64()), pa.array(bodies, pa.binary()), pa.array(read, pa.bool_())]
    return pa.RecordBatch.from_arrays(arrays, names=["position", "line", "was_read"])


def _values(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """Rows of values, one at a time: a batch of files may be large."""
    return zip(*((value.as_py() for value in column) for column in batch.columns), strict=True)
