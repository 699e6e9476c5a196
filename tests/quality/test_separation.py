"""The score means the role: documents of the role score above those of other jobs, and what every job asks does not carry it."""

from __future__ import annotations

from collections import Counter

import pytest
from separation import ADS, CLASSES, GOLD, area_under_curve, areas, labels, measured, scored

here = pytest.mark.skipif(
    not (ADS.is_file() and GOLD.is_dir()), reason="the ads of ../shared/corpus and the labels of ../shared/gold are not here"
)


@pytest.mark.parametrize(
    ("above", "below", "area", "why"),
    [
        ([3, 4], [1, 2], 1.0, "every pair is in order"),
        ([1, 2], [3, 4], 0.0, "no pair is"),
        ([2], [2], 0.5, "a tie counts half"),
        ([1, 3], [2], 0.5, "one of two pairs"),
    ],
)
def test_the_area_counts_pairs(above: list[float], below: list[float], area: float, why: str) -> None:
    assert area_under_curve(above, below) == area, why


def test_the_labels_are_sound() -> None:
    rows = labels()
    assert len(set(rows)) == len({row[:2] for row in rows}), "a document has two classes"
    assert {row[2] for row in rows} <= set(CLASSES)


# The areas that must hold. Against data jobs no 0.95 can be asked: a part of the ads for data scientists ask for the very
# skills of the role (a deep learning framework, training and deploying models) and rightly score as high; the floor only
# says that they do not score higher on the whole.
FLOORS = {
    ("ads.jsonl", "software"): 0.95,
    ("ads.jsonl", "other"): 0.95,
    ("ads.jsonl", "all others"): 0.95,
    ("all ads", "software"): 0.95,
    ("all ads", "other"): 0.95,
    ("all ads", "all others"): 0.95,
    ("all ads", "data"): 0.75,
    ("resumes", "software"): 0.95,
    ("resumes", "data"): 0.95,
    ("resumes", "other"): 0.95,
    ("resumes", "all others"): 0.95,
}


@here
@pytest.mark.parametrize(("documents", "against"), sorted(FLOORS))
def test_the_role_scores_above_other_jobs(documents: str, against: str) -> None:
    assert measured()[documents][against] >= FLOORS[documents, against]


@here
def test_there_are_enough_of_each() -> None:
    number = Counter((row.kind, row.label) for row in scored())
    assert number["job", "role"] >= 50
    assert number["job", "software"] >= 130
    assert set(areas([row for row in scored() if row.kind == "job"])) == {"software", "data", "other", "all others"}
