"""An outline as text for a terminal, drawn with rich: in colour or without, at any width from 40 columns."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from dlmatch.showing.outline import Bullets, Cell, Column, Note, Outline, Part, Section, Table, Tone

NARROWEST, WIDEST = 40, 120  # wider lines than this are hard to follow
INDENT: Final = 3
STEP: Final = 2  # further, under a heading within a section
GUTTER: Final = 2
STYLES: Final[Mapping[Tone, str]] = {
    "plain": "",
    "strong": "bold",
    "quiet": "dim",
    "good": "green",
    "fair": "yellow",
    "bad": "red",
    "quote": "italic",
    "title": "dim",
}
TITLE: Final = "bold cyan"
PLAIN_LETTERS: Final = str.maketrans({"━": "#", "─": ".", "•": "-", "…": "~", "×": "x"})


def render_text(outline: Outline, *, width: int = 80, colour: bool = False, ascii_only: bool = False) -> str:
    """The whole view as text; with `colour` it holds the terminal's codes for the 16 basic colours."""
    width = max(NARROWEST, min(width, WIDEST))
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as captured:
        _headline(console, outline, width)
        for section in outline.sections:
            _section(console, section, width - INDENT - 1)
        console.print()
        console.print(Padding(Text(outline.closing, "dim"), (0, 0, 0, 1)))
    lines = "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"
    return lines.translate(PLAIN_LETTERS).encode("ascii", "replace").decode() if ascii_only else lines


def _headline(console: Console, outline: Outline, width: int) -> None:
    console.print()
    console.print(Padding(Text.assemble((outline.kind, TITLE), "  ", (outline.name, "")), (0, 0, 0, 1)))
    console.print()
    bar = Text()
    if outline.score is not None:
        tone: Tone = "good" if outline.score >= 65 else "fair" if outline.score >= 45 else "bad"
        room = max(10, min(60, width - len(outline.score_text) - 5))
        bar = _meter(outline.score / 100, room, tone)
    console.print(Padding(Text.assemble((outline.score_text, "bold"), "  ", bar), (0, 0, 0, 1)))
    console.print(Padding(Text(outline.verdict), (0, 1, 0, 1)))
    for alert in outline.alerts:
        console.print(Padding(_text(alert), (0, 1, 0, 1)))


def _section(console: Console, section: Section, width: int) -> None:
    console.print()
    console.print(Padding(Text.assemble((section.title, TITLE), "  ", (section.lead, "dim")), (0, 1, 0, 1)))
    runs = groupby(section.parts, key=lambda part: part.columns if isinstance(part, Table) else None)
    for number, (alike, parts) in enumerate(runs):
        run = list(parts)
        if number and not isinstance(run[0], Note) and run[0].heading:
            console.print()
        if alike is None:
            for part in run:
                _words(console, part)
        else:
            _tables(console, [part for part in run if isinstance(part, Table)], width)


def _words(console: Console, part: Part) -> None:
    if isinstance(part, Note):
        console.print(Padding(Text(part.text, STYLES[part.tone]), (0, 1, 0, INDENT)))
    elif isinstance(part, Bullets):
        _heading(console, part.heading)
        step = STEP if part.heading else 0
        for item in part.items:
            grid = Grid.grid(padding=(0, 1, 0, 0))
            grid.add_row(Text("•", "dim"), _text(item))
            console.print(Padding(grid, (0, 1, 0, INDENT + step)))
        _more(console, part.more, step)


def _tables(console: Console, tables: list[Table], width: int) -> None:
    """Tables of one shape share their widths, so that columns stand under each other through the section."""
    columns = tables[0].columns
    step = STEP if any(table.heading for table in tables) else 0
    widths = _widths(columns, [row for table in tables for row in table.rows], width - step)
    titles = tuple(Cell(column.title, "title") for column in columns) if any(column.title for column in columns) else ()
    if titles and len(tables) > 1:
        _grid(console, columns, widths, [titles], step)
    for table in tables:
        _heading(console, table.heading)
        rows = [titles, *table.rows] if titles and len(tables) == 1 else [*table.rows]
        _grid(console, columns, widths, rows, step)
        _more(console, table.more, step)


def _grid(console: Console, columns: tuple[Column, ...], widths: list[int], rows: list[tuple[Cell, ...]], step: int) -> None:
    for whole, run in groupby(rows, key=lambda row: len(row) == len(columns)):
        if not whole:
            for row in run:
                _rest_of_line(console, row, widths, step)
            continue
        grid = Grid.grid(padding=(0, GUTTER, 0, 0))
        for column, room in zip(columns, widths, strict=True):
            grid.add_column(width=room, justify="right" if column.right else "left", overflow="fold")
        for row in run:
            grid.add_row(*(_cell(cell, room) for cell, room in zip(row, widths, strict=True)))
        console.print(Padding(grid, (0, 0, 0, INDENT + step)))


def _rest_of_line(console: Console, row: tuple[Cell, ...], widths: list[int], step: int) -> None:
    """The last cell of a short row, from its column to the end of the line."""
    before = len(row) - 1
    indent = INDENT + step + sum(widths[:before]) + GUTTER * before
    console.print(Padding(_text(row[-1]), (0, 1, 0, indent)))


def _widths(columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]], width: int) -> list[int]:
    """Each column as wide as its longest cell, none above its share; wide ones divide what is left."""
    rows = [row for row in rows if len(row) == len(columns)]
    wanted = [max([cell_len(column.title), *(cell_len(row[at].text) for row in rows)]) for at, column in enumerate(columns)]
    wide = [at for at, column in enumerate(columns) if column.wide]
    room = width - GUTTER * (len(columns) - 1)
    bars = all(row[at].share is not None for row in rows for at in wide)
    cap = max(10, room * (50 if bars else 32) // 80)
    widths = [min(want, cap) for want in wanted]
    left = room - sum(widths[at] for at in range(len(columns)) if at not in wide)
    for at in wide:
        widths[at] = max(8, left // len(wide))
    return widths


def _cell(cell: Cell, room: int) -> Text:
    return _text(cell) if cell.share is None else _meter(cell.share, min(room, 30), cell.tone)


def _meter(share: float, room: int, tone: Tone) -> Text:
    """A bar whose two halves differ in weight, so that it reads without colour too."""
    full = min(room, max(0, round(share * room)))
    return Text.assemble(("━" * full, STYLES[tone]), ("─" * (room - full), "dim"))


def _text(cell: Cell) -> Text:
    return Text(cell.text, STYLES[cell.tone])


def _heading(console: Console, words: str) -> None:
    if words:
        console.print(Padding(Text(words, "bold"), (0, 1, 0, INDENT)))


def _more(console: Console, words: str, step: int = STEP) -> None:
    if words:
        console.print(Padding(Text(words, "dim"), (0, 1, 0, INDENT + step)))
