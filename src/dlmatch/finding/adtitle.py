"""Finds the advertised title of a job ad: a heading, a label, or a part of a header line such as "Firm | Engineer | City"."""

from __future__ import annotations

import re

from dlmatch.finding.anchors import SPACES, lower_case, spots
from dlmatch.finding.places import lines_of

MARKS_BEFORE, MARKS_BEHIND = SPACES + "#>*_|•·-–", SPACES + "*_#:|"
LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,80}\]){1,200})\]\([^()\s]{1,300}\)")
TITLE_LABEL = re.compile(
    r"(?im)^[ \t#*_>•·-]*(?:job title|position title|position|role|title"
    r"|job)[\s*_]*[:：][\s*_]*(?P<title>\S[^\n]{2,110})"
)
LABEL_WORDS = ("title", "position", "role", "job")
MAY_END_LABEL = SPACES + "*_eEnNbB"
COLONS = (":", "：")
WORK = re.compile(  # in lower case
    r"\b(?:engineers?|scientists?|developers?|analysts?|managers?|researchers?|architects?|consultants?|specialists?"
    r"|designers?|directors?|leads?|head|modell?er|"
    r"intern(?:ship)?|programmer|administrator|associate|director|president|officer|fellow|professor|lecturer|technician"
    r"|strategist|scrum master|product owner|recruiter|writer|tester|postdoc\w*|sde|swe|mlops|devops|dev)\b"
)
LONGEST_TITLE, LONGEST_HEADER, FAR = 130, 300, 6000  # characters, the last those that are searched for a label
SIGNS = ((re.compile(r"\s*\|\s*"), "|"), (re.compile(r"\s+[-–—]\s+"), "-–—"))
# the parts of a header line that are no title: where and how one works, what it pays, addresses on the web
BESIDE = re.compile(
    r"(?i)(?:full|part)[- ]?time|remote|on-?site|hybrid|contract|permanent|visa\b|https?:|www\.|[$€£₹]|\d+ ?k\b|[\w.-]+\.(?:com|io|ai|org)\b"
)
BEFORE_TITLE = re.compile(
    r"(?i)^(?:job description for|(?:we(?:'re| are) )?hiring(?: for| an?)?|vacancy|opening|wanted|\d{4}-\d\d)\b[\s:–—-]*(?=\S)"
)
BEHIND_TITLE = re.compile(r"(?i)\s+(?:job|vacancy|#\d+)$|\s*[\[(](?:fully |100% )?remote[\])]$|\s*\([^()]*[$€£₹][^()]*\)$")
NO_TITLE = re.compile(
    r"(?i)(?:job|role|position)? ?(?:description|summary|overview|details)|about (?:us|the .*)|menu|home|careers|apply now"
)


def title_of(text: str) -> str | None:
    """The advertised title: the first line, unless that is prose or the company and a later line names the work."""
    best: str | None = None
    for number, (start, end) in enumerate(lines_of(text, 0, 1200)):
        label = TITLE_LABEL.match(text, start)
        if label:
            return _cleaned(label["title"])
        line = _bare(text[start : min(end, start + LONGEST_HEADER)])
        part = _of_a_header(line) if number < 2 else None
        if part is not None:
            return _cleaned(part)
        if number >= 4 or not line or end - start > LONGEST_HEADER or len(line) > LONGEST_TITLE or line.count(". ") > 1:
            break
        if not line.endswith(".") and names_work(line):
            return _cleaned(line)
        plain = len(line.split()) <= 14 and not line.endswith(".") and "|" not in line
        best = best or (_cleaned(line) if number == 0 and plain and not NO_TITLE.fullmatch(line) else None)
    label = _label(text)
    return _cleaned(label["title"]) if label else best


def names_work(words: str) -> bool:
    """Whether the words name work or those who do it."""
    return WORK.search(lower_case(words)) is not None


def _label(text: str) -> re.Match[str] | None:
    """The first label such as `Job title:` that begins a line."""
    for colon in spots(text, COLONS, 0, FAR):
        if text[colon - 1 : colon] not in MAY_END_LABEL:
            continue
        end = len(text[:colon].rstrip(SPACES + "*_"))
        if lower_case(text[max(0, end - 8) : end]).endswith(LABEL_WORDS):
            label = TITLE_LABEL.match(text, text.rfind("\n", 0, end) + 1, FAR)
            if label is not None:
                return label
    return None


def _of_a_header(line: str) -> str | None:
    """The part of a header line that names the work, if the line says beside it where, how or for what one works."""
    for sign, characters in SIGNS:
        parts = sign.split(line) if sum(map(line.count, characters)) > 1 else ()
        if len(parts) < 3 or not (characters == "|" or any(BESIDE.match(part) for part in parts)):
            continue
        for number, part in enumerate(parts):
            if names_work(part) and not BESIDE.match(part) and len(part) <= LONGEST_TITLE:
                return part if characters == "|" else " - ".join(_until_beside(parts[number:]))
    return None


def _until_beside(parts: list[str]) -> list[str]:
    stop = next((number for number, part in enumerate(parts) if BESIDE.match(part)), len(parts))
    return parts[:stop]


def _cleaned(title: str) -> str:
    """The title without marks, links and the words around it."""
    bare = _bare(title)
    bare = BEFORE_TITLE.sub("", bare)
    return _without_marks(BEHIND_TITLE.sub("", bare)) or bare


def _bare(line: str) -> str:
    return _without_marks(LINK.sub(r"\1", line) if "](" in line else line)


def _without_marks(line: str) -> str:
    return line.lstrip(MARKS_BEFORE).rstrip(MARKS_BEHIND)
