"""Loads taxonomy/language.yaml: how people word headings, what they ask for, and what they deny."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The wordings, compiled."""

    headings: Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]  # kind of document -> (section kind, whole heading)
    titles: re.Pattern[str]  # words of job titles
    glued: frozenset[str]  # words that begin a sentence, also where they are glued to the word before
    ad_phrases: tuple[re.Pattern[str], ...]  # what ads say and people don't say of themselves
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
            kind: tuple((section, _any(rows)) for section, rows in sections.items())
            for kind, sections in data["headings"].items()
        },
        titles=re.compile(data["titles"], re.IGNORECASE),
        glued=frozenset(data["glued"]),
        ad_phrases=tuple(re.compile(row) for row in data["ad_phrases"]),
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
    return re.compile("|".join(f"(?:{row})" for row in rows))
