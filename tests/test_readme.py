"""README is true: its commands run and print what it shows, its Python runs, its tables are those of the program."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dlmatch.cli.app import app
from dlmatch.errors import every_error
from dlmatch.reading import limits
from dlmatch.showing.rows import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ dlmatch ([^\n]*)\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


def table(name: str) -> str:
    return README.split(f"<!-- {name}:begin -->\n")[1].split(f"<!-- {name}:end -->")[0]


def errors_table() -> str:
    rows = ["| slug | class | what happened | what to do |", "|---|---|---|---|"]
    for kind in every_error():
        what = " ".join((kind.__doc__ or "").split("\n")[0].split())
        rows.append(f"| `{kind.slug}` | `{kind.__name__}` | {what} | {kind.advice} |")
    return "\n".join(rows) + "\n"


def commands_table() -> str:
    from typer.main import get_command

    rows = ["| command | does |", "|---|---|"]

    def walk(command: object, name: str) -> None:
        inner = getattr(command, "commands", None)
        if inner:
            for key in inner:
                walk(inner[key], f"{name} {key}")
            return
        arguments = [str(p.metavar or p.name).upper() for p in command.params if p.param_type_name == "argument"]  # type: ignore[attr-defined]
        does = (command.help or "").split("\n")[0]  # type: ignore[attr-defined]
        rows.append(f"| `{' '.join([name, *arguments])}` | {does} |")

    walk(get_command(app), "dlmatch")
    return "\n".join(rows) + "\n"


def limits_table() -> str:
    """The named limits of reading/limits.py, each with the comment above it."""
    source = (ROOT / "src" / "dlmatch" / "reading" / "limits.py").read_text(encoding="utf-8")
    rows = ["| limit | value | why |", "|---|---|---|"]
    for comment, names in re.findall(r"((?:^# .*\n)+)((?:^[A-Z_]+ = .*\n)+)", source, re.MULTILINE):
        why = " ".join(line.removeprefix("# ").strip() for line in comment.splitlines())
        values = [(name, getattr(limits, name)) for name in re.findall(r"^([A-Z_]+) =", names, re.MULTILINE)]
        told = ", ".join(f"{value // limits.MEGABYTE} MB" if "BYTES" in name else f"{value:,}" for name, value in values)
        rows.append(f"| {', '.join(f'`{name}`' for name, _ in values)} | {told} | {why} |")
    return "\n".join(rows) + "\n"


def columns_table() -> str:
    rows = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in COLUMNS]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows]) + "\n"


def test_the_columns_table_is_that_of_the_program() -> None:
    assert table("columns") == columns_table()


def test_the_limits_table_is_that_of_the_program() -> None:
    assert table("limits") == limits_table()


@pytest.mark.parametrize(("command", "shown"), CONSOLE, ids=[row[0] for row in CONSOLE])
def test_a_console_block_prints_what_it_shows(command: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")
    result = CliRunner().invoke(app, shlex.split(command), catch_exceptions=False, env=dict(os.environ))
    assert result.exit_code == 0, result.output
    lines = [line.rstrip() for line in result.output.splitlines()]
    at = 0
    for part in re.split(r"^ *\.\.\.\n", shown, flags=re.MULTILINE):
        wanted = [line.rstrip() for line in part.splitlines()]
        while wanted and lines[at : at + len(wanted)] != wanted:
            at += 1
            assert at <= len(lines), "not in the output:\n" + part + "\nthe output:\n" + result.output
        at += len(wanted)


def test_there_are_blocks_to_run() -> None:
    assert len(CONSOLE) >= 3
    assert PYTHON


@pytest.mark.parametrize("code", PYTHON)
def test_a_python_block_runs(code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip()


def test_the_error_table_is_that_of_the_program() -> None:
    assert table("errors") == errors_table()


def test_the_command_table_is_that_of_the_program() -> None:
    assert table("commands") == commands_table()


def test_every_dependency_has_its_floor_and_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    section = README.split("## Dependencies\n")[1]
    rows = dict(re.findall(r"^\| ([\w.-]+) \| ([\d.]+) \| .{10,} \|$", section, re.MULTILINE))
    floors = dict(re.findall(r"([\w.-]+)>=([\d.]+)", "\n".join(project["dependencies"])))
    assert rows == floors


def test_readme_names_no_machine_path() -> None:
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp)/", README)
