"""Turns the lines that name a requirement's skills into its weight: its share of 100.

evidence = sum over documents of: p1/1 + p2/2 + p3/3 ...     p: the points of the lines that name the requirement,
                                                             each line once, by its strongest word, largest first
weight   = 100 x evidence x specificity / sum of the same over all requirements
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from dlmatch.model.skill import Citation

POINTS: Final[Mapping[str, Fraction]] = {
    "essential": Fraction(10, 10),
    "core": Fraction(8, 10),
    "in demand": Fraction(7, 10),
    "raise pay": Fraction(7, 10),  # what the market pays more for, it asks for
    "beneficial": Fraction(4, 10),
    "mentioned": Fraction(2, 10),
}
HUNDREDTHS: Final = 10_000  # of 100


def evidence(citations: Iterable[Citation]) -> Fraction:
    """How many documents name it (each adds), how often (each further line adds less), how strongly (points)."""
    best: dict[str, dict[int, Fraction]] = defaultdict(dict)
    for citation in citations:
        lines = best[citation.seed]
        for line in citation.source_lines:
            lines[line] = max(lines.get(line, Fraction(0)), POINTS[citation.strength])
    return sum((_diminished(lines.values()) for lines in best.values()), Fraction(0))


def _diminished(points: Iterable[Fraction]) -> Fraction:
    return sum((value / at for at, value in enumerate(sorted(points, reverse=True), 1)), Fraction(0))


def shares(amounts: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The amounts as shares of 100 in hundredths that sum to 100 exactly: the largest remainders are rounded up."""
    total = sum(amounts)
    if not total:
        return tuple(Fraction(0) for _ in amounts)
    exact = [amount * HUNDREDTHS / total for amount in amounts]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (whole[at] - exact[at], at))
    for at in by_remainder[: HUNDREDTHS - sum(whole)]:
        whole[at] += 1
    return tuple(Fraction(share, 100) for share in whole)
