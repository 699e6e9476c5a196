"""Tells words that were put in to be counted: a skill repeated, an ad pasted into a resume, a list of everything.

None of it adds anything: a skill counts once anyway, and what a pasted ad or a list of everything names is left out. It
is told as a finding and is not punished.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dlmatch.finding.sections import Section
from dlmatch.finding.skills import Named
from dlmatch.knowledge.language import Language
from dlmatch.model.document import Finding

CODE = "stuffing"
# Named this often within this many characters: the densest honest documents seen name a skill five times.
MOST_TIMES, WITHIN = 12, 500
# Distinct skills in one list: the longest honest one seen names 45.
LONGEST_LIST = 75
LISTING = frozenset({"top", "skills", "summary", "other", "interests", "courses", "certifications"})
# Different phrases of ads within this many characters: honest resumes seen hold at most two.
AD_PHRASES, AD_REACH = 4, 4_000
PARAGRAPH = re.compile(r"\n\s*\n")
QUOTE = 120


def honest(
    text: str, sections: Sequence[Section], named: tuple[Named, ...], language: Language, *, resume: bool
) -> tuple[tuple[Named, ...], tuple[Finding, ...]]:
    """The places that name a skill without those put in to be counted, and what was found of them."""
    findings = _repeated(text, named)
    if resume:
        ad = _pasted_ad(text, language)
        if ad is not None:
            named = tuple(place for place in named if not ad[0] <= place.start < ad[1])
            message = "A job ad is pasted into the resume; the skills that it names are left out."
            findings.append(Finding(code=CODE, message=message, quote=_quote(text, *ad)))
    for section in sections:
        inside = {place.skill.id for place in named if section.start <= place.start < section.end}
        if resume and section.kind in LISTING and len(inside) > LONGEST_LIST:
            named = tuple(place for place in named if not section.start <= place.start < section.end)
            message = f"One list names {len(inside)} skills, more than anybody has; what it names is left out."
            findings.append(Finding(code=CODE, message=message, quote=_quote(text, section.body, section.end)))
    return named, tuple(findings)


def _repeated(text: str, named: Sequence[Named]) -> list[Finding]:
    """Skills named in the same words over and over; honest work names one in many words."""
    places: dict[tuple[str, str], list[Named]] = {}
    for place in named:
        places.setdefault((place.skill.id, text[place.start : place.end].casefold()), []).append(place)
    found = []
    for rows in places.values():
        runs = zip(rows, rows[MOST_TIMES - 1 :], strict=False)
        if any(later.end - first.start <= WITHIN for first, later in runs):
            name = rows[0].skill.name
            message = f"{name} is named {len(rows)} times in the same words, many of them close together; it counts once."
            found.append(Finding(code=CODE, message=message, quote=text[rows[0].start : rows[0].end]))
    return found


def _pasted_ad(text: str, language: Language) -> tuple[int, int] | None:
    """The paragraphs from the first to the last phrase of an ad, where several stand near each other."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    hits = sorted(
        (match.start(), number) for number, phrase in enumerate(language.ad_phrases) for match in phrase.finditer(lowered)
    )
    for at, (start, _) in enumerate(hits):
        near = [hit for hit in hits[at:] if hit[0] - start <= AD_REACH]
        if len({number for _, number in near}) >= AD_PHRASES:
            return _paragraphs(text, start, near[-1][0])
    return None


def _paragraphs(text: str, start: int, end: int) -> tuple[int, int]:
    breaks = [match.end() for match in PARAGRAPH.finditer(text)]
    first = max((at for at in breaks if at <= start), default=0)
    last = min((at for at in breaks if at > end), default=len(text))
    return first, last


def _quote(text: str, start: int, end: int) -> str:
    return " ".join(text[start : min(end, start + QUOTE)].split())
