"""An outline as one self-contained HTML page: no script, nothing fetched, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Final

from dlmatch.showing.outline import Cell, Column, Note, Outline, Part, Section, Table

STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2329; --soft: #66707a; --line: #e3e6ea; --paper: #fff; --good: #1a7f4b;
  --fair: #9a6700; --bad: #b42318; --accent: #0b6e82; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #98a2ad; --line: #2c333b; --paper: #14181d; --good: #4cc38a;
  --fair: #e0b252; --bad: #f2796b; --accent: #5cc4d8; } }
body { background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem;
  padding: 2.5rem 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0; } h1 small { color: var(--accent); font-weight: 600; margin-right: .6rem; font-size: 1rem; }
h2 { font-size: 1.1rem; margin: 2.4rem 0 .2rem; color: var(--accent); } h3 { font-size: .95rem; margin: 1.1rem 0 .2rem; }
p { margin: .3rem 0; } .lead, .quiet, footer { color: var(--soft); }
.score { font-size: 2rem; font-weight: 650; margin: .8rem 0 0; }
.good { color: var(--good); } .fair { color: var(--fair); } .bad { color: var(--bad); } .strong { font-weight: 600; }
th.group { color: var(--ink); font-weight: 600; padding-top: .9rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th { text-align: left; color: var(--soft); font-weight: 500; } th, td { padding: .3rem .9rem .3rem 0; vertical-align: top;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; } tr.on > td { border-bottom: 0; padding-bottom: 0; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
meter { width: 100%; max-width: 22rem; min-width: 6rem; height: .9rem; } footer { margin-top: 3rem; font-size: .85rem; }
"""
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


def render_page(outline: Outline) -> str:
    """The whole view as an HTML document."""
    meter = "" if outline.score is None else f"<p>{_meter(outline.score / 100)}</p>"
    alerts = "".join(f'<p class="{alert.tone}">{_words(alert.text)}</p>' for alert in outline.alerts)
    sections = "".join(_section(section) for section in outline.sections)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_words(outline.kind)}: {_words(outline.name)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1><small>{_words(outline.kind)}</small>{_words(outline.name)}</h1>\n"
        f'<p class="score">{_words(outline.score_text)}</p>{meter}<p>{_words(outline.verdict)}</p>{alerts}</header>\n'
        f"<main>\n{sections}</main>\n<footer>{_words(outline.closing)}</footer>\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    lead = f'<p class="lead">{_words(section.lead)}</p>\n' if section.lead else ""
    runs = groupby(section.parts, key=lambda part: part.columns if isinstance(part, Table) else None)
    parts = "".join(_tables(alike, list(run)) if alike else "".join(_words_of(part) for part in run) for alike, run in runs)
    return f"<section>\n<h2>{_words(section.title)}</h2>\n{lead}{parts}</section>\n"


def _words_of(part: Part) -> str:
    if isinstance(part, Note):
        return f'<p class="{part.tone}">{_words(part.text)}</p>\n'
    if isinstance(part, Table):
        return _tables(part.columns, [part])
    heading = f"<h3>{_words(part.heading)}</h3>\n" if part.heading else ""
    items = "".join(f'<li class="{item.tone}">{_words(item.text)}</li>\n' for item in part.items)
    return f"{heading}<ul>\n{items}</ul>\n{_more(part.more)}"


def _tables(columns: tuple[Column, ...], parts: Sequence[Part]) -> str:
    """Tables of one shape become the parts of one, so that their columns stand under each other."""
    tables = [part for part in parts if isinstance(part, Table)]
    alone = len(tables) == 1
    heading = f"<h3>{_words(tables[0].heading)}</h3>\n" if alone and tables[0].heading else ""
    titles = "".join(f'<th scope="col"{_side(column)}>{_words(column.title)}</th>' for column in columns)
    head = f"<thead><tr>{titles}</tr></thead>\n" if any(column.title for column in columns) else ""
    bodies = "".join(_body(table, named=not alone) for table in tables)
    return f'{heading}<div class="scroll"><table>\n{head}{bodies}</table></div>\n{_more(tables[0].more) if alone else ""}'


def _body(table: Table, *, named: bool) -> str:
    width = f' colspan="{len(table.columns)}"'
    name = f'<tr><th scope="rowgroup" class="group"{width}>{_words(table.heading)}</th></tr>\n' if named and table.heading else ""
    short = [len(row) < len(table.columns) for row in table.rows]
    rows = "".join(_row(row, table.columns, goes_on=any(short[at + 1 : at + 2])) for at, row in enumerate(table.rows))
    more = f'<tr><td class="quiet"{width}>{_words(table.more)}</td></tr>\n' if named and table.more else ""
    return f"<tbody>\n{name}{rows}{more}</tbody>\n"


def _row(row: tuple[Cell, ...], columns: tuple[Column, ...], *, goes_on: bool) -> str:
    """A row; the last cell of a short one reaches to the table's end, and no rule parts it from the row above."""
    spare = len(columns) - len(row)
    cells = "".join(_cell(cell, column) for cell, column in zip(row, columns, strict=False))
    if spare:
        head, tag, last = cells.rpartition("<td")
        cells = f'{head}{tag} colspan="{spare + 1}"{last}'
    return f'<tr class="on">{cells}</tr>\n' if goes_on else f"<tr>{cells}</tr>\n"


def _more(words: str) -> str:
    return f'<p class="quiet">{_words(words)}</p>\n' if words else ""


def _cell(cell: Cell, column: Column) -> str:
    words = _words(cell.text) if cell.share is None else _meter(cell.share)
    return f"<td{_side(column, cell.tone)}>{words}</td>"


def _side(column: Column, tone: str = "") -> str:
    names = " ".join(name for name in (tone, "right" if column.right else "") if name not in ("", "plain"))
    return f' class="{names}"' if names else ""


def _meter(share: float) -> str:
    value = min(1.0, max(0.0, share))
    return f'<meter min="0" max="1" low="0.45" high="0.65" optimum="1" value="{value:.3f}">{value:.0%}</meter>'


def _words(text: str) -> str:
    return escape(text, quote=True)
