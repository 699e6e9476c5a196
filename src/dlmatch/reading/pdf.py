"""Reads a PDF: PDFium first, pdfplumber where that reading is poor; only what can be seen, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from dlmatch.errors import DamagedDocument, EmptyDocument, EncryptedDocument, LimitExceeded, NoTextLayer
from dlmatch.model.document import Block, Document, Finding, Place, ReadWarning
from dlmatch.reading import hiding, plumber
from dlmatch.reading.bombs import check_page_tree, check_streams
from dlmatch.reading.ink import SEEN, Sight, by_rule
from dlmatch.reading.layout import PageText, page_text
from dlmatch.reading.limits import MAX_FINDINGS, MAX_PAGES, MAX_SECOND_OPINION_OBJECTS, Budget, LimitReached, spending
from dlmatch.reading.page import Glyphs, is_private, is_unreadable
from dlmatch.reading.pdfium import PdfFile, PdfPage, opened
from dlmatch.reading.quality import Quality, disagree
from dlmatch.reading.seeing import carried, look

MEDIA_TYPE = "application/pdf"
PDFIUM, PDFPLUMBER = "pdfium", "pdfplumber"
_CLEARLY = 1.1  # so much better must the second opinion be
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
        latin = [letter for letter in text.lower() if "a" <= letter <= "z"]
        return Quality(
            letters=sum(map(str.isalnum, text)),
            latin=len(latin),
            vowels=sum(letter in "aeiouy" for letter in latin),
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


def read_pdf(data: bytes, name: str = "") -> Document:
    """The visible text of a PDF, or one of dlmatch's errors."""
    with spending() as budget:
        try:
            check_streams(data)
            first, fault = _attempt(lambda: _with_pdfium(data, name, budget))
            chosen = _second_opinion(first, fault, data, budget)
        except LimitReached as limit:
            raise LimitExceeded(limit.sentence[0].upper() + limit.sentence[1:], name) from None
    if chosen is None:
        raise fault or DamagedDocument("This PDF can't be opened.", name)
    return _document(chosen, name)


def _attempt(read: Callable[[], Reading]) -> tuple[Reading | None, DamagedDocument | None]:
    """A reading, or why there is none where another engine may do better."""
    try:
        return read(), None
    except DamagedDocument as fault:
        return None, fault


def _with_pdfium(data: bytes, name: str, budget: Budget) -> Reading:
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
    glyphs, handles, cut = page.glyphs(said)
    reading.texts += len(drawn.texts)
    reading.drawn += drawn.count
    reading.silent += max(len(drawn.texts) - len(handles), 0)
    reading.images = reading.images or bool(drawn.images)
    budget.character(len(glyphs))
    sight = look(page, glyphs, handles, drawn)
    unseen = np.setdiff1d(glyphs.piece[sight.why != SEEN], glyphs.piece[sight.why == SEEN])
    doubles = len(drawn.texts) > len(handles) and len(unseen) > 0
    number_of = {handle: number for number, handle in enumerate(drawn.texts)} if doubles else {}
    hidden = [number_of[handles[piece]] for piece in unseen.tolist() if handles[piece] in number_of]
    return Seen(glyphs=glyphs, sight=sight, shown=glyphs.only(sight.why == SEEN), stand_ins=said, cut=cut, hidden=hidden)


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
        glyphs, handles, _ = page.glyphs(seen.stand_ins)
        sight = look(page, glyphs, handles, drawn)
    seen.shown = glyphs.only(sight.why == SEEN)
    return seen


def _second_opinion(first: Reading | None, fault: DamagedDocument | None, data: bytes, budget: Budget) -> Reading | None:
    """The better of two readings where the first is poor."""
    if first is not None:
        quality = first.quality()
        if not quality.poor or any(code.startswith("limit-") for code in first.warnings):
            return first
        if not quality.letters and not first.texts and not first.failed:
            return first  # nothing is written on any page: another engine finds nothing either
        if first.drawn > MAX_SECOND_OPINION_OBJECTS:
            return first
    second = _with_plumber(data, budget)
    if second is None or first is None:
        return second if second is not None and (first is None) and second.quality().letters else first
    return _better(first, second)


