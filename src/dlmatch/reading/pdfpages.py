"""Reads a PDF page by page with PDFium: the visible text of each, what is hidden on it, and the figures of the reading."""

from __future__ import annotations

from dataclasses import dataclass, field
from string import ascii_lowercase

import numpy as np

from dlmatch.errors import DamagedDocument
from dlmatch.model.document import Finding, ReadWarning
from dlmatch.reading import hiding
from dlmatch.reading.bombs import check_page_tree
from dlmatch.reading.ink import SEEN, Sight
from dlmatch.reading.layout import PageText, page_text
from dlmatch.reading.limits import MAX_PAGES, Budget, LimitReached
from dlmatch.reading.page import Glyphs, is_private, is_unreadable
from dlmatch.reading.pdfium import PdfFile, PdfPage, opened
from dlmatch.reading.quality import Quality
from dlmatch.reading.seeing import look

PDFIUM = "pdfium"
_INFORMATION = ("Subject", "Keywords")


@dataclass(slots=True, kw_only=True, eq=False)
class Seen:
    """One page's glyphs, and those of them that people see."""

    glyphs: Glyphs
    sight: Sight
    shown: Glyphs
    stand_ins: dict[int, str] = field(default_factory=dict)  # what ActualText said, by the object it stood at
    hidden: list[int] = field(default_factory=list)  # numbers of unseen text objects that may hide equal ones
    cut: bool = False


@dataclass(slots=True)
class Reading:
    """What one engine gave, page by page."""

    reader: str
    pages: list[PageText] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    warnings: dict[str, ReadWarning] = field(default_factory=dict)
    count: int = 0  # pages of the file
    failed: int = 0
    unreadable: int = 0
    private: int = 0
    texts: int = 0
    silent: int = 0
    images: bool = False
    drawn: int = 0  # objects on all pages

    @property
    def text(self) -> str:
        """Everything that can be seen."""
        return "\n\n".join(page.text for page in self.pages if page.text)

    def warn(self, code: str, message: str, page: int | None = None) -> None:
        """Something worth knowing, said once."""
        self.warnings.setdefault(code, ReadWarning(code=code, message=message, page=page))

    def quality(self) -> Quality:
        """The figures by which readings are judged."""
        text = self.text
        low = text.lower()
        return Quality(
            letters=sum(map(str.isalnum, text)),
            latin=sum(map(low.count, ascii_lowercase)),
            vowels=sum(map(low.count, "aeiouy")),
            words=sum(page.words for page in self.pages),
            unreadable=self.unreadable,
            private=self.private,
            silent=self.silent / max(self.texts, 1),
            failed=self.failed,
            pages=len(self.pages),
        )

    def take(self, seen: Seen, number: int) -> PageText:
        """One page: its visible text, and findings on the rest."""
        self.findings += hiding.hidden(seen.glyphs, seen.sight, seen.shown, number)
        self.unreadable += int(is_unreadable(seen.shown.code).sum())
        self.private += int(is_private(seen.shown.code).sum())
        if seen.sight.scanned.any():
            self.warn("ocr-layer", "Some text was recognised in scanned pages by the program that made the file.", number)
        page = page_text(seen.shown, number)
        self.pages.append(page)
        return page


def with_pdfium(data: bytes, name: str, budget: Budget) -> Reading:
    reading = Reading(PDFIUM)
    with opened(data, name) as file:
        reading.count = file.pages
        for at in range(min(file.pages, MAX_PAGES)):
            try:
                budget.clock()
                _read_page(file, at, reading, budget)
            except LimitReached as limit:
                _stop(reading, limit)
                break
        else:
            if file.pages > MAX_PAGES:
                _stop(reading, LimitReached("pages", f"the file has more than {MAX_PAGES} pages"))
        reading.findings += hiding.information({key: file.information(key) for key in _INFORMATION}, reading.text)
    if file.pages and reading.failed == file.pages:
        check_page_tree(data)
        raise DamagedDocument("No page of this PDF can be opened.", name)
    return reading


def _stop(reading: Reading, limit: LimitReached) -> None:
    """Keep what was read before a limit; nothing kept is an error."""
    if not any(map(str.isalpha, reading.text)):
        raise limit
    reading.warn(f"limit-{limit.name}", f"Only a part was read: {limit.sentence}")


def _read_page(file: PdfFile, at: int, reading: Reading, budget: Budget) -> None:
    with file.page(at) as page:
        if page is None:
            reading.failed += 1
            reading.warn("damaged", f"Page {at + 1} can't be opened.", at + 1)
            return
        said, shown = page.notes()
        flat = shown and page.flatten()
        if not flat:
            seen = _seen(page, reading, budget)
    if flat:  # form fields and free text are part of the page when it is opened again
        with file.page(at) as page:
            if page is None:
                return
            seen = _seen(page, reading, budget)
    seen = _with_doubles(file, at, seen)
    text = reading.take(seen, at + 1).text
    reading.findings += hiding.stand_ins(list(seen.stand_ins.values()), text, at + 1) if seen.stand_ins else []
    reading.findings += hiding.notes(said, text, at + 1) if said else []
    if seen.cut:
        raise LimitReached("glyphs", "a page has more letters than any page can show")


def _seen(page: PdfPage, reading: Reading, budget: Budget) -> Seen:
    """The glyphs of a page and what can be seen of them."""
    drawn = page.drawn()
    if drawn.cut:
        raise LimitReached("drawn-objects", "a page has more lines, images and pieces of text than any document needs")
    said = page.drop_stand_ins(drawn.texts)
    glyphs, handles, cut = page.glyphs(drawn, said)
    reading.texts += len(drawn.texts)
    reading.drawn += drawn.count
    reading.silent += max(len(drawn.texts) - len(handles), 0)
    reading.images = reading.images or bool(drawn.images)
    budget.character(len(glyphs))
    sight = look(page, glyphs, handles, drawn)
    shown = sight.why == SEEN
    unseen = glyphs.piece[:0] if shown.all() else np.setdiff1d(glyphs.piece[~shown], glyphs.piece[shown])
    doubles = len(drawn.texts) > len(handles) and len(unseen) > 0
    number_of = {handle: number for number, handle in enumerate(drawn.texts)} if doubles else {}
    hidden = [number_of[handles[piece]] for piece in unseen.tolist() if handles[piece] in number_of]
    return Seen(glyphs=glyphs, sight=sight, shown=glyphs.only(shown), stand_ins=said, cut=cut, hidden=hidden)


def _with_doubles(file: PdfFile, at: int, seen: Seen) -> Seen:
    """PDFium reads equal texts in one place once, the first of them. If that is the unseen one, the other is missed."""
    if not seen.hidden:
        return seen
    with file.page(at) as page:
        if page is None:
            return seen
        drawn = page.drawn()
        page.drop_stand_ins(drawn.texts)
        page.move_away([drawn.texts[number] for number in seen.hidden if number < len(drawn.texts)])
        glyphs, handles, _ = page.glyphs(drawn, seen.stand_ins)
        sight = look(page, glyphs, handles, drawn)
    seen.shown = glyphs.only(sight.why == SEEN)
    return seen
