"""One input of a batch on its way to a worker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from dlmatch.errors import DlmatchError, every_error

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

    def at(self, position: int) -> Item:
        """The same in its place of the source."""
        return replace(self, position=position)

    @property
    def size(self) -> int:
        """Characters that travel with it."""
        return len(self.text or "")
