"""A folder into the files in it, by name, and those into Documents: in order, a few read ahead, no failure stops the rest."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dlmatch.errors import UsageError
from dlmatch.model.document import Document
from dlmatch.reading.read import read

HIDDEN: Final = (".", "~$")  # how names begin that systems and office programs leave: nobody's resume
READERS: Final = max(1, min(4, os.cpu_count() or 1))  # files are read in processes of their own, these threads only wait
AHEAD: Final = 2 * READERS  # more would only fill the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of a folder: its path within it, with /, and where it is; or a folder that can't be opened, and why."""

    name: str
    path: Path
    problem: str = ""


def files_in(folder: str | os.PathLike[str], leave_out: Collection[str | os.PathLike[str]] = ()) -> tuple[Found, ...]:
    """Every file of a folder and of those within it, by name; UsageError where it is no folder or holds none."""
    top = Path(folder)
    if not top.is_dir():
        what = "It is a file, not a folder." if top.exists() else "There is no such folder."
        raise UsageError(what, str(folder), "Give the folder that holds the documents.")
    left_out = {os.path.realpath(path) for path in leave_out}
    found = [file for file in _walk(top, "") if os.path.realpath(file.path) not in left_out]
    if not found:
        raise UsageError("There is no document in this folder.", str(folder), "Give the folder that holds the documents.")
    return tuple(sorted(found, key=lambda file: file.name))


def read_all(files: Iterable[Found]) -> Iterator[tuple[Found, Document | Exception]]:
    """Each file with its Document, or with what went wrong; in the order given, whichever is read first."""
    with ThreadPoolExecutor(READERS) as readers:
        waiting: deque[tuple[Found, Future[Document | Exception]]] = deque()
        try:
            for file in files:
                waiting.append((file, readers.submit(_read, file)))
                if len(waiting) > AHEAD:
                    first, document = waiting.popleft()
                    yield first, document.result()
            while waiting:
                first, document = waiting.popleft()
                yield first, document.result()
        finally:
            for _, document in waiting:
                document.cancel()


def _read(file: Found) -> Document | Exception:
    """A fault of dlmatch itself in one file must not lose the others, so it is a result like any other."""
    if file.problem:
        return UsageError(f"It can't be opened ({file.problem}).", file.name, "Check the path.")
    try:
        return read(file.path, name=file.name)
    except Exception as error:
        return error


def _walk(folder: Path, within: str) -> Iterator[Found]:
    """A link to a folder is not followed: it may lead back. A folder that can't be listed is a file that can't be read."""
    try:
        names = os.listdir(folder)
    except OSError as error:
        yield Found(name=within or folder.name, path=folder, problem=error.strerror or "the system refused")
        return
    for name in names:
        if name.startswith(HIDDEN):
            continue
        path = folder / name
        if not path.is_dir():
            yield Found(name=f"{within}{name}", path=path)
        elif not path.is_symlink():
            yield from _walk(path, f"{within}{name}/")
