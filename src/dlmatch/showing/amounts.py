"""Money, months and years into the words people write them with; nothing is ever converted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SYMBOLS: Final[Mapping[str, str]] = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "Rs "}
LAKH: Final = 100_000


def digits(amount: float, currency: str | None) -> str:
    """Grouped digits: 112,500, but 7,00,000 for rupees; cents only where there are any."""
    whole = f"{amount:.2f}".removesuffix(".00")
    number, dot, cents = whole.partition(".")
    sign, number = ("-", number[1:]) if number.startswith("-") else ("", number)
    grouped = _lakhs(number) if currency == "INR" else f"{int(number):,}"
    return f"{sign}{grouped}{dot}{cents}"


def money(amount: float, currency: str | None) -> str:
    """$112,500; Rs 7,00,000; CAD 90,000; 90,000 where no currency is stated."""
    symbol = SYMBOLS.get(currency, f"{currency} ") if currency else ""  # a sum whose currency is not stated
    if amount < 0:
        return f"-{money(-amount, currency)}"
    return f"{symbol}{digits(amount, currency)}"


def money_range(low: float | None, high: float | None, currency: str | None) -> str:
    """$150,000-$200,000; Rs 7,00,000-12,00,000; from $90,000; up to $90,000."""
    if low is None and high is None:
        return "no figure"
    if low is None or high is None:
        known = high if low is None else low
        return f"{'up to' if low is None else 'from'} {money(known or 0.0, currency)}"
    if low == high:
        return money(low, currency)
    if currency in ("USD", "EUR", "GBP"):
        return f"{money(low, currency)}-{money(high, currency)}"
    return f"{money(low, currency)}-{digits(high, currency)}"


def lpa(low: float | None, high: float | None) -> str:
    """Rupees a year as lakhs: 7.0-12.0 LPA."""
    known = [f"{amount / LAKH:.2f}".removesuffix("0") for amount in (low, high) if amount is not None]
    if low is None or high is None:
        return f"{'up to' if low is None else 'from'} {known[0]} LPA" if known else "no figure"
    return f"{known[0]} LPA" if low == high else f"{known[0]}-{known[1]} LPA"


def pay(low: float | None, high: float | None, currency: str | None, period: str) -> str:
    """A pay range in full: $150,000-$200,000 a year; 7.0-12.0 LPA (Rs 7,00,000-12,00,000)."""
    if low is None and high is None:
        return "no figure"
    if currency == "INR" and period == "year":
        return f"{lpa(low, high)} ({money_range(low, high, currency)})"
    return f"{money_range(low, high, currency)} {per(period)}"


def short_pay(low: float | None, high: float | None, currency: str | None, period: str) -> str:
    """A pay range for a column of a table: lakhs alone for rupees, no period."""
    if currency == "INR" and period == "year":
        return lpa(low, high)
    return money_range(low, high, currency)


def per(period: str) -> str:
    """An hour; a year."""
    return f"{'an' if period == 'hour' else 'a'} {period}"


def months_as_time(months: int) -> str:
    """62 months as 5 y 2 m."""
    years, rest = divmod(months, 12)
    parts = ([f"{years} y"] if years else []) + ([f"{rest} m"] if rest or not years else [])
    return " ".join(parts)


def count(number: int, noun: str, plural: str = "") -> str:
    """1 page; 3 pages."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def plain_number(value: float) -> str:
    """3; 3.5: no idle decimals."""
    return f"{value:.1f}".removesuffix(".0")


def _lakhs(number: str) -> str:
    head, tail = number[:-3], number[-3:]
    pairs: list[str] = []
    while head:
        head, pair = head[:-2], head[-2:]
        pairs.insert(0, pair)
    return ",".join([*pairs, tail])
