"""Tells a resume from a job ad by what the document itself says, never by its name, and says how sure that is.

The rule: each sign below that the document shows counts once with its weight, for a resume or for an ad. The side with
more wins. A lead of 4 or more is `sure`, of 2 or more `likely`, of less `unsure`; a draw is read as an ad, `unsure`.
Structured data (JSON Resume, schema.org JobPosting) decides alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from dlmatch.model.document import OTHER_KIND, Document, Finding
from dlmatch.model.report import Kind

Sure = Literal["sure", "likely", "unsure"]
LOOKED_AT: Final = 20_000  # characters; what a document is shows early
HEAD: Final = 600  # characters in which a resume names its person's contacts
LEAD_SURE: Final = 4
LEAD_LIKELY: Final = 2


class _Sign(NamedTuple):
    weight: int
    pattern: re.Pattern[str]
    times: int = 1  # how often it must stand


def _sign(weight: int, pattern: str, times: int = 1) -> _Sign:
    return _Sign(weight, re.compile(pattern, re.IGNORECASE | re.MULTILINE), times)


_LINE = r"^[^a-zA-Z\n]{0,20}"  # what may stand before the first word of a line
_PERIOD = (
    r"(?:19|20)\d\d[^\n]{0,12}?(?:-|\u2013|\u2014|to|until)\s*(?:[a-z]{3,9}\.? ?(?:19|20)\d\d|"
    r"[01]?\d[/.](?:19|20)\d\d|(?:19|20)\d\d|present|now|current|today|ongoing)"
)
# Weights: 3 is said by one side only, 2 is rare on the other, 1 leans. Tried on labelled ads and resumes.
AD: Final = (
    _sign(3, r"\b(?:we are|we.re|is) (?:looking for|seeking|hiring|searching for)\b|\bjoin (?:us|our)\b"),
    _sign(3, r"\bequal[- ]opportunity\b|without regard to|reasonable accommodation"),
    _sign(2, r"\byou(?:.ll| will)\b|\b(?:the|ideal|successful|qualified) candidates?\b|\bas an? [^\n]{3,60}, you\b"),
    _sign(2, rf"{_LINE}(?:job |key |your |the |role )*(?:(?:basic|minimum|preferred|required) )?"
          r"(?:qualifications|responsibilities|requirements|duties)\b"),
    _sign(2, rf"{_LINE}(?:what you|who you are|about (?:you|us|the (?:role|job|team|company))|"
          r"what we|why join|nice to have|benefits|perks)"),
    _sign(2, r"\b\d+ ?\+? (?:or more )?years.{0,20} experience\b.{0,40}\b(?:required|preferred)|"
          r"\b(?:must have|is required|a plus\b|is a must)"),
    _sign(1, r"\byou(?:r)?\b", 3),
    _sign(1, r"\bwe\b|\bour\b", 3),
    _sign(1, r"\bappl(?:y|icants?|ication deadline)\b|\bfull[- ]time\b|\bsalary\b|\bcompensation\b"),
)  # fmt: skip
RESUME: Final = (
    _sign(3, rf"{_PERIOD}", 2),
    _sign(2, rf"{_PERIOD}"),
    _sign(2, rf"{_LINE}(?:(?:work|professional|employment|research|teaching|internship) )?(?:experience|history)\W*$"),
    _sign(2, rf"{_LINE}(?:(?:professional|executive|career) )?(?:summary|objective|profile)\W*$"),
    _sign(2, rf"{_LINE}(?:publications|awards|honors|certifications?|references|hobbies|interests|"
          r"(?:personal |academic |selected )?projects|languages|coursework)[^\n]{0,25}$"),
    _sign(1, rf"{_LINE}(?:education|(?:technical )?skills)[^\n]{{0,20}}$"),
    _sign(2, rf"{_LINE}(?:built|led|developed|designed|implemented|created|"
          r"managed|improved|reduced|trained|wrote|worked|deployed|launched|published)\b", 2),
    _sign(2, r"\b(?:gpa|cgpa)\b|\bcurriculum vitae\b|\bresum[\u00e9e]\b\W*$"),
    _sign(2, r"linkedin\.com/in/|github\.com/\w|\borcid\b"),
)  # fmt: skip
_CONTACT: Final = re.compile(r"[\w.+-]+ ?@ ?[\w-]+\.\w|\(?\+?\d[\d ().-]{8,}\d")
CONTACT_WEIGHT: Final = 3


def kind_of(document: Document) -> tuple[Kind, Sure]:
    """Which of the two the document is, and how sure that is."""
    if document.reader == "jsonresume":
        return "resume", "sure"
    if document.stated:
        return "job", "sure"
    text = document.text[:LOOKED_AT]
    ad = sum(sign.weight for sign in AD if _stands(sign, text))
    resume = sum(sign.weight for sign in RESUME if _stands(sign, text))
    if _CONTACT.search(text[:HEAD]):
        resume += CONTACT_WEIGHT
    lead = abs(ad - resume)
    return "resume" if resume > ad else "job", "sure" if lead >= LEAD_SURE else "likely" if lead >= LEAD_LIKELY else "unsure"


_LOOKS: Final = {
    "resume": "It reads like a job ad, and was taken for a resume.",
    "job": "It reads like a resume, and was taken for a job ad.",
}


def taken_for(kind: Kind, document: Document) -> Document:
    """The document, with a finding where it is taken for one kind and is surely of the other."""
    if kind_of(document) != ("job" if kind == "resume" else "resume", "sure"):
        return document
    return replace(document, findings=(Finding(code=OTHER_KIND, message=_LOOKS[kind]), *document.findings))


def _stands(sign: _Sign, text: str) -> bool:
    found = sign.pattern.finditer(text)
    return all(next(found, None) is not None for _ in range(sign.times))
