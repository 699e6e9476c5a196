"""Where a result goes and what it looks like there: format by name or by OUT's ending, width, colour, atomic files."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from dlmatch.errors import UsageError

if TYPE_CHECKING:
    from dlmatch.model.match import MatchReport
    from dlmatch.model.report import Report
    from dlmatch.showing.outline import Outline

Format = Literal["text", "json", "md", "html"]
ENDINGS: Final[Mapping[str, Format]] = {".json": "json", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}
STDIO: Final = "-"
PLAIN_WIDTH: Final = 80  # where there is no terminal to ask
DRAWN: Final = "━─•…"  # what the text view draws with


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the text view may use."""

    width: int = PLAIN_WIDTH
    colour: bool = False
    ascii_only: bool = False


def format_for(chosen: Format | None, out: str) -> Format:
    """The format asked for; without one, that of OUT's ending; else text."""
    return chosen or ENDINGS.get(Path(out).suffix.lower(), "text")


def screen_for(out: str) -> Screen:
    """The terminal's width and colours for stdout; 80 columns in plain UTF-8 for a file or a pipe."""
    if out != STDIO:
        return Screen()
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if terminal else _columns()
    return Screen(width=width, colour=_colour(terminal), ascii_only=not _can_draw())


def _columns() -> int:
    stated = os.environ.get("COLUMNS", "")
    return int(stated) if stated.isascii() and stated.isdigit() and int(stated) else PLAIN_WIDTH


def _colour(terminal: bool) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "unknown"):
        return False
    return terminal or bool(os.environ.get("FORCE_COLOR"))


def _can_draw() -> bool:
    try:
        DRAWN.encode(sys.stdout.encoding or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True


def view(report: Report | MatchReport, names: Mapping[str, str], chosen: Format, screen: Screen) -> str:
    """The report as text in one of the formats."""
    if chosen == "json":
        from dlmatch.showing.payload import to_json

        return to_json(report)
    if chosen == "text":
        from dlmatch.showing.terminal import render_text

        outline = _outline(report, names, folded=True)
        return render_text(outline, width=screen.width, colour=screen.colour, ascii_only=screen.ascii_only)
    if chosen == "md":
        from dlmatch.showing.markdown import render_markdown

        return render_markdown(_outline(report, names, folded=False))
    from dlmatch.showing.page import render_page

    return render_page(_outline(report, names, folded=False))


def _outline(report: Report | MatchReport, names: Mapping[str, str], *, folded: bool) -> Outline:
    from dlmatch.model.report import Report
    from dlmatch.showing.outline import BRIEF, FULL

    limits = BRIEF if folded else FULL
    if isinstance(report, Report):
        from dlmatch.showing.report_outline import outline_report

        return outline_report(report, names, limits)
    from dlmatch.showing.match_outline import outline_match

    return outline_match(report, names, limits)


def deliver(text: str, out: str, inputs: tuple[str, ...] = ()) -> None:
    """Write the result to stdout or, in one step, to a file that is either whole or not touched."""
    content = text.encode("utf-8", "replace")
    if out == STDIO:
        try:
            _to_stdout(text, content)
        except BrokenPipeError:
            raise  # the reader has seen enough, as in `dlmatch resume cv.pdf | head`
        except OSError as error:
            reason = error.strerror or "the system refused"
            raise UsageError(f"can't be written: {reason}.", "standard output", "Give -o another place.") from None
        return
    target = Path(os.path.realpath(out))
    if any(name != STDIO and os.path.realpath(name) == str(target) for name in inputs):
        raise UsageError("is the input itself and was not overwritten.", out, "Give -o another name.")
    try:
        _to_file(target, content)
    except OSError as error:
        raise UsageError(f"can't be written: {error.strerror or 'the system refused'}.", out, "Give -o another place.") from error


def _to_stdout(text: str, content: bytes) -> None:
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("_", "-")
    if encoding not in ("utf-8", "utf8"):
        content = text.encode(encoding, "backslashreplace" if text.startswith("{") else "replace")
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        binary.write(content)
    sys.stdout.flush()


def _to_file(target: Path, content: bytes) -> None:
    mode = target.stat().st_mode if target.exists() else None
    if mode is not None and not stat.S_ISREG(mode):
        target.write_bytes(content)  # a device or a pipe can't be replaced; a folder fails here with its reason
        return
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
