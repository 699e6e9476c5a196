"""The commands of `dlmatch`: a table with a row each. A command is loaded when it is called, so --help needs none of them."""

from __future__ import annotations

from collections import UserDict
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from dlmatch.cli.failing import STOPPED, say


@dataclass(frozen=True, slots=True)
class Row:
    """One command: the module and the function, or group of commands, behind it, and what the list of commands says."""

    name: str
    home: str
    help: str


COMMANDS: Final = (
    Row("resume", "document:resume_command", "Read a resume: skills, coverage, gaps, salary band."),
    Row("job", "document:job_command", "Read a job ad: what it asks, how much of the role."),
    Row("match", "document:match_command", "Hold a resume against an ad: shown and missing."),
    Row("rank", "ranking:rank_command", "Rank the resumes in a folder for an ad, best first."),
    Row("batch", "batch:batch_command", "Score many documents into one table."),
    Row("eval", "evaluation:eval_command", "Measure dlmatch against your own labels."),
    Row("taxonomy", "taxonomy:app", "Build, check and show what dlmatch knows."),
)
_ROWS: Final = {row.name: row for row in COMMANDS}


class Commands(UserDict[str, Any]):
    """Commands by name, each made when it is first asked for."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys(_ROWS))

    def __getitem__(self, name: str) -> Any:
        if self.data[name] is None:
            self.data[name] = _made(_ROWS[name])
        return self.data[name]


def _made(row: Row) -> Any:
    module, _, name = row.home.partition(":")
    found = getattr(import_module(f"dlmatch.cli.{module}"), name)
    if isinstance(found, typer.Typer):
        return get_command(found)
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(row.name)(found)
    return get_command(alone)


class Program(TyperGroup):
    """The group of all commands."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": None})
        self.commands = Commands()

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the line names; Ctrl-C is told here, since typer makes a bare code of it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            say(f"dlmatch: {str(stop) or 'Stopped.'}")
            raise typer.Exit(STOPPED) from None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, from the table."""
        listed = [TyperCommand(row.name, help=row.help) for row in COMMANDS]
        TyperGroup(commands=listed).format_commands(ctx, formatter)


SETTINGS: Final = {"help_option_names": ["--help", "-h"], "max_content_width": 100}
# rich markup is off: help then needs no import beyond typer, and errors are worded in failing.py
app = typer.Typer(
    name="dlmatch",
    cls=Program,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from dlmatch.version import VERSION

        typer.echo(f"dlmatch {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Find what resumes and job ads say about the deep-learning engineer's role: skills, gaps and pay, each with its proof.

    \b
    Examples:
      dlmatch resume cv.pdf
      dlmatch job ad.html
      dlmatch match cv.pdf ad.html

    Nothing leaves this machine. Exit codes: 0 done; 1 done, but the score is
    under the one asked for; 2 wrong use, or an input that can't be read;
    3 done, but some of many inputs could not be read.
    """
