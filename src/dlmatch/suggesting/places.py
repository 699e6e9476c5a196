"""A document to the places where its unknown terms stand: in a skill context, with what stands beside them, or elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from dlmatch.finding.sections import Section, runs_on, sections_of
from dlmatch.finding.sentences import glued_words, sentence_starts
from dlmatch.knowledge.language import Language
from dlmatch.model.document import Document
from dlmatch.model.report import Report
from dlmatch.suggesting.pieces import LONGEST, Piece, cued, lists_of, pieces_in

LISTS: Final = frozenset({"skills", "certifications"})  # sections of resumes that list skills and little else
ASKED: Final = frozenset({"required", "preferred"})  # sections of ads, in which sentences say much besides
QUOTED: Final = 45  # characters of an example on either side
NEAR: Final = 8  # items of a list between which one speaks for the other
DOTTED: Final = re.compile(r"\.(?i:net|js)\b")  # ASP.Net is no full stop whose space was lost
Context = Literal["beside", "cue", "listed", "asked", "elsewhere"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place at which a term stands."""

    words: tuple[str, ...]  # as written
    context: Context
    categories: tuple[str, ...] = ()  # of the known skills in the same list
    named: bool = False  # written as a name: with capitals where no sentence begins, digits, signs
    whole: bool = True  # the term is the whole of an item, and not a part of it
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """A document's places, and what an example of one needs."""

    name: str
    text: str
    sentences: tuple[str, ...]  # folded, to tell what many documents repeat word for word
    places: tuple[tuple[int, Place], ...]  # each with the number of its sentence

    def quote(self, place: Place) -> str:
        """The term with a few words on either side."""
        left = max(self.text.rfind("\n", 0, place.start) + 1, place.start - QUOTED)
        stop = self.text.find("\n", place.end)
        right = min(len(self.text) if stop < 0 else stop, place.end + QUOTED)
        words = " ".join(self.text[left:right].split())
        return f"{'…' if left else ''}{words}{'…' if right < len(self.text) else ''}"


def search(document: Document, report: Report, language: Language) -> Searched:
    """Every term of a document that no phrase of the taxonomy covers."""
    text = document.text
    sections = sections_of(document, report.kind, language)
    cuts = glued_words(text, language.glued) if runs_on(text) else ()
    starts = (at for at in sentence_starts(text) if not DOTTED.match(text, at - 1))
    edges = sorted({0, *starts, *(section.body for section in sections), *cuts, len(text)})
    known = _known(report)
    sentences: list[str] = []
    places: list[tuple[int, Place]] = []
    for start, end in pairwise(edges):
        number = len(sentences)
        sentences.append(" ".join(text[start:end].lower().split()))
        section = sections[bisect_right(sections, start, key=lambda one: one.start) - 1] if sections else None
        inside = [one for one in known if start <= one[0] < end]
        of_degree = language.degree.search(text, start, end) is not None
        places += [(number, place) for place in _in_sentence(text, start, end, inside, section, of_degree)]
    return Searched(name=document.name, text=text, sentences=tuple(sentences), places=tuple(places))


def _known(report: Report) -> list[tuple[int, int, str]]:
    """What the taxonomy has a phrase for, whether it counted or was refused: no overlaps, in order."""
    spans = [(e.start, e.end, skill.category) for skill in report.skills for e in skill.evidence]
    spans += [(refused.start, refused.end, "refused") for refused in report.rejected]
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _in_sentence(
    text: str, start: int, end: int, known: Sequence[tuple[int, int, str]], section: Section | None, of_degree: bool
) -> Iterator[Place]:
    kind = section.kind if section else ""
    titled = _titled(text[start:end])
    for items in lists_of(text, pieces_in(text, start, end, known)):
        lead = cued(text, start, items[0].start)
        for at, item in enumerate(items):
            if item.known:
                continue
            beside = tuple(
                sorted({one.known for one in items[max(0, at - NEAR) : at + NEAR + 1] if one.known not in ("", "refused")})
            )
            context: Context = "elsewhere"
            if not of_degree and kind not in ("legal", "benefits"):
                context = (
                    "beside"
                    if beside
                    else "cue"
                    if lead
                    else "listed"
                    if kind in LISTS
                    else "asked"
                    if kind in ASKED
                    else context
                )
            yield from _terms(text, item, context, beside, at_start=item.start == start or titled)


def _terms(text: str, item: Piece, context: Context, beside: tuple[str, ...], *, at_start: bool) -> Iterator[Place]:
    """The item and, for the count of how often words stand elsewhere, every shorter run of its words."""
    for length in range(1, min(LONGEST, len(item.words)) + 1):
        for first in range(len(item.words) - length + 1):
            spans = item.words[first : first + length]
            words = tuple(text[a:b] for a, b in spans)
            whole = length == len(item.words)
            yield Place(
                words=words,
                context=context if whole or context == "asked" else "elsewhere",
                categories=beside if whole else (),
                named=_named(words, at_start=at_start and first == 0),
                whole=whole,
                start=spans[0][0],
                end=spans[-1][1],
            )


SIGNED: Final = re.compile(r"[A-Za-z]*\d|.[^\W\d_]*[A-Z]|.*[.+#&]")


def _named(words: Sequence[str], *, at_start: bool) -> bool:
    """Whether the words are written as a name; a capital that begins a sentence says nothing."""
    telling = words[1:] if at_start and not SIGNED.match(words[0]) else words
    return any(SIGNED.match(word) is not None for word in words) or (bool(telling) and all(w[0].isupper() for w in telling))


def _titled(sentence: str) -> bool:
    """Whether nearly every word begins with a capital, as in a heading, so that capitals say nothing; a list is none."""
    if "," in sentence or "/" in sentence or ";" in sentence:
        return False
    words = [word for word in re.findall(r"[^\W\d_]{2,}", sentence) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.8 * len(words)
