"""Runs the scorer of ../shared/gold on the package and gives its figures as one flat table, with a digest of the corpus."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
import json
from pathlib import Path

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
FLOORS = Path(__file__).with_name("floors.json")


def digest() -> str:
    """The SHA-256 over the names and contents of the labelled documents, their labels and the scorer."""
    sum_ = hashlib.sha256()
    files = sorted([*GOLD.glob("dev/docs/*"), *GOLD.glob("dev/labels/*"), GOLD / "score_gold.py", GOLD / "skills.tsv"])
    for path in files:
        sum_.update(path.relative_to(GOLD).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return sum_.hexdigest()


def measured() -> dict[str, float]:
    """Every figure of the scorer: precision, recall and F1 of each set of skills, and the share of each fact that is right."""
    spec = importlib.util.spec_from_file_location("score_gold", GOLD / "score_gold.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        scorer.main(["--json"])
    result = json.loads(out.getvalue())
    assert not result["failed"], result["failed"]
    table = {f"skills {name} {key}": row[key] for name, row in result["skills"].items() for key in ("P", "R", "F1")}
    table["need"], table["shown"] = result["need_accuracy"], result["shown_accuracy"]
    for name, share in {**result["facts"], "evidence": result["evidence_with_quote"]}.items():
        right, total = (int(part) for part in share.split("/"))
        table[f"fact {name}" if name != "evidence" else name] = round(right / total, 4)
    return table
