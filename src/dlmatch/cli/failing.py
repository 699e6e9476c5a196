"""An error into the one sentence that stands on stderr, and its exit code."""

from __future__ import annotations

import os
import sys
from typing import Final

from dlmatch.errors import DlmatchError, LabelsInvalid, TaxonomyInvalid

DONE: Final = 0
UNDER: Final = 1  # done, but under --fail-under
WRONG: Final = 2  # wrong use, or an input that can't be read
PARTLY: Final = 3  # done, but some of many inputs could not be read
STOPPED: Final = 130  # Ctrl-C, as shells have it
DEBUG: Final = "DLMATCH_DEBUG"  # set: an unforeseen fault shows its traceback


def sentence(error: DlmatchError) -> str:
    """What, where and what next, with the slug; each fault of an invalid taxonomy or label on a line of its own."""
    faults = error.faults if isinstance(error, TaxonomyInvalid | LabelsInvalid) else ()
    said = DlmatchError.__str__(error)
    return "\n".join((f"dlmatch: {visible(said)} [{error.slug}]", *(f"  {visible(fault)}" for fault in faults)))


def wrong_use(message: str, command: str = "dlmatch") -> str:
    """What the parser of the command line found wrong, and whose help to read."""
    text = " ".join(message.replace("Value error, ", "").split())
    said = text if text.endswith((".", "?", "!")) else f"{text}."
    return f"dlmatch: {visible(said)} See {command} --help. [wrong-use]"


def unforeseen(error: BaseException) -> str:
    """A fault of dlmatch itself, named by its kind alone: its message might hold text of the document."""
    return (
        f"dlmatch: This is a fault in dlmatch ({type(error).__name__}), not in your file. "
        f"Please report it; {DEBUG}=1 shows where it happened. [internal-fault]"
    )


def say(text: str) -> None:
    """Write a line to stderr, whatever its encoding."""
    stream = sys.stderr
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()


def debugging() -> bool:
    """Whether unforeseen faults shall show their traceback."""
    return bool(os.environ.get(DEBUG))


def visible(text: str) -> str:
    """Text in which no control character is left, so that a file's name can't drive the terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
