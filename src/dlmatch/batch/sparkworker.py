"""What runs in Spark's Python workers: Arrow batches of documents to batches of rows, and inputs to the lines of lines.py."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dlmatch import version
from dlmatch.batch.items import Item, Spoilt
from dlmatch.batch.lines import was_read
from dlmatch.batch.sparkguard import lines_of, rows_of
from dlmatch.batch.sparktally import Tally
from dlmatch.errors import DlmatchError
from dlmatch.reading.limits import MAX_INPUT_BYTES, MEGABYTE
from dlmatch.showing.rows import COLUMNS, ColumnType, Row
from dlmatch.version import VERSION

if TYPE_CHECKING:
    import pyarrow as pa

    from dlmatch.engine import Engine

SPARK_TYPES: Final[dict[ColumnType, str]] = {
    "text": "string", "int": "bigint", "float": "double", "bool": "boolean", "texts": "array<string>",
}  # fmt: skip
ROW_SCHEMA: Final = ", ".join(f"{column.name} {SPARK_TYPES[column.type]}" for column in COLUMNS)
AT_A_TIME: Final = 64  # rows handed back together: they bound the memory, and a stage shows progress


def _code() -> str:
    """A digest of this package's modules: two builds may bear the same version."""
    made = hashlib.sha256()
    root = Path(version.__file__).parent
    for module in sorted(root.rglob("*.py")):
        made.update(module.relative_to(root).as_posix().encode() + b"\0" + module.read_bytes())
    return made.hexdigest()


CODE: Final = _code()  # taken as this process starts, like the code it runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """An engine as settings, which is how it travels; each Python worker builds it once and keeps it from task to task."""

    pickled: bytes
    version: str
    taxonomy: str  # digest
    code: str

    @classmethod
    def of(cls, engine: Engine) -> Recipe:
        """The recipe of an engine; wrong settings have failed by now, on the driver."""
        return cls(pickled=pickle.dumps(engine), version=VERSION, taxonomy=engine.taxonomy.digest, code=CODE)

    def engine(self) -> Engine:
        """The engine, if this worker's dlmatch is that of the driver: rows of two versions must not be mixed."""
        engine = _built(self.pickled) if self.code == CODE else None
        if engine is None or engine.taxonomy.digest != self.taxonomy:
            raise DlmatchError(
                f"The workers' dlmatch {VERSION}, its code or its taxonomy is not that of the driver ({self.version}).",
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
    tally: Tally | None = None

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        documents = (_document(*values) for batch in batches for values in _values(batch))
        rows = rows_of(self.recipe.engine(), self.kind, documents)
        while group := list(islice(rows, AT_A_TIME)):
            if self.tally is not None:
                self.tally.add(map(was_read, group))
            yield arrow_rows(group)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMaker:
    """For mapPartitions: inputs to their positions and the very lines that the local engine's workers give."""

    recipe: Recipe
    kind: str
    reports: bool

    def __call__(self, items: Iterable[Item]) -> Iterator[tuple[int, bytes, bool]]:
        for result in lines_of(self.recipe.engine(), self.kind, self.reports, iter(items)):
            yield result.position, result.line, result.was_read


def _document(
    id: str | None, title: str | None, location: str | None, document: Any, size: int | None
) -> tuple[Item, bytes | None]:
    """An input, and the bytes of the file that it is, if it is one."""
    if document is None and size is not None and size > MAX_INPUT_BYTES:
        spoilt = Spoilt("document-too-large", f"It is larger than {MAX_INPUT_BYTES // MEGABYTE} MB (limit input-bytes).")
        return Item(id=id or "", name=(id or "").rpartition("/")[2], spoilt=spoilt), None
    is_file = isinstance(document, bytes)
    item = Item(id=id or "", text=None if is_file else document, title=title or "", location=location or "")
    return item, document if is_file else None


def arrow_rows(rows: list[Row]) -> pa.RecordBatch:
    """Rows as Arrow, in the types of ROW_SCHEMA."""
    import pyarrow as pa

    from dlmatch.batch.sinks.parquet import TYPES

    arrays = [pa.array([row[column.name] for row in rows], TYPES[column.type]) for column in COLUMNS]
    return pa.RecordBatch.from_arrays(arrays, names=[column.name for column in COLUMNS])


def _values(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    """Rows of values, one at a time: a batch of files may be large."""
    return zip(*((value.as_py() for value in column) for column in batch.columns), strict=True)
