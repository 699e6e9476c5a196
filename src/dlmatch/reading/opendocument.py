"""OpenDocument text (ODT, OTT, flat FODT, and OpenOffice 1's SXW) to its visible text in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from dlmatch.errors import DamagedDocument, EncryptedDocument
from dlmatch.model.document import BlockKind, Document
from dlmatch.reading.archive import Archive
from dlmatch.reading.gather import Gathering, Passage, has_letters, names
from dlmatch.reading.limits import Budget, LimitReached, spending
from dlmatch.reading.odtshapes import why_box_hidden
from dlmatch.reading.odtstyles import LOCAL, Look, Styles, length
from dlmatch.reading.odttables import hidden_columns, repeated, spanned
from dlmatch.reading.visible import RGB, WHITE, is_dark
from dlmatch.reading.xmltree import first, parse

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
# Not text, or not shown: deleted text, comments, declarations, forms, descriptions of pictures.
_SILENT = names(
    "text:tracked-changes office:annotation office:annotation-end office:forms text:sequence-decls text:variable-decls "
    "text:user-field-decls text:dde-connection-decls text:alphabetical-index-auto-mark-file svg:title svg:desc table:table- "
    "column table:table-columns table:table-header-columns text:note-citation text:change text:change-start text:change-end "
    "text:bookmark text:reference-mark text:toc-mark text:index-title-template text:table-of-content-source "
    "text:illustration-index-source text:alphabetical-index-source text:bibliography-source text:user-index-source "
    "text:object-index-source text:table-index-source office:event-listeners script:event-listener office:scripts "
    "office:settings draw:glue-point office:dde-source text:meta-data text:tracked-change table:tracked-changes "
    "table:shapes-data office:binary-data text:script"
)
_SPACES = 1_000  # at most for one text:s, whatever it asks for
# As in Word files: a floating shape lies under as many lines of 10 points as it is high, a tall one under any.
_LINE = 10.0
_WHOLE_PAGE = 400.0


def read_opendocument(data: bytes, name: str) -> Document:
    """An OpenDocument text."""
    with spending() as budget:
        file = _File(data, budget)
        gathering = file.gathering
        gathering.run(file.read)
        if file.limit is not None:
            gathering.stop(file.limit)
        if file.damaged:
            if not has_letters(gathering.text):
                raise DamagedDocument("The file is cut or broken, and no text could be saved from it.")
            gathering.warn("damaged", "The file is cut or broken; what could be read of it is here.")
        return gathering.document("opendocument", MEDIA_TYPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What holds for a paragraph from outside."""

    ground: RGB | None = WHITE
    hidden: str | None = None
    kind: BlockKind | None = None
    item: bool = False


