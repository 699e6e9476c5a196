"""One input of a batch on its way to a worker."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, NamedTuple

from dlmatch.errors import DlmatchError, every_error

DIGEST: Final = 16  # bytes
_BY_SLUG = {kind.slug: kind for kind in every_error()}


class Spoilt(NamedTuple):
    """Why an input can't even be handed over, as the parts of an error."""

    slug: str
    what: str
    next_step: str = ""

    def error(self) -> DlmatchError:
        """The error that the row tells of."""
        return _BY_SLUG.get(self.slug, DlmatchError)(self.what, "", self.next_step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A file (`path`), a text of a table (`text`; None: there is none), or something that could not be had (`spoilt`)."""

    id: str
    name: str = ""
    path: str | None = None
    text: str | None = None
    title: str = ""
    location: str = ""
    spoilt: Spoilt | None = None
    position: int = 0

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as its values, in a fifth of the time that a frozen dataclass takes."""
        return _item, (self.id, self.name, self.path, self.text, self.title, self.location, self.spoilt, self.position)

    def at(self, position: int) -> Item:
        """The same in its place of the source."""
        return _item(self.id, self.name, self.path, self.text, self.title, self.location, self.spoilt, position)

    def digest(self) -> bytes:
        """A digest of all that its row follows from, save what a file holds."""
        told = f"{(self.id, self.name, self.title, self.location, self.spoilt, self.text is None)!r}{self.text or ''}"
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=DIGEST).digest()

    @property
    def size(self) -> int:
        """Characters that travel with it."""
        return len(self.text or "")


def _item(
    id: str, name: str, path: str | None, text: str | None, title: str, location: str, spoilt: Spoilt | None, position: int
) -> Item:
    return Item(id=id, name=name, path=path, text=text, title=title, location=location, spoilt=spoilt, position=position)


class Walk:
    """Inputs as they are taken, each with its digest, until `sealed` asks for those of the next ones that are finished."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._digests: deque[bytes] = deque()

    def __iter__(self) -> Iterator[Item]:
        return self

    def __next__(self) -> Item:
        item = next(self._items)
        self._digests.append(item.digest())
        return item

    def skip(self, count: int) -> str:
        """Pass over so many inputs; gives their digest."""
        for _ in islice(self, count):
            pass
        return self.sealed(count)

    def sealed(self, count: int) -> str:
        """The digest of the next inputs that were taken and not sealed yet."""
        made = hashlib.blake2b(digest_size=DIGEST)
        for _ in range(min(count, len(self._digests))):
            made.update(self._digests.popleft())
        return made.hexdigest()
