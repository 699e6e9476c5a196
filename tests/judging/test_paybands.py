"""The ledger of pay: which band, which steps, what is assumed, and arithmetic that anybody can follow."""

# a table of cases reads best with one row a line
from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.judging.paybands import pay_band, pay_effect, place_in, whole
from dlmatch.model.report import JobFacts, Pay, PayBand, ResumeFacts
from dlmatch.model.skill import Citation, PayRow, PayTable

UNITED_STATES = "US"


def cite(line: int, seed: str = "us.md") -> Citation:
    return Citation(seed=seed, line=line, source_lines=(line + 100,))


def band_row(name: str, low: float, high: float, first: int, last: int | None, line: int, **more: Any) -> PayRow:
    unit = more.pop("unit", "USD")
    seed = more.pop("seed", "us.md")
    return PayRow(
        kind="band", name=name, low=low, high=high, unit=unit, years_from=first, years_to=last, source=cite(line, seed), **more
    )


US = PayTable(
    region="US",
    year=2024,
    currency="USD",
    seed="us.md",
    rows=(
        band_row("entry", 80_000, 110_000, 0, 2, 1),
        band_row("mid", 110_000, 150_000, 3, 5, 2),
        band_row("senior", 150_000, 200_000, 6, None, 3, open_ended=True),
        PayRow(kind="city", name="San Francisco", low=25, high=30, unit="%", source=cite(4), aliases=("SF", "San Francisco Bay Area"),
               states=("CA", "California")),
        PayRow(kind="city", name="New York", low=20, high=25, unit="%", source=cite(5), aliases=("NYC",), states=("NY",)),
        PayRow(kind="bonus", name="bonus", low=10, high=20, unit="%", source=cite(6)),
        PayRow(kind="percentile", name="50", low=115_864, high=None, unit="USD", source=cite(7)),
        PayRow(kind="total", name="giants", low=300_000, high=500_000, unit="USD", open_ended=True, source=cite(8)),
        PayRow(kind="industry", name="real estate", low=None, high=187_938, unit="USD", source=cite(9)),
    ),
)  # fmt: skip
IN = PayTable(
    region="IN",
    year=2024,
    currency="INR",
    seed="in.md",
    rows=(
        band_row("entry", 300_000, 1_500_000, 0, 0, 1, unit="INR", seed="in.md"),
        band_row("mid", 700_000, 1_200_000, 9, None, 2, unit="INR", seed="in.md"),
        band_row("senior", 2_500_000, 4_800_000, 16, None, 3, unit="INR", seed="in.md", open_ended=True),
        PayRow(kind="degree", name="bachelor", low=350_000, high=600_000, unit="INR", years_from=0, years_to=0, source=cite(4, "in.md")),
        PayRow(kind="degree", name="postgraduate", low=500_000, high=730_000, unit="INR", years_from=0, years_to=0,
               source=cite(5, "in.md"), aliases=("master", "phd")),
    ),
)  # fmt: skip
TABLES = (IN, US)


def resume(**facts: Any) -> ResumeFacts:
    return ResumeFacts(**{"country": "US", **facts})


def banded(facts: JobFacts | ResumeFacts, *, region: str | None = None, score: float = 50, tables: Any = TABLES) -> PayBand:
    band, reason = pay_band(facts=facts, tables=tables, region=region, score=score)
    assert reason is None
    assert band is not None
    return band


