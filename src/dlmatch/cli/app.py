"""The program `dlmatch`: its commands, and the one place where errors become sentences and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer

from dlmatch.cli import batch, document, evaluation, ranking, taxonomy
from dlmatch.cli.failing import DONE, STOPPED, WRONG, debugging, say, sentence, unforeseen, wrong_use
from dlmatch.errors import DlmatchError

SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}
# rich markup is off: help then needs no import beyond typer, and errors are worded here
app = typer.Typer(
    name="dlmatch", add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=SETTINGS
)
app.command("resume")(document.resume_command)
app.command("job")(document.job_command)
app.command("match")(document.match_command)
app.command("rank")(ranking.rank_command)
app.command("batch")(batch.batch_command)
app.command("eval")(evaluation.eval_command)
app.add_typer(taxonomy.app, name="taxonomy")


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; no exception leaves, save a fault of dlmatch itself while debugging."""
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        code = app(given, prog_name="dlmatch", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except typer.TyperException as error:
        where = getattr(getattr(error, "ctx", None), "command_path", "dlmatch")
        say(wrong_use(error.format_message(), where))
        return WRONG
    except DlmatchError as error:
        say(sentence(error))
        return WRONG
    except BrokenPipeError:
        _silence_stdout()
        return DONE
    except (KeyboardInterrupt, typer.Abort):
        say("dlmatch: Stopped.")
        return STOPPED
    except Exception as error:
        if debugging():
            raise
        say(unforeseen(error))
        return WRONG


def _silence_stdout() -> None:
    """The reader of our output has gone, as `| head` does: leave without a word, also when the interpreter flushes."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
