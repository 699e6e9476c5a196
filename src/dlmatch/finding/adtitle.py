"""Finds the advertised title of a job ad: a heading, a label, or a part of a header line such as "Firm | Engineer | City"."""

from __future__ import annotations

import re

from dlmatch.finding.places import lines_of

MARKS = re.compile(r"^[\s#>*_|•·\-–]+|[\s*_#:|]+$")
LINK = re.compile(r"\[((?:[^\[\]\n]|\[[^\[\]\n]{0,80}\]){1,200})\]\([^()\s]{1,300}\)")
TITLE_LABEL = re.compile(
    r"(?im)^[ \t#*_>•·-]*(?:job title|position title|position|role|title"
    r"|job)[\s*_]*[:：][\s*_]*(?P<title>\S[^\n]{2,110})"
)
WORK = re.compile(
    r"(?i)\b(?:engineers?|scientists?|developers?|analysts?|managers?|researchers?|architects?|consultants?|specialists?"
    r"|designers?|directors?|leads?|head|modell?er|"
    r"intern(?:ship)?|programmer|administrator|associate|director|president|officer|fellow|professor|lecturer|technician"
    r"|strategist|scrum master|product owner|recruiter|writer|tester|postdoc\w*|sde|swe|mlops|devops|dev)\b"
)
LONGEST_TITLE, LONGEST_HEADER = 130, 300  # characters
SIGNS = (re.compile(r"\s*\|\s*"), re.compile(r"\s+[-–—]\s+"))
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
        line = MARKS.sub("", LINK.sub(r"\1", text[start : min(end, start + LONGEST_HEADER)]))
        part = _of_a_header(line) if number < 2 else None
        if part is not None:
            return _cleaned(part)
        if number >= 4 or not line or end - start > LONGEST_HEADER or len(line) > LONGEST_TITLE or line.count(". ") > 1:
            break
        if WORK.search(line) and not line.endswith("."):
            return _cleaned(line)
        plain = len(line.split()) <= 14 and not line.endswith(".") and "|" not in line
        best = best or (_cleaned(line) if number == 0 and plain and not NO_TITLE.fullmatch(line) else None)
    label = TITLE_LABEL.search(text[:6000])
    return _cleaned(label["title"]) if label else best


def _of_a_header(line: str) -> str | None:
    """The part of a header line that names the work, if the line says beside it where, how or for what one works."""
    for sign in SIGNS:
        parts = sign.split(line)
        if len(parts) < 3 or not (sign is SIGNS[0] or any(BESIDE.match(part) for part in parts)):
            continue
        for number, part in enumerate(parts):
            if WORK.search(part) and not BESIDE.match(part) and len(part) <= LONGEST_TITLE:
                return part if sign is SIGNS[0] else " - ".join(_until_beside(parts[number:]))
    return None


def _until_beside(parts: list[str]) -> list[str]:
    stop = next((number for number, part in enumerate(parts) if BESIDE.match(part)), len(parts))
    return parts[:stop]


def _cleaned(title: str) -> str:
    """The title without marks, links and the words around it."""
    bare = MARKS.sub("", LINK.sub(r"\1", title))
    bare = BEFORE_TITLE.sub("", bare)
    return MARKS.sub("", BEHIND_TITLE.sub("", bare)) or bare
