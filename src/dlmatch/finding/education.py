"""Finds the highest degree that a resume states, finished or under way."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from dlmatch.finding.anchors import lower_case, spots
from dlmatch.finding.flow import Line, levelled, lines_of
from dlmatch.finding.rooms import Part, rooms_of
from dlmatch.knowledge.alternatives import by_first_letter
from dlmatch.model.document import Document
from dlmatch.model.report import Degree

RANK: dict[Degree, int] = {"none": 0, "bachelor": 1, "master": 2, "phd": 3}

# Patterns are for text in lower case, if nothing else is said.
# Forms that name a degree wherever they stand; each alternative begins with a letter.
_AT = r"\s+at\s+(?:the\s+)?[a-z][a-z .]{2,30}\s(?:college|university)"
_SURE: dict[Degree, str] = {
    "phd": (
        r"ph\.?\s?d(?![a-z])\.?|d\.?\s?phil\.?(?![a-z])|doctorate|doctor\s+of\s+(?!medicine)[a-z]+|doctoral\s+(?:degree"
        r"|studies|candidate|student"
        r"|program(?:me)?|dissertation|thesis)|dr\.?[\s-]*(?:rer\.?\s?nat|ing|phil|techn|sc)\b\.?|promotion\s+(?:in|der)\b"
        r"|doctorat(?!e)|doctorado"
        r"|dottorato|candidate\s+of\s+(?:technical\s+)?sciences?|sc\.d\.|eng\.d\."
    ),
    "master": (
        r"master(?:'?s)?\s+(?:of|degree|thesis|student|programme?)\b|masters?'?\s+(?:degrees?|program(?:me)?|student)\b"
        r"|master'?s\s+in\b|masters\s+in\b"
        r"|executive\smba\b|mba\b|m\.\s?b\.\s?a\b\.?|m\.?\s?tech(?![a-z])\.?|m\.?\s?phil\b\.?|m\.?\s?sc(?![a-z])\.?"
        r"|m\.?\s?c\.?\s?a\.(?![a-z])|mca\b"
        r"|m\.?\s?eng\b\.?|mres\b|m\.?\s?com\b\.?|pgdm\b|msee\b|mscs\b|mscs?e\b|llm\b(?=\s+(?:in|law))"
        r"|s\.m\.(?=\s+in|,)"
        r"|dipl(?:om)?\.?[\s-]*(?:ing|inf|math|phys|kfm|wirt)\w*\.?|diplom(?=\s+in|ingenieur|informatik)|magister"
        r"|laurea\s+(?:magistrale|specialistica)|m[a\u00e1]ster\s+en|maestr[i\u00ed]a\b|mestrado\b"
        r"|mast\u00e8re?|dipl[o\u00f4]me\s+d'ing[e\u00e9]nieur|ma(?:g|\u00ee)tr[ie]se|post-?graduate\s+degree"
        r"|integrated\s+master|specialist\s+degree"
    ),
    "bachelor": (
        r"bachelor(?:'?s)?\b|baccalaureate\s+degree|b\.?\s?tech(?![a-z])\.?|b\.?\s?sc(?![a-z])\.?"
        r"|b\.?\s?c\.?\s?a\.(?![a-z])|bca\b|b\.?\s?eng\b\.?|b\.?\s?com\b\.?"
        r"|b\.?\s?b\.?\s?a\b\.?|b\.?\s?arch\b\.?|bs(?:cs|ee|me)\b|licenciatura|licence\s+(?:en|de|in)|laurea\b"
        rf"|freshman{_AT}|sophomore{_AT}|junior{_AT}|senior{_AT}|college\s+(?:freshman|sophomore)"
        r"|grado\s+en|undergraduate\s+degree|a\.b\.(?=\s+in|,)"
    ),
}
# What every such form holds, as words and as patterns: only lines with one of these are looked at closely.
_HELD: dict[Degree, tuple[str, ...]] = {
    "phd": ("doct", "phil", "dottorato", "promotion", "candidate", "sc.d.", "eng.d."),
    "master": ("degree", "dipl", "pgdm", "llm", "laurea", "s.m."),
    "bachelor": ("degree", "licen", "laurea", "grado", "nior", "freshman", "sophomore", "a.b."),
}
_SHORTENED: dict[Degree, tuple[re.Pattern[str], ...]] = {
    "phd": (re.compile(r"ph\.?\s?d"), re.compile(r"dr[.\s-]*(?:rer|ing|phil|techn|sc)")),
    "master": (
        re.compile(
            r"m(?:a(?:ster|st\u00e8r|estr|gister|gtr|\u00eetr)|estrado|\u00e1ster|ba|res|see|\.?\s?(?:b\.|tech|phil|sc|c\.?\s?a|eng|com))"
        ),
    ),
    "bachelor": (re.compile(r"b(?:a(?:chelor|cc)|ca|s(?:ee|me)|\.?\s?(?:tech|sc|c\.?\s?a|eng|com|b\.?\s?a|arch))"),),
}
# Two letters name a degree only in the education section, before a field, or as a line of their own. In any case.
_SHORT: dict[Degree, str] = {
    "master": (
        r"M\.\s?(?:S|A|E|Ed)\b\.?|M\.?\s?S\.|MS(?!\s\d{5})|(?<!, )M[AE]|M[AE](?=\s(?:in|of)\s)|MEng|MEd|MSE|MPS|MFA|SM"
        r"|Masters?(?:'s)?|MASTERS?"
    ),
    "bachelor": r"B\.\s?(?:S|A|E)\b\.?|B\.?\s?[SE]\.|BS|BA|BE|BFA|AB|SB|A\.B\.|S\.B\.|Hons",
}
_SUBJECT = r"(?:Computer|Electr|Math|Physic|Stat|Eng|Econ|Inform|Mech|Data|Bio|Chem)"
_SURE_WORDS = {degree: re.compile(rf"(?<![\w./@])(?:{by_first_letter(words)})") for degree, words in _SURE.items()}
_SHORT_WORDS = {degree: re.compile(rf"(?<![\w./@&-])(?:{words})(?![\w@/&.-])") for degree, words in _SHORT.items()}
_HONOURS = r"(?:\s?\((?:Hons|Honours|Honors)\.?\))?(?:\s+degree)?"
_BEFORE_FIELD = {
    degree: re.compile(rf"(?<![\w./@&-])(?:{words}){_HONOURS}\s*(?:in\s+[A-Z]|[,:]\s*{_SUBJECT})")
    for degree, words in _SHORT.items()
}
_SHORT_HINT = re.compile(r"[ABMSH](?:(?<=[ABMS])[.\s]?\s?[AEMBSFP]|(?<=M)aster|(?<=H)ons)")  # what each of these holds
# What a line holds that names a degree in full.
_STEMS = (
    "bachelor", "master", "doct", "degree", "dipl", "licenciat", "licence ", "laurea", "mba", "m.b.a", "m. b", "grado", "magister",
    "magistrale", "magtr", "ma\u00eet", "promotion", "dottor", "candidate", "bacc", "m\u00e1ster", "maestr", "mestrado", "mast\u00e8re", "phil", "m\u00e9st", "pgdm",
    "man at ", "more at ", "nior at ", "college fr", "college so", "llm", "mca", "bca", "msee", "mscs", "bscs", "bsee", "bsme", "mres",
)  # fmt: skip
_HINT = re.compile(
    r"(?<![a-z])(?:p\.?\s?h\.?\s?d|[bmds]\.?\s?(?:sc|com|eng|arch|tech|ed|m\.|c\.?\s?a|b\.?\s?a)|dr[.\s-]|eng\.d|a\.b)"
)
# What names a degree of other people, or no degree.
_OTHERS = (
    r"supervis\w+|mentor\w*|advis\w+|co-advis\w+|guid(?:ed|ing)|teach\w*|taught|tutor\w*|train\w*|hir\w+|interview\w*"
    r"|recruit\w*"
    r"|manag\w+|led|leading|assist\w*|help\w*|for|several|other|\d+|two|three|four|five|many|team of|with"
)
_NOT_BEFORE = re.compile(
    rf"(?:\b(?:{_OTHERS})\s(?:\w+\s){{0,4}}|\b(?:scrum|ms|web|post|quiz|grand|task|toast|head|choir|quarter|concert|pay"
    rf"|drill)\s?-?)$"
)
_NOT_AFTER = re.compile(
    r"[\s'-]*(?:level\s)?(?:students\b|advisor|adviser|supervis|committee|branch|data\s+management|theses\b|candidates\b"
    r"|symposium|forum"
    r"|workshop|school\s+of|interns\b|office\b|excel\b|word\b|sql\b|access\b|project\b|windows\b|dos\b|visio\b|azure\b"
    r"|teams\b|power)"
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
    schooled = "education" in rooms
    places: list[tuple[str, str]] = []
    for line, room in zip(lines, rooms, strict=True):
        alone = schooled and room != "education" and len(line.text) <= 5  # a column that slid out of its section
        if room in _WHERE or alone:
            places.append((line.text, "education" if alone else room))
    text = "\n".join(words for words, _ in places)
    low = lower_case(text)
    starts = list(accumulate((len(words) + 1 for words, _ in places), initial=0))
    for degree in _SURE:
        near = {bisect_right(starts, at) - 1 for at in _near(degree, text, low)}
        if any(_names(degree, *places[at]) for at in near):
            return degree
    return "none"


def degree_in(text: str, *, room: str) -> Degree | None:
    """The highest degree that a line names, standing in a part of this kind; None if it names none."""
    return next((degree for degree in _SURE if _names(degree, text, room)), None)


def _near(degree: Degree, text: str, low: str) -> Iterator[int]:
    """Places on all the lines that may name the degree."""
    yield from spots(low, _HELD[degree])
    for form in _SHORTENED[degree]:
        yield from (found.start() for found in form.finditer(low))
    if degree in _SHORT:
        yield from (found.start() for found in _SHORT_HINT.finditer(text))


def _names(degree: Degree, text: str, room: str) -> bool:
    low = lower_case(text)
    if _stands(_SURE_WORDS[degree].finditer(low), low, room) and (any(stem in low for stem in _STEMS) or _HINT.search(low)):
        return True
    short = (_SHORT_WORDS if room == "education" else _BEFORE_FIELD).get(degree)
    return short is not None and _stands(short.finditer(text), low, room)


def _stands(words: Iterator[re.Match[str]], low: str, room: str) -> bool:
    """Whether one of the words is a degree of the person."""
    for match in words:
        others = room != "education" and _NOT_BEFORE.search(low[max(0, match.start() - 48) : match.start()])
        if not others and not _NOT_AFTER.match(low, match.end()):
            return True
    return False
