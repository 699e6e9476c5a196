"""How much one document may ask for: named limits, and the budget that counts them while a reader works.

Every limit is counted on what comes out, never on what a file says of itself: a 60 KB file can hold three million
paragraphs. A reader that meets a limit keeps what it has (`partial`, with a warning `limit-<name>`); with nothing to
keep it fails as LimitExceeded, which says the name.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MEGABYTE = 1024 * 1024

# Bytes of a file. A resume with photographs takes 5 MB; a scan of ten pages 20 MB.
MAX_INPUT_BYTES = 25 * MEGABYTE
# Markup and data formats hold no pictures worth the room, and their trees take ten times their size in memory.
MAX_MARKUP_BYTES = 10 * MEGABYTE
# Bytes that come out of all parts of one archive that are read (pictures are never unpacked).
MAX_UNPACKED_BYTES = 48 * MEGABYTE
# Bytes out for a byte in, once RATIO_GRACE is past. Word's own XML stays under 60.
MAX_RATIO = 150
RATIO_GRACE = 2 * MEGABYTE
# Entries of an archive: a Word file has 15 to 200.
MAX_ENTRIES = 4_000
# Elements over all XML parts or HTML nodes. A resume has 2,000 to 20,000, a report of 100 pages 100,000.
MAX_ELEMENTS = 300_000
# Open elements of XML. Word nests 12 deep for a text box and 4 for each table inside a table.
MAX_XML_NESTING = 200
# Open elements of HTML; browsers stop at 512. Deeper trees also make the parser's work quadratic.
MAX_HTML_NESTING = 500
# Open groups of RTF: real files stay under 30.
MAX_RTF_NESTING = 500
# Arrays and objects inside each other in JSON.
MAX_JSON_NESTING = 100
# Digits of one JSON number.
MAX_JSON_DIGITS = 400
# Characters of text. A long academic CV has 200,000.
MAX_CHARACTERS = 1_000_000
# Files inside files (a mail in a mail, a document in a document), and attachments of one mail.
MAX_EMBEDDED_DEPTH = 3
MAX_ATTACHMENTS = 20
# Parts of a mail, attachments or not.
MAX_MAIL_PARTS = 500
# Findings of hidden text that are listed one by one, and characters of each quote.
MAX_FINDINGS = 200
MAX_QUOTE = 500

# Pages of a PDF. Resumes and ads have 1 to 10, a dissertation 300.
MAX_PAGES = 500
# Glyphs of one page. A page of a newspaper has 20,000.
MAX_GLYPHS_PER_PAGE = 50_000
# Text, lines, images and forms drawn on one page, and forms inside forms. Dense maps and charts stay under 50,000.
MAX_DRAWN_OBJECTS = 100_000
MAX_FORM_NESTING = 12
# Drawn objects of a whole PDF above which pdfplumber is not asked: it takes some 0.1 ms for each.
MAX_SECOND_OPINION_OBJECTS = 10_000
# Notes (annotations) of one page that are looked at.
MAX_NOTES = 300
# Pixels of the picture that is made of a page to see what can be seen: at 72 to the inch a Letter page takes 0.5 million.
MAX_PICTURE_PIXELS = 4_000_000
# Bytes that may come out of one compressed stream of a PDF, and out of all that are looked at. PDFium itself has no
# limit and ends the process. Flate gives at most 1,032 bytes for one, so streams up to MAX_UNCHECKED_STREAM need no look.
MAX_STREAM_BYTES = 64 * MEGABYTE
MAX_ALL_STREAM_BYTES = 256 * MEGABYTE
MAX_UNCHECKED_STREAM = 48 * 1024

# Seconds of processor time after which a reader should stop by itself and keep what it has. Processor time, not the
# clock: what a document gives must not hang on what else the machine does.
SOFT_SECONDS = 2.5
# Seconds of processor time after which the worker is ended from outside.
HARD_SECONDS = 3.8
# Seconds on the clock after which a worker is ended though it used no processor (stopped, or waiting for ever).
# Generous, since a busy machine slows honest work.
WALL_SECONDS = 30.0
# Address space of a worker process. An ordinary PDF takes 150 MB of it.
WORKER_MEMORY_BYTES = 512 * MEGABYTE
# Bytes of a worker's answer.
MAX_ANSWER_BYTES = 128 * MEGABYTE
# Files after which a worker is replaced, so that a leak in a parser stays small.
FILES_PER_WORKER = 200
# Idle workers kept for the next call.
MAX_IDLE_WORKERS = 4
# The same limits for recognising the letters of pictures: its models are large and slow.
OCR_SECONDS = 60.0
OCR_MEMORY_BYTES = 3072 * MEGABYTE
MAX_OCR_PIXELS = 60_000_000
# Converters for legacy .doc run as programs of their own.
CONVERTER_SECONDS = 60.0


class LimitReached(Exception):
    """Inside a reader only: a limit was met. `name` ends up in the warning's code or in the error's sentence."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(name, message)
        self.name = name
        self.message = message

    @property
    def sentence(self) -> str:
        """For the error and the warning alike."""
        return f"the limit on {self.name} was reached: {self.message}."


class Budget:
    """What one document has used so far."""

    __slots__ = ("characters", "deadline", "depth", "elements", "unpacked")

    def __init__(self, seconds: float = SOFT_SECONDS) -> None:
        self.deadline = time.process_time() + seconds
        self.unpacked = self.elements = self.characters = self.depth = 0

    def unpack(self, out: int, all_out: int, all_in: int) -> None:
        """`out` more bytes came out of a part which so far gave all_out for all_in."""
        self.unpacked += out
        if self.unpacked > MAX_UNPACKED_BYTES:
            raise LimitReached("unpacked-bytes", f"more than {MAX_UNPACKED_BYTES // MEGABYTE} MB come out of the file")
        if all_out > RATIO_GRACE and all_out > MAX_RATIO * max(all_in, 1):
            raise LimitReached("ratio", f"a part unpacks to more than {MAX_RATIO} times its size")

    def element(self, count: int = 1) -> None:
        """More elements of markup were seen."""
        self.elements += count
        if self.elements > MAX_ELEMENTS:
            raise LimitReached("elements", f"the file has more than {MAX_ELEMENTS:,} elements")

    def character(self, count: int) -> None:
        """More characters of text were read."""
        self.characters += count
        if self.characters > MAX_CHARACTERS:
            raise LimitReached("characters", f"the text is longer than {MAX_CHARACTERS:,} characters")

    def clock(self) -> None:
        """Stop if the time is used up."""
        if time.process_time() > self.deadline:
            raise LimitReached("time", f"reading took more than {SOFT_SECONDS:g} seconds")

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Reading a file inside the file."""
        if self.depth >= MAX_EMBEDDED_DEPTH:
            raise LimitReached("embedded-depth", f"files lie more than {MAX_EMBEDDED_DEPTH} deep inside each other")
        self.depth += 1
        try:
            yield
        finally:
            self.depth -= 1


_current: ContextVar[Budget | None] = ContextVar("dlmatch_budget", default=None)


@contextmanager
def spending(seconds: float = SOFT_SECONDS) -> Iterator[Budget]:
    """The budget of the document being read; a file inside a file shares that of the outer one."""
    current = _current.get()
    if current is not None:
        yield current
        return
    fresh = Budget(seconds)
    token = _current.set(fresh)
    try:
        yield fresh
    finally:
        _current.reset(token)
