"""Rows of CSV, JSON Lines and Parquet to inputs, one at a time; which column is what is found by its name."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from dlmatch.batch.items import Item, Spoilt
from dlmatch.errors import DamagedDocument, MissingExtra, UsageError
from dlmatch.reading.limits import MAX_INPUT_BYTES, MEGABYTE

# By name, without case, spaces, dashes and underscores; the first that a table has is taken.
TEXT_NAMES: Final = (
    "text", "description", "jobdescription", "fulltext", "resumetext", "resume", "cv", "cvtext", "content", "body", "posting",
    "jobposting", "jobtext", "rawtext", "plaintext", "details",
)  # fmt: skip
ID_NAMES: Final = ("id", "jobid", "postingid", "resumeid", "candidateid", "requisitionid", "reqid", "uid", "uuid", "key", "url")
TITLE_NAMES: Final = ("title", "jobtitle", "position", "positiontitle", "role")
LOCATION_NAMES: Final = ("location", "joblocation", "place", "locations", "city")
MAX_LINE: Final = 2 * MAX_INPUT_BYTES  # a longer line is no row of a table
ROWS_AT_A_TIME: Final = 64  # of Parquet: decoded together, so they bound the memory
MAX_COUNTED: Final = 256 * MEGABYTE  # of CSV and JSON Lines; larger ones have no "time left"
LOOKED_THROUGH: Final = 50  # rows of JSON Lines looked through for the names of columns
Record = Mapping[str, Any] | Spoilt


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column of a table is what; None: to be found by name, or there is none."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    location: str | None = None

    def any(self) -> bool:
        """Whether one was named."""
        return any((self.text, self.id, self.title, self.location))


def resolve(shape: str, paths: Sequence[Path], asked: Columns) -> Columns:
    """The columns that will be read. UsageError names those there are."""
    return resolved(_NAMES[shape](paths[0]), asked, str(paths[0]))


def resolved(names: Sequence[str], asked: Columns, where: str) -> Columns:
    """Which of these names is what."""
    for name in (asked.text, asked.id, asked.title, asked.location):
        if name is not None and name not in names:
            raise UsageError(f"There is no column {name!r}.", where, _there_are(names))
    text = asked.text or _first(names, TEXT_NAMES)
    if text is None:
        raise UsageError("No column is named like a text.", where, f"Name it with --text. {_there_are(names)}")
    return replace(
        asked,
        text=text,
        id=asked.id or _first(names, ID_NAMES),
        title=asked.title or _first(names, TITLE_NAMES, text),
        location=asked.location or _first(names, LOCATION_NAMES, text),
    )


def items(shape: str, paths: Sequence[Path], columns: Columns) -> Iterator[Item]:
    """An input for every row. Without an id the row's number stands in its place, counted from 1."""
    number = 0
    for path in paths:
        for record in _RECORDS[shape](path, columns):
            number += 1
            if isinstance(record, Spoilt):
                yield Item(id=str(number), name="", spoilt=record)
                continue
            title = _word(record, columns.title)
            yield Item(
                id=_word(record, columns.id) or str(number),
                name=title,
                text=_text(record, columns.text),
                title=title,
                location=_word(record, columns.location),
            )


def count(shape: str, paths: Sequence[Path]) -> int | None:
    """The number of rows, where the files say it themselves or are small enough to be counted in a second or two."""
    if shape == "parquet":
        return sum(int(_parquet(path).metadata.num_rows) for path in paths)
    if sum(path.stat().st_size for path in paths) > MAX_COUNTED:
        return None
    return sum(_lines_of(path) if shape == "jsonl" else _rows_of(path) for path in paths)


