"""A fault in taxonomy/ or seeds/, with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dlmatch.errors import TaxonomyInvalid


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """`where` is file:line or file:$.path; `what` says what is wrong there and what would be right."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def refuse(faults: Iterable[Fault]) -> None:
    """Raises TaxonomyInvalid with all faults, in order, if there is any."""
    found = tuple(dict.fromkeys(faults))
    if found:
        number = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        raise TaxonomyInvalid(f"{number} in taxonomy/ or seeds/.", faults=tuple(str(fault) for fault in found))
