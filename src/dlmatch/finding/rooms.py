"""Says for each line of a resume which part of it the line stands in, also where the sections handed in are poor."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from dlmatch.finding.flow import Line
from dlmatch.finding.titles import title_in


class Part(Protocol):
    """What this module asks of a section: a half-open range of the text, and its kind."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def heading(self) -> str: ...


# Words that only headings of one kind hold, the surest kinds first: "Education and training" is education.
_NOUNS = {
    "references": "references referees referenzen références referencias",
    "publications": "publications publication papers articles preprints patents presentations talks publikationen publicaciones",
    "education": "education educational qualification degrees studies academics ausbildung bildung studium formation "
    "formación istruzione formação educação opleiding",
    "volunteering": "volunteer volunteering activities extracurricular extracurriculars service societies memberships "
    "affiliations outreach",
    "certifications": "certification certifications certificates certificate licenses licences credentials",
    "awards": "awards award honors honours grants scholarships achievements accomplishments distinctions recognition prizes",
    "projects": "projects projekte projets proyectos",
    "experience": "experience experiences employment career appointments positions internships internship work history "
    "employments "
    "berufserfahrung praktika expérience expériences experiencia laboral esperienza "
    "experiência werkervaring profissional",
    "courses": "courses coursework training trainings workshops seminars",
    "skills": "skills technologies tools competencies competences expertise languages proficiencies strengths compétences "
    "kenntnisse",
    "interests": "interests hobbies",
    "summary": "summary profile objective about highlights overview",
    "other": "research teaching information details personal miscellaneous leadership contact",
}
_FILLERS = (
    "and or of the in my other additional selected relevant related professional academic industrial industry technical "
    "key core "
    "peer reviewed journal conference refereed recent previous prior past current job business graduate undergraduate "
    "postgraduate "
    "independent side major community programming software computer it media executive skill press invited earlier "
    "background qualifications "
    "acadêmica académica record areas area notable open source competitions contributions & und et y e"
)
_KIND = {word: kind for kind, words in _NOUNS.items() for word in words.split()}
_ORDER = tuple(_NOUNS)
_VOCABULARY = frozenset(_FILLERS.split()) | frozenset(_KIND)
_WORD = re.compile(r"[^\W\d_]+|&")
_DIGIT = re.compile(r"\d")
_SPACED = re.compile(r"(?:[A-Z] ){3,}[A-Z]\b")
_AHEAD = re.compile(  # a heading whose line end was lost, or that stands in the margin of its section's first line
    r"(?:(?P<sure>(?:Work|Professional|Relevant|Research|Industry)\s+Experience|Employment\s+History|Work\s+History"
    r"|WORK\s+EXPERIENCE|PROFESSIONAL\s+EXPERIENCE|EMPLOYMENT\s+HISTORY|WORK\s+HISTORY)"
    r"|(?P<likely>Experience|EXPERIENCE|Employment|EMPLOYMENT|Education|EDUCATION|Projects|PROJECTS|Publications|Awards))"
    r"\s*:?\s+(?=[A-Z\d])"
)
_LONGEST = 60
_MARKS = " :-|_.=#*\u2022\x1f"
_ICONS = re.compile(r"[^\w\n]+")


def heading_kind(text: str) -> str | None:
    """The kind of section that this line heads; None if it is no heading."""
    text = text.strip(_MARKS)
    if text[:1] > "\u2100":
        icons = _ICONS.match(text)
        text = text[icons.end() :] if icons else text
    if not 4 <= len(text) <= _LONGEST:
        return None
    if text[1] == " " and _SPACED.fullmatch(text):
        text = text.replace(" ", "")
    first = _WORD.match(text)
    if not text[0].isupper() or first is None or first[0].lower() not in _VOCABULARY:
        return None
    words = [word.lower() for word in _WORD.findall(text)]
    if not 1 <= len(words) <= 8 or not all(word in _VOCABULARY for word in words) or _DIGIT.search(text):
        return None
    kinds = {_KIND[word] for word in words if word in _KIND}
    if kinds == {"projects"} or not kinds:
        return "projects" if kinds else None
    if words[0] in ("areas", "area"):
        return "skills"
    return min(kinds, key=_ORDER.index)


_LABELS = frozenset({"projects", "skills", "awards", "courses", "summary"})


def rooms_of(lines: Sequence[Line], sections: Sequence[Part]) -> list[str]:
    """The kind of each line: that of the last heading above it or of the section that begins last before it.

    "Projects:" inside a role of a resume whose headings have no colon is a label of that role: such lines are "tasks".
    """
    begins = {line.start for line in lines}
    sections = [part for part in sections if _is_heading(part.heading) and (not part.heading or part.start in begins)]
    starts = [section.start for section in sections]
    kinds: list[str] = []
    inside, own, colons = -2, None, False
    for line in lines:
        at = bisect_right(starts, line.start) - 1
        if at != inside:  # a new section begins: it knows better than the heading before it
            inside, own = at, None
        heading = None if line.bullet and not line.text.isupper() else _heading(line.text)
        given = sections[at].kind if at >= 0 else "top"
        here = own or given
        if heading:
            label = line.text.endswith(":") and not colons and here in ("experience", "tasks") and heading in _LABELS
            own = "tasks" if label else heading
            colons |= heading == "experience" and line.text.endswith(":")
        kinds.append(own or given)
    return kinds


def _is_heading(heading: str) -> bool:
    """Whether to believe a section: a job title ("Project Lead") or a line of a role ("Accomplishment 2") heads none."""
    if not heading or heading_kind(heading):
        return True
    words = [word.lower() for word in _WORD.findall(heading)]
    plain = not _DIGIT.search(heading) and heading.lstrip(_MARKS)[:1].isupper()
    return plain and any(word in _KIND for word in words) and not title_in(heading)[0]


def _heading(text: str) -> str | None:
    kind = heading_kind(text)
    if kind:
        return kind
    ahead = _AHEAD.match(text)
    if ahead is None or (ahead["likely"] and not _DIGIT.search(text)):
        return None
    return heading_kind((ahead["sure"] or ahead["likely"]).capitalize())


def heading_length(text: str) -> int:
    """How much of the line a heading at its front takes; all of it where the line is a heading."""
    if heading_kind(text):
        return len(text)
    ahead = _AHEAD.match(text)
    return ahead.end() if ahead else 0
