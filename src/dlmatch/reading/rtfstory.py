"""A run of RTF text of its own (body, header, note, text box): paragraphs and table rows as they are completed."""

from __future__ import annotations

from dlmatch.model.document import BlockKind
from dlmatch.reading.gather import Gathering, Passage
from dlmatch.reading.visible import RGB


class Story:
    """Lines of the body go straight on; those of other stories are kept until the story ends."""

    __slots__ = ("_cells", "_gathering", "_is_body", "_nested", "depth", "ground", "hidden", "kind", "later", "lines", "passage")

    def __init__(
        self, gathering: Gathering, *, depth: int, kind: BlockKind | None, later: bool, ground: RGB | None, hidden: str | None
    ) -> None:
        self._gathering = gathering
        self._is_body = depth == 0
        self._cells: list[list[str]] = [[]]
        self._nested: list[str] = []
        self.passage = Passage(gathering)
        self.depth = depth
        self.kind = kind
        self.later = later  # notes and footers wait for the end of the text
        self.ground = ground
        self.hidden = hidden
        self.lines: list[tuple[str, BlockKind]] = []

    @property
    def column(self) -> int:
        """The number of the cell at hand."""
        return len(self._cells) - 1

    def end_line(self, kind: BlockKind) -> None:
        """A paragraph outside of tables ends; a row that was left open ends before it."""
        text = self.passage.take().strip()
        if any(self._cells):
            self.end_row()
        if text:
            self._line(text, self.kind or kind)

    def end(self, kind: BlockKind) -> None:
        """The story ends, maybe in the middle of a row."""
        if any(self._cells):
            self.end_line_in_cell()
            self.end_row()
        else:
            self.end_line(kind)

    def end_line_in_cell(self) -> None:
        """A paragraph inside a cell ends."""
        text = self.passage.take().strip()
        if text:
            self._cells[-1].append(text)

    def end_cell(self) -> None:
        """A cell ends."""
        self.end_line_in_cell()
        self._cells.append([])

    def end_row(self) -> None:
        """A row ends."""
        cells = [cell for cell in self._cells if cell]
        self._cells = [[]]
        if self._is_body and cells:
            self._gathering.open_row()
            for cell in cells:
                self._gathering.open_cell()
                for text in cell:
                    self._gathering.line(text)
            self._gathering.close_row()
        elif all(len(cell) == 1 for cell in cells):
            self._line("\t".join(cell[0] for cell in cells), self.kind or "cell")
        else:
            for cell in cells:
                for text in cell:
                    self._line(text, self.kind or "paragraph")

    def end_nested_cell(self) -> None:
        """A cell of a table inside a cell ends."""
        self._nested.append(self.passage.take().strip())

    def end_nested_row(self) -> None:
        """Its row ends: one line of the outer cell."""
        row = "\t".join(cell for cell in self._nested if cell)
        self._nested.clear()
        if row:
            self._cells[-1].append(row)

    def _line(self, text: str, kind: BlockKind) -> None:
        if self._is_body:
            self._gathering.line(text, kind)
        elif text:
            self.lines.append((text, kind))
