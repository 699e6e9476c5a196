"""A Spark DataFrame of texts or files to one of rows, whatever the documents are: on mapInArrow, in every Python worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from dlmatch.batch.scoring import KINDS, row_of
from dlmatch.errors import DlmatchError, MissingExtra, UsageError
from dlmatch.showing.rows import COLUMNS, ColumnType, Row
from dlmatch.version import VERSION

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

    from dlmatch.engine import Engine

SPARK_TYPES: Final[dict[ColumnType, str]] = {
    "text": "string",
    "int": "bigint",
    "float": "double",
    "bool": "boolean",
    "texts": "array<string>",
}
SCHEMA: Final = ", ".join(f"{column.name} {SPARK_TYPES[column.type]}" for column in COLUMNS)
ROWS_PER_BATCH: Final = 256  # rows handed back at a time: about 0.5 MB, and a stage shows progress
OWN_IDS: Final = ("id", "path")  # the columns that tell documents apart by themselves; binaryFile gives `path`
CALL: Final = "dlmatch.batch.spark.score(...)"


def score(
    df: DataFrame,
    *,
    text: str = "description",
    kind: str = "job",
    id: str | None = None,
    title: str | None = None,
    location: str | None = None,
    as_of: str | None = None,
    region: str | None = None,
    taxonomy: str | None = None,
) -> DataFrame:
    """One row for each row of `df`, in the columns of showing/rows.py.

    `text` names a column of texts, or of bytes, as `spark.read.format("binaryFile")` gives them in `content`. Without `id`,
    the column `id` or `path` is taken where there is one. `taxonomy` is a folder that every worker can see.
    """
    if kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of document.", CALL, f"Use one of: {', '.join(KINDS)}.")
    id = id or next((name for name in OWN_IDS if name in df.columns), None)
    picked = df.select(
        _input(df, "id", id), _input(df, "title", title), _input(df, "location", location), _document(df, text)
    )
    return picked.mapInArrow(Scorer.made(kind, as_of, region, taxonomy), SCHEMA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """What Spark sends to the workers: settings only. Each Python worker builds its engine once, from its own dlmatch."""

    kind: str
    as_of: str | None
    region: str | None
    taxonomy: str | None
    made_with: tuple[str, str]  # the driver's version and digest of the taxonomy

    @classmethod
    def made(cls, kind: str, as_of: str | None, region: str | None, taxonomy: str | None) -> Scorer:
        """Wrong settings fail here, on the driver, before anything runs on the cluster."""
        engine = engine_of(as_of, region, taxonomy)
        return cls(kind=kind, as_of=as_of, region=region, taxonomy=taxonomy, made_with=(VERSION, engine.taxonomy.digest))

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        engine = engine_of(self.as_of, self.region, self.taxonomy)
        if self.made_with != (VERSION, engine.taxonomy.digest):
            raise DlmatchError(
                f"The worker's dlmatch {VERSION} ({engine.taxonomy.digest[:12]}) is not the driver's "
                f"{self.made_with[0]} ({self.made_with[1][:12]}).",
                "Spark",
                "Give driver and workers the same package and the same taxonomy.",
            )
        for batch in batches:
            for start in range(0, batch.num_rows, ROWS_PER_BATCH):
                yield _scored(engine, self.kind, batch.slice(start, ROWS_PER_BATCH))


@lru_cache(maxsize=2)
def engine_of(as_of: str | None, region: str | None, taxonomy: str | None) -> Engine:
    """The engine of this process; Spark keeps its Python workers from task to task."""
    from dlmatch.engine import Engine

    return Engine(as_of=as_of, region=region, taxonomy=taxonomy)


def _scored(engine: Engine, kind: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Values are taken one at a time: a batch of files may be large."""
    return arrow_batch(
        [
            row_of(engine, document.as_py(), kind=kind, id=_text(id), title=_text(title), location=_text(location))
            for id, title, location, document in zip(*batch.columns, strict=True)
        ]
    )


def arrow_batch(rows: list[Row]) -> pa.RecordBatch:
    """Rows as Arrow, in the types of SCHEMA."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    arrays = [pa.array([row[column.name] for row in rows], types[column.type]) for column in COLUMNS]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in COLUMNS])


def _text(value: Any) -> str:
    found = value.as_py()
    return "" if found is None else str(found)


def _input(df: DataFrame, name: str, column: str | None) -> Column:
    """A column as text under the name the workers know; null where there is none."""
    from pyspark.sql import functions as F

    return (F.lit(None) if column is None else _of(df, column)).cast("string").alias(name)


def _document(df: DataFrame, column: str) -> Column:
    kind = _of(df, column) is not None and df.select(_of(df, column)).schema[0].dataType.typeName()
    if kind not in ("string", "binary", "varchar", "char", "void"):
        raise UsageError(f"The column {column!r} is of type {kind}.", CALL, "Name a column of texts or of bytes.")
    picked = _of(df, column)
    return (picked if kind == "binary" else picked.cast("string")).alias("document")


def _of(df: DataFrame, name: str) -> Column:
    from pyspark.sql import functions as F

    count = df.columns.count(name)
    if count != 1:
        what = f"There is no column {name!r}." if count == 0 else f"{count} columns are named {name!r}."
        raise UsageError(what, CALL, f"Name one of its columns: {', '.join(df.columns[:12])}.")
    return F.col("`" + name.replace("`", "``") + "`")
