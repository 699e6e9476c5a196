"""Finds the highest degree that a resume states, finished or under way."""

from __future__ import annotations

import re
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
_HINT = re.compile(  # lines without any of these name no degree: most lines, and cheaply told
    r"(?i:bachelor|master|doct|ph\.?\s?d|d\.?\s?phil|degree|dipl|licen|laurea|mba|tech|grado|magi|ma\u00ee|promotion"
    r"|dottor|candidate"
    r"|(?:freshman|sophomore|junior|senior)\sat\s|college\s(?:freshman|sophomore)|bacc|m[a\u00e1]ster|mast\u00e8re|\b[bm]\.?\s?(?:sc|com|eng|phil|arch|ed|res)\b|\b[bm]\.?c\.?a\b|\bdr\b|\bbba\b)"
    r"|\b[A-Z]\.?\s?[A-Z]|[A-Z]\.|\bHons"
)
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
    for line, room in zip(lines, rooms, strict=True):
        alone = schooled and room != "education" and len(line.text) <= 5  # a column that slid out of its section
        degree = degree_in(line.text, room="education" if alone else room) if room in _WHERE or alone else None
        if degree and RANK[degree] > RANK[best]:
            best = degree
    return best


def degree_in(text: str, *, room: str) -> Degree | None:
    """The highest degree that a line names, standing in a part of this kind; None if it names none."""
    if not _HINT.search(text):
        return None
    found = _named(text, _SURE_WORDS, room)
    if room == "education":
        return _higher(found, _named(text, _SHORT_WORDS, room))
    return _higher(found, _named(text, _BEFORE_FIELD, room))


def _named(text: str, forms: tuple[tuple[Degree, re.Pattern[str]], ...], room: str) -> Degree | None:
    for degree, words in forms:
        for match in words.finditer(text):
            if room != "education" and _NOT_BEFORE.search(text[max(0, match.start() - 48) : match.start()]):
                continue
            if _NOT_AFTER.match(text, match.end()):
                continue
            return degree
    return None


def _higher(a: Degree | None, b: Degree | None) -> Degree | None:
    return max((degree for degree in (a, b) if degree), key=RANK.__getitem__, default=None)
