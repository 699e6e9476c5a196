"""What the program loads, and how it behaves as a process of its own."""

from __future__ import annotations

import subprocess
import sys

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
