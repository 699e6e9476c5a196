"""`dlmatch eval` gives the figures of the scorer that stands beside the labelled documents."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
from typing import Any

import pytest
from gold import GOLD, evaluated

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled documents of ../shared/gold are not here")
SAME = ("documents", "failed", "skills", "need_accuracy", "shown_accuracy", "evidence_with_quote", "facts")


@pytest.fixture(scope="module")
def scored() -> dict[str, Any]:
    """What the scorer prints."""
    spec = importlib.util.spec_from_file_location("score_gold", GOLD / "score_gold.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        scorer.main(["--json"])
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.parametrize("figure", SAME)
def test_a_figure_is_that_of_the_scorer(figure: str, scored: dict[str, Any]) -> None:
    assert evaluated().to_dict()[figure] == scored[figure]


def test_the_errors_add_up_to_the_table() -> None:
    found = evaluated()
    assert sum(len(one.missed) for one in found.skill_errors) == found.skills["all"].missed
    assert sum(len(one.wrong) for one in found.skill_errors) == found.skills["all"].wrong
    levels = found.need.total - found.need.right + found.shown.total - found.shown.right
    assert sum(len(one.level) for one in found.skill_errors) == levels
    assert len(found.fact_errors) == sum(share.total - share.right for share in found.facts.values())
