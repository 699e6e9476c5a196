"""Finds job titles in short lines, and says what kind of work and which seniority a title names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from dlmatch.finding.anchors import lower_case
from dlmatch.finding.flow import joined
from dlmatch.knowledge.alternatives import by_first_letter
from dlmatch.model.report import Level

RoleKind = Literal["job", "internship", "assistant"]
# patterns are for text in lower case, if nothing else is said; each alternative begins with a letter
_SURE = (
    r"chief(?:\s\w+){1,2}\s+officer|research associate|engineer|developer|programmer|scientist|researcher|analyst"
    r"|architect|manager|director|consultant|administrator|specialist"
    r"|technician|technologist|designer|internship|intern|trainee|apprentice|assistant|lecturer|professor|instructor|teacher"
    r"|tutor|post-?doc(?:toral)?|co-?founder|founder|ceo|cto|cfo|coo|cio|vp|svp|avp|vice[- ]president|executive|coordinator"
    r"|supervisor|contractor|freelancer?|freelancing|member of technical staff|tester|recruiter|representative|advis[eo]r"
    r"|strategist|accountant|clerk|cashier|evangelist|advocate|sde|swe|sdet|smts|mts|dba|investigator|statistician|mathematician"
    r"|visiting\s(?:research\s)?(?:visitor|scholar)|research\s(?:research\s)?(?:visitor|scholar)|working student|work placement"
    r"|research placement|industrial placement"
    r"|undergraduate research|fellowship|physicist|chemist|biologist|economist|operator|scrum master|product owner|data engineer|fellow|grader"
    r"|stagiaire|ing\u00e9nieure?|d\u00e9veloppeu[rs]e?|chercheu[rs]e?|doctorante?|entwickler(?:in)?|ingenieur(?:in)?"
    r"|werkstudent(?:in)?"
    r"|praktikant(?:in)?|praktikum|mitarbeiter(?:in)?|hilfskraft|dozent(?:in)?|leiter(?:in)?|desarrollador[a]?|ingenier[oa]|engenheir[oa]|cientista|desenvolvedora?|estagi\u00e1ri[oa]|programadora?|pesquisadora?"
    r"|becari[oa]|investigador[a]?|analista|sviluppatore|ricercatore|tirocinante|consulente|eng\.? lead|tech lead|team lead"
    r"|project lead|r&d|devops|ux|co-?op"
)
_LIKELY = (
    r"lead|leader|head|associate|officer|president|chief|partner|owner|staff|member|mentor|scholar|expert|editor|writer"
    r"|ninja|chair|counsel(?:or)?|insider|employee|volunteer|student|buyer|planner|agent|assisant|ta|ra|gra|gta"
)
_TITLE = re.compile(
    rf"(?<![\w@/.])(?:(?P<sure>{by_first_letter(_SURE)})|(?P<likely>{by_first_letter(_LIKELY)}))s?(?![\w@])"
    r"(?!\.\w|\s+(?:the|a|an|to|by)\s)"
)
# for lines as written, like the next one
_CUT = re.compile(
    r"\s*(?:[|;\u2022\n]|\s[-~]\s|\s{2,}|(?<=\w)\s*:\s|\s@\s?|\((?![a-z]{1,3}\)))\s*|,\s+|\s(?:at|with|@|chez"
    r"|bei)\s(?=[A-Z\d])",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:(?:of|in|for|on|de|da|do|-)\s+|[IVX]{1,3}\b|\d\b)[\w&/. ]{0,60}$")
_STUDIES = (
    r"ph\.?\s?d\.?|college|university|high school|doctoral|master'?s?|m\.?sc\.?|bachelor'?s?|graduate"
    r"|undergraduate|exchange"
)
_WORK_OF_STUDIES = re.compile(rf"^(?:{_STUDIES})?\s*(?:student|candidate|scholar)s?$")
_INTERN = re.compile(
    r"\b(?:intern(?:ship)?s?|placement|trainee|apprentice|stagiaire|stage|praktik(?:um|ant(?:in)?)|becari[oa]|estagi\u00e1ri[oa]|tirocinante|co-?op|"
    r"summer (?:associate|analyst|student|fellow|trainee))\b",
)
_ASSISTANT = re.compile(
    r"\b(?:(?:research|teaching|graduate|lab(?:oratory)?|faculty|course|instructional|doctoral|student|undergraduate)\s+"
    r"(?:\w+\s+)?(?:assistant|asst\.?|aide|grader)s?|assistantship|(?:under)?graduate\s+(?:student\s+)?(?:instructor"
    r"|researcher|research$)"
    r"|doctoral\s+researcher|ph\.?d\.?\s+researcher|teaching\s+fellow|grader|assistant\s+(?:in|for)\s+(?:research|teaching)"
    r"|(?:studentische|wissenschaftliche)\s+hilfskraft)\b",
)
_ACADEMIC = re.compile(
    r"\b(?:post-?\s?doc\w*|lecturer|professor|visiting\s(?:research\w*\s)?(?:scholar|fellow|scientist)|research\s(?:fellow|associate)"
    r"|associated?\sresearcher)\b",
)
_SHORT_ASSISTANT = re.compile(r"\b(?:G?TA|G?RA)\b")  # in capitals
_LEAD = re.compile(
    r"\b(?:staff(?! augmentation)|principal|lead|leader|head|manager|director|vp|svp|avp|vice[- ]president|president"
    r"|chief|c[etfio]o"
    r"|co-?founder|founder|distinguished)\b",
)
_NOT_LEAD = re.compile(r"\bmember\s+(?:of\s+)?(?:the\s+)?technical\s+staff\b|\b(?:account|lead generation|case)\s+manager\b")
_SENIOR = re.compile(r"\b(?:sr|snr|senior|iii|expert)\b")
_ENTRY = re.compile(
    r"\b(?:junior|jr|entry[- ]level|graduate|trainee|fresher|apprentice)\b|\bassociate\b(?!\s+(?:director|professor|dean"
    r"|editor))|\bi\b(?!/)"
)
_MID = re.compile(r"\b(?:ii|mid[- ]level|intermediate)\b")
_RESEARCHER = re.compile(r"\b(?:research|postdoctoral|teaching|clinical)\s+associate\b")
_WORDS_MOST = 14
_OPENING = 60  # letters of a line in which it opens with a title
_READ = 400  # letters of a line that are read: titles stand at its front, and prose can be long


def title_in(line: str) -> tuple[int, str]:
    """How surely the line holds a job title (3: a sure word in a short line, 0: none), and the title."""
    return _title_in(line[:_READ])


@lru_cache(maxsize=512)  # a line is asked for its title from several others
def _title_in(line: str) -> tuple[int, str]:
    line = joined(line).strip(" ,;:-|.()\u2022/")
    if not line or not _TITLE.search(lower_case(line)):
        return 0, ""
    best = 0, ""
    parts = [part for part in _CUT.split(line) if part]
    for at, part in enumerate(parts):
        found = list(_TITLE.finditer(lower_case(part)))
        if not found:
            continue
        sure = any(word["sure"] for word in found)
        grade = (2 if sure else 1) + (len(line.split()) <= _WORDS_MOST and part[:1].isupper() and sure)
        if grade > best[0]:
            best = grade, _trimmed(part, found[-1].end(), parts[at + 1] if at + 1 < len(parts) else "")
    return best


def _trimmed(part: str, last: int, after: str) -> str:
    """The part up to its last title word and what belongs to it ("of Engineering"), and an "Intern" behind a comma."""
    tail = _TAIL.match(part, last)
    place = 0 < len(after.split()) <= 2 and len(part[last:].split()) <= 2  # "Research Intern Santa Clara", "CA"
    title = part if tail or (len(part.split()) <= 4 and not place) else part[:last]
    if after and len(after.split()) <= 2 and _titled(after) and not _titled(title[-len(after) :]):
        return f"{title}, {after}"
    return title.strip(" .,-")


def _titled(words: str) -> bool:
    return _TITLE.search(lower_case(words)) is not None


def opens_with_title(line: str) -> bool:
    """Whether one of the first words of the line is surely a title, though prose follows."""
    line = lower_case(line[:_OPENING])
    return any(found["sure"] and len(line[: found.start()].split()) <= 3 for found in _TITLE.finditer(line))


def is_study(title: str) -> bool:
    """PhD student, Master's candidate: studies, not paid work by name."""
    return bool(_WORK_OF_STUDIES.match(lower_case(title.strip())))


def is_academic(title: str) -> bool:
    """Postdoctoral fellow, lecturer: work that resumes also tell of under education or teaching."""
    return bool(_ACADEMIC.search(lower_case(title)))


def kind_of(title: str) -> RoleKind:
    """Job, internship or assistantship by the words of the title."""
    lower = lower_case(title)
    if _INTERN.search(lower):
        return "internship"
    if _ASSISTANT.search(lower) or _SHORT_ASSISTANT.search(title):
        return "assistant"
    return "job"


def level_of(title: str) -> Level | None:
    """The seniority a title names; None where it names none."""
    lower = lower_case(title)
    if _INTERN.search(lower):
        return "intern"
    plain = _RESEARCHER.sub("", _NOT_LEAD.sub("", lower))
    for level, words in _LEVELS:
        if words.search(plain):
            return level
    return None


_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (("lead", _LEAD), ("senior", _SENIOR), ("mid", _MID), ("entry", _ENTRY))
