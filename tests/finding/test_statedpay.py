"""Cases for stated pay: every usual form, and the money in ads that is no pay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.scan import scan_of
from dlmatch.finding.statedpay import stated_pay

# text, least, most, currency, period, why
PAY = [
    ("Salary: $120,000 - $150,000", 120000, 150000, "USD", "year", "the usual form"),
    ("$66,000.00 - $185,000.00", 66000, 185000, "USD", "year", "cents"),
    ("Pay Range$185,000—$221,000 USD", 185000, 221000, "USD", "year", "a long dash; a heading run into it"),
    ("salary $120k-150k", 120000, 150000, "USD", "year", "k on both, one sign"),
    ("Pay: 120-150K USD", 120000, 150000, "USD", "year", "k and the code behind"),
    ("Salary Range: $137k - $300k USD Annually + Bonus + Equity", 137000, 300000, "USD", "year", "the bonus stands beside"),
    ("between $185,000 and $250,000, plus equity", 185000, 250000, "USD", "year", "between and and"),
    ("**Cash compensation range:** 186300-279500 USD Annually", 186300, 279500, "USD", "year", "no separators"),
    ("The salary range for this role is $4,000 - $10,000 per month", 4000, 10000, "USD", "month", "monthly stays monthly"),
    ("USD 90/hr", 90, 90, "USD", "hour", "hourly stays hourly"),
    ("$55.00 per hour - $60.00 per hour", 55, 60, "USD", "hour", "the period twice"),
    ("Hourly rate: $45 - $65", 45, 65, "USD", "hour", "the period before"),
    ("£450 - £550 per day", 450, 550, "GBP", "day", "a day rate"),
    ("Salary: £60k", 60000, 60000, "GBP", "year", "one sum"),
    ("salary up to £90k", None, 90000, "GBP", "year", "only the most"),
    ("salary from €60.000", 60000, None, "EUR", "year", "only the least"),
    ("Gehalt (salary): €70.000 - €90.000", 70000, 90000, "EUR", "year", "dots for thousands"),
    ("salary 60 000 € - 70 000 €", 60000, 70000, "EUR", "year", "spaces for thousands, the sign behind"),
    ("Min: €71,700\n\nMid: €89,600\nMax: €107,500", 71700, 107500, "EUR", "year", "least and most on lines of their own"),
    ("CHF 120'000 - 140'000 salary", 120000, 140000, "CHF", "year", "apostrophes for thousands"),
    ("C$120,000 - C$150,000", 120000, 150000, "CAD", "year", "Canada's dollar by its sign"),
    ("The range is $120,000 - $150,000 CAD", 120000, 150000, "CAD", "year", "and by its code"),
    ("S$8,000 - S$12,000 monthly salary", 8000, 12000, "SGD", "month", "Singapore's"),
    ("INR ₹12,00,000 - ₹18,00,000 per annum", 1200000, 1800000, "INR", "year", "lakhs by their commas"),
    ("Rs. 8-12 LPA", 800000, 1200000, "INR", "year", "lakhs a year"),
    ("CTC: 12 - 18 lakhs", 1200000, 1800000, "INR", "year", "lakhs in words"),
    ("₹ 15L - 25L", 1500000, 2500000, "INR", "year", "L for lakhs"),
    ("Salary: 15L-25L per annum", 1500000, 2500000, "INR", "year", "L for lakhs beside a word for pay, no sign"),
    ("Budget: up to 40 LPA", None, 4000000, "INR", "year", "a year's lakhs are pay, whatever else the line says"),
    ("Salary up to £75k+", None, 75000, "GBP", "year", "up to, whatever sign follows"),
    ("Gehalt: € 65.000,00 brutto im Jahr", 65000, 65000, "EUR", "year", "a German line"),
    ("Vergütung: 4.000 € pro Monat", 4000, 4000, "EUR", "month", "a German month"),
    ("Salary: 3,500,000 - 5,000,000 JPY", 3500000, 5000000, "JPY", "year", "millions of a small unit"),
    ("Package: 1.2 Cr CTC", 12000000, 12000000, "INR", "year", "a crore"),
    ("Salary: INR 50,000 per month", 50000, 50000, "INR", "month", "rupees a month"),
    ("Salary Range: 225,000-275,000 base", 225000, 275000, None, "year", "no currency stated"),
    (
        "NY: base salary $176,800 to $323,400.\nCO: base salary $160,700 to $269,500.",
        176800,
        323400,
        "USD",
        "year",
        "the first range",
    ),
    ("We raised $100M. The base salary is $150,000 - $180,000.", 150000, 180000, "USD", "year", "funding first"),
    ("Bonus up to $20,000. Salary: $100,000 - $120,000", 100000, 120000, "USD", "year", "bonus first"),
    ("Level 2 - $98,500 - $104,250 per annum", 98500, 104250, "USD", "year", "a grade before the range"),
    (
        "Acme - Engineer - https://a.example/job/123456789012 - $110-190k",
        110000,
        190000,
        "USD",
        "year",
        "the number of an address",
    ),
    ("Compensation\n\u20ac 42K\n", 42000, 42000, "EUR", "year", "one sum under its heading"),
    ("\u20b980,000\u2013\u20b91,20,000 per month", 80000, 120000, "INR", "month", "rupees a month in the Indian grouping"),
    ("OTE $200,000 - $250,000; base salary $100,000 - $125,000", 100000, 125000, "USD", "year", "base, not on-target"),
]


@pytest.mark.parametrize(("text", "least", "most", "currency", "period", "why"), PAY, ids=[row[0][:40] for row in PAY])
def test_pay(text: str, least: float | None, most: float | None, currency: str | None, period: str, why: str) -> None:
    pay = stated_pay(scan_of(text))
    assert pay is not None, why
    assert (pay.min, pay.max, pay.currency, pay.period) == (least, most, currency, period), why
    assert text[pay.start : pay.end] == pay.quote


NO_PAY = [
    ("We have raised $100M in funding to date, with $60M from our Series C", "funding"),
    ("we reached a nearly $500 million valuation", "valuation"),
    ("401(k) with 100% company match up to $4,500", "a retirement plan"),
    ("A $500 home office allowance", "an allowance"),
    ("$1,000 sign-on bonus", "a bonus"),
    ("$5,000 referral bonus", "a bonus for others"),
    ("manage a $5M budget", "a budget"),
    ("responsible for a portfolio of $200,000 - $500,000", "a portfolio"),
    ("$50 gift card", "a gift"),
    ("a $2,000 - $3,000 learning stipend per year", "a stipend"),
    ("OTE: $200,000 - $250,000", "on-target earnings are not base pay"),
    ("over $2 trillion in assets under management", "assets"),
    ("Our customers spend $30,000 - $90,000 on clouds", "what customers spend"),
    ("reinventing the $1Bn IT integration market", "a market"),
    ("Competitive salary and equity", "no figure"),
    ("Over 10,000 customers, founded 2005, 1-800-555-0199", "numbers"),
    ("3-5 years of experience, paid time off 20 days", "years and days beside `paid`"),
    ("a neural network academy, entrepreneurial decade", "words that hold the letters of codes"),
    ("Benefits\n$ 42K\n", "a heading on something else"),
    ("", "nothing"),
    ("$", "a sign alone"),
    ("$$$ - $$$ salary £,,, - €...", "signs without numbers"),
    ("salary 9" + "9" * 400, "a number without end"),
]


@pytest.mark.parametrize(("text", "why"), NO_PAY, ids=[row[1] for row in NO_PAY])
def test_other_money(text: str, why: str) -> None:
    assert stated_pay(scan_of(text)) is None, why


def test_a_bare_dollar_is_the_countrys_own() -> None:
    canadian = stated_pay(scan_of("Salary: $100,000 - $120,000"), country="CA")
    named = stated_pay(scan_of("Salary: $100,000 - $120,000 USD"), country="CA")
    assert canadian is not None
    assert named is not None
    assert (canadian.currency, named.currency) == ("CAD", "USD")


@given(st.text(alphabet="0123456789$€£₹.,kKLM -–/ salaryperhouUSDINRlpa\n\u00a0İ", max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    pay = stated_pay(scan_of(text))
    assert pay is None or text[pay.start : pay.end] == pay.quote
