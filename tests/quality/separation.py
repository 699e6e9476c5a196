"""Measures whether the score means the role: how surely an ad or resume of the role scores above one of another job.

`ad_roles.csv` holds ids and classes, read from the titles alone; what a title leaves open is not in it. Classes: `role`
(engineers and scientists of machine learning, deep learning, applied AI), `software` (other software jobs), `data`
(data scientists, analysts, engineers), `other` (business and all else).
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import dlmatch

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ADS, GOLD = SHARED / "corpus" / "ads.jsonl", SHARED / "gold" / "dev"
LABELS = Path(__file__).with_name("ad_roles.csv")
AS_OF = "2025-01-01"
CLASSES = ("role", "software", "data", "other")


class Row(NamedTuple):
    """A labelled document: what it is, its class and its score."""

    corpus: str
    kind: Literal["job", "resume"]
    label: str
    score: float


def area_under_curve(above: Sequence[float], below: Sequence[float]) -> float:
    """The share of pairs in which the first scores higher, ties half: the area under the ROC curve."""
    won = sum((a > b) + (a == b) / 2 for a in above for b in below)
    return won / (len(above) * len(below))


def areas(rows: Sequence[Row]) -> dict[str, float]:
    """The area for the role against each other class, and against all of them."""
    scores: Mapping[str, list[float]] = defaultdict(list)
    for row in rows:
        scores[row.label].append(row.score)
    others = [name for name in CLASSES[1:] if scores[name]]
    found = {name: area_under_curve(scores["role"], scores[name]) for name in others}
    found["all others"] = area_under_curve(scores["role"], [score for name in others for score in scores[name]])
    return found


def labels() -> tuple[tuple[str, str, str], ...]:
    """Corpus, id and class of every labelled document."""
    with LABELS.open(encoding="utf-8", newline="") as stream:
        return tuple((row["corpus"], row["id"], row["class"]) for row in csv.DictReader(stream))


@cache
def scored() -> tuple[Row, ...]:
    """Every labelled document with its score."""
    engine = dlmatch.Engine(as_of=AS_OF)
    with ADS.open(encoding="utf-8") as stream:
        ads = {ad["id"]: f"{ad['title']}\n{ad['description']}" for ad in map(json.loads, stream)}
    rows = []
    for corpus, name, label in labels():
        kind: Literal["job", "resume"] = "job"
        if corpus == "ads":
            report = engine.job_text(ads[name])
        elif corpus == "samples":
            kind, report = "resume", engine.resume(ROOT / "samples" / name)
        else:
            kind = json.loads((GOLD / "labels" / f"{name}.json").read_text(encoding="utf-8"))["kind"]
            path = next(path for path in sorted((GOLD / "docs").glob(f"{name}.*")))
            report = engine.job(path) if kind == "job" else engine.resume(path)
        rows.append(Row(corpus, kind, label, report.coverage.score))
    return tuple(rows)


def measured() -> dict[str, dict[str, float]]:
    """The areas over the ads of ads.jsonl, over all ads, and over the resumes."""
    rows = scored()
    return {
        "ads.jsonl": areas([row for row in rows if row.corpus == "ads"]),
        "all ads": areas([row for row in rows if row.kind == "job"]),
        "resumes": areas([row for row in rows if row.kind == "resume"]),
    }