BY_YEARS = [
    ("US", 0.0, "entry", (80_000, 110_000), "the start"),
    ("US", 2.9, "entry", (80_000, 110_000), "two completed years"),
    ("US", 3.0, "mid", (110_000, 150_000), "three completed years"),
    ("US", 5.9, "mid", (110_000, 150_000), "five completed years"),
    ("US", 6.0, "senior", (150_000, 200_000), "six or more"),
    ("US", 40.0, "senior", (150_000, 200_000), "no upper end"),
    ("IN", 0.0, "entry", (300_000, 1_500_000), "starting pay"),
    ("IN", 4.0, "entry", (300_000, 1_500_000), "nothing stated: the start is carried on"),
    ("IN", 8.9, "entry", (300_000, 1_500_000), "eight completed years are not more than eight"),
    ("IN", 9.0, "mid", (700_000, 1_200_000), "more than eight"),
    ("IN", 15.9, "mid", (700_000, 1_200_000), "fifteen are not over fifteen"),
    ("IN", 16.0, "senior", (2_500_000, 4_800_000), "over fifteen"),
]
NO_BAND: list[tuple[Any, str | None, str, str]] = [
    (ResumeFacts(experience_years=7.0), None, "--region", "no place"),
    (ResumeFacts(experience_years=7.0, city="San Francisco"), None, "--region", "a city alone is not a country"),
    (resume(country="FR", experience_years=7.0), None, "FR", "a country without a sheet"),
    (resume(), None, "neither years", "neither years nor seniority"),
    (resume(seniority="intern"), None, "internship", "an intern without dated years"),
    (JobFacts(country="US", seniority="intern", years_min=0), None, "internship", "an internship advertised"),
]
CITIES = [
    ("San Francisco", "CA", (187_500, 260_000), "the city and its state"),
    ("San Francisco", None, (187_500, 260_000), "no state named"),
    ("SF", "California", (187_500, 260_000), "another name of it"),
    ("san francisco bay area", None, (187_500, 260_000), "case does not matter"),
    ("NYC", None, (180_000, 250_000), "another city's percentages"),
    ("San Francisco", "Texas", (150_000, 200_000), "a namesake in another state"),
    ("Oakland", "CA", (150_000, 200_000), "a city that the sheet does not name"),
    (None, None, (150_000, 200_000), "no city"),
]
DEGREES = [
    (0.5, "bachelor", (350_000, 600_000), "at the start, a bachelor's own figures"),
    (0.0, "phd", (500_000, 730_000), "a doctorate is a postgraduate degree"),
    (1.0, "master", (300_000, 1_500_000), "after the start they hold no longer"),
    (0.0, "none", (300_000, 1_500_000), "no degree"),
    (0.0, None, (300_000, 1_500_000), "unknown"),
]
STATED: list[tuple[Pay, str, float | None, str]] = [
    (Pay(min=90_000, max=100_000, currency="USD", period="year"), "below", 10_000, "under the foot of 110,000"),
    (Pay(min=110_000, max=150_000, currency="USD", period="year"), "within", 0, "the band itself"),
    (Pay(min=100_000, max=120_000, currency="USD", period="year"), "overlaps", 0, "over the foot"),
    (Pay(min=140_000, max=190_000, currency="USD", period="year"), "overlaps", 0, "over the top"),
    (Pay(min=160_000, max=190_000, currency="USD", period="year"), "above", 10_000, "over the top of 150,000"),
    (Pay(min=120_000, max=None, currency="USD", period="year"), "within", 0, "one figure"),
    (Pay(min=60, max=80, currency="USD", period="hour"), "not-compared", None, "by the hour"),
    (Pay(min=90_000, max=100_000, currency="EUR", period="year"), "not-compared", None, "another currency"),
    (Pay(min=None, max=None, currency="USD", period="year"), "not-compared", None, "no figure"),
]


@pytest.mark.parametrize(("region", "years", "level", "bounds", "why"), BY_YEARS)
def test_the_band_by_years(region: str, years: float, level: str, bounds: tuple[int, int], why: str) -> None:
    band = banded(resume(country=region, experience_years=years))
    assert (band.level, band.low, band.high) == (level, *bounds), why


@pytest.mark.parametrize(("facts", "region", "word", "why"), NO_BAND)
def test_no_band_and_the_reason(facts: Any, region: str | None, word: str, why: str) -> None:
    band, reason = pay_band(facts=facts, tables=TABLES, region=region, score=50)
    assert band is None, why
    assert reason is not None
    assert word in reason, why


@pytest.mark.parametrize(("seniority", "level"), [("entry", "entry"), ("mid", "mid"), ("senior", "senior"), ("lead", "senior")])
def test_the_band_by_seniority(seniority: Any, level: str) -> None:
    band = banded(resume(seniority=seniority))
    assert band.level == level
    assert any("No years" in text for text in band.assumptions)


@pytest.mark.parametrize(("city", "state", "bounds", "why"), CITIES)
def test_cities(city: str | None, state: str | None, bounds: tuple[int, int], why: str) -> None:
    band = banded(resume(experience_years=7.0, city=city, region=state))
    assert (band.low, band.high) == bounds, why
    assert ("city" in [step.rule for step in band.steps]) == (bounds != (150_000, 200_000))


@pytest.mark.parametrize(("years", "degree", "bounds", "why"), DEGREES)
def test_degrees(years: float, degree: Any, bounds: tuple[int, int], why: str) -> None:
    band = banded(resume(country="IN", experience_years=years, degree_max=degree))
    assert (band.low, band.high) == bounds, why


@pytest.mark.parametrize(("pay", "relation", "by", "why"), STATED)
def test_the_pay_an_ad_states(pay: Pay, relation: str, by: float | None, why: str) -> None:
    band = banded(JobFacts(country="US", years_min=3, pay=pay))
    assert band.stated is not None
    assert (band.stated["relation"], band.stated["by"]) == (relation, by), why
    assert bool(band.stated["why"]) == (relation == "not-compared")
    assert (band.stated["min"], band.stated["max"], band.stated["currency"]) == (pay.min, pay.max, pay.currency)


def test_the_ledger_of_a_senior_in_san_francisco() -> None:
    band = banded(resume(experience_years=7.2, city="San Francisco", region="CA"), score=62.4)
    assert [(step.rule, step.before, step.after, step.source) for step in band.steps] == [
        ("base band", None, (150_000, 200_000), "seeds/us.md:3 (L103)"),
        ("city", (150_000, 200_000), (187_500, 260_000), "seeds/us.md:4 (L104)"),
        ("place in the band", (187_500, 260_000), (232_740, 232_740), "README, The pay formula"),
    ]
    assert (band.low, band.mid, band.high, band.currency, band.period, band.seed) == (
        187_500,
        232_740,
        260_000,
        "USD",
        "year",
        "us.md",
    )
    assert any("leaves the top open" in text for text in band.assumptions)


