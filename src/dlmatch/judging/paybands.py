"""Turns a document's facts, the pay tables and the score into a base band, as a ledger: each step with the line it rests on.

    band   from completed years (else seniority); a degree's own figures where they are stated for those years
    city   low x (1 + low%), high x (1 + high%), for the cities that the fact sheet names
    mid    low + (high - low) x score / 100

All in exact decimals, rounded once to whole units of the currency, half to even. Nothing is converted, and totals, bonus
and equity stand beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from math import floor
from typing import Any, Final

from dlmatch.judging.payrows import City, band_at, beside_rows, city_row, degree_row, level_band, rivals, table_of, top_band
from dlmatch.judging.paystated import compared
from dlmatch.model.report import JobFacts, PayBand, PayStep, ResumeFacts
from dlmatch.model.skill import Citation, PayRow, PayTable

NO_REGION: Final = (
    "No band: nothing in the document says which country the pay is of. Name it with --region, such as --region US."
)
NO_YEARS: Final = "No band: the document states neither years of experience nor a seniority to place it by."
INTERN: Final = "No band: the fact sheets state the pay of engineers in regular posts, and this is an internship."
FORMULA: Final = "README, The pay formula"
Amounts = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Start:
    """The band a ledger begins with, and why."""

    row: PayRow
    note: str
    years: int | None
    assumptions: tuple[str, ...]


def pay_band(
    *, facts: JobFacts | ResumeFacts, tables: Sequence[PayTable], region: str | None, score: float
) -> tuple[PayBand | None, str | None]:
    """The band, or None and the reason why there is none. `region` is the one asked for; else the document's country."""
    where = region or facts.country
    if where is None:
        return None, NO_REGION
    table = table_of(tables, where)
    if table is None:
        known = ", ".join(sorted({table.region for table in tables})) or "none"
        return None, f"No band: there is no fact sheet on pay in {where}. There are sheets for: {known}."
    start = _start(facts, table)
    if isinstance(start, str):
        return None, start
    return _ledger(facts, table, tables, start, region, score), None


def _ledger(
    facts: JobFacts | ResumeFacts,
    table: PayTable,
    tables: Sequence[PayTable],
    start: _Start,
    region: str | None,
    score: float,
) -> PayBand:
    assumptions = [*_about_region(facts, table, tables, region), *start.assumptions]
    here = facts.country in (None, table.region)
    bounds = _bounds(start.row)
    steps = [_step("base band", None, bounds, start.row.source, start.note)]
    last = start.row
    for rule, found in (("degree", _degree(facts, table, start.years)), ("city", _city(facts, table, here))):
        row, note, said = found
        assumptions += said
        if row is None:
            continue
        after = _raised(bounds, row) if rule == "city" else _bounds(row)
        steps.append(_step(rule, bounds, after, row.source, note))
        bounds, last = after, row if rule == "degree" else last
    mid = place_in(bounds, score)
    steps.append(_mid_step(bounds, mid, score))
    if last.open_ended:
        top = _grouped(_high(last))
        assumptions.append(f"The fact sheet leaves the top open ({top} or more); the figure stated is taken as the top.")
    low, high = bounds
    band = PayBand(
        region=table.region,
        currency=table.currency,
        period=start.row.period,
        low=whole(low),
        mid=whole(mid),
        high=whole(high),
        level=start.row.name,
        steps=tuple(steps),
        assumptions=tuple(assumptions),
        beside=beside_rows(table),
        stated=None,
        seed=table.seed,
    )
    return compared(band, facts.pay, open_top=last.open_ended) if isinstance(facts, JobFacts) and facts.pay else band


def pay_effect(
    band: PayBand | None,
    gain: float,
    missing: Sequence[str] = (),
    premiums: Mapping[str, Sequence[Citation]] | None = None,
    *,
    score: float | None = None,
) -> dict[str, Any] | None:
    """What a gain in the score does to the middle of the band, and the lines that say a missing skill raises pay.

    With the `score` it is the difference of the two middles as they would be printed; without it, of the exact ones.
    The figure of a premium is never stated by the fact sheets, so none is added.
    """
    if band is None:
        return None
    bounds = (Decimal(str(band.low)), Decimal(str(band.high)))
    if score is None:
        change = whole((bounds[1] - bounds[0]) * Decimal(str(gain)) / 100)
    else:
        after = Decimal(str(score)) + Decimal(str(gain))
        change = whole(place_in(bounds, after)) - whole(place_in(bounds, score))
    told = {
        skill: [str(citation) for citation in (premiums or {}).get(skill, ()) if citation.seed == band.seed] for skill in missing
    }
    named = {skill: lines for skill, lines in told.items() if lines}
    note = f"mid {'+' if change >= 0 else '-'}{_grouped(abs(change))} {band.currency}"
    if named:
        note += "; the fact sheet says that pay rises with " + ", ".join(named)
    return {"mid": change, "currency": band.currency, "period": band.period, "premiums": named, "note": note}


def place_in(bounds: Amounts, score: float | Decimal) -> Decimal:
    """low + (high - low) x score / 100, exactly."""
    low, high = bounds
    return low + (high - low) * Decimal(str(score)) / 100


