"""Walks the body, a header or the notes of a Word file in reading order and hands every visible line on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from dlmatch.reading import wordshapes
from dlmatch.reading.gather import Gathering, names
from dlmatch.reading.visible import WHITE
from dlmatch.reading.wordelements import holder, paragraph_of, text_run, value
from dlmatch.reading.wordlines import UNASKED, Around, Line, chosen, flat, unseen, vml_shapes
from dlmatch.reading.wordparts import Link
from dlmatch.reading.wordruns import Fields, direct_says, heading_or_item, line_hidden, matched_fields, row_hidden, symbol
from dlmatch.reading.wordstyles import Styles, shading
from dlmatch.reading.wordtables import Grid
from dlmatch.reading.xmltree import down

# Not text, or not shown: properties, deleted text, field codes, marks of comments, data.
_SILENT = names(
    "w:pPr w:rPr w:tblPr w:tblGrid w:trPr w:tcPr w:sectPr w:sdtPr w:sdtEndPr w:smartTagPr w:customXmlPr w:fldData w:ffData "
    "w:del w:moveFrom w:delText w:instrText w:delInstrText w:annotationRef w:commentReference w:binData w:tblPrEx "
    "w:tblPrExChange w:docPartPr m:rPr m:ctrlPr o:OLEObject w:permStart w:permEnd w:proofErr w:bookmarkStart w:bookmarkEnd "
    "w:rubyPr w:listPr w:control w:movie wp:docPr wp:positionH wp:positionV pic:pic wps:spPr wps:style wps:bodyPr "
    "v:imagedata v:fill v:stroke v:path v:formulas"
)
# Lines of 10 points: how many paragraphs a floating shape of some height can lie under at most.
_LINE = 10.0
# A floating shape as tall as this (a sidebar, a page background) may lie under any paragraph.
_WHOLE_PAGE = 400.0


class Walk:
    """One part (body, header, notes) on its way to lines."""

    def __init__(
        self, gathering: Gathering, styles: Styles, links: Mapping[str, Link], embed: Callable[[str, str], None]
    ) -> None:
        self.gathering = gathering
        self.styles = styles
        self.links = links
        self.embed = embed  # takes the kind and the name of a part whose text belongs here
        self.notes: dict[str, None] = {}  # "w:footnote 3" for every note that visible text refers to
        self.sections: list[Element] = []
        self.covered = 0  # paragraphs to come that a dark floating shape may lie under
        self._carried = ""
        self._fields = Fields(frozenset())
        self._handlers: dict[str, Callable[[Element, Line], None]] = {
            "w:r": self._run,
            "m:r": self._sign,
            "m:phant": self._phantom,
            "w:ruby": self._ruby,
            "w:drawing": self._drawing,
            "w:pict": self._pict,
            "w:object": self._pict,
            "w:p": lambda inner, line: line.floating.append(inner),
            "w:tbl": lambda inner, line: line.floating.append(inner),
            "aml:annotation": self._annotation,
            "mc:AlternateContent": lambda inner, line: self._inline(chosen(inner), line),
            "m:t": lambda inner, line: self._put(inner.text or "", line),
            "dgm:relIds": lambda inner, line: self._diagram(inner),
            "c:chart": lambda inner, line: self._chart(inner),
        }

    def story(self, root: Element, around: Around) -> None:
        """All blocks below `root`."""
        outer = self._fields
        self._fields = Fields(matched_fields(root))
        try:
            self.blocks(root, around)
        finally:
            self._fields = outer
        if self._carried:
            carried, self._carried = self._carried, ""
            self.gathering.line(carried, around.kind or "paragraph")

    def blocks(self, container: Element, around: Around) -> None:
        for child in container:
            tag = child.tag
            if tag == "w:p":
                self._paragraph(child, around)
            elif tag == "w:tbl":
                self._table(child, around)
            elif tag == "w:altChunk":
                link = self.links.get(child.get("r:id", ""))
                if link is not None and around.hidden is None:
                    self.embed("altChunk", link.target)
            elif tag == "mc:AlternateContent":
                self.blocks(chosen(child), around)
            elif tag == "aml:annotation":
                if child.get("w:type") != "Word.Deletion":
                    self.blocks(child, around)
            elif tag == "w:sectPr":
                self.sections.append(child)
            elif tag in ("w:r", "w:hyperlink", "w:fldSimple"):  # runs outside a paragraph: broken, and shown
                self._lone(child, around)
            elif tag not in _SILENT:
                self.blocks(child, around)

    def _lone(self, run: Element, around: Around) -> None:
        self._paragraph(paragraph_of(run), around)

    def _paragraph(self, paragraph: Element, around: Around) -> None:
        properties = paragraph.find("w:pPr")
        chain = self.styles.of_paragraph(value(properties, "w:pStyle"))
        ground = around.ground
        for style in chain:
            ground = style.ground or ground
        if properties is not None:
            ground = shading(properties.find("w:shd"), self.styles.theme) or ground
            section = properties.find("w:sectPr")
            if section is not None:
                self.sections.append(section)
        if self.covered:
            self.covered -= 1
            if ground == WHITE:
                ground = None
        hidden = around.hidden or line_hidden(*(style.paragraph for style in chain), properties)
        line = Line(self.gathering, ground, chain, around, hidden)
        self._inline(paragraph, line)
        self._finish(line, properties, around)

    def _finish(self, line: Line, properties: Element | None, around: Around) -> None:
        text = self._carried + line.passage.take()
        self._carried = ""
        mark = properties.find("w:rPr") if properties is not None else None
        if mark is not None and mark.find("w:del") is not None and not line.floating:
            self._carried = text  # the end of this paragraph is deleted: the next one follows on the same line
            return
        if text:
            self.gathering.line(text, around.kind or heading_or_item(properties, line.chain))
        for block in line.floating:
            inner = replace(around, hidden=line.hidden)
            self.blocks(holder(block), inner)
        for shape, ground, hidden in line.boxes:
            self.blocks(shape, replace(around, ground=ground, hidden=line.hidden or hidden, table=()))

    def _inline(self, container: Element, line: Line) -> None:
        for child in container:
            handler = self._handlers.get(child.tag)
            if handler is not None:
                handler(child, line)
            elif child.tag not in _SILENT:
                self._inline(child, line)

    def _annotation(self, annotation: Element, line: Line) -> None:
        if annotation.get("w:type") not in ("Word.Deletion", "Word.Comment", "Word.Formatting"):
            self._inline(annotation, line)

    def _run(self, run: Element, line: Line) -> None:
        line.why = line.hidden or self._why(run, line)
        for child in run:
            tag = child.tag
            if tag == "w:t":
                self._put(child.text or "", line)
            elif tag in ("w:tab", "w:ptab"):
                self._put("\t", line)
            elif tag in ("w:br", "w:cr"):
                self._put("\n", line)
            elif tag == "w:noBreakHyphen":
                self._put("-", line)
            elif tag == "w:sym":
                self._put(symbol(child), line)
            elif tag == "w:fldChar":
                line.passage.put(self._fields.meet(child), line.why)
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                if line.why is None:
                    self.notes.setdefault(f"{tag.removesuffix('Reference')} {child.get('w:id', '')}")
            elif tag in ("w:footnote", "w:endnote"):  # Word 2003 keeps notes where they are referred to
                line.floating.extend(child.iter("w:p"))
            elif tag not in _SILENT:
                handler = self._handlers.get(tag)
                why = line.why
                if handler is not None:
                    handler(child, line)
                else:
                    self._inline(child, line)
                line.why = why

    def _ruby(self, ruby: Element, line: Line) -> None:
        """Letters with others over them; hidden as a whole if the run around them is."""
        outer, line.hidden = line.hidden, line.hidden or line.why
        self._inline(ruby, line)
        line.hidden = outer

    def _sign(self, run: Element, line: Line) -> None:
        """A run of a formula."""
        line.why = line.hidden or self._why(run, line)
        self._inline(run, line)

    def _phantom(self, phantom: Element, line: Line) -> None:
        """A part of a formula that only takes room."""
        shown = down(phantom, "m:phantPr", "m:show")
        outer = line.hidden
        if shown is not None and shown.get("m:val", "1") in ("0", "off", "false"):
            line.hidden = line.hidden or "an unseen part of a formula"
        self._inline(phantom, line)
        line.hidden = outer

    def _why(self, run: Element, line: Line) -> str | None:
        """Why a run can't be seen."""
        properties = run.find("w:rPr")
        plain = properties is None or not len(properties)
        if plain and line.plain_why != UNASKED:
            return line.plain_why
        own = direct_says(properties, self.styles.theme)
        character = self.styles.of_letters(value(properties, "w:rStyle"))
        why = unseen(self.styles.look(line.around.table, line.chain, character, own), line.ground)
        if plain:
            line.plain_why = why
        return why

    def _put(self, text: str, line: Line) -> None:
        if not self._fields.in_code:
            line.passage.put(text, line.why)

    def _drawing(self, drawing: Element, line: Line) -> None:
        self._cover(wordshapes.cover(drawing, self.styles.theme))
        hidden = wordshapes.why_drawing_hidden(drawing) or line.why
        found = wordshapes.inside(drawing, "wps:wsp", "pic:pic", "dgm:relIds", "c:chart")
        shapes = [shape for shape in found if shape.tag == "wps:wsp"]
        grouped = len(shapes) > 1 or any(shape.tag == "pic:pic" for shape in found)
        for shape in shapes:
            ground = wordshapes.shape_ground(shape, self.styles.theme, None if grouped or self.covered else line.around.ground)
            for content in wordshapes.boxes(shape):
                line.boxes.append((content, ground, hidden or wordshapes.why_shape_hidden(shape)))
        if not shapes:
            line.boxes.extend((content, None, hidden) for content in wordshapes.boxes(drawing))
        if hidden is None:
            for part in found:
                if part.tag == "dgm:relIds":
                    self._diagram(part)
                elif part.tag == "c:chart":
                    self._chart(part)

    def _pict(self, pict: Element, line: Line) -> None:
        self._cover(wordshapes.cover(pict, self.styles.theme))
        grouped = bool(wordshapes.inside(pict, "v:group"))
        for shape in vml_shapes(pict):
            hidden = wordshapes.why_vml_hidden(shape) or line.why
            ground = wordshapes.vml_ground(shape, None if grouped or self.covered else line.around.ground)
            for child in shape:
                if child.tag == "v:textbox":
                    line.boxes.extend((content, ground, hidden) for content in wordshapes.boxes(child))
                elif child.tag == "v:textpath" and child.get("string") and child.get("on", "t") not in ("f", "false"):
                    words = paragraph_of(text_run(child.get("string", "")))
                    line.boxes.append((holder(words), None, hidden))

    def _cover(self, height: float) -> None:
        if height > _WHOLE_PAGE:
            self.covered = 1_000_000
        elif height:
            self.covered = max(self.covered, int(height / _LINE) + 2)

    def _diagram(self, found: Element) -> None:
        link = self.links.get(found.get("r:dm", ""))
        if link is not None:
            self.embed("diagram", link.target)

    def _chart(self, found: Element) -> None:
        link = self.links.get(found.get("r:id", ""))
        if link is not None:
            self.embed("chart", link.target)

    def _table(self, table: Element, around: Around) -> None:
        grid = Grid(table, self.styles, around.ground)
        rows = list(flat(table, "w:tr"))
        for number, row in enumerate(rows):
            properties = row.find("w:trPr")
            if properties is not None and properties.find("w:del") is not None:
                continue
            hidden = around.hidden or grid.hidden or row_hidden(properties)
            self.gathering.open_row()
            try:
                cells = list(flat(row, "w:tc"))
                for column, cell in enumerate(cells):
                    look = grid.cell(cell, number, column, len(rows), len(cells))
                    if look.deleted:
                        continue
                    self.gathering.open_cell()
                    inner = replace(around, ground=look.ground, table=look.said, hidden=hidden or look.hidden)
                    self.blocks(cell, inner)
            finally:
                self.gathering.close_row()
