"""Divides a resume or an ad into its sections, by headings of every usual wording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dlmatch.knowledge.language import Language
from dlmatch.model.document import Document

LONGEST_HEADING = 70  # characters; longer lines are sentences
LONGEST_INLINE = 80_000  # characters of a text without lines that are read for headings; a resume has 10,000
FEWEST_LINES = 400  # characters a line, on average: text above that was put on one line, its headings run into it
MARKS = re.compile(
    r"^[\s#*_=>\u2022\uf0b7\-\u2013\u2014|\[({~+]+|^\(?\d{1,2}[.)]\s+|^(?:section )?[ivx]{1,4}\.\s+"
    r"|[\s#*_:=\-\u2013\u2014|\])}~\u2026.?!]+$"
)
LABEL = re.compile(r"[\s#*_\u2022-]*([A-Za-z][A-Za-z '\u2019/&,-]{2,50}?)\s*[*_]*:[*_]*\s+(?=\S)")
INLINE = re.compile(
    r"(?:(?<=[.!?:;)\u2022])\s*|(?<=\s\s)|(?<=\\n)|(?<=[a-z0-9)+]\s))"
    r"((?:[A-Z][A-Za-z'\u2019-]+(?:\s(?:and|&|of|we|you|for|in|to|the|are|do|ll|will)(?=\s))?[\s/&]*){1,6}|(?:[A-Z]{3,}[\s/&]*){1,5})"
    r"(?=:|\s{1,}[A-Z0-9\u2022\uf0b7*-])"
)
WISHES = re.compile(
    r"(?:Preferred|PREFERRED|Optional|OPTIONAL|Desired|Nice to have|Bonus|Required|Minimum)(?:, not required)?(?=\s?:)"
    r"|(?<=[a-z][.!?])(?:Preferred|Required)(?= ?[A-Z])"
)
# labels of facts that end with their line
ONE_LINE = re.compile(
    r"(?i)(?:(?:job|work|office|employment|primary|contract|start|base|expected|annual|remote) )?"
    r"(?:locations?|sites?|salar(?:y|ies)|salary range|pay|pay range|compensation|type|hours|schedule|travel|duration|working|date|title)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A half-open range of the text under one heading; `body` is where its text begins."""

    kind: str
    start: int
    body: int
    end: int
    heading: str = ""


def sections_of(document: Document, kind: Literal["resume", "job"], language: Language) -> tuple[Section, ...]:
    """The sections, in order, covering the whole text. The part before the first heading is "top"."""
    text = document.text
    heads = _heads(document, kind, language)
    if kind == "job" and not any(head[0] == "required" for head in heads):
        # "Desired qualifications" in an ad that asks for nothing else are what it asks for
        heads = [("required", *head[1:]) if head[3].lower().startswith("desired") else head for head in heads]
    marks = [("top", 0, 0, ""), *heads] if not heads or heads[0][1] > 0 else heads
    ends = [mark[1] for mark in marks[1:]] + [len(text)]
    return tuple(
        Section(kind=name, start=start, body=body, end=end, heading=heading)
        for (name, start, body, heading), end in zip(marks, ends, strict=True)
    )


Head = tuple[str, int, int, str]  # section kind, where the heading starts, where the body starts, the heading's words


def _heads(document: Document, kind: str, language: Language) -> list[Head]:
    text = document.text
    table = language.headings[kind]
    found: list[Head] = []
    for start, end in _lines(text):
        line = text[start:end]
        if end - start <= LONGEST_HEADING:
            name = _kind_of(line, table)
            titled = kind == "resume" and language.titles.search(line) is not None
            if name and not titled and _is_heading(line, kind):
                found.append((name, start, end, _bare(line)))
                continue
        label = LABEL.match(line)
        if label:
            name = _kind_of(label.group(1), table)
            inside_a_role = kind == "resume" and name == "skills" and found and found[-1][0] in ("experience", "projects")
            if name and not inside_a_role and len(label.group(1).split()) <= 4:
                before = found[-1] if found else ("top", 0, 0, "")
                found.append((name, start, start + label.end(), label.group(1)))
                if kind == "job" and ONE_LINE.fullmatch(label.group(1).strip()):
                    found.append((before[0], end, end, before[3]))  # what follows goes on where it was
    if runs_on(text):
        known = {head[1] for head in found}
        found += [head for head in _inline(text, table) if head[1] not in known]
        if kind == "job":
            known = {head[1] for head in found}
            found += [head for head in _inline_wishes(text) if head[1] not in known]
        found.sort(key=lambda head: head[1])
    return found


