"""Looks up the rows of a pay table: the band of some years or a level, a degree's, a city's, and what stands beside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dlmatch.model.skill import PayRow, PayTable

BESIDE: Final = ("total", "bonus", "equity", "benefit", "percentile", "average", "industry", "effect", "raise")
DEGREES: Final[Mapping[str, str]] = {"bachelor": "a bachelor's degree", "master": "a master's degree", "phd": "a doctorate"}


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city as a document names it, with its state or province if that is known."""

    name: str
    state: str | None = None


def table_of(tables: Sequence[PayTable], region: str) -> PayTable | None:
    """The region's newest table that has bands; of several from one year the first by its file's name."""
    found = [table for table in tables if table.region == region and _bands(table)]
    return min(found, key=lambda table: (-table.year, table.seed), default=None)


def rivals(tables: Sequence[PayTable], chosen: PayTable) -> tuple[str, ...]:
    """The file names of the region's other tables."""
    return tuple(sorted(t.seed for t in tables if t.region == chosen.region and t.seed != chosen.seed and _bands(t)))


def _bands(table: PayTable) -> list[PayRow]:
    """Its bands, from the fewest years to the most."""
    found = [row for row in table.rows if row.kind == "band" and row.low is not None]
    return sorted(found, key=lambda row: row.years_from or 0)


def band_at(table: PayTable, years: int, exact: float) -> tuple[PayRow, tuple[str, ...]] | None:
    """The last band reached by the completed years, and what had to be assumed; None where there are no bands."""
    bands = _bands(table)
    if not bands:
        return None
    reached = [row for row in bands if (row.years_from or 0) <= years]
    if not reached:
        return bands[0], (f"The fact sheet states no band below {_count(bands[0].years_from or 0)}: its first band is taken.",)
    row = reached[-1]
    if row.years_to is None or years <= row.years_to:
        return row, _between(bands, row, years, exact)
    following = next((band for band in bands if (band.years_from or 0) > years), None)
    until = f"until the next band begins at {_count(following.years_from or 0)}" if following else "onwards"
    return row, (f"The fact sheet states no band for {_count(years)}: the band {row.name} is carried {until}.",)


def _between(bands: Sequence[PayRow], row: PayRow, years: int, exact: float) -> tuple[str, ...]:
    """Two and a half years fall between 0-2 and 3-5."""
    if exact == years or row.years_to != years or all(band.years_from != years + 1 for band in bands):
        return ()
    return (f"{exact:g} years fall between two bands of the fact sheet: completed years decide.",)


def _count(years: int) -> str:
    return f"{years} completed year{'' if years == 1 else 's'}"


def level_band(table: PayTable, level: str) -> PayRow | None:
    """The band of this level by name."""
    return next((row for row in _bands(table) if row.name == level), None)


def top_band(table: PayTable) -> PayRow | None:
    """The band of the most years."""
    bands = _bands(table)
    return bands[-1] if bands else None


def degree_row(table: PayTable, degree: str, years: int | None) -> tuple[PayRow | None, list[str]]:
    """The degree's own figures if they are stated for these years; what to say where there are none."""
    rows = [row for row in table.rows if row.kind == "degree"]
    if not rows:
        return None, ["The fact sheet states no figures for degrees, so the degree moves nothing."]
    names = {degree.casefold()}
    named = [row for row in rows if names & {row.name.casefold(), *(alias.casefold() for alias in row.aliases)}]
    if not named:
        return None, [f"The fact sheet states no figures for {DEGREES.get(degree, degree)}, so it moves nothing."]
    if years is None:
        return None, ["Figures by degree hold for stated years of experience, and none are stated here."]
    fitting = [row for row in named if (row.years_from or 0) <= years and (row.years_to is None or years <= row.years_to)]
    if not fitting:
        return None, ["Figures by degree are stated for the start of a career only, so the degree moves nothing here."]
    return fitting[0], []


def city_row(table: PayTable, city: City) -> tuple[PayRow | None, list[str]]:
    """The row of a city that the fact sheet names; what to say where it names it not."""
    rows = [row for row in table.rows if row.kind == "city"]
    if not rows:
        return None, ["The fact sheet states no figures for cities, so the city moves nothing."]
    wanted = folded(city.name)
    for row in rows:
        if wanted in {folded(name) for name in (row.name, *row.aliases)}:
            if city.state and row.states and folded(city.state) not in {folded(state) for state in row.states}:
                return None, [f"The {row.name} of the fact sheet lies in another state than the one here, so it moves nothing."]
            return row, []
    return None, ["The fact sheet states no figure for this city, so it moves nothing."]


def folded(name: str) -> str:
    """A place's name without case, accents and signs."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def beside_rows(table: PayTable) -> tuple[Mapping[str, Any], ...]:
    """Totals, bonus, equity, percentiles, averages ...: told with their lines, never part of the band."""
    rows = sorted((row for row in table.rows if row.kind in BESIDE), key=lambda row: BESIDE.index(row.kind))
    return tuple(_beside(row) for row in rows)


def _beside(row: PayRow) -> dict[str, Any]:
    single = row.high is None and not row.open_ended
    return {
        "kind": row.kind,
        "name": f"percentile {row.name}" if row.kind == "percentile" else row.name,
        "low": _plain(row.low),
        "high": _plain(row.low if single else row.high),
        "open_ended": row.open_ended,
        "unit": row.unit,
        "period": row.period,
        "note": row.note,
        "source": str(row.source) if row.source else "",
    }


def _plain(amount: float | None) -> float | int | None:
    return int(amount) if amount is not None and amount == int(amount) else amount
