"""What the program loads, and how it behaves as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "spacy",
    "pandas",
    "numpy",
    "sklearn",
    "pdfplumber",
    "pdfminer",
    "pypdfium2",
    "pydantic",
    "lxml",
    "rich",
    "yaml",
    "multiprocessing",
)
LOADED = """
import sys
from dlmatch.cli.app import main
code = main(sys.argv[1:])
sys.stderr.write(' '.join(sys.modules))
sys.exit(code)
"""


def python(*arguments: str, code: str = LOADED) -> subprocess.CompletedProcess[str]:
    """Run in a fresh process."""
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("resume", "--help"), ("taxonomy", "show", "--help")])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    ran = python(*arguments)
    assert ran.returncode == 0
    # typer itself takes pydantic for the types of a command's options; the program's own help has none
    assert set(ran.stderr.split()) & set(HEAVY) <= ({"pydantic"} if len(arguments) > 1 else set())


UNASKED = ("pandas", "sklearn", "pdfplumber", "pdfminer", "pypdfium2", "lxml")


@pytest.mark.parametrize(
    ("command", "others"),
    [("resume", ("dlmatch.finding.asks", "dlmatch.judging.match")), ("job", ("dlmatch.finding.person", "dlmatch.judging.match"))],
)
def test_a_report_loads_only_what_its_document_needs(command: str, others: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "it.html").write_text("<html><p>Python and PyTorch</p>", "utf-8")
    ran = python(command, str(tmp_path / "it.html"), "--format", "json")
    assert (ran.returncode, ran.stdout[:2]) == (0, "{\n")
    assert set(ran.stderr.split()) & {*UNASKED, *others} == set()


def test_the_list_of_commands_says_what_each_command_says() -> None:
    from typer.main import get_command

    from dlmatch.cli.commands import COMMANDS, app

    commands = get_command(app).commands  # type: ignore[attr-defined]
    assert list(commands) == [row.name for row in COMMANDS]
    for row in COMMANDS:
        assert commands[row.name].name == row.name
        assert (commands[row.name].help or "").split("\n")[0] == row.help


@pytest.mark.parametrize("arguments", ["", "['--version']"])
def test_the_collector_works_again_afterwards(arguments: str) -> None:
    code = (
        f"import gc, sys; from dlmatch.cli.app import main; main({arguments}); print(gc.isenabled(), gc.get_freeze_count() > 0)"
    )
    assert python("--version", code=code).stdout.split()[2:] == ["True", str(not arguments)]


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = "import sys; from dlmatch.cli.app import main; sys.exit(main(['--help']))"
    with subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_module_runs_too() -> None:
    ran = subprocess.run([sys.executable, "-m", "dlmatch", "--version"], capture_output=True, text=True, check=False)
    assert ran.stdout.startswith("dlmatch ")
