"""Every error that leaves dlmatch, drawn as one tree.

    DlmatchError
    |-- UsageError                  wrong-use              a wrong option, a path that is not there
    |-- DocumentError               document-error         one document can't be read
    |   |-- UnsupportedFormat       unsupported-format
    |   |-- EncryptedDocument       encrypted-document
    |   |-- DamagedDocument         damaged-document
    |   |-- NoTextLayer             no-text-layer
    |   |-- EmptyDocument           empty-document
    |   |-- DocumentTooLarge        document-too-large
    |   `-- LimitExceeded           limit-exceeded         time, memory, pages, nesting, characters ...
    |-- TaxonomyInvalid             taxonomy-invalid       taxonomy/ or seeds/ hold a fault
    |-- LabelsInvalid               labels-invalid         files of labels hold a fault
    `-- MissingExtra                missing-extra          an optional package or program is not installed

An error says what, where and what to do next, and pickles. `slug` is stable; programs test it, people read the sentence.
"""

from __future__ import annotations

from typing import ClassVar


class DlmatchError(Exception):
    """What happened (`what`), to what (`where`), and what to do (`next_step`)."""

    slug: ClassVar[str] = "dlmatch-error"
    advice: ClassVar[str] = ""

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where, next_step)
        self.what = what
        self.where = where
        self.next_step = next_step or self.advice

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        step = f" {self.next_step}" if self.next_step else ""
        return f"{place}{self.what}{step}"


class UsageError(DlmatchError):
    """A wrong option or a path that is not there."""

    slug = "wrong-use"
    advice = "See dlmatch --help."


class DocumentError(DlmatchError):
    """One document can't be read."""

    slug = "document-error"
    advice = "Try another copy of the file."


class UnsupportedFormat(DocumentError):
    """The bytes are of no kind that a reader takes."""

    slug = "unsupported-format"
    advice = "Save it as PDF, DOCX or plain text and try again."


class EncryptedDocument(DocumentError):
    """A password is needed to open it."""

    slug = "encrypted-document"
    advice = "Save a copy without a password and try again."


class DamagedDocument(DocumentError):
    """The bytes look like a known kind and can't be opened."""

    slug = "damaged-document"
    advice = "Open it in the program that made it, save it again and try that copy."


class NoTextLayer(DocumentError):
    """Pages are pictures: there is no text to read."""

    slug = "no-text-layer"
    advice = "Use the original instead of the scan, or install dlmatch[ocr]."


class EmptyDocument(DocumentError):
    """There is not one letter in it."""

    slug = "empty-document"
    advice = "Check that it is the right file."


class DocumentTooLarge(DocumentError):
    """More bytes than a resume or a job ad can need."""

    slug = "document-too-large"
    advice = "Send the resume or the job ad alone."


class LimitExceeded(DocumentError):
    """Reading it would take more time, memory or nesting than a document may."""

    slug = "limit-exceeded"
    advice = "The file may be damaged or made to do harm; save it again as PDF or plain text."


class TaxonomyInvalid(DlmatchError):
    """A file of taxonomy/ or seeds/ holds a fault; every fault is in `faults`, each with its place."""

    slug = "taxonomy-invalid"
    advice = "Mend the places named and run: dlmatch taxonomy check"

    def __init__(self, what: str, where: str = "", next_step: str = "", faults: tuple[str, ...] = ()) -> None:
        super().__init__(what, where, next_step)
        self.args = (what, where, next_step, faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *(f"  {fault}" for fault in self.faults)))


class LabelsInvalid(DlmatchError):
    """A file of labels holds a fault; every fault is in `faults`, each with its place."""

    slug = "labels-invalid"
    advice = "Mend the places named and run it again."

    def __init__(self, what: str, where: str = "", next_step: str = "", faults: tuple[str, ...] = ()) -> None:
        super().__init__(what, where, next_step)
        self.args = (what, where, next_step, faults)
        self.faults = faults

    def __str__(self) -> str:
        return "\n".join((super().__str__(), *(f"  {fault}" for fault in self.faults)))


class MissingExtra(DlmatchError):
    """An optional package or program is not installed."""

    slug = "missing-extra"
    advice = "Install it and try again."


def every_error() -> tuple[type[DlmatchError], ...]:
    """The tree above as classes, root first."""
    found: list[type[DlmatchError]] = [DlmatchError]
    for kind in found:
        found.extend(kind.__subclasses__())
    return tuple(found)
