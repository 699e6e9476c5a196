"""SOURCE as given on the command line to a stream of inputs in a fixed order, never held in memory as a whole."""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from dlmatch.batch import tables
from dlmatch.batch.items import Item, Spoilt
from dlmatch.batch.tables import Columns
from dlmatch.errors import UsageError

Shape = Literal["folder", "glob", "list", "csv", "jsonl", "parquet"]
TABLES: Final[dict[str, Shape]] = {
    ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
LIST_ENDINGS: Final = (".txt", ".lst", ".list")


@dataclass(slots=True, kw_only=True)
class Source:
    """Where the inputs come from. `items()` may be walked again; `listed()` and `state()` change with what is there."""

    given: str
    shape: Shape
    paths: tuple[Path, ...]
    columns: Columns = field(default_factory=Columns)
    without: tuple[Path, ...] = ()  # what this very run writes is no input of it

    @property
    def is_table(self) -> bool:
        """Whether the inputs are rows: they are told apart by what they hold, files by size and time."""
        return self.shape in ("csv", "jsonl", "parquet")

    def items(self) -> Iterator[Item]:
        """Every input, in order, each with its position."""
        for position, item in enumerate(self._walk()):
            yield item.at(position)

    def listed(self) -> tuple[int | None, str]:
        """How many inputs there are, where that is known without reading them, and a digest of what they are.

        That of files is of names, sizes and times; rows have digests of their own (items.Walk), made as they are read.
        """
        digest = hashlib.sha256(f"{self.shape}\n{self.columns}\n".encode())
        if self.is_table:
            return tables.count(self.shape, self.paths), digest.hexdigest()
        count = 0
        for item in self._walk():
            state = _state(item.path) if item.path else "-"
            digest.update(f"{item.id}\n{state}\n".encode("utf-8", "backslashreplace"))
            count += 1
        return count, digest.hexdigest()

    def state(self) -> str:
        """A digest that changes where the source changes while it is read."""
        if not self.is_table:
            return self.listed()[1]
        digest = hashlib.sha256()
        for path in self.paths:
            digest.update(f"{path.name}\n{_state(path)}\n".encode("utf-8", "backslashreplace"))
            digest.update(_ends_of(path))
        return digest.hexdigest()

    def _walk(self) -> Iterator[Item]:
        if self.shape == "folder":
            return self._files_of(self.paths[0])
        if self.shape == "glob":
            return self._matches()
        if self.shape == "list":
            return _listed(self.paths[0])
        return tables.items(self.shape, self.paths, self.columns)

    def _files_of(self, root: Path) -> Iterator[Item]:
        apart = Apart(self.without)
        start = len(os.path.join(root, ""))
        for path, spoilt in _files_under(str(root)):
            if apart.is_one(path):
                continue
            relative = path[start:].replace(os.sep, "/") or "."
            yield Item(id=relative, name=os.path.basename(path), path=None if spoilt else path, spoilt=spoilt)

    def _matches(self) -> Iterator[Item]:
        apart = Apart(self.without)
        for path in sorted(glob.iglob(self.given, recursive=True)):
            if not os.path.isdir(path) and not apart.is_one(path):
                yield Item(id=Path(path).as_posix(), name=os.path.basename(path), path=path)


class Apart:
    """Files that are no inputs, wherever a link leads to them."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._real = {os.path.realpath(path) for path in paths}
        self._names = {os.path.basename(path) for path in self._real}

    def is_one(self, path: str) -> bool:
        """Whether a path is one of them; only what has such a name, or is a link, is looked at."""
        return (os.path.basename(path) in self._names or os.path.islink(path)) and os.path.realpath(path) in self._real


def find_source(given: str, columns: Columns, without: tuple[Path, ...] = ()) -> Source:
    """What SOURCE names. UsageError where it names nothing, or a table without a column of texts."""
    source = _named(given, columns, without)
    if source.is_table:
        source.columns = tables.resolve(source.shape, source.paths, columns)
    elif columns.any():
        raise UsageError("--text, --id, --title and --location name columns of a table.", given, "Leave them out for files.")
    if next(source.items(), None) is None:
        raise UsageError("There is nothing in it to read.", given, "Name a folder, a pattern, a list or a table with documents.")
    return source


def _named(given: str, columns: Columns, without: tuple[Path, ...]) -> Source:
    def made(shape: Shape, *paths: Path) -> Source:
        return Source(given=given, shape=shape, paths=paths, columns=columns, without=without)

    path = Path(given)
    if given.startswith("@") and not path.exists():
        return made("list", _file(Path(given[1:]), given))
    if path.is_dir():
        parts = _parquet_parts(path)
        return made("parquet", *parts) if parts else made("folder", path)
    shape = TABLES.get(path.suffix.lower())
    if path.exists():
        if shape:
            return made(shape, _file(path, given))
        if path.suffix.lower() in LIST_ENDINGS:
            return made("list", _file(path, given))
        raise UsageError(
            "It is one file.", given, "Use dlmatch resume or dlmatch job for it, or name a folder, a list (.txt) or a table."
        )
    if "://" in given:
        raise not_an_address(given)
    if glob.has_magic(given):
        return made("glob", path)
    raise UsageError("It is not there.", given, "Check the path.")


def not_an_address(given: str) -> UsageError:
    """What is said of hdfs:// and the like where paths alone are known."""
    return UsageError("It is an address, and those are read and written by Spark alone.", given, "Add --engine spark.")


def _file(path: Path, given: str) -> Path:
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        raise UsageError(f"It can't be opened ({error.strerror}).", given, "Check the path.") from None


def _parquet_parts(folder: Path) -> tuple[Path, ...]:
    """The parts of a Parquet data set: a folder in which there is nothing else, save marks that begin with _ or a dot."""
    parts = []
    for path, spoilt in _files_under(str(folder)):
        if os.path.basename(path).startswith("_"):
            continue
        if spoilt or not path.lower().endswith((".parquet", ".pq")):
            return ()
        parts.append(Path(path))
    return tuple(parts)


def _files_under(folder: str) -> Iterator[tuple[str, Spoilt | None]]:
    """Files below a folder, sorted by name, folders in their place. Hidden ones and Office's lock files (~$) are no inputs.

    A link to a folder is not followed: it may lead back. A folder that can't be listed is an input that can't be read.
    """
    names: list[bytes] = []  # nothing but the names is held: 60 MB for a million of them
    folders: set[bytes] = set()
    try:
        with os.scandir(os.fsencode(folder)) as entries:
            for entry in entries:
                if entry.name.startswith((b".", b"~$")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.add(entry.name)
                elif _leads_to_folder(entry):
                    continue
                names.append(entry.name)
    except OSError as error:
        yield folder, Spoilt("wrong-use", f"The folder can't be listed ({error.strerror}).", "Check who may read it.")
        return
    names.sort()
    for name in names:
        path = os.path.join(folder, os.fsdecode(name))
        if name in folders:
            yield from _files_under(path)
        else:
            yield path, None


def _leads_to_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _listed(path: Path) -> Iterator[Item]:
    """A path a line, relative to the list's own folder; empty lines and those that begin with # are left out."""
    with path.open("rb") as lines:
        for line in lines:
            name = os.fsdecode(line.strip().removeprefix(b"\xef\xbb\xbf"))
            if name and not name.startswith("#"):
                yield Item(id=name, name=os.path.basename(name), path=str(path.parent / name))


def _state(path: str | Path) -> str:
    try:
        found = os.stat(path)
    except OSError:
        return "-"
    return f"{found.st_size} {found.st_mtime_ns}"


def _ends_of(path: Path, size: int = 1 << 20) -> bytes:
    """A digest of the first and last megabyte: with size and time, that tells a changed table from a copied one."""
    with path.open("rb") as stream:
        digest = hashlib.sha256(stream.read(size))
        stream.seek(max(0, os.fstat(stream.fileno()).st_size - size))
        digest.update(stream.read(size))
    return digest.digest()
