"""Money and time as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.showing.amounts import digits, lpa, money, months_as_time, pay, plain_number, short_pay


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "words"),
    [
        (112500.0, 112500.0, "USD", "year", "$112,500 a year"),
        (150000.0, 200000.0, "USD", "year", "$150,000-$200,000 a year"),
        (700000.0, 1200000.0, "INR", "year", "7.0-12.0 LPA (Rs 7,00,000-12,00,000)"),
        (350000.0, 725000.0, "INR", "year", "3.5-7.25 LPA (Rs 3,50,000-7,25,000)"),
        (45.5, 60.0, "USD", "hour", "$45.50-$60 an hour"),
        (90000.0, None, "CAD", "year", "from CAD 90,000 a year"),
        (None, 90000.0, "EUR", "year", "up to €90,000 a year"),
        (50000.0, 60000.0, "INR", "month", "Rs 50,000-60,000 a month"),
        (2500000.0, None, "INR", "year", "from 25.0 LPA (from Rs 25,00,000)"),
        (90000.0, 95000.0, None, "year", "90,000-95,000 a year"),  # a sum whose currency is not stated gets none
    ],
)
def test_pay(low: float | None, high: float | None, currency: str | None, period: str, words: str) -> None:
    assert pay(low, high, currency, period) == words


def test_columns_take_the_short_form() -> None:
    assert short_pay(700000.0, 1200000.0, "INR", "year") == "7.0-12.0 LPA"
    assert short_pay(10.0, 20.0, "USD", "hour") == "$10-$20"


@pytest.mark.parametrize(
    ("amount", "grouped"),
    [(0, "0"), (999, "999"), (1000, "1,000"), (100000, "1,00,000"), (10000000, "1,00,00,000"), (-1200, "-1,200")],
)
def test_indian_grouping(amount: float, grouped: str) -> None:
    assert digits(amount, "INR") == grouped


@given(st.integers(0, 10**12), st.sampled_from(["USD", "INR", "CAD"]))
def test_grouping_keeps_the_number(amount: int, currency: str) -> None:
    assert int(digits(amount, currency).replace(",", "")) == amount


def test_small_words() -> None:
    assert money(-2000, "USD") == "-$2,000"
    assert lpa(None, None) == "no figure"
    assert [months_as_time(months) for months in (0, 5, 12, 62)] == ["0 m", "5 m", "1 y", "5 y 2 m"]
    assert [plain_number(value) for value in (3, 3.0, 3.25, 7.5)] == ["3", "3", "3.2", "7.5"]
