"""Writes README's generated parts anew: the tables of errors, commands and limits, and what the console blocks show.

A console block keeps its shape: each part between two `...` is replaced by as many lines of the new output, from the first
line that begins like the part's own first line.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from test_readme import README, ROOT, columns_table, commands_table, errors_table, limits_table

from dlmatch.cli.app import app

LIKE = 9  # characters of a line that say which line it is


def refilled(command: str, shown: str) -> str:
    """The block's text with the lines that the command prints now."""
    result = CliRunner().invoke(app, shlex.split(command), env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100"})
    lines = [line.rstrip() for line in result.output.splitlines()]
    parts, at = [], 0
    for part in re.split(r"^ *\.\.\.\n", shown, flags=re.MULTILINE):
        wanted = part.splitlines()
        if wanted:
            at = next((n for n in range(at, len(lines)) if lines[n].startswith(wanted[0][:LIKE])), at)
            parts.append("".join(f"{line}\n" for line in lines[at : at + len(wanted)]))
            at += len(wanted)
        else:
            parts.append("")
    return "...\n".join(parts)


def main() -> int:
    os.chdir(ROOT)
    text = README
    tables = {"errors": errors_table(), "commands": commands_table(), "limits": limits_table(), "columns": columns_table()}
    for name, table in tables.items():
        marks = rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)"
        text = re.sub(marks, lambda found, table=table: found[1] + table + found[2], text, flags=re.DOTALL)
    blocks = r"(```console\n\$ dlmatch ([^\n]*)\n)(.*?)```"
    text = re.sub(blocks, lambda found: f"{found[1]}{refilled(found[2], found[3])}```", text, flags=re.DOTALL)
    (ROOT / "README.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
