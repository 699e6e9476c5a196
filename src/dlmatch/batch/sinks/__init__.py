"""Rows to OUT: one module a family of formats, one row of the table below an ending."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from dlmatch.errors import MissingExtra, UsageError
from dlmatch.showing.rows import Row

Append = Callable[[Sequence[bytes], Sequence[Row], bool], bytes]
Write = Callable[[Iterable[bytes], Path, dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """How one kind of OUT is written: piece by piece as results come, or at the end from all lines and the summary."""

    key: str
    endings: tuple[str, ...]
    writer: str  # module:function, an Append where `grows`, else a Write
    grows: bool = False
    reports: bool = False  # takes whole reports, not rows
    needs: tuple[str, str] | None = None  # a package beyond the core ones, and the extra that brings it

    def append(self, lines: Sequence[bytes], rows: Sequence[Row], first: bool) -> bytes:
        """What these lines, parsed as rows, add to an OUT that grows."""
        function: Append = self._function()
        return function(lines, rows, first)

    def write(self, lines: Iterable[bytes], path: Path, summary: dict[str, Any]) -> None:
        """Make an OUT that does not grow."""
        function: Write = self._function()
        function(lines, path, summary)

    def _function(self) -> Any:
        module, _, function = self.writer.partition(":")
        return getattr(import_module(f"dlmatch.batch.sinks.{module}"), function)


SINKS: Final[tuple[Sink, ...]] = (
    Sink(key="csv", endings=(".csv",), writer="text:table", grows=True),
    Sink(key="jsonl", endings=(".jsonl", ".ndjson"), writer="text:entries", grows=True, reports=True),
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


def _require(package: str, extra: str) -> None:
    try:
        import_module(package)
    except ImportError:
        raise MissingExtra(f"This output needs {package}.", "", f"Install dlmatch[{extra}].") from None
