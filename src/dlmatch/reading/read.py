"""Takes a path, bytes or an open file and gives its Document, or exactly one typed error."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from dlmatch.errors import DlmatchError, DocumentTooLarge, EmptyDocument, NoTextLayer, UsageError
from dlmatch.model.document import Document, ReadWarning
from dlmatch.reading import formats, sandbox
from dlmatch.reading.gather import has_letters
from dlmatch.reading.limits import MAX_INPUT_BYTES, MEGABYTE
from dlmatch.reading.text import read_string


class Begun:
    """A file whose reading has begun: a worker is at it while this process does something else, such as loading spaCy.

    `read` takes it in place of the path. Whatever is wrong with the file is said then.
    """

    __slots__ = ("_asked", "_data", "_name", "_path")

    def __init__(self, path: str | os.PathLike[str], *, name: str = "") -> None:
        self._path, self._name, self._data = path, name, b""
        self._asked: sandbox.Begun | None = None
        with suppress(DlmatchError):
            self._data, self._name = bytes_of(path, name)
            form = formats.detect(self._data, self._name)
            if form.isolated and sandbox.available():
                self._asked = sandbox.Begun(form.key, self._data, self._name, seconds=form.seconds, memory=form.memory)

    def given(self) -> tuple[bytes, str, sandbox.Begun | None]:
        """The bytes, the name, and what a worker was asked; errors of the path."""
        asked, self._asked = self._asked, None
        data, name = (self._data, self._name) if self._data else bytes_of(self._path, self._name)
        return data, name, asked


def read(source: str | os.PathLike[str] | bytes | BinaryIO | Begun, *, name: str = "", isolate: bool | None = None) -> Document:
    """The visible text of a file. `isolate` None: in a worker process, save for plain text; False: here; True: always there."""
    asked = None
    if isinstance(source, Begun):
        data, name, asked = source.given()
    else:
        data, name = bytes_of(source, name)
    try:
        form = formats.detect(data, name)
        document = _read_as(form, data, name, isolate, asked)
    except DlmatchError as error:
        if error.where or not name:
            raise
        raise type(error)(error.what, name, error.next_step) from None
    return _finished(document, data, name)


def read_text(text: str, name: str = "") -> Document:
    """A text that is at hand already, as a Document."""
    return _finished(read_string(text), text.encode("utf-8", "replace"), name)


def warm() -> None:
    """Start a worker in the background, to have it ready when the first file is read."""
    sandbox.warm()


def _read_as(form: formats.Format, data: bytes, name: str, isolate: bool | None, asked: sandbox.Begun | None) -> Document:
    wanted = form.isolated if isolate is None else isolate and form.key != "doc"
    if not wanted:
        return formats.parse(form.key, data, name)
    if not sandbox.available():
        document = formats.parse(form.key, data, name)
        message = "Read in this process: worker processes can't be started here, so time and memory are only counted."
        return replace(document, warnings=(*document.warnings, ReadWarning(code="not-isolated", message=message)))
    try:
        if asked is not None:
            return asked.document()
        return sandbox.run(form.key, data, name, seconds=form.seconds, memory=form.memory)
    except NoTextLayer as error:
        return _recognised(form, data, name, error)


def _recognised(form: formats.Format, data: bytes, name: str, error: NoTextLayer) -> Document:
    """A scan goes on to the letter recogniser where one is installed."""
    from dlmatch.reading import ocr

    if form.key != "pdf" or not ocr.available():
        raise error
    scan = formats.of_key("scan")
    return sandbox.run(scan.key, data, name, seconds=scan.seconds, memory=scan.memory)


def _finished(document: Document, data: bytes, name: str) -> Document:
    if not has_letters(document.text):
        hidden = " All of its text is hidden." if any(f.code == "hidden-text" for f in document.findings) else ""
        raise EmptyDocument(f"There is not one letter in it that can be seen.{hidden}", name)
    from hashlib import sha256  # not loaded by a worker, which comes by this module too

    return replace(document, name=name or document.name, sha256=sha256(data).hexdigest(), size=len(data))


def bytes_of(source: str | os.PathLike[str] | bytes | BinaryIO, name: str) -> tuple[bytes, str]:
    """The bytes of a source, within the limit, and its name."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _within_limit(bytes(source), name), name
    if isinstance(source, (str, os.PathLike)):
        try:
            path = Path(source)
        except TypeError:
            raise UsageError("A path must be text.", next_step="Give a path, bytes or an open binary file.") from None
        return _of_path(path, name or path.name)
    if not hasattr(source, "read"):
        raise UsageError(f"A {type(source).__name__} can't be read.", next_step="Give a path, bytes or an open binary file.")
    label = getattr(source, "name", "")
    return _of_stream(source, name or (Path(label).name if isinstance(label, str) else ""))


def _of_path(path: Path, name: str) -> tuple[bytes, str]:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError("It is a folder, not a file.", str(path), "Use dlmatch batch or dlmatch rank for a folder.")
        if not stat.S_ISREG(mode):
            raise UsageError(
                "It is not an ordinary file.", str(path), "Copy its content to a file, or give it as standard input (-)."
            )
        with path.open("rb") as stream:
            return _of_stream(stream, name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path can't be used"
        raise UsageError(f"It can't be opened ({reason}).", str(path).replace("\0", "\\0"), "Check the path.") from None


def _of_stream(stream: BinaryIO, name: str) -> tuple[bytes, str]:
    pieces: list[bytes] = []
    size = 0
    while size <= MAX_INPUT_BYTES:
        try:
            piece = stream.read(MAX_INPUT_BYTES + 1 - size)
        except (OSError, ValueError) as error:
            raise UsageError(
                f"It can't be read ({type(error).__name__}).", name, "Open it in binary mode and try again."
            ) from None
        if isinstance(piece, str):
            raise UsageError("The file is open in text mode.", name, "Open it in binary mode ('rb').")
        if not piece:
            break
        pieces.append(piece)
        size += len(piece)
    return _within_limit(b"".join(pieces), name), name


def _within_limit(data: bytes, name: str) -> bytes:
    if len(data) > MAX_INPUT_BYTES:
        raise DocumentTooLarge(f"It is larger than {MAX_INPUT_BYTES // MEGABYTE} MB (limit input-bytes).", name)
    if not data.strip(b"\0 \t\r\n"):
        raise EmptyDocument("The file is empty.", name)
    return data