def runs_on(text: str) -> bool:
    """Whether a text lost its lines: then headings and items run into each other."""
    return text.count("\n") * FEWEST_LINES < len(text)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start and not text[start:end].isspace():
            yield start, end
        start = end + 1


def _bare(line: str) -> str:
    """A line without the marks around a heading."""
    before = None
    while before != line:
        before, line = line, MARKS.sub("", line.strip())
    return line


def _kind_of(line: str, table: tuple[tuple[str, re.Pattern[str]], ...]) -> str | None:
    bare = " ".join(_bare(line).lower().replace("\u2019", "'").split())
    if not 2 < len(bare) <= LONGEST_HEADING:
        return None
    for name, pattern in table:
        if pattern.fullmatch(bare):
            return name
    return None


MOST_WORDS, MOST_MARKED = 9, 12  # words of a heading, and of one that ends in a colon


def _is_heading(line: str, kind: str) -> bool:
    """Whether a line that reads like a heading stands like one: short, no list item, no sentence."""
    bare = _bare(line)
    words = bare.split()
    stripped = line.strip()
    if (
        len(words) > (MOST_MARKED if stripped.endswith((":", ":**", ":__")) else MOST_WORDS)
        or stripped.endswith((",", ";"))
        or (stripped.endswith(".") and len(words) > 3)
    ):
        return False
    marked = stripped.startswith(("#", "**", "__")) or stripped.endswith((":", "**", "?"))
    item = re.match(r"\s*(?:[-*\u2022\uf0b7\u25aa\u25cf]\s|\d+[.)]\s)", line) is not None
    if item and not marked:
        return False
    if marked or bare.isupper():
        return True
    if kind == "resume":
        return len(words) <= 5 and words[0][0].isupper() and "," not in bare
    return words[0][0].isupper() and len(words) <= 6


QUALIFIER = (
    r"(?:basic|required|preferred|minimum|desired|additional|other|key|core|technical|professional|work|job|position|role|"
    r"relevant|academic|educational|education|research|industry|industrial|teaching|personal|computer|programming|career|"
    r"executive|selected|employment|skills?|experience|training|interests?|honors|awards|achievements|summary|about|our|your|the|"
    r"related|practical|special|leadership|volunteer|projects?|languages?|certifications?|and|&|of)"
)
HEAD_NOUN = (
    r"(?:qualifications?|requirements?|responsibilities|duties|benefits|overview|skills|experience|education|projects|"
    r"publications|summary|objective|certifications?|awards|interests|references|languages|description|employment|coursework|"
    r"achievements|honors|activities|technologies|history|profile|background|competencies|role)"
)
STRONG = re.compile(
    rf"(?:{QUALIFIER} ){{0,4}}{HEAD_NOUN}|who you are|about you|you have|what we offer|we offer|what you.ll do|what you will do",
    re.IGNORECASE,
)


def _inline(text: str, table: tuple[tuple[str, re.Pattern[str]], ...]) -> list[Head]:
    """Headings that run into a text without lines: "... our users. Qualifications BS in CS ..."."""
    found: list[Head] = []
    for match in INLINE.finditer(text, 0, LONGEST_INLINE):
        words = [(word.group(), match.start(1) + word.start()) for word in re.finditer(r"\S+", match.group(1))]
        head = _strongest([word for word, _ in words])
        if head is None:
            continue
        first, last = head
        start, body = words[first][1], words[last][1] + len(words[last][0])
        heading = " ".join(word for word, _ in words[first : last + 1])
        name = _kind_of(heading, table)
        if name:
            found.append((name, start, body, heading))
    return found


def _inline_wishes(text: str) -> Iterator[Head]:
    """The one-word headings of a text without lines: "... algorithms. Preferred:Publications in"."""
    for match in WISHES.finditer(text, 0, LONGEST_INLINE):
        name = "required" if match.group().startswith(("Required", "Minimum")) else "preferred"
        yield name, match.start(), match.end(), match.group()


def _strongest(words: list[str]) -> tuple[int, int] | None:
    """The first and last index of the longest run of words that is a heading; the earliest of equals."""
    for length in range(len(words), 0, -1):
        for first in range(len(words) - length + 1):
            if STRONG.fullmatch(" ".join(words[first : first + length])):
                return first, first + length - 1
    return None
