"""Reads a PDF with pdfplumber for a second opinion; what can be seen is still PDFium's to say."""

from __future__ import annotations

import numpy as np

from dlmatch.errors import DamagedDocument, EncryptedDocument
from dlmatch.reading import plumber
from dlmatch.reading.glyphrules import by_rule
from dlmatch.reading.ink import SEEN, Sight
from dlmatch.reading.limits import Budget, LimitReached
from dlmatch.reading.page import Glyphs
from dlmatch.reading.pdfium import PdfFile, opened
from dlmatch.reading.pdfpages import Reading, Seen
from dlmatch.reading.seeing import carried, look

PDFPLUMBER = "pdfplumber"


def with_plumber(data: bytes, budget: Budget) -> Reading | None:
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
                if page is not None and page.notes()[1]:
                    page.flatten()  # fields and notes may cover what stands on the page
            with self._file.page(at) as page:
                if page is not None and abs(page.width - width) < 2 and abs(page.height - height) < 2:
                    drawn = page.drawn()
                    if drawn.texts and not drawn.cut:
                        sight = look(page, glyphs, [], drawn)
                        known, handles, _ = page.glyphs(drawn, page.drop_stand_ins(drawn.texts))
                        return carried(look(page, known, handles, drawn), known, sight, glyphs)
        return Sight(why=by_rule(glyphs, width, height), scanned=np.zeros(len(glyphs), bool))

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._context.__exit__(None, None, None)
