"""Writes README's generated tables: errors, commands, limits, as tests/test_readme.py makes them."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from test_readme import README, ROOT, commands_table, errors_table, limits_table


def main() -> int:
    text = README
    for name, table in (("errors", errors_table()), ("commands", commands_table()), ("limits", limits_table())):
        marks = rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)"
        text = re.sub(marks, lambda found, table=table: found[1] + table + found[2], text, flags=re.DOTALL)
    (ROOT / "README.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