def _better(first: Reading, second: Reading) -> Reading:
    one, two = first.quality(), second.quality()
    chosen, _other = (second, first) if two.score > _CLEARLY * one.score + (3 if one.letters else 0) else (first, second)
    if disagree(first.text, second.text):
        message = f"Two engines read this PDF differently; {chosen.reader} gave the better text ({one.poor or 'poor reading'})."
        chosen.findings.append(Finding(code="engines-disagree", message=message))
    if chosen is second:  # what only PDFium can tell
        kept = [finding for finding in first.findings if finding.page is None or "ActualText" in finding.message]
        second.findings += kept
        second.images = first.images
    return chosen


def _with_plumber(data: bytes, budget: Budget) -> Reading | None:
    reading = Reading(PDFPLUMBER)
    sights = _Sights(data)
    try:
        for at, page in enumerate(plumber.pages(data, budget)):
            reading.count = at + 1
            if page is None:
                reading.failed += 1
                continue
            glyphs, width, height = page
            budget.character(len(glyphs))
            sight = sights.sight(glyphs, width, height, at)
            reading.take(Seen(glyphs=glyphs, sight=sight, shown=glyphs.only(sight.why == SEEN)), at + 1)
    except plumber.Unreadable:
        return None
    except LimitReached as limit:
        if not any(map(str.isalpha, reading.text)):
            return None
        reading.warn(f"limit-{limit.name}", f"Only a part was read: {limit.sentence}")
    finally:
        sights.close()
    return reading


class _Sights:
    """What can be seen of pdfplumber's glyphs: in PDFium's pictures where it opens the page, by rules alone elsewhere."""

    def __init__(self, data: bytes) -> None:
        self._context = opened(data, "")
        self._file: PdfFile | None = None
        try:
            self._file = self._context.__enter__()
        except (DamagedDocument, EncryptedDocument):
            self._file = None

    def sight(self, glyphs: Glyphs, width: float, height: float, at: int) -> Sight:
        """Of one page."""
        if self._file is not None and at < self._file.pages:
            with self._file.page(at) as page:
                if page is not None and abs(page.width - width) < 2 and abs(page.height - height) < 2:
                    drawn = page.drawn()
                    if drawn.texts and not drawn.cut:
                        sight = look(page, glyphs, [], drawn)
                        known, handles, _ = page.glyphs(page.drop_stand_ins(drawn.texts))
                        return carried(look(page, known, handles, drawn), known, sight, glyphs)
        return Sight(why=by_rule(glyphs, width, height), scanned=np.zeros(len(glyphs), bool))

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._context.__exit__(None, None, None)


def _document(reading: Reading, name: str) -> Document:
    text = reading.text
    if not any(map(str.isalpha, text)):
        _explain(reading, name)
    blocks: list[Block] = []
    places: list[Place] = []
    at = 0
    for page in reading.pages:
        if page.text:
            blocks += [Block(start=b.start + at, end=b.end + at, kind=b.kind, page=b.page) for b in page.blocks] if at else page.blocks
            places += [Place(start=p.start + at, end=p.end + at, page=p.page, bbox=p.bbox) for p in page.places] if at else page.places
            at += len(page.text) + 2
    partial = any(code.startswith("limit-") or code == "damaged" for code in reading.warnings)
    return Document(
        text=text,
        name=name,
        media_type=MEDIA_TYPE,
        status="partial" if partial else "ok",
        reader=reading.reader,
        pages=reading.count,
        blocks=tuple(blocks),
        places=tuple(places),
        warnings=tuple(reading.warnings.values()),
        findings=tuple(reading.findings[:MAX_FINDINGS]),
    )


def _explain(reading: Reading, name: str) -> None:
    """Why there is no text."""
    hidden = any(finding.code == hiding.CODE and finding.page for finding in reading.findings)
    if reading.images:
        raise NoTextLayer("The pages are pictures; all text on them is hidden." if hidden else "The pages are pictures without text.", name)
    if hidden:
        raise EmptyDocument("All of its text is hidden; nothing can be seen on its pages.", name)
    raise EmptyDocument("There is not one letter on its pages.", name)
