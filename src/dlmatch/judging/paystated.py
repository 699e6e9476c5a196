"""Sets the pay that an ad states beside the band that follows for it; nothing is converted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dlmatch.model.report import Pay, PayBand


def compared(band: PayBand, pay: Pay, *, open_top: bool = False) -> PayBand:
    """The band with `stated`: below, within, above or overlaps, and by how much; not-compared, and why."""
    figures = {"min": _plain(pay.min), "max": _plain(pay.max), "currency": pay.currency, "period": pay.period}
    return replace(band, stated={**figures, **_relation(band, pay, open_top)})


def _relation(band: PayBand, pay: Pay, open_top: bool) -> dict[str, Any]:
    if pay.currency is None:
        return _apart("It is stated without a currency.")
    if pay.currency != band.currency:
        return _apart(f"It is stated in {pay.currency} and the band in {band.currency}; nothing is converted.")
    if pay.period != band.period:
        return _apart(f"It is stated by the {pay.period} and the band by the {band.period}; nothing is converted.")
    known = [amount for amount in (pay.min, pay.max) if amount is not None]
    if not known:
        return _apart("No figure is stated.")
    low, high = min(known), max(known)
    if high < band.low:
        return _found("below", band.low - high, band.low)
    if low > band.high:
        why = "The fact sheet leaves the top of the band open." if open_top else ""
        return _found("above", low - band.high, band.high, why)
    return _found("within" if band.low <= low and high <= band.high else "overlaps", 0, band.high)


def _apart(why: str) -> dict[str, Any]:
    return {"relation": "not-compared", "by": None, "percent": None, "why": why}


def _found(relation: str, by: float, end: float, why: str = "") -> dict[str, Any]:
    """`by` is the distance to the nearest end of the band, `percent` the same as a share of that end."""
    percent = round(100 * by / end, 1) if by and end else 0
    return {"relation": relation, "by": _plain(by), "percent": percent, "why": why}


def _plain(amount: float | None) -> float | int | None:
    return int(amount) if amount is not None and amount == int(amount) else amount
