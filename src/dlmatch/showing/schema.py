"""The JSON Schemas that ship with the package, as values."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def report_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a report: what Report.to_dict gives."""
    return _shipped("report.schema.json")


def match_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a match: what MatchReport.to_dict gives."""
    return _shipped("match.schema.json")


def ranking_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) of a ranking: what Ranking.to_dict gives. It holds that of a match, which its rows are of."""
    schema = _shipped("ranking.schema.json")
    schema["$defs"]["match"] = match_schema()
    return schema


def _shipped(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(files("dlmatch.showing").joinpath(name).read_text(encoding="utf-8"))
    return schema