class _File:
    """One file: its styles, the headers of its pages, its text."""

    def __init__(self, data: bytes, budget: Budget) -> None:
        self.gathering = Gathering(budget)
        self.damaged = False
        self.limit: LimitReached | None = None
        self._budget = budget
        self._archive = Archive(data, budget) if data.startswith(b"PK") else None
        if self._archive is not None:
            self.damaged = self._archive.repaired
            if "META-INF/manifest.xml" in self._archive and b"encryption-data" in self._archive.read("META-INF/manifest.xml"):
                raise EncryptedDocument("The file is protected by a password.")
        self._flat = None if self._archive is not None else self._tree((data,))
        self._notes: list[tuple[Element, Around]] = []
        self._columns: list[list[str | None]] = []  # of each open table, why a column can't be seen
        self._covered = 0  # paragraphs to come that a dark floating shape may lie under

    def _tree(self, chunks: Iterable[bytes]) -> Element | None:
        tree = parse(chunks, self._budget, LOCAL)
        self.damaged = self.damaged or tree.damaged
        self.limit = self.limit or tree.limit
        return tree.root

    def _part(self, name: str) -> Element | None:
        if self._archive is None:
            return self._flat
        return self._tree(self._archive.chunks(name)) if name in self._archive else None

    def read(self) -> None:
        sheet, content = self._part("styles.xml"), self._part("content.xml")
        if content is None:
            raise self.limit or DamagedDocument("The part of the file that holds its text is missing or broken.")
        self.styles = Styles([root for root in (sheet, content) if root is not None])
        body = first(content, "office:text")
        if body is None:
            body = first(content, "office:body")
        if body is None:
            raise self.limit or DamagedDocument("The file holds no text document.")
        masters = [page for root in (sheet, content) if root is not None for page in root.iter("style:master-page")]
        if self._archive is None:
            masters = masters[: len(masters) // 2]  # a flat file is both its own sheet and content
        masters = _used(masters, [root for root in (sheet, content) if root is not None])
        page = next((ground for ground in map(self.styles.page_ground, masters) if ground is not None), WHITE)
        around = Around(ground=page)
        self._edges(masters, "header", around)
        self._blocks(body, around)
        for note, outside in self._notes:
            self._blocks(note, replace(outside, kind="note"))
        self._edges(masters, "footer", around)

    def _edges(self, masters: list[Element], edge: BlockKind, around: Around) -> None:
        for master in masters:
            for child in master:
                if child.tag.startswith(f"style:{edge}") and child.get("style:display", "true") != "false":
                    self._blocks(child, replace(around, kind=edge))

    def _blocks(self, container: Element, around: Around) -> None:
        for child in container:
            tag = child.tag
            if tag in ("text:p", "text:h"):
                self._paragraph(child, around)
            elif tag in ("text:list-item", "text:list-header"):
                self._blocks(child, replace(around, item=tag == "text:list-item"))
            elif tag == "table:table-row":
                self._row(child, around)
            elif tag.startswith("draw:"):
                self._box(child, around)
            elif tag == "table:table":
                self._columns.append(hidden_columns(child, self.styles))
                self._blocks(child, self._inside(child, around))
                self._columns.pop()
            elif tag not in _SILENT:
                self._blocks(child, self._inside(child, around))

    def _inside(self, element: Element, around: Around) -> Around:
        """A section, table or index may be hidden or paint a ground."""
        hidden = around.hidden
        display = element.get("text:display")
        if display == "none" or (display == "condition" and element.get("text:is-hidden") == "true"):
            hidden = hidden or "a hidden section"
        style = element.get("text:style-name") or element.get("table:style-name")
        if style is None:
            return around if hidden == around.hidden else replace(around, hidden=hidden)
        look = self.styles.block(style, "section" if element.tag == "text:section" else "table")
        if look.hidden:
            hidden = hidden or look.hidden
        return replace(around, hidden=hidden, ground=look.ground or around.ground)

    def _row(self, row: Element, around: Around) -> None:
        hidden = around.hidden
        look = self.styles.block(row.get("table:style-name"), "table-row")
        if row.get("table:visibility") in ("collapse", "filter"):
            hidden = hidden or "a hidden table row"
        around = replace(around, hidden=hidden or look.hidden, ground=look.ground or around.ground)
        self.gathering.open_row()
        try:
            columns = self._columns[-1] if self._columns else []
            at = 0
            for cell in row:
                gone = columns[at] if at < len(columns) else None
                if cell.tag in ("table:table-cell", "table:covered-table-cell"):
                    at += repeated(cell)
                if cell.tag == "table:table-cell" and gone is not None and spanned(cell) == 1:
                    self.gathering.open_cell()
                    self._blocks(cell, replace(around, hidden=around.hidden or gone, item=False))
                elif cell.tag == "table:table-cell":
                    self.gathering.open_cell()
                    painted = self.styles.block(cell.get("table:style-name"), "table-cell").ground
                    self._blocks(cell, replace(around, ground=painted or around.ground, item=False))
                elif cell.tag == "table:covered-table-cell":
                    self.gathering.open_cell()
                    self._blocks(cell, replace(around, hidden=around.hidden or "a cell merged into another one"))
        finally:
            self.gathering.close_row()

    def _paragraph(self, paragraph: Element, around: Around) -> None:
        style = paragraph.get("text:style-name")
        base = self.styles.look("paragraph", style)
        ground = base.block_ground or around.ground
        if self._covered:
            self._covered -= 1
            ground = None if ground == WHITE else ground
        hidden = around.hidden or base.hidden_block
        if hidden is None and any(mark.get("text:is-hidden") == "true" for mark in paragraph.iter("text:hidden-paragraph")):
            hidden = "a hidden paragraph"
        line = _Line(hidden, self.gathering)
        self._inline(paragraph, base, ground, line)
        heading = paragraph.tag == "text:h" or self.styles.is_heading(style)
        kind: BlockKind = around.kind or ("heading" if heading else "item" if around.item else "paragraph")
        self.gathering.line(line.passage.take(), kind)
        for box in line.boxes:
            self._box(box, replace(around, hidden=line.hidden))
        self._notes.extend((note, replace(around, hidden=line.hidden)) for note in line.notes)

    def _inline(self, element: Element, look: Look, ground: RGB | None, line: _Line) -> None:
        why = line.hidden or look.why_unseen(ground)
        line.passage.put(_one_space(element.text), why)
        for child in element:
            self._child(child, look, ground, line, why)
            line.passage.put(_one_space(child.tail), why)

    def _child(self, child: Element, look: Look, ground: RGB | None, line: _Line, why: str | None) -> None:
        tag = child.tag
        if tag == "text:s":
            count = child.get("text:c", "1")
            line.passage.put(" " * min(int(count) if count.isdecimal() and len(count) < 9 else 1, _SPACES), why)
        elif tag == "text:tab":
            line.passage.put("\t", why)
        elif tag == "text:line-break":
            line.passage.put("\n", why)
        elif tag == "text:note":
            if why is None:
                line.notes.extend(part for part in child if part.tag == "text:note-body")
        elif tag in ("text:hidden-text", "text:hidden-paragraph") or child.get("text:display") == "none":
            shown = child.get("text:is-hidden") == "false" or (tag == "text:hidden-paragraph")
            words = "".join(child.itertext()) or child.get("text:string-value", "")
            line.passage.put(words, why if shown else "a hidden text field")
        elif tag in ("text:p", "text:h", "text:list", "table:table") or tag.startswith("draw:"):
            if tag == "draw:a":
                line.boxes.extend(child)
            else:
                line.boxes.append(child)
        elif tag not in _SILENT:
            named = child.get("text:style-name")
            inner = (
                self.styles.over(look, named)
                if named and tag in ("text:span", "text:a", "text:ruby-base", "text:ruby-text")
                else look
            )
            self._inline(child, inner, ground, line)

    def _box(self, box: Element, around: Around) -> None:
        """A frame, text box or shape, and what stands in it."""
        look = self.styles.block(box.get("draw:style-name"), "graphic")
        hidden = around.hidden or why_box_hidden(box)
        ground = None if look.picture else look.ground or around.ground
        if look.floats and (box.tag == "draw:image" or look.picture or (look.ground is not None and is_dark(look.ground))):
            height = length(box.get("svg:height")) or 0.0
            self._covered = max(self._covered, 1_000_000 if height > _WHOLE_PAGE else int(height / _LINE) + 2)
        inner = replace(around, hidden=hidden, ground=ground)
        if box.tag in ("text:p", "text:h", "text:list", "table:table"):
            self._blocks(_one(box), around)
            return
        for child in box:
            if child.tag in ("text:p", "text:h"):
                self._paragraph(child, inner)
            elif child.tag.startswith("draw:"):
                self._box(child, inner)
            elif child.tag not in _SILENT:
                self._blocks(_one(child), inner)


class _Line:
    """One paragraph while it is put together."""

    __slots__ = ("boxes", "hidden", "notes", "passage")

    def __init__(self, hidden: str | None, gathering: Gathering) -> None:
        self.hidden = hidden
        self.passage = Passage(gathering)
        self.boxes: list[Element] = []
        self.notes: list[Element] = []


def _used(masters: list[Element], roots: list[Element]) -> list[Element]:
    """The page styles that some page has: the first, and those that a paragraph's style or another page calls for."""
    named = {style.get("style:master-page-name") for root in roots for style in root.iter("style:style")}
    named |= {master.get("style:next-style-name") for master in masters}
    return [m for at, m in enumerate(masters) if at == 0 or m.get("style:name") in ("Standard", "First_20_Page", *named)]


def _one_space(text: str | None) -> str:
    """OpenDocument writes several spaces as text:s; line ends in the XML are only spaces."""
    if not text:
        return ""
    if "\n" in text or "\t" in text or "  " in text or "\r" in text:
        squeezed = " ".join(text.split())
        return (" " if text[0].isspace() else "") + squeezed + (" " if text[-1].isspace() and squeezed else "")
    return text


def _one(block: Element) -> Element:
    holder = Element("office:holder")
    holder.append(block)
    return holder