def _lines_of(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(1 for line in iter(lambda: stream.readline(MAX_LINE), b"") if line.strip())


def _rows_of(path: Path) -> int:
    with _csv_open(path) as stream:
        return max(0, sum(1 for _ in _csv_rows(stream)) - 1)


def _there_are(names: Sequence[str]) -> str:
    shown = ", ".join(name[:40] for name in names[:20]) or "none"
    return f"There are: {shown}{', ...' if len(names) > 20 else ''}."


def _first(names: Sequence[str], wanted: Sequence[str], taken: str | None = None) -> str | None:
    plain: dict[str, str] = {}
    for name in names:
        if name != taken:
            plain.setdefault("".join(letter for letter in name.lower() if letter.isalnum()), name)
    return next((plain[name] for name in wanted if name in plain), None)


def _word(record: Mapping[str, Any], name: str | None) -> str:
    value = record.get(name) if name is not None else None
    if value is None or value != value:  # NaN
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a column with gaps is held as floats: 7.0 was 7
    return value if isinstance(value, str) else _plain(value)


def _text(record: Mapping[str, Any], name: str | None) -> str | None:
    value = record.get(name) if name is not None else None
    if value is None or value != value:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    """A list of words as words, anything else as it prints."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _csv_names(path: Path) -> list[str]:
    with _csv_open(path) as stream:
        return next(_csv_rows(stream), [])


def _csv_open(path: Path) -> Any:
    return path.open("r", encoding=_encoding_of(path), errors="replace", newline="")


def _encoding_of(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(3)
    return "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _csv_rows(stream: Any) -> Iterator[Any]:
    """Lists of fields; a row that breaks the rules of CSV as Spoilt, after which reading goes on with the next line."""
    head = stream.readline(MEGABYTE)
    stream.seek(0)
    csv.field_size_limit(MAX_LINE)
    reader = csv.reader(stream, delimiter=max(",;\t|", key=head.count), strict=False)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Spoilt("damaged-document", f"The row is no valid CSV ({error}).", "Check the quotation marks in this row.")
            continue
        if row:
            yield row


def _csv_records(path: Path, columns: Columns) -> Iterator[Record]:
    with _csv_open(path) as stream:
        rows = _csv_rows(stream)
        names: list[str] = next(rows, [])
        for row in rows:
            yield row if isinstance(row, Spoilt) else dict(zip(names, row, strict=False))


def _json_names(path: Path) -> list[str]:
    names: dict[str, None] = {}
    for record, _ in zip(_json_records(path, Columns()), range(LOOKED_THROUGH), strict=False):
        if not isinstance(record, Spoilt):
            names.update(dict.fromkeys(record))
    return list(names)


def _json_records(path: Path, columns: Columns) -> Iterator[Record]:
    with path.open("rb") as stream:
        while line := stream.readline(MAX_LINE):
            if len(line) >= MAX_LINE and not line.endswith(b"\n"):
                while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    continue
                yield Spoilt("document-too-large", f"The line is longer than {MAX_LINE // MEGABYTE} MB.")
                continue
            if line.strip():
                yield _json_record(line)


def _json_record(line: bytes) -> Record:
    try:
        value = json.loads(line.decode("utf-8-sig"), parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return Spoilt("damaged-document", "The line is no valid JSON.", "Mend the line.")
    if isinstance(value, dict):
        return value
    return Spoilt("damaged-document", "The line holds no JSON object.", "Write each row as {...} on a line of its own.")


def _parquet(path: Path) -> Any:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("Parquet needs pyarrow.", str(path), "Install dlmatch[parquet].") from None
    try:
        return pq.ParquetFile(path, pre_buffer=False, buffer_size=MEGABYTE)
    except (pa.ArrowException, OSError):
        raise DamagedDocument("It can't be opened as Parquet.", str(path), "Check the file.") from None


def _parquet_names(path: Path) -> list[str]:
    return list(_parquet(path).schema_arrow.names)


def _parquet_records(path: Path, columns: Columns) -> Iterator[Record]:
    names = [name for name in dict.fromkeys((columns.text, columns.id, columns.title, columns.location)) if name is not None]
    for batch in _parquet(path).iter_batches(batch_size=ROWS_AT_A_TIME, columns=names, use_threads=False):
        yield from batch.to_pylist()


_NAMES: Final[Mapping[str, Callable[[Path], list[str]]]] = {
    "csv": _csv_names,
    "jsonl": _json_names,
    "parquet": _parquet_names,
}
_RECORDS: Final[Mapping[str, Callable[[Path, Columns], Iterator[Record]]]] = {
    "csv": _csv_records,
    "jsonl": _json_records,
    "parquet": _parquet_records,
}
