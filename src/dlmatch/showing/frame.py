"""Texts in a pandas DataFrame to a DataFrame of rows: the same index, the columns of rows.py, nullable dtypes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from dlmatch.errors import UsageError
from dlmatch.showing.rows import COLUMNS, ColumnType, Row

if TYPE_CHECKING:
    import pandas as pd

# Nullable, so that a whole number stays one and an unknown `remote` is not False. A list of names stays a list.
DTYPES: Final[Mapping[ColumnType, str]] = {
    "text": "string",
    "int": "Int64",
    "float": "Float64",
    "bool": "boolean",
    "texts": "object",
}
CALL: Final = "score_frame(...)"
RowOf = Callable[[object, str, str, str], Row]  # of a text, its title, its location and its id


KINDS: Final = ("auto", "resume", "job")


def scored(
    df: pd.DataFrame,
    row_of: RowOf,
    *,
    kind: str,
    text: str,
    title: str | None = None,
    location: str | None = None,
    id: str | None = None,
) -> pd.DataFrame:
    """One row for each row of `df`; `row_of` makes it and never raises. Without `id`, the id is the row's index label."""
    if kind not in KINDS:
        raise UsageError(f"{str(kind)[:20]!r} is no kind of document.", CALL, f"Use one of: {', '.join(KINDS)}.")
    texts = _values(df, text)
    titles, locations, ids = (_labels(df, name) for name in (title, location, id))
    if id is None:
        ids = (str(label) for label in df.index)
    rows = (row_of(*values) for values in zip(texts, titles, locations, ids, strict=True))
    return frame_of(rows, df.index)


def frame_of(rows: Iterable[Row], index: pd.Index | None = None) -> pd.DataFrame:
    """Rows as a typed DataFrame."""
    import pandas as pd

    values: dict[str, list[Any]] = {column.name: [] for column in COLUMNS}
    for row in rows:
        for name, column in values.items():
            column.append(row[name])
    typed = {column.name: pd.Series(values[column.name], index=index, dtype=DTYPES[column.type]) for column in COLUMNS}
    return pd.DataFrame(typed, index=index, columns=list(typed))


def _values(df: pd.DataFrame, name: str) -> Iterator[object]:
    """A column's values; None where there is none (None, NaN, NaT, NA)."""
    import pandas as pd

    if not isinstance(df, pd.DataFrame):
        raise UsageError(f"A {type(df).__name__} is no DataFrame.", CALL, "Give a pandas DataFrame.")
    count = list(df.columns).count(name)
    if count != 1:
        names = ", ".join(str(column)[:40] for column in df.columns[:12]) or "none"
        what = f"There is no column {name!r}." if count == 0 else f"{count} columns are named {name!r}."
        raise UsageError(what, CALL, f"Name one of its columns: {names}.")
    return (None if pd.api.types.is_scalar(value) and pd.isna(value) else value for value in df[name])


def _labels(df: pd.DataFrame, name: str | None) -> Iterator[str]:
    """A column's values as text, empty where there is none; no column: empty texts."""
    if name is None:
        return iter([""] * len(df))
    return ("" if value is None else _label(value) for value in _values(df, name))


def _label(value: object) -> str:
    """An id column with gaps is held as floats: 7.0 was 7."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
