"""Rows as one self-contained page: sorted by a click on a heading, narrowed by typing, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any, Final

from dlmatch.batch.lines import row_in
from dlmatch.batch.summary_words import table_of_summary
from dlmatch.showing.rows import COLUMNS, Row, cell

# What a person compares by; the rest stands in the line that opens below a row.
SHOWN: Final = (
    "id", "kind", "status", "score", "title", "seniority", "years", "degree", "country", "city", "pay_min", "pay_max",
    "pay_currency", "salary_low", "salary_mid", "salary_high", "salary_currency", "stated_relation", "top_gap", "top_gain",
)  # fmt: skip
UNDER: Final = (
    "error", "salary_reason", "required", "preferred", "mentioned", "demonstrated", "listed", "missing", "findings", "warnings",
)  # fmt: skip
_NUMBERS: Final = frozenset(column.name for column in COLUMNS if column.type in ("int", "float"))
STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2329; --soft: #66707a; --line: #e3e6ea; --paper: #fff;
  --accent: #0b6e82; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --soft: #98a2ad; --line: #2c333b; --paper: #14181d;
  --accent: #5cc4d8; --bad: #f2796b; } }
body { background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; }
h1 { font-size: 1.2rem; } h2 { font-size: 1rem; color: var(--accent); margin-top: 2rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .88rem; }
th, td { text-align: left; padding: .25rem .8rem .25rem 0; vertical-align: top; border-bottom: 1px solid var(--line); }
.grid thead th { position: sticky; top: 0; background: var(--paper); white-space: nowrap; }
th button { all: unset; cursor: pointer; color: var(--soft); } th button:focus-visible { outline: 2px solid var(--accent); }
th[aria-sort=ascending] button::after { content: " \\2191"; } th[aria-sort=descending] button::after { content: " \\2193"; }
.n { text-align: right; font-variant-numeric: tabular-nums; } .bad { color: var(--bad); } details { max-width: 40rem; }
summary { color: var(--soft); cursor: pointer; }
dt { color: var(--soft); } dd { margin: 0 0 .3rem 1rem; overflow-wrap: anywhere; }
input { font: inherit; padding: .3rem .5rem; width: min(24rem, 90%); } td { max-width: 22rem; overflow-wrap: anywhere; }
"""
SCRIPT: Final = """
const table = document.querySelector('.grid'), body = table.tBodies[0], rows = [...body.rows];
const heads = [...table.tHead.rows[0].cells];
heads.forEach((head, at) => head.querySelector('button').addEventListener('click', () => {
  const up = head.getAttribute('aria-sort') !== 'ascending', number = head.classList.contains('n');
  heads.forEach(other => other.removeAttribute('aria-sort'));
  head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
  const key = row => row.cells[at].dataset.v ?? row.cells[at].textContent;
  rows.sort((a, b) => {
    const x = key(a), y = key(b);
    if (x === '' || y === '') return (x === '') - (y === '');
    const order = number ? x - y : x.localeCompare(y, 'en');
    return up ? order : -order;
  });
  body.append(...rows);
}));
document.querySelector('input').addEventListener('input', event => {
  const words = event.target.value.toLowerCase().split(/\\s+/).filter(Boolean);
  rows.forEach(row => { const text = row.textContent.toLowerCase(); row.hidden = !words.every(word => text.includes(word)); });
});
"""
_HASH: Final = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
POLICY: Final = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_HASH}'"


def write_page(lines: Iterable[bytes], path: Path, summary: dict[str, Any]) -> None:
    """The page, written row by row, the summary below the table."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>dlmatch batch</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>dlmatch batch</h1>\n"
            '<p><label>Show rows with <input type="search" autocomplete="off"></label></p>\n'
            f'<div class="scroll"><table class="grid">\n<thead><tr>{_heading()}</tr></thead>\n<tbody>\n'
        )
        for line in lines:
            stream.write(_row(row_in(line)))
        stream.write(f"</tbody>\n</table></div>\n{_summary(summary)}<script>{SCRIPT}</script>\n</body>\n</html>\n")


def _heading() -> str:
    meanings = {column.name: column.meaning for column in COLUMNS}
    return "".join(
        f'<th scope="col" title="{_words(meanings[name])}"{_side(name)}><button type="button">{_words(name)}</button></th>'
        for name in SHOWN
    )


def _row(row: Row) -> str:
    under = "".join(f"<dt>{name}</dt><dd>{_words(_plain(row[name]))}</dd>" for name in UNDER if row[name])
    more = f"<details><summary>more</summary><dl>{under}</dl></details>" if under else ""
    start = f'<td data-v="{_words(row["id"])}">{_words(row["id"])}{more}</td>'
    return f"<tr>{start}{''.join(_cell(row, name) for name in SHOWN[1:])}</tr>\n"


def _cell(row: Row, name: str) -> str:
    value = cell(row[name])
    if value is None:
        return f"<td{_side(name)}></td>"
    if name in _NUMBERS:
        return f'<td class="n" data-v="{value}">{value:,}</td>'
    bad = ' class="bad"' if name == "status" and row["slug"] else ""
    return f"<td{bad}>{_words(str(value))}</td>"


def _side(name: str) -> str:
    return ' class="n"' if name in _NUMBERS else ""


def _plain(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _summary(summary: dict[str, Any]) -> str:
    lines = ["<h2>Summary</h2>\n<table>\n"]
    for label, value in table_of_summary(summary):
        if value is None:
            lines.append(f'<tr><th scope="colgroup" colspan="2">{_words(label)}</th></tr>\n')
        else:
            shown = value if isinstance(value, str) else f"{value:,}"
            lines.append(f'<tr><td>{_words(label)}</td><td class="n">{_words(shown)}</td></tr>\n')
    return "".join(lines) + "</table>\n"


def _words(text: str) -> str:
    return escape(text, quote=True)
