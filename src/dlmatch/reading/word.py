"""Word files (DOCX, DOCM, DOTX, flat and 2003 XML) to all of their visible text, in reading order."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from dlmatch.errors import DamagedDocument, DlmatchError
from dlmatch.model.document import BlockKind, Document
from dlmatch.reading.gather import Gathering, has_letters
from dlmatch.reading.limits import LimitReached, spending
from dlmatch.reading.visible import WHITE
from dlmatch.reading.wordlines import Around
from dlmatch.reading.wordparts import FlatPackage, Package, ZipPackage
from dlmatch.reading.wordstyles import Styles, Theme, is_on
from dlmatch.reading.wordwalk import Walk

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOTES = (("w:footnote", "footnotes"), ("w:endnote", "endnotes"))


def read_word(data: bytes, name: str) -> Document:
    """A Word file as it is usually saved."""
    with spending() as budget:
        return _read(ZipPackage(data, budget), "word")


def read_word_xml(data: bytes, name: str) -> Document:
    """A Word file as one XML file."""
    with spending() as budget:
        return _read(FlatPackage(data, budget), "word-xml")


def _read(package: Package, reader: str) -> Document:
    gathering = Gathering(package.budget)
    gathering.run(lambda: _File(package, gathering).read())
    if package.limit is not None:
        gathering.stop(package.limit)
    if package.damaged:
        if not has_letters(gathering.text):
            raise DamagedDocument("The file is cut or broken, and no text could be saved from it.")
        gathering.warn("damaged", "The file is cut or broken; what could be read of it is here.")
    return gathering.document(reader, MEDIA_TYPE)


class _File:
    """One Word file: its headers, body, notes and footers."""

    def __init__(self, package: Package, gathering: Gathering) -> None:
        self.package = package
        self.gathering = gathering
        self.main = package.main()
        self.links = package.links(self.main)
        self.settings = self._linked("settings")
        self.styles = Styles(self._linked("styles"), Theme(self._linked("theme")))
        self.covered = 0

    def _linked(self, kind: str) -> Element | None:
        for link in self.links.values():
            if link.kind == kind:
                return self.package.tree(link.target)
        return self.package.tree(f"word/{kind}.xml")

    def read(self) -> None:
        root = self.package.tree(self.main)
        if root is None:
            raise self.package.limit or DamagedDocument("The part of the file that holds its text is broken from the start.")
        body = root.find("w:body")
        story = body if body is not None else root
        sections = list(story.iter("w:sectPr"))
        for part in self._parts_of(sections, "w:headerReference", "w:hdr"):
            self._part(part, "header")
        around = Around(ground=self._page_colour(root))
        walk = self._walk(self.main)
        walk.story(story, around)
        for tag, part_kind in _NOTES:
            self._notes(tag, part_kind, walk)
        for part in self._parts_of(sections, "w:footerReference", "w:ftr"):
            self._part(part, "footer")

    def _walk(self, part: str) -> Walk:
        walk = Walk(self.gathering, self.styles, self.package.links(part), self._embed)
        walk.covered = self.covered
        return walk

    def _page_colour(self, root: Element) -> tuple[int, int, int]:
        """The background of the pages, which is only shown where the settings say so."""
        page = root.find("w:background")
        if page is None or self.settings is None or not is_on(self.settings.find("w:displayBackgroundShape")):
            return WHITE
        return self.styles.theme.colour(page, "color", "themeColor") or WHITE

    def _parts_of(self, sections: list[Element], reference: str, inline: str) -> list[str | Element]:
        """Headers or footers that some page shows: the first page's only where a section asks for one, those of even
        pages only where the settings do."""
        even = self.settings is not None and is_on(self.settings.find("w:evenAndOddHeaders"))
        first = any(is_on(section.find("w:titlePg")) for section in sections)
        shown = {"default": True, "odd": True, "even": even, "first": first}
        found: dict[str | Element, None] = {}
        for section in sections:
            for mark in section.iter(reference):
                link = self.links.get(mark.get("r:id", ""))
                if link is not None and shown.get(mark.get("w:type", "default"), True):
                    found.setdefault(link.target)
            for own in section.findall(inline):
                found.setdefault(own)
        return list(found)

    def _part(self, part: str | Element, kind: BlockKind) -> None:
        root = self.package.tree(part) if isinstance(part, str) else part
        if root is not None:
            walk = self._walk(part if isinstance(part, str) else self.main)
            walk.story(root, Around(kind=kind))
            self.covered = max(self.covered, walk.covered)

    def _notes(self, tag: str, part_kind: str, walk: Walk) -> None:
        wanted = {key.split(" ")[1]: None for key in walk.notes if key.startswith(tag + " ")}
        link = next((link for link in self.links.values() if link.kind == part_kind), None)
        root = self.package.tree(link.target) if link is not None and wanted else None
        if root is None or link is None:
            return
        notes = {note.get("w:id", ""): note for note in root.findall(tag)}
        inner = self._walk(link.target)
        for identity in wanted:
            if identity in notes:
                inner.story(notes[identity], Around(kind="note"))

    def _embed(self, kind: str, target: str) -> None:
        if kind == "altChunk":
            self._chunk(target)
            return
        root = self.package.tree(target)
        for paragraph in root.iter("a:p") if root is not None else ():
            self.gathering.line("".join(piece.text or "" for piece in paragraph.iter("a:t")))

    def _chunk(self, target: str) -> None:
        """A whole file of another kind, shown in place."""
        from dlmatch.reading.formats import parse_embedded

        data = self.package.raw(target)
        if not data:
            return
        try:
            self.gathering.include(parse_embedded(data, target))
        except DlmatchError as error:
            self.gathering.warn("embedded-unread", f"A file inside the file was not read ({error.slug}).")
        except LimitReached as limit:
            self.gathering.warn(f"limit-{limit.name}", f"Only a part was read: {limit.sentence}")
