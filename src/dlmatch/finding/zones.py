"""Says of each place in an ad whether it is asked for, only preferred, or no part of what is asked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from dlmatch.finding.anchors import lower_case, spots


class Part(Protocol):
    """What is needed of a section: a half-open range of the text and its kind."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...


# patterns of cues are for text in lower case
_PREFERRED = (
    r"\b(?:preferred|preferable|nice[- ]to[- ]haves?|bonus(?: points| skills| qualifications)?|desired|desirable"
    r"|good to have|optional|a plus|pluses|"
    r"extra credit|stand out|set you apart|even better|also great|additional qualifications|ideally|we(?:'d|’d| would) love"
    r"|not required|brownie points|advantage)"
)
PREFERRED = re.compile(_PREFERRED + r"\b")
MAYBE_PREFERRED = re.compile(_PREFERRED)  # also where another word runs into it
# one of these is part of every such cue; none of them is a part of many other words
WISH_PARTS = frozenset(
    "prefer|nice|bonus|esir|to ha|optional|a plus|pluses|extra cr|stand out|u apart|even better|also great|nal q|ideally|d love|not re"
    "|brownie|advantage".split("|")
)
# what a heading without marks begins with, so that `Master's degree preferred` is none
BARE_HEADING = re.compile(
    r"(?:the )?(?:key |core |minimum |basic |required |preferred |desired |additional |job |your "
    r"|our )?(?:requirements?|required|qualifications?"
    r"|responsibilit|benefits|perks|about|what|who|why|how|must[- ]haves?|nice[- ]to|good to have|bonus|optional"
    r"|preferred$|desired$|desirable$"
    r"|pluses|extra|even better|ideally|skills|experience$|education|duties|compensation|location|equal|role|team|you(?:'"
    r"|’)?(?:ll|ve)? |we offer)"
)
OUTSIDE = re.compile(r"\b(?:benefits|perks|what we offer|we offer|why (?:join|work)|compensation|equal opportunity)\b")
# a heading within running text: `Preferred Qualifications:`, `Optional:`
INLINE = re.compile(
    r"(?:(?:Preferred|PREFERRED|Required|REQUIRED|Minimum|MINIMUM|Basic|BASIC|Additional|Desired|DESIRED|Optional|OPTIONAL"
    r"|Nice to have|Bonus|Key|Core|Education)"
    r"(?: (?:(?:Skills|Qualifications?|Requirements?|Experience|Points|Education|SKILLS|QUALIFICATIONS?|REQUIREMENTS?"
    r"|EXPERIENCE)[ /&]*)+)?|Qualifications|Requirements|Responsibilities|Benefits|QUALIFICATIONS|REQUIREMENTS)\s?$"
)
UNMARKED = (
    "Preferred Qualifications",
    "Preferred Skills",
    "Nice to have",
    "Required Qualifications",
    "Basic Qualifications",
    "Minimum Qualifications",
)
LONGEST_HEADING = 90


class Zones:
    """The zones of one ad, as starts and kinds side by side."""

    __slots__ = ("_kinds", "_starts")

    def __init__(self, marks: Sequence[tuple[int, str]]) -> None:
        self._starts = [mark[0] for mark in marks]
        self._kinds = [mark[1] for mark in marks]

    def kind_at(self, offset: int) -> str:
        """ "preferred", "outside" (benefits, the company, the law), "asked" or "" (it may be asked)."""
        at = bisect_right(self._starts, offset) - 1
        return self._kinds[at] if at >= 0 else ""


ASKED = re.compile(
    r"\b(?:requirements?|required|qualifications?|must|minimum|basic|looking for|you (?:have|bring|are"
    r"|need|know)|you(?:'|’)(?:ll|ve) (?:have|bring|need|got)|who you are|about you|your (?:profile"
    r"|background|experience)|skills)\b"
)
WISHED_LIST = re.compile(
    r"\b(?:desired|ideal)\b.{0,20}\b(?:qualifications?|skills|experience|profile"
    r"|background|candidate)\b"
)
WISHES = re.compile(r"\b(?:nice[- ]to[- ]haves?|good[- ]to[- ]haves?|bonus|a plus|optional)\b")
WISH_WORDS = ("nice", "good", "bonus", "plus", "optional")  # one of them is part of every wish
ASKED_TOO = re.compile(r"\b(?:required|must|minimum|and)\b")
FROM_SECTION = {"preferred": "preferred", "benefits": "outside", "legal": "outside"}


def zones_of(text: str, sections: Sequence[Part] = ()) -> Zones:
    """From the sections where some were found, else from lines that look like headings of their own."""
    if len(sections) > 1:
        kinds = [_of_section(text, part) for part in sections]
        return _settled(text, [(part.start, kind) for part, kind in zip(sections, kinds, strict=True)])
    marks: list[tuple[int, str]] = []
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start <= LONGEST_HEADING:
            kind = _heading(text[start:end])
            if kind is not None:
                marks.append((start, kind))
        start = end + 1
    if text.count("\n") * 400 < len(text):
        marks += _inline(text)
        marks.sort()
    return _settled(text, marks)


def _of_section(text: str, part: Part) -> str:
    """`Nice to have requirements` are wishes, whatever the section's kind."""
    if part.kind == "required":
        heading = _heading_at(text, part.start)
        wished = any(word in heading for word in WISH_WORDS) and WISHES.search(heading)
        return "preferred" if wished and not ASKED_TOO.search(heading) else "asked"
    return FROM_SECTION.get(part.kind, "")


def _inline(text: str) -> list[tuple[int, str]]:
    """Headings that run within the text: before a colon, or of a wording that is nothing else."""
    found = {at: _kind(text[at : at + 24]) for at in spots(text, UNMARKED)}
    for colon in spots(text, (":",)):
        match = INLINE.search(text, max(0, colon - 42), colon)
        if match is not None:
            found[match.start()] = _kind(match.group())
    return list(found.items())


def _settled(text: str, marks: Sequence[tuple[int, str]]) -> Zones:
    """In an ad that lists nothing but `Desired qualifications`, these are what it asks."""
    if all(kind != "asked" for _, kind in marks):
        marks = [
            (start, "" if kind == "preferred" and WISHED_LIST.search(_heading_at(text, start)) else kind) for start, kind in marks
        ]
    return Zones(marks)


def _heading_at(text: str, start: int) -> str:
    """The line that begins a part, in lower case."""
    return lower_case(text[start : start + LONGEST_HEADING].lstrip("\n #*_").split("\n", 1)[0])


def _heading(line: str) -> str | None:
    """The kind of a heading; None if the line is an item or part of a sentence."""
    bare = line.strip()
    words = bare.strip("#*_: .…")
    if not words or bare[:1] in "-•·" or (bare.startswith("* ") and not bare.startswith("**")):
        return None
    marked = bare[0] in "#*_" or bare.endswith(":") or bare.rstrip("*_").endswith(":") or words.isupper()
    short = len(words.split()) <= 8 and words[-1] not in ".,;"
    if not short or not (marked or BARE_HEADING.match(lower_case(words))):
        return None
    return _kind(words)


def _kind(words: str) -> str:
    lower = lower_case(words)
    if PREFERRED.search(lower):
        return "preferred"
    if OUTSIDE.search(lower):
        return "outside"
    return "asked" if ASKED.search(lower) else ""
