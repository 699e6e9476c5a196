"""Measures the package on the labels of ../shared/gold: its figures as one flat table, with a digest of the corpus."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from dlmatch.cli.evaluation import evaluation_of
from dlmatch.judging.evaluation import Evaluation

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
FLOORS = Path(__file__).with_name("floors.json")


def digest() -> str:
    """The SHA-256 over the names and contents of the labelled documents, their labels and the scorer."""
    sum_ = hashlib.sha256()
    files = sorted([*GOLD.glob("dev/docs/*"), *GOLD.glob("dev/labels/*"), GOLD / "score_gold.py", GOLD / "skills.tsv"])
    for path in files:
        sum_.update(path.relative_to(GOLD).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return sum_.hexdigest()


@cache
def evaluated() -> Evaluation:
    """What `dlmatch eval` says of the labelled documents."""
    return evaluation_of(GOLD / "dev" / "labels", GOLD / "dev" / "docs")


def measured() -> dict[str, float]:
    """Every figure: precision, recall and F1 of each set of skills, and the share of each fact that is right."""
    found = evaluated()
    assert not found.failed, found.failed
    skills = found.to_dict()["skills"]
    table = {f"skills {name} {key}": row[key] for name, row in skills.items() for key in ("P", "R", "F1")}
    shares = {"need": found.need, "shown": found.shown, **{f"fact {name}": share for name, share in found.facts.items()}}
    return {**table, **{name: round(share.accuracy, 4) for name, share in {**shares, "evidence": found.evidence}.items()}}
