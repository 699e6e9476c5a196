"""The summary of a batch in words: for the terminal, and line by line for a sheet or a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

BAR: Final = 30  # characters of the longest bar
Line = tuple[str, str | float | None]  # a label and its value; None: the label is a heading
_RELATIONS: Final[Mapping[str, str]] = {
    "below": "below the band",
    "overlaps": "overlapping the band",
    "within": "within the band",
    "above": "above the band",
    "not-compared": "not compared (currency or period differ)",
}


def table_of_summary(summary: Mapping[str, Any]) -> Iterator[Line]:
    """Headings and figures, one a line."""
    yield "Inputs", None
    yield "all", summary["inputs"]
    yield from ((status, count) for status, count in summary["statuses"].items() if count)
    yield from _counts("Not read", summary["slugs"])
    yield from _counts("Kind", summary["kinds"])
    scores = summary["scores"]
    if scores["count"]:
        yield "Score", None
        yield from ((name, scores[name]) for name in ("least", "median", "mean", "most"))
        yield from ((_ten(low), count) for low, count in scores["tens"].items())
    for heading, key in (
        ("Most asked", "most_asked"),
        ("Most shown", "most_shown"),
        ("Most often not met in full", "most_missing"),
    ):
        yield from _counts(heading, {one["name"]: one["count"] for one in summary[key]})
    pay = summary["pay"]
    stated = {_RELATIONS[name]: count for name, count in pay["stated_against_implied"].items() if count}
    yield from _counts("Stated pay against the implied band", stated)
    middles = {f"median, {unit}": one["median"] for unit, one in pay["implied_middle"].items()}
    yield from _counts("Middle of the implied bands", middles)


def text_of_summary(summary: Mapping[str, Any], out: str) -> str:
    """What stands on the terminal at the end."""
    parts = [f"{count:,} {status}" for status, count in summary["statuses"].items() if count]
    lines = [f" {summary['inputs']:,} inputs into {out}: {', '.join(parts)}."]
    lines += _listed("Not read", summary["slugs"])
    scores = summary["scores"]
    if scores["count"]:
        figures = ", ".join(f"{name} {scores[name]:g}" for name in ("least", "median", "mean", "most"))
        lines += ["", f" Scores  {figures}"]
        most = max(scores["tens"].values())
        for low, count in scores["tens"].items():
            lines.append(f"   {_ten(low):>8}  {count:>9,}  {'#' * -(-count * BAR // most)}".rstrip())
    for heading, key in (
        ("Most asked", "most_asked"),
        ("Most shown", "most_shown"),
        ("Most often not met in full", "most_missing"),
    ):
        lines += _listed(heading, {one["name"]: one["count"] for one in summary[key]})
    pay = summary["pay"]
    stated = {_RELATIONS[name]: count for name, count in pay["stated_against_implied"].items() if count}
    lines += _listed("Stated pay against the implied band", stated)
    middles = {f"{unit} ({one['count']:,} bands)": one["median"] for unit, one in pay["implied_middle"].items()}
    lines += _listed("Middle of the implied bands, median", middles)
    return "\n".join(lines) + "\n"


def _ten(low: str) -> str:
    return f"{low} to {int(low) + 10}"


def _counts(heading: str, counts: Mapping[str, float]) -> Iterator[Line]:
    if counts:
        yield heading, None
        yield from counts.items()


def _listed(heading: str, counts: Mapping[str, float]) -> list[str]:
    if not counts:
        return []
    width = max(map(len, counts))
    return ["", f" {heading}", *(f"   {label:<{width}}  {count:>11,}" for label, count in counts.items())]