def test_each_step_begins_where_the_last_one_ended() -> None:
    for facts in (resume(experience_years=1.0, city="SF"), resume(country="IN", experience_years=0.2, degree_max="phd")):
        steps = banded(facts).steps
        assert steps[0].before is None
        assert all(later.before == earlier.after for earlier, later in pairwise(steps))


def test_what_is_assumed() -> None:
    said = " ".join(banded(resume(country="IN", experience_years=4.0)).assumptions)
    assert "no band for 4 completed years" in said
    assert "carried until the next band begins at 9 completed years" in said
    said = " ".join(banded(resume(experience_years=2.5)).assumptions)
    assert "fall between two bands" in said
    said = " ".join(banded(resume(experience_years=1.0, seniority="senior")).assumptions)
    assert "the years give entry and decide" in said


def test_a_region_asked_for_goes_before_the_documents() -> None:
    band = banded(resume(experience_years=4.0, city="San Francisco", region="CA"), region="IN")
    assert band.region == "IN"
    assert "city" not in [step.rule for step in band.steps]
    assert any("points to US" in text for text in band.assumptions)
    band = banded(ResumeFacts(experience_years=4.0), region="IN")
    assert any("names no country" in text for text in band.assumptions)


def test_bonus_and_totals_stand_beside() -> None:
    beside = banded(resume(experience_years=4.0)).beside
    assert [(row["kind"], row["low"], row["high"]) for row in beside] == [
        ("total", 300_000, 500_000), ("bonus", 10, 20), ("percentile", 115_864, 115_864), ("industry", None, 187_938),
    ]  # fmt: skip
    assert all(row["source"].startswith("seeds/us.md:") for row in beside)


def test_the_newest_sheet_counts_and_the_others_are_named() -> None:
    older = PayTable(region="US", year=2020, currency="USD", seed="old.md", rows=(band_row("entry", 1, 2, 0, None, 1),))
    same = PayTable(region="US", year=2024, currency="USD", seed="z.md", rows=(band_row("entry", 1, 2, 0, None, 1),))
    band = banded(resume(experience_years=4.0), tables=(older, same, US))
    assert band.seed == "us.md"
    assert any("old.md, z.md" in text for text in band.assumptions)


def test_a_sheet_without_years_below_its_first_band() -> None:
    table = PayTable(region="US", year=2025, currency="USD", seed="n.md", rows=(band_row("mid", 100, 200, 3, None, 1),))
    band = banded(resume(experience_years=1.0), tables=(table,))
    assert band.level == "mid"
    assert any("no band below 3" in text for text in band.assumptions)


@given(st.floats(0, 45), st.decimals(0, 100, places=2), st.sampled_from(["US", "IN"]), st.sampled_from(["San Francisco", None]))
def test_the_middle_lies_in_the_band_and_rises_with_the_score(
    years: float, score: Decimal, region: str, city: str | None
) -> None:
    facts = resume(country=region, experience_years=years, city=city)
    low, high = banded(facts, score=0), banded(facts, score=100)
    band = banded(facts, score=float(score))
    assert low.mid == band.low <= band.mid <= band.high == high.mid
    assert band == banded(facts, score=float(score))


@given(st.decimals(0, 90, places=2), st.decimals(0, 10, places=2))
def test_a_gain_moves_the_middle_to_where_it_would_be(score: Decimal, gain: Decimal) -> None:
    facts = resume(experience_years=7.0, city="New York")
    before, after = banded(facts, score=float(score)), banded(facts, score=float(score + gain))
    effect = pay_effect(before, float(gain), score=float(score))
    assert effect is not None
    assert before.mid + effect["mid"] == after.mid


def test_the_effect_of_a_gain() -> None:
    band = banded(resume(experience_years=4.0))
    premiums = {"nlp": (cite(31), cite(8, "in.md")), "git": (cite(9, "in.md"),)}
    assert pay_effect(band, 3.1, ("nlp", "git"), premiums) == {
        "mid": 1240,
        "currency": "USD",
        "period": "year",
        "premiums": {"nlp": ["seeds/us.md:31 (L131)"]},
        "note": "mid +1,240 USD; the fact sheet says that pay rises with nlp",
    }
    assert pay_effect(None, 3.1) is None


@pytest.mark.parametrize(("amount", "rounded"), [("0.5", 0), ("1.5", 2), ("2.5", 2), ("2.51", 3), ("-0.5", 0)])
def test_halves_are_rounded_to_even(amount: str, rounded: int) -> None:
    assert whole(Decimal(amount)) == rounded


def test_no_binary_fractions_creep_in() -> None:
    assert place_in((Decimal(0), Decimal(1000)), 0.1) == Decimal(1)
