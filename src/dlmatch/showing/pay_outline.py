"""The salary band of a report as a ledger: the band, every step with its source, assumptions, and what stands beside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dlmatch.model.report import PayBand, PayStep, Report
from dlmatch.showing.amounts import money, pay, plain_number, short_pay
from dlmatch.showing.outline import Bullets, Cell, Column, Note, Part, Section, Table, fold, pairs
from dlmatch.showing.quoting import clean
from dlmatch.showing.wording import country, title_case


def salary_section(report: Report, limit: int | None) -> Section:
    """The section on pay; where there is no band, the reason."""
    band = report.salary
    title = "Implied base pay" if report.kind == "job" else "Base pay"
    if band is None:
        reason = clean(report.salary_reason or "The report gives no reason.").removeprefix("No band: ")
        reason = reason[:1].upper() + reason[1:]
        return Section(title, "no band", (Note(reason, "fair"),))
    lead = f"{country(band.region)}, {clean(band.level)} band; nothing is converted between countries"
    parts: list[Part] = [_band(band)]
    if band.stated:
        parts.append(Note(stated_words(band.stated, band), "strong"))
    parts.append(_ledger(band))
    if band.assumptions:
        parts.append(Bullets(tuple(Cell(clean(text)) for text in band.assumptions), "Assumptions"))
    if band.beside:
        parts.append(_beside(band, limit))
    return Section(title, lead, tuple(parts))


def _band(band: PayBand) -> Table:
    low, mid, high = (pay(amount, amount, band.currency, band.period) for amount in (band.low, band.mid, band.high))
    return pairs(
        (
            ("Band", Cell(pay(band.low, band.high, band.currency, band.period), "strong")),
            ("At this score", Cell(mid)),
        )
        if low != high
        else (("Figure", Cell(mid, "strong")),)
    )


def _ledger(band: PayBand) -> Table:
    columns = (Column("Step", wide=True), Column("Band", right=True), Column("Source"))
    return Table(columns, tuple(_step(step, band) for step in band.steps), "How it came about")


def _step(step: PayStep, band: PayBand) -> tuple[Cell, ...]:
    note = f" ({clean(step.note)})" if step.note else ""
    after = short_pay(*step.after, band.currency, band.period)
    return Cell(f"{title_case(step.rule)}{note}"), Cell(after), Cell(clean(step.source), "quiet")


def _beside(band: PayBand, limit: int | None) -> Table:
    shown, more = fold(len(band.beside), limit)
    rows = tuple(beside_row(item, band) for item in band.beside[:shown])
    columns = (Column("What", wide=True), Column("How much", right=True), Column("Source"))
    return Table(columns, rows, "Beside the band, never inside it", more)


def beside_row(item: Mapping[str, Any], band: PayBand) -> tuple[Cell, ...]:
    """Bonus, equity, totals: what, how much, by which line."""
    kind, name, note = (clean(str(item.get(key) or "")) for key in ("kind", "name", "note"))
    known = kind.casefold() in name.casefold() or not kind
    what = title_case(name if known else f"{kind}: {name}" if name else kind) + (f" ({note})" if note else "")
    return Cell(what), Cell(_figure(item, band)), Cell(clean(str(item.get("source") or "")), "quiet")


def _figure(item: Mapping[str, Any], band: PayBand) -> str:
    low, high = item.get("low"), item.get("high")
    if low is None and high is None:
        return ""
    unit = str(item.get("unit") or band.currency)
    more = "+" if item.get("open_ended") else ""
    if unit == "%":
        known = [plain_number(float(amount)) for amount in (low, high) if amount is not None]
        return "-".join(dict.fromkeys(known)) + f"{more}%"
    return short_pay(low, high, unit, str(item.get("period") or band.period)) + more


def stated_words(stated: Mapping[str, Any], band: PayBand) -> str:
    """The ad's own figure against the band: below it by $12,000 (8.0%)."""
    currency, period = stated.get("currency"), str(stated.get("period") or band.period)
    relation, by, why = str(stated.get("relation") or ""), stated.get("by"), clean(str(stated.get("why") or ""))
    text = f"The ad states {pay(stated.get('min'), stated.get('max'), currency, period)}"
    if relation not in ("below", "within", "above", "overlaps"):
        return f"{text}. {why or 'It is not compared.'}"
    percent = f" ({plain_number(float(stated['percent']))}%)" if stated.get("percent") else ""
    apart = f" by {money(float(by), currency)}{percent}" if by else ""
    what = "overlaps" if relation == "overlaps" else f"is {relation}"
    return f"{text}, which {what} the implied band{apart}.{' ' + why if why else ''}"


def pay_change(effect: Mapping[str, Any] | None) -> str:
    """What a gap does to the figure at this score: +$1,500; +0.15 LPA."""
    if not effect or effect.get("mid") is None:
        return ""
    amount, currency = float(effect["mid"]), str(effect.get("currency") or "")
    sign = "-" if amount < 0 else "+"
    return f"{sign}{short_pay(abs(amount), abs(amount), currency, str(effect.get('period') or 'year'))}"
