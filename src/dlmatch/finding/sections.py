"""Divides a resume or an ad into its sections, by headings of every usual wording."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from dlmatch.finding.inline import Head, inline_heads, inline_wishes
from dlmatch.finding.words import Words
from dlmatch.knowledge.language import LONGEST_HEADING, Headings, Language
from dlmatch.model.document import Document

FEWEST_LINES = 400  # characters a line, on average: text above that was put on one line, its headings run into it
# What stands around a heading: marks and numbers before it, marks after it.
LEADING = re.compile(r"[\s#*_=>\u2022\uf0b7\-\u2013\u2014|\[({~+]+|\(?\d{1,2}[.)]\s+|(?:section )?[ivx]{1,4}\.\s+")
TRAILING = (
    "#*_:=-\u2013\u2014|])}~\u2026.?! \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
ITEM = re.compile(r"(?:[-*\u2022\uf0b7\u25aa\u25cf]|\d+[.)])\s")
LABEL = re.compile(r"[\s#*_\u2022-]*([A-Za-z][A-Za-z '\u2019/&,-]{2,50}?)\s*[*_]*:[*_]*\s+(?=\S)")
# labels of facts that end with their line
ONE_LINE = re.compile(
    r"(?i)(?:(?:job|work|office|employment|primary|contract|start|base|expected|annual|remote) )?"
    r"(?:locations?|sites?|salar(?:y|ies)|salary range|pay|pay range|compensation|type|hours|schedule|travel|duration|working|date|title)"
)


class Section(NamedTuple):
    """A half-open range of the text under one heading; `body` is where its text begins."""

    kind: str
    start: int
    body: int
    end: int
    heading: str = ""


def sections_of(
    document: Document, kind: Literal["resume", "job"], language: Language, words: Words | None = None
) -> tuple[Section, ...]:
    """The sections, in order, covering the whole text. The part before the first heading is "top"."""
    text = document.text
    heads = _heads(text, kind, language, words)
    if kind == "job" and not any(head.kind == "required" for head in heads):
        # "Desired qualifications" in an ad that asks for nothing else are what it asks for
        heads = [head._replace(kind="required") if head.heading.lower().startswith("desired") else head for head in heads]
    if not heads or heads[0].start > 0:
        heads.insert(0, Head("top", 0, 0, ""))
    ends = [*[head.start for head in heads[1:]], len(text)]
    return tuple(Section(*head[:3], end, head.heading) for head, end in zip(heads, ends, strict=True))


def runs_on(text: str) -> bool:
    """Whether a text lost its lines: then headings and items run into each other."""
    return text.count("\n") * FEWEST_LINES < len(text)


def _heads(text: str, kind: str, language: Language, words: Words | None) -> list[Head]:
    headings = language.headings[kind]
    found: list[Head] = []
    end = -1
    for line in text.split("\n"):
        start, end = end + 1, end + 1 + len(line)
        head = _whole_line(line, start, kind, language) if len(line) <= LONGEST_HEADING else None
        if head is not None:
            found.append(head)
        elif ":" in line:
            _add_label(found, line, start, kind, headings)
    if runs_on(text):
        _add_new(found, inline_heads(text, headings, words))
        if kind == "job":
            _add_new(found, inline_wishes(text))
        found.sort(key=lambda head: head.start)
    return found


def _add_new(found: list[Head], heads: Iterable[Head]) -> None:
    known = {head.start for head in found}
    found += [head for head in heads if head.start not in known]


def _whole_line(line: str, start: int, kind: str, language: Language) -> Head | None:
    """The heading that a line is, where it is one and nothing else."""
    bare = _standing_alone(line.strip(), kind)
    name = language.headings[kind].kind_of(bare) if bare else None
    if name is None or (kind == "resume" and language.titles.search(line)):
        return None
    return Head(name, start, start + len(line), bare)


def _add_label(found: list[Head], line: str, start: int, kind: str, headings: Headings) -> None:
    """The heading that a line begins with: "Requirements: BS in CS ..."."""
    label = LABEL.match(line)
    if label is None:
        return
    heading = label.group(1)
    name = headings.kind_of(_bare(heading))
    in_work = kind == "resume" and found and found[-1].kind in ("experience", "projects")
    inside_a_role = in_work and (name in ("skills", "courses") or ITEM.match(line.lstrip()) is not None)
    if name is None or inside_a_role or len(heading.split()) > 4:
        return
    before = found[-1] if found else Head("top", 0, 0, "")
    found.append(Head(name, start, start + label.end(), heading))
    if kind == "job" and ONE_LINE.fullmatch(heading.strip()):
        end = start + len(line)
        found.append(Head(before.kind, end, end, before.heading))  # what follows goes on where it was


def _bare(line: str) -> str:
    """A line without the marks around a heading."""
    while True:
        bare = line.strip()
        leading = LEADING.match(bare)
        bare = (bare[leading.end() :] if leading else bare).rstrip(TRAILING)
        if bare == line:
            return bare
        line = bare


MOST_WORDS, MOST_MARKED = 9, 12  # words of a heading, and of one that ends in a colon
MOST_PLAIN = {"resume": 5, "job": 6}  # words of one that nothing but its first capital marks


def _standing_alone(line: str, kind: str) -> str:
    """The words of a line that stands like a heading: short, no list item, no sentence; "" for all else."""
    if not line or line[-1] in ",;":
        return ""
    marked = line.startswith(("#", "**", "__")) or line.endswith((":", "**", "?"))
    if not marked and ITEM.match(line):
        return ""
    bare = _bare(line)
    number = len(bare.split())
    if number > (MOST_MARKED if line.endswith((":", ":**", ":__")) else MOST_WORDS) or (number > 3 and line.endswith(".")):
        return ""
    plain = bare[:1].isupper() and number <= MOST_PLAIN[kind] and not (kind == "resume" and "," in bare)
    return bare if marked or plain or bare.isupper() else ""
