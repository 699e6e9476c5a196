"""Finds the parts of a Word file and what refers to what, in a ZIP package, a flat package or Word 2003's single XML."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dlmatch.errors import DamagedDocument
from dlmatch.reading.archive import Archive
from dlmatch.reading.limits import Budget, LimitReached
from dlmatch.reading.xmltree import Tree, parse

_O = "http://schemas.openxmlformats.org/"
_S = "http://purl.oclc.org/ooxml/"  # the "strict" variety of the same formats
_M = "http://schemas.microsoft.com/office/"
PREFIXES: dict[str, str] = {
    _O + "wordprocessingml/2006/main": "w", _S + "wordprocessingml/main": "w", _M + "word/2003/wordml": "w",
    _O + "officeDocument/2006/relationships": "r", _S + "officeDocument/relationships": "r",
    _O + "package/2006/relationships": "rel", _O + "package/2006/content-types": "ct",
    _O + "markup-compatibility/2006": "mc",
    _O + "drawingml/2006/main": "a", _S + "drawingml/main": "a",
    _O + "drawingml/2006/wordprocessingDrawing": "wp", _S + "drawingml/wordprocessingDrawing": "wp",
    _O + "drawingml/2006/picture": "pic", _S + "drawingml/picture": "pic",
    _O + "drawingml/2006/diagram": "dgm", _S + "drawingml/diagram": "dgm",
    _O + "drawingml/2006/chart": "c", _S + "drawingml/chart": "c",
    _O + "officeDocument/2006/math": "m", _S + "officeDocument/math": "m",
    _M + "word/2010/wordprocessingShape": "wps", _M + "word/2010/wordprocessingGroup": "wpg",
    _M + "word/2010/wordprocessingCanvas": "wpc", _M + "word/2010/wordprocessingDrawing": "wp14", _M + "word/2010/wordml": "w14",
    _M + "word/2003/auxHint": "wx", _M + "2006/xmlPackage": "pkg", "http://schemas.microsoft.com/aml/2001/core": "aml",
    "urn:schemas-microsoft-com:vml": "v", "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10", "http://www.w3.org/XML/1998/namespace": "xml",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """What a part refers to: the last word of the relationship's type, and the name of the other part."""

    kind: str
    target: str


class Package:
    """Parts by name, as trees and as bytes."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.damaged = False
        self.limit: LimitReached | None = None

    def names(self) -> tuple[str, ...]:
        """Every part's name."""
        raise NotImplementedError

    def tree(self, name: str) -> Element | None:
        """A part's XML; None where there is none."""
        raise NotImplementedError

    def raw(self, name: str) -> bytes | None:
        """A part's bytes; None where there is none."""
        raise NotImplementedError

    def links(self, part: str) -> Mapping[str, Link]:
        """Relationship id -> what it refers to. What lies outside the file is never followed."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        found: dict[str, Link] = {}
        for link in root if root is not None else ():
            target = link.get("Target", "")
            if link.get("TargetMode") == "External" or not target:
                continue
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[link.get("Id", "")] = Link(link.get("Type", "").rpartition("/")[2], path)
        return found

    def main(self) -> str:
        """The name of the part that holds the text."""
        for link in self.links("").values():
            if link.kind == "officeDocument" and self.has(link.target):
                return link.target
        for name in ("word/document.xml", *self.names()):
            if name.endswith("document.xml") and self.has(name):
                return name
        raise DamagedDocument("The file lacks the part that holds its text.")

    def has(self, name: str) -> bool:
        """Is there such a part?"""
        return name in self.names()

    def note(self, tree: Tree) -> Element | None:
        """Remembers faults and limits; the text read so far counts."""
        self.damaged = self.damaged or tree.damaged
        self.limit = self.limit or tree.limit
        return tree.root


class ZipPackage(Package):
    """The usual .docx."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        super().__init__(budget)
        self._archive = Archive(data, budget)
        self._names = {name.lower(): name for name in self._archive.names()}  # part names ignore case
        self.damaged = self._archive.repaired

    def names(self) -> tuple[str, ...]:
        return tuple(self._archive.names())

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def tree(self, name: str) -> Element | None:
        real = self._names.get(name.lower())
        return None if real is None else self.note(parse(self._archive.chunks(real), self.budget, PREFIXES))

    def raw(self, name: str) -> bytes | None:
        real = self._names.get(name.lower())
        return None if real is None else self._archive.read(real)


class FlatPackage(Package):
    """One XML file that holds all parts (pkg:package), or Word 2003's w:wordDocument, which is its own main part."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        super().__init__(budget)
        root = self.note(parse((data,), budget, PREFIXES))
        self._parts: dict[str, Element] = {}
        if root is None:
            raise self.limit or DamagedDocument("The XML of the file is broken from the start.")
        if root.tag == "pkg:package":
            for part in root:
                holder = part.find("pkg:xmlData")
                if holder is not None and len(holder):
                    self._parts[part.get("pkg:name", "").lstrip("/")] = holder[0]
        else:
            self._parts["word/document.xml"] = root
            styles = root.find("w:styles")
            if styles is not None:
                self._parts["word/styles.xml"] = styles

    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def tree(self, name: str) -> Element | None:
        return self._parts.get(name)

    def raw(self, name: str) -> bytes | None:
        return None
