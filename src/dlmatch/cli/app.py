"""The program `dlmatch` as a process: a command line in, an exit code out; the one place where errors become sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dlmatch.cli.failing import DONE, STOPPED, WRONG, debugging, say, sentence, unforeseen, wrong_use
from dlmatch.cli.loading import prepare_process, release_collector
from dlmatch.errors import DlmatchError

if TYPE_CHECKING:
    from dlmatch.cli.commands import app as app


def __getattr__(name: str) -> Any:
    if name == "app":
        from dlmatch.cli.commands import app

        return app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; no exception leaves, save a fault of dlmatch itself while debugging.

    Without arguments, this process is the program: it ends with this command line, which is that of the process.
    """
    if arguments is not None:
        return _code(arguments)
    prepare_process()
    try:
        return _code(sys.argv[1:])
    finally:
        release_collector()  # and so the end of the process takes no time for looking through what it drops


def _code(arguments: Sequence[str]) -> int:
    import typer

    from dlmatch.cli.commands import app

    try:
        code = app(list(arguments) or ["--help"], prog_name="dlmatch", standalone_mode=False)
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
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


if __name__ == "__main__":
    sys.exit(main())
