"""A ranking as CSV: one line a document, its columns declared once, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any, Final

from dlmatch.model.match import MatchReport
from dlmatch.model.ranking import RankedRow, Ranking
from dlmatch.showing.rows import cell, safe_text

# New columns go to the end: those who read by position stay right.
COLUMNS: Final[tuple[tuple[str, str], ...]] = (
    ("rank", "place in the order; a copy has that of the first of its group; empty: no score"),
    ("name", "path within the folder"),
    ("status", "`ok`, `partial` or `failed`"),
    ("score", "what the order is by, 0 to 100"),
    ("match_score", "resume against ad, 0 to 100"),
    ("trust", "how far a match with the ad can be trusted, 0 to 1"),
    ("required_met", "how many of the required skills are shown"),
    ("required_asked", "how many skills are required"),
    ("preferred_met", "how many of the preferred skills are shown"),
    ("preferred_asked", "how many skills are preferred"),
    ("mentioned_met", "how many of the skills only mentioned are shown"),
    ("mentioned_asked", "how many skills are only mentioned"),
    ("missing_required", "names of required skills that are not shown"),
    ("missing_other", "names of other skills that are not shown"),
    ("years_asked", "years of experience that the ad asks"),
    ("years_shown", "years of experience that the resume shows"),
    ("years_met", "`true`, `false`; empty: one side does not say"),
    ("degree_asked", "lowest degree that the ad asks: none, bachelor, master, phd"),
    ("degree_shown", "highest degree that the resume shows"),
    ("degree_met", "`true`, `false`; empty: one side does not say"),
    ("seniority_asked", "intern, entry, mid, senior, lead"),
    ("seniority_shown", "the same, of the resume"),
    ("seniority_met", "`true`, `false`; empty: one side does not say"),
    ("title", "the ad's title"),
    ("findings", "codes of what was found in the file, such as hidden-text"),
    ("group", "name of the first of its group of copies; empty: it has no copy"),
    ("group_place", "its place in the group, 1 for the first"),
    ("group_size", "how many are in the group"),
    ("alike", "share of word triples in common with the first"),
    ("sha256", "digest of the file"),
    ("slug", "what kept it from being read, by the table of errors"),
    ("message", "the same as a sentence, or why there is no score"),
)
NAMES: Final = tuple(name for name, _ in COLUMNS)
RISKY: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # a spreadsheet takes a cell for a formula that begins like this


def to_csv(ranking: Ranking) -> str:
    """Every row of the ranking under the columns' names."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    for row in ranking.rows:
        values = row_of(row, ranking)
        writer.writerow([harmless(cell(values.get(name))) for name in NAMES])
    return text.getvalue()


def row_of(row: RankedRow, ranking: Ranking) -> dict[str, Any]:
    """One document's values by the columns' names; what there is nothing to say of is left out."""
    values: dict[str, Any] = {"rank": row.rank, "name": row.name, "status": row.status, "score": row.score}
    for met in row.needs:
        values |= {f"{met.need}_met": met.met, f"{met.need}_asked": met.asked}
    if row.match is not None:
        values |= _matched(row.match)
        values["sha256"] = (row.match.resume if ranking.of == "resume" else row.match.job).sha256
        values["findings"] = "; ".join(dict.fromkeys(finding.code for finding in row.findings))
        asks = row.specificity or ranking.specificity
        values["trust"] = asks.trust if asks else None
    if row.group is not None:
        group = row.group
        values |= {"group": group.first, "group_place": group.place, "group_size": group.size, "alike": group.alike}
    if row.error is not None:
        values |= {"slug": row.error.slug, "message": row.error.message}
    return values


def harmless(value: str | float | None) -> str | float | None:
    """A text on one line that no spreadsheet program takes for a formula: an apostrophe goes before what looks like one."""
    if not isinstance(value, str):
        return value
    text = safe_text(value)
    return f"'{text}" if text.lstrip().startswith(RISKY) else text


def _matched(match: MatchReport) -> dict[str, Any]:
    required = [skill.name for skill in match.missing if skill.need == "required"]
    other = [skill.name for skill in match.missing if skill.need != "required"]
    values: dict[str, Any] = {
        "match_score": match.score,
        "missing_required": "; ".join(required),
        "missing_other": "; ".join(other),
        "title": match.title,
        "message": match.score_reason,
    }
    for name, fact in (("years", match.years), ("degree", match.degree), ("seniority", match.seniority)):
        values |= {f"{name}_asked": fact.asked, f"{name}_shown": fact.shown, f"{name}_met": fact.met}
    return values