def whole(amount: Decimal) -> int:
    """Whole units of the currency, half to even."""
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def _start(facts: JobFacts | ResumeFacts, table: PayTable) -> _Start | str:
    """The band by years, else by seniority; a reason where neither gives one."""
    years = _completed(facts)
    if facts.seniority == "intern" and (isinstance(facts, JobFacts) or years is None):
        return INTERN
    if years is not None:
        found = band_at(table, years, _exact(facts) or 0)
        if found is None:
            return f"No band: the fact sheet on {table.region} states no bands by years."
        row, said = found
        said += _disagreement(facts, table, row)
        return _Start(row=row, note=_years_note(facts, years), years=years, assumptions=said)
    if facts.seniority is None:
        return NO_YEARS
    row_by_level = level_band(table, facts.seniority)
    said_by_level = (f"No years are stated: the band is the one of the seniority, {facts.seniority}.",)
    if row_by_level is None:
        row_by_level = top_band(table)
        said_by_level = (f"No years are stated and no band for {facts.seniority}: the fact sheet's highest band is taken.",)
    if row_by_level is None:
        return f"No band: the fact sheet on {table.region} states no bands."
    return _Start(row=row_by_level, note=f"{facts.seniority}, by seniority", years=None, assumptions=said_by_level)


def _exact(facts: JobFacts | ResumeFacts) -> float | None:
    return facts.years_min if isinstance(facts, JobFacts) else facts.experience_years


def _completed(facts: JobFacts | ResumeFacts) -> int | None:
    years = _exact(facts)
    return None if years is None else max(0, floor(years))


def _years_note(facts: JobFacts | ResumeFacts, years: int) -> str:
    if isinstance(facts, JobFacts):
        return f"{years} years asked"
    return f"{years} completed years, of {facts.experience_years:g}"


def _disagreement(facts: JobFacts | ResumeFacts, table: PayTable, row: PayRow) -> tuple[str, ...]:
    by_level = level_band(table, facts.seniority) if facts.seniority else None
    if by_level is None or by_level.name == row.name:
        return ()
    return (f"The seniority ({facts.seniority}) would give the band {by_level.name}; the years give {row.name} and decide.",)


def _about_region(facts: JobFacts | ResumeFacts, table: PayTable, tables: Sequence[PayTable], region: str | None) -> list[str]:
    said = [f"The figures are those of {table.year}, as stated; nothing is carried forward to another year."]
    if region is not None and facts.country is not None and facts.country != region:
        said.append(f"The document points to {facts.country}; the band is for {region}, which was asked for.")
    elif region is not None and facts.country is None:
        said.append(f"The document names no country; {region} was asked for.")
    others = rivals(tables, table)
    if others:
        said.append(f"Other fact sheets on {table.region} are left aside: {', '.join(others)}.")
    return said


def _degree(facts: JobFacts | ResumeFacts, table: PayTable, years: int | None) -> tuple[PayRow | None, str, list[str]]:
    """The row that a degree's own figures stand in, for the years they are stated for."""
    degree = facts.degree_min if isinstance(facts, JobFacts) else facts.degree_max
    if degree in (None, "none"):
        return None, "", []
    row, said = degree_row(table, str(degree), years)
    return row, f"{row.name}, for these years" if row else "", said


def _city(facts: JobFacts | ResumeFacts, table: PayTable, here: bool) -> tuple[PayRow | None, str, list[str]]:
    if facts.city is None or not here:
        return None, "", []
    row, said = city_row(table, City(name=facts.city, state=facts.region))
    if row is None:
        return None, "", said
    low, high = row.low or 0, row.high if row.high is not None else row.low or 0
    note = f"{row.name}: {low:+g}% on the low end, {high:+g}% on the high end"
    return row, note, [*said, "A city's percentages are against the national average; here they raise the band's two ends."]


def _bounds(row: PayRow) -> Amounts:
    return Decimal(str(row.low or 0)), _high(row)


def _high(row: PayRow) -> Decimal:
    return Decimal(str(row.high if row.high is not None else row.low or 0))


def _raised(bounds: Amounts, row: PayRow) -> Amounts:
    low = Decimal(str(row.low or 0))
    high = Decimal(str(row.high)) if row.high is not None else low
    return bounds[0] * (100 + low) / 100, bounds[1] * (100 + high) / 100


def _step(rule: str, before: Amounts | None, after: Amounts, source: Citation | None, note: str) -> PayStep:
    return PayStep(
        rule=rule,
        before=(whole(before[0]), whole(before[1])) if before else None,
        after=(whole(after[0]), whole(after[1])),
        source=str(source) if source else "",
        note=note,
    )


def _mid_step(bounds: Amounts, mid: Decimal, score: float) -> PayStep:
    low, high = (whole(bound) for bound in bounds)
    note = f"low + (high - low) x score / 100 = {_grouped(low)} + {_grouped(high - low)} x {score:g} / 100"
    return PayStep(rule="place in the band", before=(low, high), after=(whole(mid), whole(mid)), source=FORMULA, note=note)


def _grouped(amount: Decimal | int) -> str:
    return f"{whole(Decimal(amount)):,}"
