"""Loads taxonomy/language.yaml: how people word headings, what they ask for, and what they deny."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dlmatch.knowledge.alternatives import grouped, parted

LONGEST_HEADING = 70  # characters; longer lines are sentences
MOST_REMEMBERED = 4_096  # lines that may be headings; 284 ads hold 751 different ones


@dataclass(frozen=True, slots=True)
class Headings:
    """How the headings of one kind of document are worded; compiled with the first of them, since a run may meet one kind."""

    rows: tuple[tuple[str, str], ...]  # kind of section, the pattern of its whole heading in lower case; the first that fits wins
    _compiled: list[tuple[str, re.Pattern[str]]] = field(default_factory=list, init=False, repr=False, compare=False)
    _remembered: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def kind_of(self, heading: str) -> str | None:
        """The kind of section that a heading without marks names. Documents share their headings: the answers are kept."""
        kind = self._remembered.get(heading, "")
        if kind == "":
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            kind = self._remembered[heading] = self._read(heading)
        return kind

    def _read(self, heading: str) -> str | None:
        plain = " ".join(heading.lower().replace("\u2019", "'").split())
        if not 2 < len(plain) <= LONGEST_HEADING:
            return None
        if not self._compiled:
            self._compiled[:] = [(kind, re.compile(wording)) for kind, wording in self.rows]
        return next((kind for kind, wording in self._compiled if wording.fullmatch(plain)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The wordings, compiled."""

    headings: Mapping[str, Headings]  # by kind of document
    titles: re.Pattern[str]  # words of job titles
    glued: frozenset[str]  # words that begin a sentence, also where they are glued to the word before
    ad_phrases: tuple[re.Pattern[str], ...]  # what ads say and people don't say of themselves
    any_ad_phrase: re.Pattern[str]  # the places, without width, where one of them begins
    preferred: re.Pattern[str]
    required: re.Pattern[str]
    wish_words: frozenset[str]  # one of them stands in whatever `preferred` finds
    denial_words: frozenset[str]  # one of them stands in whatever the denials find
    denied_before: re.Pattern[str]
    denied_after: re.Pattern[str]
    no_then: re.Pattern[str]
    not_denied: re.Pattern[str]
    degree: re.Pattern[str]
    degree_first: frozenset[str]  # what `degree` finds begins with one of them
    degree_end: re.Pattern[str]
    degree_reach: int
    degree_fields: frozenset[str]


def language_of(data: Mapping[str, Any]) -> Language:
    """The compiled form of the file's content."""
    need, negation, degree = data["need"], data["negation"], data["degree"]
    return Language(
        headings={
            kind: Headings(tuple((section, _either(rows)) for section, rows in sections.items()))
            for kind, sections in data["headings"].items()
        },
        titles=re.compile(data["titles"], re.IGNORECASE),
        glued=frozenset(data["glued"]),
        ad_phrases=tuple(re.compile(row) for row in data["ad_phrases"]),
        any_ad_phrase=re.compile(f"(?={_either(data['ad_phrases'])})"),
        preferred=_any(need["preferred"]),
        required=_any(need["required"]),
        wish_words=frozenset(need["preferred_words"]),
        denial_words=frozenset(negation["words"]),
        denied_before=_any(negation["before"]),
        denied_after=_any(negation["after"]),
        no_then=_any(negation["no_then"]),
        not_denied=_any(negation["unless"]),
        degree=re.compile(degree["words"]),
        degree_first=frozenset(degree["first_words"]),
        degree_end=re.compile(degree["until"], re.IGNORECASE),
        degree_reach=int(degree["reach"]),
        degree_fields=frozenset(degree["fields"]),
    )


def _any(rows: Sequence[str]) -> re.Pattern[str]:
    return re.compile(_either(rows))


EDGE = r"\b"


def _either(rows: Sequence[str]) -> str:
    """One pattern for all rows. The edge of a word that they all begin with is looked for once a place, not once a row."""
    if all(row.startswith(EDGE) and len(list(parted(row))) == 1 for row in rows):
        return EDGE + "(?:" + "|".join(grouped(row.removeprefix(EDGE)) for row in rows) + ")"
    return "|".join(f"(?:{row})" for row in rows)
