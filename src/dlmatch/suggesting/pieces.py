"""A text to its pieces: the longest runs of words that no sign, no function word and no known skill parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

# C++, C#, .NET, Node.js, scikit-learn and R&D stay whole; `and/or`, `Spark/Hive` are two.
WORD: Final = re.compile(
    r"(?<![^\W_])\.(?i:net|js)\b|[^\W_]+(?:['’](?=[^\W_])[^\W_]+)*(?:\.(?i:js|net|io|ai)\b)?(?:[&-][^\W_]+)*(?:\+\+|#)?"
)
# Words that never begin, end or make a name of a skill. Curated; a word more only makes the list of terms cleaner.
FUNCTION: Final = frozenset(
    """a about above across after all along also am among an and another any are around as at based be because been before
    being below between both but by can could did do does doing done down during e each either else etc even every few for
    from further g had has have having he her here his how however i if in including includes include into is it its itself
    just least less let like ll many may me might more most much must my need needs neither no nor not of off on once one only
    onto or other others our out over own per plus s same she should similar since so some such than that the their them then
    there these they this those through throughout to too toward towards two under until up upon us use used uses using v ve
    versus very via vs was we well were what when where whether which while who whom whose why will with within without would
    yet you your yours re t d m c'mon e.g i.e e.t.c incl namely especially particularly preferably ideally various multiple
    several new old good great best better strong solid deep excellent proven demonstrated extensive hands-on hands related
    relevant equivalent required preferred desired minimum basic advanced general familiar familiarity proficient proficiency
    proficiencies knowledge experience experienced experiences experiencing expertise expert experts understanding skill
    skills skilled ability abilities able background exposure fluent fluency comfortable competent competency hand working
    work works worked year years month months day days week weeks level levels degree degrees bachelor bachelor's bachelors
    master master's masters phd ph.d bs ms ba bsc msc mba diploma certificate certification certifications field fields
    etc. technologies technology tool tools tooling framework frameworks library libraries platform platforms language
    languages system systems software hardware environment environments package packages service services solution solutions
    technique techniques method methods methodology methodologies concept concepts principle principles practice practices
    team teams company companies job jobs role roles position candidate candidates applicant applicants must-have
    nice-to-have modern popular common latest current existing specific different large small high low big-scale
    english spanish french german italian dutch portuguese russian hindi arabic chinese mandarin japanese korean
    technical implement implementing develop developing build building designing create creating write writing deliver
    delivering manage managing drive driving features lead leading
    large-scale real-world cutting-edge state-of-the-art world-class end-to-end day-to-day""".split()
)
# Of these, the words that end a product's name where they are written with a capital: Entity Framework.
ENDINGS: Final = frozenset(
    "framework library platform studio service services tools toolkit system server environment language method".split()
)
# What stands between two items of one list: a comma, a slash, a bar, a bracket, `and`, `or`.
LINK: Final = re.compile(r"\s*(?:[,;/|&(]|\band\b|\bor\b|\band/or\b|\)\s*,?)*\s*(?:\b(?:and|or|and/or)\b\s*)?", re.IGNORECASE)
CUE: Final = re.compile(
    r"\b(?:experience|experienced|expertise|proficien\w+|knowledge|knowledgeable|familiar\w*|skilled|fluen\w+|background|"
    r"understanding|exposure|competen\w+|hands-on|expert|versed|certified|certification|mastery|command|training|"
    r"tools?|technologies|frameworks?|libraries|languages?|platforms?|databases?|stack)\b"
    r"[^.;:,()\n]{0,40}?(?:\b(?:with|in|of|using|on|like|as)\b|:|\(\s*(?:e\.?g\.?,?|i\.?e\.?,?|such as|like|including)?)\s*$",
    re.IGNORECASE,
)
JOINS: Final = ("", ".", "-", "&")  # what stands between parts of one word
LONGEST: Final = 3  # words of a term


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, or a place that names a known skill (`known`: its category)."""

    start: int
    end: int
    words: tuple[tuple[int, int], ...] = ()
    known: str = ""


def pieces_in(text: str, start: int, end: int, known: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """The pieces of text[start:end], in order; `known` are the places that name skills, with their categories."""
    found = [Piece(first, last, known=category) for first, last, category in known if start <= first and last <= end]
    edges = [start, *(edge for piece in found for edge in (piece.start, piece.end)), end]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        # what touches a known skill is a part of one word with it: the ASP of ASP.NET
        found += [
            run
            for run in _runs(text, left, right)
            if not (left > start and text[left : run.start] in JOINS) and not (right < end and text[run.end : right] in JOINS)
        ]
    return sorted(found, key=lambda piece: (piece.start, piece.end))


def _runs(text: str, start: int, end: int) -> Iterator[Piece]:
    run: list[tuple[int, int]] = []
    for match in WORD.finditer(text, start, end):
        plain = _plain(match.group(), text[run[-1][0]] if run else "")
        if run and (plain or text[run[-1][1] : match.start()].strip(" \t\n")):
            yield Piece(run[0][0], run[-1][1], tuple(run))
            run = []
        if not plain:
            run.append(match.span())
    if run:
        yield Piece(run[0][0], run[-1][1], tuple(run))


def _plain(word: str, initial: str) -> bool:
    """Whether a word can be no part of a term; `initial` is the first letter of the term's word before it."""
    ends_name = word.lower() in ENDINGS and word[0].isupper() and not word.isupper() and initial.isupper()
    return (word.lower() in FUNCTION and not ends_name) or not any(map(str.isalpha, word))


def lists_of(text: str, pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The pieces that stand in one list with each other: nothing but a comma, a slash, `and` or `or` parts them."""
    run: list[Piece] = []
    for before, piece in pairwise([None, *pieces]):
        assert piece is not None
        if before is not None and not linked(text, before, piece):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def linked(text: str, before: Piece, after: Piece) -> bool:
    """Whether two pieces are items of one list."""
    between = text[before.end : after.start]
    return bool(between.strip()) and LINK.fullmatch(between) is not None


def cued(text: str, start: int, at: int) -> bool:
    """Whether what stands at `at`, in a sentence that begins at `start`, follows words such as `experience with`."""
    return CUE.search(text, max(start, at - 120), at) is not None
