"""Reads a PDF: PDFium first, pdfplumber where that reading is poor; only what can be seen, in reading order."""

from __future__ import annotations

from collections.abc import Callable

from dlmatch.errors import DamagedDocument, EmptyDocument, LimitExceeded, NoTextLayer
from dlmatch.model.document import Block, Document, Finding, Place
from dlmatch.reading import hiding
from dlmatch.reading.bombs import check_streams
from dlmatch.reading.limits import MAX_FINDINGS, MAX_SECOND_OPINION_OBJECTS, Budget, LimitReached, spending
from dlmatch.reading.pdfopinion import with_plumber
from dlmatch.reading.pdfpages import Reading, with_pdfium
from dlmatch.reading.quality import disagree

MEDIA_TYPE = "application/pdf"
_CLEARLY = 1.1  # so much better must the second opinion be


def read_pdf(data: bytes, name: str = "") -> Document:
    """The visible text of a PDF, or one of dlmatch's errors."""
    with spending() as budget:
        try:
            check_streams(data)
            first, fault = _attempt(lambda: with_pdfium(data, name, budget))
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
    second = with_plumber(data, budget)
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


def _document(reading: Reading, name: str) -> Document:
    text = reading.text
    if not any(map(str.isalpha, text)):
        _explain(reading, name)
    blocks: list[Block] = []
    places: list[Place] = []
    at = 0
    for page in reading.pages:
        if page.text:
            blocks += (
                [Block(start=b.start + at, end=b.end + at, kind=b.kind, page=b.page) for b in page.blocks] if at else page.blocks
            )
            places += (
                [Place(start=p.start + at, end=p.end + at, page=p.page, bbox=p.bbox) for p in page.places] if at else page.places
            )
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
        raise NoTextLayer(
            "The pages are pictures; all text on them is hidden." if hidden else "The pages are pictures without text.", name
        )
    if hidden:
        raise EmptyDocument("All of its text is hidden; nothing can be seen on its pages.", name)
    raise EmptyDocument("There is not one letter on its pages.", name)
