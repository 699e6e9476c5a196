"""Rows to OUT: one module a family of formats, one row of the table below an ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from dlmatch.batch.ledger import Ledger
from dlmatch.batch.summary import Summary
from dlmatch.errors import MissingExtra, UsageError
from dlmatch.showing.rows import Row

Summed = Callable[[], dict[str, Any]]  # the summary of the rows that have gone through
Write = Callable[[Iterable[Row], Path, Summed], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """How one kind of OUT is written."""

    key: str
    endings: tuple[str, ...]
    writer: str  # module:function
    reports: bool = False  # takes whole reports, not rows
    needs: tuple[str, str] | None = None  # a package beyond the core ones, and the extra that brings it


SINKS: Final[tuple[Sink, ...]] = (
    Sink(key="csv", endings=(".csv",), writer="text:write_csv"),
    Sink(key="jsonl", endings=(".jsonl", ".ndjson"), writer="text:write_entries", reports=True),
    Sink(key="xlsx", endings=(".xlsx",), writer="workbook:write_workbook", needs=("xlsxwriter", "xlsx")),
    Sink(key="html", endings=(".html", ".htm"), writer="webpage:write_page"),
    Sink(key="parquet", endings=(".parquet",), writer="parquet:write_file", needs=("pyarrow", "parquet")),
    Sink(key="parts", endings=("",), writer="parquet:write_parts", needs=("pyarrow", "parquet")),
)


def sink_for(out: Path) -> Sink:
    """The row of the table for OUT; a name without an ending, or a folder that is there, is a Parquet data set."""
    ending = "" if out.is_dir() else out.suffix.lower()
    found = next((sink for sink in SINKS if ending in sink.endings), None)
    if found is None:
        endings = ", ".join(sink.endings[0] for sink in SINKS if sink.endings[0])
        raise UsageError(f"No table is written as {ending!r}.", str(out), f"End the name in {endings}, or name a folder.")
    if found.needs is not None:
        _require(*found.needs)
    return found


def write(sink: Sink, ledger: Ledger, summary: Summary, names: dict[str, str]) -> dict[str, Any]:
    """Make OUT's draft of all that the ledger holds; gives the summary."""
    from dlmatch.batch.lines import entry_in, row_in

    module, _, function = sink.writer.partition(":")
    put = getattr(import_module(f"dlmatch.batch.sinks.{module}"), function)

    def entries() -> Iterator[bytes]:
        for line in ledger.lines():
            summary.add(row_in(line))
            yield entry_in(line)

    def summed() -> dict[str, Any]:
        return summary.to_dict(names)

    put(entries() if sink.reports else summary.counting(map(row_in, ledger.lines())), ledger.draft, summed)
    return summed()


def _require(package: str, extra: str) -> None:
    try:
        import_module(package)
    except ImportError:
        raise MissingExtra(f"This output needs {package}.", "", f"Install dlmatch[{extra}].") from None
