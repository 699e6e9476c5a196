"""Lines into weights: the published formula, worked out by hand, and its laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.knowledge.weights import POINTS, evidence, shares
from dlmatch.model.skill import STRENGTHS, Citation


def cite(strength: str, *lines: int, seed: str = "a.md") -> Citation:
    return Citation(seed=seed, line=1, source_lines=lines, strength=strength)


CASES = [
    ((), 0, "nobody names it"),
    ((cite("essential", 1),), 1.0, "one essential line"),
    ((cite("mentioned", 1),), 0.2, "one mention"),
    ((cite("essential", 1, 2),), 1.5, "a second line counts half"),
    ((cite("mentioned", 1), cite("essential", 2)), 1.1, "the strongest line comes first, whatever the order"),
    ((cite("essential", 1), cite("core", 1)), 1.0, "one line counts once, by its strongest word"),
    ((cite("essential", 1), cite("essential", 1, seed="b.md")), 2.0, "a second document counts in full"),
]
LINES = st.lists(st.tuples(st.sampled_from(sorted(POINTS)), st.integers(1, 9), st.sampled_from(["a.md", "b.md"])), max_size=12)
AMOUNTS = st.lists(st.fractions(min_value=0, max_value=50), min_size=1, max_size=40).filter(any)


@pytest.mark.parametrize(("citations", "expected", "why"), CASES)
def test_evidence(citations: tuple[Citation, ...], expected: float, why: str) -> None:
    assert float(evidence(citations)) == pytest.approx(expected), why


def test_every_strength_has_points_and_they_fall() -> None:
    points = [POINTS[strength] for strength in STRENGTHS]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == len(points)


@given(LINES, st.sampled_from(sorted(POINTS)), st.integers(1, 9))
def test_one_more_line_never_lowers_the_evidence(lines: list[tuple[str, int, str]], strength: str, line: int) -> None:
    given_lines = [cite(s, n, seed=seed) for s, n, seed in lines]
    assert evidence([*given_lines, cite(strength, line)]) >= evidence(given_lines)
    assert evidence(reversed(given_lines)) == evidence(given_lines)


@given(AMOUNTS)
def test_shares_are_hundredths_that_sum_to_100(amounts: list[Fraction]) -> None:
    found = shares(amounts)
    assert sum(found) == 100
    assert all((share * 100).denominator == 1 for share in found)
    exact = [amount * 100 / sum(amounts) for amount in amounts]
    assert all(abs(share - one) < Fraction(1, 100) for share, one in zip(found, exact, strict=True))


def test_shares_of_nothing_are_nothing() -> None:
    assert shares([Fraction(0), Fraction(0)]) == (0, 0)
