"""Finds the highest degree that a resume states, finished or under way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from dlmatch.finding.flow import Line, levelled, lines_of
from dlmatch.finding.rooms import Part, rooms_of
from dlmatch.model.document import Document
from dlmatch.model.report import Degree

RANK: dict[Degree, int] = {"none": 0, "bachelor": 1, "master": 2, "phd": 3}

# Forms that name a degree wherever they stand.
_SURE: tuple[tuple[Degree, str], ...] = (
    (
        "phd",
        r"ph\.?\s?d(?![a-z])\.?|d\.?\s?phil\.?(?![a-z])|doctorate|doctor\s+of\s+(?!medicine)[a-z]+|doctoral\s+(?:degree"
        r"|studies|candidate|student"
        r"|program(?:me)?|dissertation|thesis)|dr\.?[\s-]*(?:rer\.?\s?nat|ing|phil|techn|sc)\b\.?|promotion\s+(?:in|der)\b"
        r"|doctorat(?!e)|doctorado"
        r"|dottorato|candidate\s+of\s+(?:technical\s+)?sciences?|sc\.d\.|eng\.d\.",
    ),
    (
        "master",
        r"master(?:'?s)?\s+(?:of|degree|thesis|student|programme?)\b|masters?'?\s+(?:degrees?|program(?:me)?|student)\b"
        r"|master'?s\s+in\b|masters\s+in\b"
        r"|(?:executive\s|pg)?\bmba\b|m\.\s?b\.\s?a\b\.?|m\.?\s?tech(?![a-z])\.?|m\.?\s?phil\b\.?|m\.?\s?sc(?![a-z])\.?"
        r"|m\.?\s?c\.?\s?a\.(?![a-z])|\bmca\b"
        r"|m\.?\s?eng\b\.?|mres\b|m\.?\s?com\b\.?|\bpgdm\b|\bmsee\b|\bmscs\b|\bmscs?e\b|\bllm\b(?=\s+(?:in|law))"
        r"|s\.m\.(?=\s+in|,)"
        r"|dipl(?:om)?\.?[\s-]*(?:ing|inf|math|phys|kfm|wirt)\w*\.?|diplom(?=\s+in|ingenieur|informatik)|magister"
        r"|laurea\s+(?:magistrale|specialistica)|m[a\u00e1]ster\s+en"
        r"|mast\u00e8re?|dipl[o\u00f4]me\s+d'ing[e\u00e9]nieur|ma(?:g|\u00ee)tr[ie]se|post-?graduate\s+degree"
        r"|integrated\s+master|specialist\s+degree",
    ),
    (
        "bachelor",
        r"bachelor(?:'?s)?\b|baccalaureate\s+degree|b\.?\s?tech(?![a-z])\.?|b\.?\s?sc(?![a-z])\.?"
        r"|b\.?\s?c\.?\s?a\.(?![a-z])|\bbca\b|b\.?\s?eng\b\.?|b\.?\s?com\b\.?"
        r"|b\.?\s?b\.?\s?a\b\.?|b\.?\s?arch\b\.?|\bbs(?:cs|ee|me)\b|licenciatura|licence\s+(?:en|de|in)|\blaurea\b"
        r"|(?:freshman|sophomore|junior|senior)\s+at\s+(?:the\s+)?[a-z][a-z .]{2,30}\s(?:college|university)|college\s+(?:freshman|sophomore)"
        r"|grado\s+en|undergraduate\s+degree|a\.b\.(?=\s+in|,)",
    ),
)
# Two letters name a degree only in the education section, before a field, or as a line of their own.
_SHORT: tuple[tuple[Degree, str], ...] = (
    (
        "master",
        r"M\.\s?(?:S|A|E|Ed)\b\.?|M\.?\s?S\.|MS(?!\s\d{5})|(?<!, )M[AE]|M[AE](?=\s(?:in|of)\s)|MEng|MEd|MSE|MPS|MFA|SM"
        r"|Masters?(?:'s)?|MASTERS?",
    ),
    ("bachelor", r"B\.\s?(?:S|A|E)\b\.?|B\.?\s?[SE]\.|BS|BA|BE|BFA|AB|SB|A\.B\.|S\.B\.|Hons"),
)
_SUBJECT = r"(?:Computer|Electr|Math|Physic|Stat|Eng|Econ|Inform|Mech|Data|Bio|Chem)"
_SURE_WORDS = tuple((degree, re.compile(rf"(?<![\w./@])(?:{words})", re.IGNORECASE)) for degree, words in _SURE)
_SHORT_WORDS = tuple((degree, re.compile(rf"(?<![\w./@&-])(?:{words})(?![\w@/&.-])")) for degree, words in _SHORT)
_HONOURS = r"(?:\s?\((?:Hons|Honours|Honors)\.?\))?(?:\s+degree)?"
_BEFORE_FIELD = tuple(
    (degree, re.compile(rf"(?<![\w./@&-])(?:{words}){_HONOURS}\s*(?:in\s+[A-Z]|[,:]\s*{_SUBJECT})")) for degree, words in _SHORT
)
# What a line holds, in small letters, that may name a degree in full; lines without are passed over, and cheaply told.
_STEMS = (
    "bachelor", "master", "doct", "degree", "dipl", "licenciat", "licence ", "laurea", "mba", "m.b.a", "m. b", "grado", "magister",
    "magistrale", "magtr", "ma\u00eet", "promotion", "dottor", "candidate", "bacc", "m\u00e1ster", "mast\u00e8re", "phil", "m\u00e9st", "pgdm",
    "man at ", "more at ", "nior at ", "college fr", "college so", "llm", "mca", "bca", "msee", "mscs", "bscs", "bsee", "bsme", "mres",
)  # fmt: skip
_HINT = re.compile(
    r"(?<![a-z])(?:p\.?\s?h\.?\s?d|[bmds]\.?\s?(?:sc|com|eng|arch|tech|ed|m\.|c\.?\s?a|b\.?\s?a)|dr[.\s-]|eng\.d|a\.b)"
)
_SHORT_HINT = re.compile(r"[ABMS][.\s]?\s?[AEMBSFP]|Masters?|MASTER|Hons")
# What names a degree of other people, or no degree.
_OTHERS = (
    r"supervis\w+|mentor\w*|advis\w+|co-advis\w+|guid(?:ed|ing)|teach\w*|taught|tutor\w*|train\w*|hir\w+|interview\w*"
    r"|recruit\w*"
    r"|manag\w+|led|leading|assist\w*|help\w*|for|several|other|\d+|two|three|four|five|many|team of|with"
)
_NOT_BEFORE = re.compile(
    rf"(?:\b(?:{_OTHERS})\s(?:\w+\s){{0,4}}|\b(?:scrum|ms|web|post|quiz|grand|task|toast|head|choir|quarter|concert|pay"
    rf"|drill)\s?-?)$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"[\s'-]*(?:level\s)?(?:students\b|advisor|adviser|supervis|committee|branch|data\s+management|theses\b|candidates\b"
    r"|symposium|forum"
    r"|workshop|school\s+of|interns\b|office\b|excel\b|word\b|sql\b|access\b|project\b|windows\b|dos\b|visio\b|azure\b"
    r"|teams\b|power)",
    re.IGNORECASE,
)
_WHERE = frozenset(
    {
        "education",
        "top",
        "summary",
        "other",
        "experience",
        "awards",
        "volunteering",
        "certifications",
        "courses",
        "skills",
        "tasks",
    }
)


def degree_max(document: Document, sections: Sequence[Part]) -> Degree:
    """The highest degree named of the person; "none" where none is."""
    level = levelled(document.text)
    lines = lines_of(level)
    return highest(lines, rooms_of(lines, sections))


def highest(lines: Sequence[Line], rooms: Sequence[str]) -> Degree:
    """The highest degree on lines that stand in these parts of a resume."""
    best: Degree = "none"
    schooled = "education" in rooms
    hinted = _hinted([line.text for line in lines])
    for at, (line, room) in enumerate(zip(lines, rooms, strict=True)):
        alone = schooled and room != "education" and len(line.text) <= 5  # a column that slid out of its section
        if room not in _WHERE and not alone:
            continue
        best = _in_line(line.text, "education" if alone else room, full=at in hinted, beyond=RANK[best]) or best
    return best


def _hinted(texts: Sequence[str]) -> set[int]:
    """Which lines hold what may name a degree in full: asked of all of them at once."""
    low = "\n".join(texts).lower()
    starts = [0, *(found.end() for found in re.finditer("\n", low))]
    found = {bisect_right(starts, hint.start()) - 1 for hint in _HINT.finditer(low)}
    for stem in _STEMS:
        at = low.find(stem)
        while at >= 0:
            line = bisect_right(starts, at)
            found.add(line - 1)
            at = low.find(stem, starts[line]) if line < len(starts) else -1
    return found


def degree_in(text: str, *, room: str) -> Degree | None:
    """The highest degree that a line names, standing in a part of this kind; None if it names none."""
    low = text.lower()
    return _in_line(text, room, full=_HINT.search(low) is not None or any(stem in low for stem in _STEMS))


def _in_line(text: str, room: str, *, full: bool, beyond: int = 0) -> Degree | None:
    """The highest degree of the line if it is higher than that of the rank `beyond`."""
    found = _named(text, _SURE_WORDS, room, beyond) if full else None
    beyond = RANK[found] if found else beyond
    if beyond >= RANK["master"] or not _SHORT_HINT.search(text):
        return found
    return _named(text, _SHORT_WORDS if room == "education" else _BEFORE_FIELD, room, beyond) or found


def _named(text: str, forms: tuple[tuple[Degree, re.Pattern[str]], ...], room: str, beyond: int) -> Degree | None:
    for degree, words in forms:
        if RANK[degree] <= beyond:
            return None
        for match in words.finditer(text):
            if room != "education" and _NOT_BEFORE.search(text[max(0, match.start() - 48) : match.start()]):
                continue
            if _NOT_AFTER.match(text, match.end()):
                continue
            return degree
    return None
