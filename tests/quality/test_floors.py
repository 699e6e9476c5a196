"""Accuracy never falls in passing: every figure on the labelled documents stands at or above its pinned floor."""

from __future__ import annotations

import json

import pytest
from gold import FLOORS, GOLD, digest, measured

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled documents of ../shared/gold are not here")


@pytest.fixture(scope="module")
def pinned() -> dict[str, object]:
    return json.loads(FLOORS.read_text())


def test_the_corpus_is_the_one_the_floors_were_pinned_on(pinned: dict[str, object]) -> None:
    assert digest() == pinned["corpus"], "the labelled documents changed: measure again with tests/tools/pin_floors.py"


def test_no_figure_is_under_its_floor(pinned: dict[str, object]) -> None:
    floors = pinned["floors"]
    assert isinstance(floors, dict)
    now = measured()
    assert set(now) == set(floors)
    under = {name: (now[name], floor) for name, floor in floors.items() if now[name] < floor}
    assert not under, f"figures under their floors (now, floor): {under}"


def test_every_lowered_floor_has_a_reason(pinned: dict[str, object]) -> None:
    lowered = pinned["lowered"]
    assert isinstance(lowered, list)
    assert all(row["name"] and row["from"] > row["to"] and len(row["reason"]) > 20 for row in lowered)
