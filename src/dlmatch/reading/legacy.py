"""Legacy Word files (.doc of 1997 to 2003) through antiword or LibreOffice, whichever is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from dlmatch.errors import DamagedDocument, LimitExceeded, MissingExtra
from dlmatch.model.document import Document
from dlmatch.reading import sandbox
from dlmatch.reading.gather import Gathering
from dlmatch.reading.limits import CONVERTER_SECONDS, MAX_INPUT_BYTES, spending
from dlmatch.reading.text import decode

MEDIA_TYPE = "application/msword"
_INSTEAD = "Save it as .docx or PDF and try that copy; LibreOffice, where installed, opens more of such files than antiword."
_OFFICES = ("soffice", "libreoffice")


def read_legacy(data: bytes, name: str) -> Document:
    """A .doc from bytes. LibreOffice first: it keeps headings, tables and what is hidden; antiword gives bare text."""
    office = next((found for found in map(shutil.which, _OFFICES) if found), None)
    antiword = shutil.which("antiword")
    if office is None and antiword is None:
        raise MissingExtra(
            "Reading a legacy .doc takes LibreOffice or antiword, and neither is installed.",
            next_step="Install one of them, or save the file as .docx or PDF and try again.",
        )
    with tempfile.TemporaryDirectory(prefix="dlmatch-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        if office is not None:
            return _through_office(office, source, Path(folder))
        assert antiword is not None
        output = _run([antiword, "-m", "UTF-8.txt", "-w", "0", str(source)], folder)
    return _lines(decode(output)[0] if output else "")


def _lines(text: str) -> Document:
    """antiword leaves hidden text out by itself, and draws tables with bars."""
    with spending() as budget:
        gathering = Gathering(budget)

        def read() -> None:
            for line in text.split("\n"):
                if line.startswith("|") and line.rstrip().endswith("|"):
                    gathering.row(line.strip().strip("|").split("|"))
                else:
                    gathering.line(line)

        gathering.run(read)
        return gathering.document("antiword", MEDIA_TYPE)


def _through_office(office: str, source: Path, folder: Path) -> Document:
    """Converted to .docx, and that read like any other, in the sandbox."""
    profile = (folder / "profile").as_uri()  # its own profile: a running LibreOffice would refuse, and macros stay off
    command = [
        office,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--norestore",
        "--safe-mode",
        "--convert-to",
        "docx",
        "--outdir",
    ]
    _run([*command, str(folder), str(source)], str(folder))
    made = folder / "document.docx"
    if not made.is_file() or made.stat().st_size > MAX_INPUT_BYTES:
        raise DamagedDocument("LibreOffice could not open it.")
    document = sandbox.run("docx", made.read_bytes(), source.name)
    return replace(document, reader="libreoffice", media_type=MEDIA_TYPE)


def _run(command: list[str], folder: str) -> bytes:
    """The program's output. It and all it started end after CONVERTER_SECONDS."""
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        env={**os.environ, "HOME": folder},
    )  # fmt: skip
    try:
        output, _ = process.communicate(timeout=CONVERTER_SECONDS)
    except subprocess.TimeoutExpired:
        raise LimitExceeded(
            f"The limit on time was reached: converting it takes more than {CONVERTER_SECONDS:g} seconds."
        ) from None
    finally:
        _end(process)
    if process.returncode:
        program = Path(command[0]).name
        raise DamagedDocument(f"{program} could not open it (exit code {process.returncode}).", next_step=_INSTEAD)
    return output[:MAX_INPUT_BYTES]


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    process.wait()
