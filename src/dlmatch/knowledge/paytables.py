"""Turns a row of a fact sheet's pay tables into a PayRow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from dlmatch.knowledge.figures import Proof, amount_of, proofs_of, years_of
from dlmatch.model.report import Level
from dlmatch.model.skill import PayRow

KINDS = (
    "band", "degree", "city", "average", "percentile", "effect", "bonus", "equity", "benefit", "total", "industry", "raise",
)  # fmt: skip
COLUMNS = frozenset({"years", "low", "high", "unit", "period", "also", "state", "note", "lines"})
PERIODS = ("year", "month", "week", "day", "hour")
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class PayCells:
    """A row's cells by column; a column that the table lacks is empty."""

    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def several(self, column: str) -> tuple[str, ...]:
        """The entries of a cell, separated by semicolons."""
        return tuple(part.strip() for part in self[column].split(";") if part.strip())


def split_row(line: str) -> tuple[str, ...]:
    """The cells of a table's line."""
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def is_rule(cells: tuple[str, ...]) -> bool:
    """Whether it is the line of hyphens under a table's head."""
    return all(cell and not cell.strip(":-") for cell in cells)


def columns_of(cells: tuple[str, ...]) -> tuple[str, ...]:
    """A table's head: the kind of its rows first, then known columns, `lines` among them."""
    if cells[0] not in KINDS:
        raise ValueError(f"the table's first column {cells[0]!r} is no kind of figure; there are: {', '.join(KINDS)}")
    unknown = [cell for cell in cells[1:] if cell not in COLUMNS]
    if unknown:
        raise ValueError(f"unknown columns {', '.join(unknown)}; there are: {', '.join(sorted(COLUMNS))}")
    if "lines" not in cells or len(set(cells)) < len(cells):
        raise ValueError("the table has no column `lines`, or a column twice")
    return cells


def row_of(cells: PayCells, kind: str, currency: str, units: Mapping[str, int]) -> tuple[PayRow, tuple[Proof, ...]]:
    """The row and its proofs; ValueError where a cell is not in its form."""
    proofs = proofs_of(cells["lines"])
    (low, low_open), (high, high_open) = amount_of(cells["low"]), amount_of(cells["high"])
    years_from, years_to = years_of(cells["years"])
    unit, factor = _unit(cells["unit"], currency, units, needed=low is not None or high is not None)
    row = PayRow(
        kind=kind,
        name=cells[kind],
        low=_scaled(low, factor),
        high=_scaled(high, factor),
        unit=unit,
        years_from=years_from,
        years_to=years_to,
        open_ended=low_open or high_open,
        period=cells["period"] or "year",
        note=cells["note"],
        aliases=cells.several("also"),
        states=cells.several("state"),
    )
    _sound(row, currency, proofs)
    return row, proofs


def _unit(unit: str, currency: str, units: Mapping[str, int], *, needed: bool) -> tuple[str, int]:
    if unit in units:
        return currency, units[unit]
    if unit in (currency, PERCENT):
        return unit, 1
    if unit == "" and not needed:
        return "", 1
    known = ", ".join((currency, PERCENT, *units))
    raise ValueError(f"{unit!r} is no unit of this sheet; there are: {known}")


def _scaled(amount: Decimal | None, factor: int) -> float | None:
    return None if amount is None else float(amount * factor)


def _sound(row: PayRow, currency: str, proofs: tuple[Proof, ...]) -> None:
    """What must hold of a row for the judge of pay to use it."""
    if not row.name:
        raise ValueError("the row has no name")
    if row.period not in PERIODS:
        raise ValueError(f"{row.period!r} is no period; there are: {', '.join(PERIODS)}")
    if row.low is not None and row.high is not None and row.high < row.low:
        raise ValueError(f"low {row.low:g} is above high {row.high:g}")
    if row.low is None and row.high is None and not all(proof.words for proof in proofs):
        raise ValueError("a row without figures needs [words] that stand on its source lines")
    if row.kind == "band" and row.name not in get_args(Level):
        raise ValueError(f"the band {row.name!r} is no level; there are: {', '.join(get_args(Level))}")
    if row.kind == "band" and row.years_from is None:
        raise ValueError("a band needs its years, such as 0-2 or 6+")
    if row.kind in ("band", "degree") and (row.low is None or row.high is None or row.unit != currency):
        raise ValueError(f"a {row.kind} needs low and high in {currency}")
    if row.kind == "city" and (row.low is None or row.unit != PERCENT):
        raise ValueError("a city's effect needs low and high in percent")
