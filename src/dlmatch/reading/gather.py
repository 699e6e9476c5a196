"""Collects visible lines, hidden passages and warnings as a reader meets them, and makes the Document of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from dlmatch.errors import LimitExceeded
from dlmatch.model.document import Block, BlockKind, Document, Finding, ReadWarning
from dlmatch.reading.limits import MAX_CHARACTERS, MAX_FINDINGS, MAX_QUOTE, Budget, LimitReached

# Controls show nothing. Vertical tab, form feed and the Unicode separators are line ends; halves of surrogate pairs
# can't be written as UTF-8.
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PLAIN = bytes([*b"\t\n", *range(0x20, 0x7F)])  # most of any text: what is left without it is soon looked at
_NEEDS_CLEANING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with one kind of line end and without characters that nobody sees."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    if not rest or not _NEEDS_CLEANING.search(rest.decode("utf-8", "surrogatepass")):
        return text
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    if _SURROGATES.search(text):  # pairs become the character they stand for, lone halves the replacement character
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def names(words: str) -> frozenset[str]:
    """A set of names, written as one text."""
    return frozenset(words.split())


def has_letters(text: str) -> bool:
    """Is there one letter in it?"""
    return any(map(str.isalpha, text))


class Passage:
    """One paragraph while it is put together from pieces that are seen (why None) and pieces that are not."""

    __slots__ = ("_gathering", "_pieces", "_unseen", "_why")

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._pieces: list[str] = []
        self._unseen: list[str] = []
        self._why: str | None = None

    def put(self, text: str | None, why: str | None) -> None:
        """The next piece."""
        if not text:
            return
        if why is None:
            self._tell()
            self._pieces.append(text)
            return
        if why != self._why:
            self._tell()
        self._why = why
        self._unseen.append(text)

    def _tell(self) -> None:
        if self._why is not None:
            self._gathering.hide("".join(self._unseen), self._why)
            self._unseen.clear()
            self._why = None

    def take(self) -> str:
        """The visible text, which leaves the passage empty; what was hidden at its end is told."""
        self._tell()
        text = "".join(self._pieces)
        self._pieces.clear()
        return text


class Gathering:
    """The text so far. Lines are separated by one newline, cells of a row by a tab; empty lines are left out."""

    __slots__ = ("_length", "_pieces", "_rows", "_unlisted", "blocks", "budget", "findings", "stated", "warnings")

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._pieces: list[str] = []
        self._length = 0
        self._unlisted = 0
        self._rows: list[list[list[tuple[str, BlockKind]]]] = []  # open rows: cells: lines
        self.blocks: list[Block] = []
        self.findings: list[Finding] = []
        self.warnings: list[ReadWarning] = []
        self.stated: dict[str, object] = {}

    @property
    def text(self) -> str:
        """What was gathered so far."""
        return "".join(self._pieces)

    def line(self, text: str, kind: BlockKind = "paragraph") -> None:
        """A block of its own; breaks inside it stay, empty lines don't."""
        text = clean(text).strip()
        if "\n" in text:
            text = "\n".join(line.rstrip() for line in text.split("\n") if line.strip())
        if not text:
            return
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append((text, kind))
        else:
            self._put("\n", text, kind)

    def open_row(self) -> None:
        """Lines now belong to the cells of a table row, until close_row."""
        self._rows.append([])

    def open_cell(self) -> None:
        """The next cell of the open row."""
        if self._rows:
            self._rows[-1].append([])

    def close_row(self) -> None:
        """Cells of one line each stand beside each other, like a row of dates and titles. Where a cell holds more, the
        table is there for the layout, and its cells follow each other."""
        if not self._rows:
            return
        cells = [cell for cell in self._rows.pop() if cell]
        if any(len(cell) > 1 or "\n" in cell[0][0] for cell in cells):
            for cell in cells:
                for text, kind in cell:
                    self.line(text, kind)
        elif self._rows and self._rows[-1]:
            self.line("\t".join(cell[0][0] for cell in cells), "cell")
        else:
            self.row(cell[0][0] for cell in cells)

    def row(self, cells: Iterable[str], kind: BlockKind = "cell") -> None:
        """Cells of one table row, on one line."""
        separator = "\n"
        for cell in cells:
            text = clean(cell).strip()
            if text:
                self._put(separator, text, kind)
                separator = "\t"

    def _put(self, separator: str, text: str, kind: BlockKind) -> None:
        room = MAX_CHARACTERS - self.budget.characters
        kept = text if len(text) <= room else text[: max(room, 0)]
        if kept:
            if self._length:
                self._pieces.append(separator)
                self._length += 1
            self._pieces.append(kept)
            self.blocks.append(Block(start=self._length, end=self._length + len(kept), kind=kind))
            self._length += len(kept)
        self.budget.character(len(text) + 1)
        if not len(self.blocks) & 255:
            self.budget.clock()

    def hide(self, quote: str, why: str) -> None:
        """Text that can't be seen: told of, and left out."""
        quote = " ".join(clean(quote).split())
        if not any(map(str.isalnum, quote)):
            return
        if len(self.findings) >= MAX_FINDINGS:
            self._unlisted += 1
            return
        finding = Finding(code="hidden-text", message=f"Text that can't be seen was left out: {why}.", quote=quote[:MAX_QUOTE])
        self.findings.append(finding)

    def warn(self, code: str, message: str) -> None:
        """Something that made reading less complete; said once."""
        if all(warning.code != code for warning in self.warnings):
            self.warnings.append(ReadWarning(code=code, message=message))

    def include(self, inner: Document) -> None:
        """A document inside this one: its lines, findings and warnings."""
        for block in inner.blocks or (Block(start=0, end=len(inner.text)),):
            self.line(inner.text[block.start : block.end], block.kind)
        self.findings.extend(inner.findings[: max(0, MAX_FINDINGS - len(self.findings))])
        for warning in inner.warnings:
            self.warn(warning.code, warning.message)
        for key, value in inner.stated.items():
            self.stated.setdefault(key, value)

    def run(self, read: Callable[[], None]) -> None:
        """Read; a limit that is met ends it, with what is there kept, or as LimitExceeded where there is nothing."""
        try:
            read()
        except LimitReached as limit:
            self.stop(limit)

    def stop(self, limit: LimitReached) -> None:
        """A limit was met."""
        try:
            while self._rows:
                self.close_row()
        except LimitReached:
            self._rows.clear()
        if not has_letters(self.text):
            raise LimitExceeded(limit.sentence[0].upper() + limit.sentence[1:]) from None
        self.warn(f"limit-{limit.name}", f"Only a part was read: {limit.sentence}")

    def document(self, reader: str, media_type: str, stated: Mapping[str, object] | None = None) -> Document:
        """What was gathered, as a value."""
        if self._unlisted:
            message = f"{self._unlisted} more passages that can't be seen were left out."
            self.findings.append(Finding(code="hidden-text", message=message))
            self._unlisted = 0
        partial = any(w.code.startswith("limit-") or w.code == "damaged" for w in self.warnings)
        return Document(
            text=self.text,
            reader=reader,
            media_type=media_type,
            status="partial" if partial else "ok",
            blocks=tuple(self.blocks),
            findings=tuple(self.findings),
            warnings=tuple(self.warnings),
            stated={**self.stated, **(stated or {})},
        )
