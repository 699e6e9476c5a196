"""A report as JSON text: the same bytes for the same report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlmatch.model.match import MatchReport
    from dlmatch.model.ranking import Ranking
    from dlmatch.model.report import Report


def to_json(report: Report | MatchReport | Ranking) -> str:
    """The report's to_dict as indented JSON with a final newline; lone surrogates are escaped, so UTF-8 always takes it."""
    text = json.dumps(report.to_dict(), ensure_ascii=False, indent=2, allow_nan=False)
    return _without_surrogates(text) + "\n"


def _without_surrogates(text: str) -> str:
    if text.isascii():
        return text
    return "".join(f"\\u{ord(letter):04x}" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
