"""Tells words that were put in to be counted: a skill repeated, an ad pasted into a resume, a list of everything.

None of it adds anything: a skill counts once anyway, and what a pasted ad or a list of everything names is left out. It
is told as a finding and is not punished.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from dlmatch.finding.named import Named
from dlmatch.finding.sections import Section
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
    if resume:
        for section, skills in _long_lists(sections, named):
            named = tuple(place for place in named if not section.start <= place.start < section.end)
            message = f"One list names {skills} skills, more than anybody has; what it names is left out."
            findings.append(Finding(code=CODE, message=message, quote=_quote(text, section.body, section.end)))
    return named, tuple(findings)


def _repeated(text: str, named: Sequence[Named]) -> list[Finding]:
    """Skills named in the same words over and over; honest work names one in many words."""
    times = Counter(place.skill.id for place in named) if len(named) >= MOST_TIMES else {}
    often = {skill for skill, number in times.items() if number >= MOST_TIMES}
    places: dict[tuple[str, str], list[Named]] = {}
    for place in named:
        if place.skill.id in often:
            places.setdefault((place.skill.id, text[place.start : place.end].casefold()), []).append(place)
    found = []
    for rows in places.values():
        runs = zip(rows, rows[MOST_TIMES - 1 :], strict=False)
        if any(later.end - first.start <= WITHIN for first, later in runs):
            name = rows[0].skill.name
            message = f"{name} is named {len(rows)} times in the same words, many of them close together; it counts once."
            found.append(Finding(code=CODE, message=message, quote=text[rows[0].start : rows[0].end]))
    return found


def _long_lists(sections: Sequence[Section], named: Sequence[Named]) -> list[tuple[Section, int]]:
    """The lists that name more skills than anybody has, each with their number."""
    if len(named) <= LONGEST_LIST:
        return []
    starts = [section.start for section in sections]
    inside: dict[int, set[str]] = {}
    for place in named:
        inside.setdefault(bisect_right(starts, place.start) - 1, set()).add(place.skill.id)
    lists = ((sections[number], len(skills)) for number, skills in sorted(inside.items()))
    return [(section, skills) for section, skills in lists if section.kind in LISTING and skills > LONGEST_LIST]


def _pasted_ad(text: str, language: Language) -> tuple[int, int] | None:
    """The paragraphs from the first to the last phrase of an ad, where several stand near each other."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return None
    hits = _ad_phrases(lowered, language)
    near: Counter[int] = Counter()  # the phrases from this hit as far as they reach
    behind = 0  # the first hit that is too far away
    for start, number in hits:
        while behind < len(hits) and hits[behind][0] - start <= AD_REACH:
            near[hits[behind][1]] += 1
            behind += 1
        if len(near) >= AD_PHRASES:
            return _paragraphs(text, start, hits[behind - 1][0])
        near[number] -= 1
        if not near[number]:
            del near[number]
    return None


def _ad_phrases(lowered: str, language: Language) -> list[tuple[int, int]]:
    """Where each phrase of ads begins, with its number, in order."""
    hits = []
    ends = [0] * len(language.ad_phrases)  # of each phrase's last hit
    for place in language.any_ad_phrase.finditer(lowered):
        start = place.start()
        for number, phrase in enumerate(language.ad_phrases):
            hit = phrase.match(lowered, start) if start >= ends[number] else None
            if hit is not None:
                hits.append((start, number))
                ends[number] = hit.end()
    return hits


def _paragraphs(text: str, start: int, end: int) -> tuple[int, int]:
    breaks = [match.end() for match in PARAGRAPH.finditer(text)]
    first = max((at for at in breaks if at <= start), default=0)
    last = min((at for at in breaks if at > end), default=len(text))
    return first, last


def _quote(text: str, start: int, end: int) -> str:
    return " ".join(text[start : min(end, start + QUOTE)].split())
