"""Elements that a Word file leaves out and the walk through it needs, and values that are looked up in others."""

from __future__ import annotations

from xml.etree.ElementTree import Element


def value(properties: Element | None, tag: str) -> str | None:
    """The w:val of a property."""
    found = properties.find(tag) if properties is not None else None
    return found.get("w:val") if found is not None else None


def holder(block: Element) -> Element:
    """A container with this one block."""
    return _around("w:holder", block)


def paragraph_of(run: Element) -> Element:
    """A paragraph with this one run."""
    return _around("w:p", run)


def text_run(text: str) -> Element:
    """A run of plain text."""
    piece = Element("w:t")
    piece.text = text
    return _around("w:r", piece)


def _around(tag: str, inner: Element) -> Element:
    outer = Element(tag)
    outer.append(inner)
    return outer
