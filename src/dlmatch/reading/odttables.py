"""Columns of OpenDocument tables: which of them can't be seen, and how many of them a cell takes."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dlmatch.reading.gather import names
from dlmatch.reading.numerals import whole
from dlmatch.reading.odtstyles import Styles

_MOST = 100
_COLUMN_GROUPS = names("table:table-columns table:table-header-columns table:table-column-group")


def hidden_columns(table: Element, styles: Styles) -> list[str | None]:
    """Why each column can't be seen."""
    found: list[str | None] = []
    for column in _columns(table):
        hidden = styles.block(column.get("table:style-name"), "table-column").hidden
        if column.get("table:visibility") in ("collapse", "filter"):
            hidden = "a hidden table column"
        found += [hidden] * repeated(column)
    return found


def repeated(element: Element) -> int:
    """How often a column or cell stands there."""
    return _count(element, "table:number-columns-repeated")


def spanned(cell: Element) -> int:
    """Over how many columns a cell reaches."""
    return _count(cell, "table:number-columns-spanned")


def _columns(container: Element) -> Iterator[Element]:
    for child in container:
        if child.tag == "table:table-column":
            yield child
        elif child.tag in _COLUMN_GROUPS:
            yield from _columns(child)


def _count(element: Element, key: str) -> int:
    count = whole(element.get(key, "1"))
    return 1 if count is None else max(0, min(count, _MOST))
