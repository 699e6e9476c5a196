"""What a view shows, before any markup: a headline and sections of tables, lists and notes. Every view draws this alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Tone = Literal["plain", "strong", "quiet", "good", "fair", "bad", "quote", "title"]
MORE: Final = "--format json lists all"


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of text in one tone, already clean; with `share` a bar from 0 to 1 that stands for it."""

    text: str = ""
    tone: Tone = "plain"
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. A `wide` one takes the room that is left and wraps."""

    title: str = ""
    right: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns; `heading` names the group that the table shows.

    The last cell of a row that is shorter than the columns takes the rest of the line.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heading: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences."""

    items: tuple[Cell, ...]
    heading: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence or figure on a line of its own."""

    text: str
    tone: Tone = "plain"


Part = Table | Bullets | Note


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a word on what follows, and its parts."""

    title: str
    lead: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole view."""

    kind: str
    name: str
    score: float | None
    score_text: str
    verdict: str
    alerts: tuple[Cell, ...]
    sections: tuple[Section, ...]
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a list may be before it folds; None: never."""

    skills: int | None = 6  # of one category
    gaps: int | None = 8
    roles: int | None = 4
    others: int | None = 5
    groups: bool = False  # every requirement instead of the sums by area


BRIEF: Final = Limits()
FULL: Final = Limits(skills=None, gaps=None, roles=None, others=None, groups=True)


def pairs(rows: Iterable[tuple[str, str | Cell]], heading: str = "") -> Table:
    """Labels with their values."""
    cells = tuple((Cell(label, "quiet"), value if isinstance(value, Cell) else Cell(value)) for label, value in rows)
    return Table((Column(), Column(wide=True)), cells, heading)


def fold(total: int, limit: int | None) -> tuple[int, str]:
    """How many of `total` to show, and the words for the rest; one left over is shown, as its line costs the same."""
    if limit is None or total <= limit + 1:
        return total, ""
    return limit, f"and {total - limit} more ({MORE})"
