"""What a sentence or list item says of all that it names: that it is denied, wished for, asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from dlmatch.knowledge.language import Language

FARTHEST_DENIAL = 200  # characters
WISH_BEFORE, WISH_BEHIND = 4, 80  # words before the word that a wish holds, characters from it on
DENIAL_BEFORE = 1  # words before the word that a denial holds: "do not", "as opposed to"
ASKED_ITEM = re.compile(
    r"[^a-z0-9]*(?:(?:a|an|the|very|have|having|you have|you are|you.re|possess(?:es)?|demonstrates?|with)\s)?(?:strong|proven|excellent|exceptional|outstanding|solid|deep"
    r"|good|great|superb|extensive|thorough|advanced|hands-on|in-depth|demonstrated|prior|previous|practical|fluent|fluency|proficien\w+|experienced?|expert(?:ise)?"
    r"|knowledge|understanding|familiar(?:ity)?|exposure|ability|able|aptitude|comfortable|mastery|command|skilled|competen\w+|must|bachelor\S*|master.s|ph\.?d|degree|minimum|at least|\d++\s?\+?\s?(?:-|to|–)?\s?\d*+\+?\s?years)\b"
)
ASKED_FIRMLY = re.compile(
    r"\b(?:skills?|experience|knowledge|understanding|background|ability|thinking|command|language)\b.{0,80}\b(?:is|are) (?:an? )?(?:absolute(?:ly)? )?"
    r"(?:must|mandatory|required|essential|crucial)\b|\bcandidates? (?:must|needs?|has|have|with|are|is|will (?:be|have)|possess)\b|\b(?:you|candidates?) (?:must|should) (?:have|possess|be able)\b"
    r"|\b(?:looking|seeking|searching)\b.{0,80}\b(?:with|has|have|having|possess\w*)\b.{0,40}"
    r"\b(?:experience|knowledge|skills|expertise|background|understanding|proficien\w+)\b"
    r"|\b(?:looking for|seeking|searching for|in search of) .{0,60}\bwho\b|\byou should know\b"
)
FIRM_WORDS = frozenset(  # one of them stands in whatever ASKED_FIRMLY finds
    (
        "must",
        "mandatory",
        "required",
        "essential",
        "crucial",
        "candidate",
        "candidates",
        "looking",
        "seeking",
        "search",
        "searching",
        "should",
    )
)
OF_THE_FIRM = re.compile(
    r"[^a-z]*(?:our (?!ideal)|we (?!(?:are |.re )?(?:\w+ )?(?:looking|look|seek\w*|hiring|need|want|expect|require|search\w*|recruit\w*|would|.d)\b)"
    r"|you(?: will|.ll) (?!need|have|bring|be (?:an? )?(?:expert|experienced|comfortable|able|proficient|responsible))"
    r"|whether |(?:our|the) (?:team|company|goal|mission)\b)"
)
ITEM_ENDS = re.compile(r"\s*(?:[.;)\n]|$)")  # "Java: beginner; no C++"
BARE_NO = re.compile(r"no\b(?!.*(?:experience|knowledge|background|expertise|exposure|familiarity|skills|understanding))")


class Sentence:
    """A sentence or list item in lower case: `text` is the document's text from `start` to `end`.

    Its words and where they begin in the document are what it is looked at by: a pattern is tried beside telling words alone.

    What it says is found out when it is asked for, and once.
    """

    __slots__ = (
        "_asks",
        "_begins_asking",
        "_denials",
        "_tells",
        "_wishes",
        "end",
        "language",
        "may_deny",
        "may_wish",
        "start",
        "starts",
        "text",
        "words",
    )

    def __init__(self, start: int, end: int, text: str, words: list[str], starts: list[int], language: Language) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.words = words
        self.starts = starts
        self.language = language
        # most sentences hold no word of either kind: to know it is what makes them cheap
        self.may_wish = not language.wish_words.isdisjoint(words)
        self.may_deny = not language.denial_words.isdisjoint(words) and not language.not_denied.search(text)
        self._denials: list[tuple[int, int]] | None = None
        self._wishes: list[tuple[int, int]] | None = None
        self._asks: bool | None = None
        self._tells: bool | None = None
        self._begins_asking: bool | None = None

    @property
    def wishes(self) -> list[tuple[int, int]]:
        """Where it says that something is welcome and not needed."""
        if self._wishes is None:
            self._wishes = list(self._wished()) if self.may_wish else []
        return self._wishes

    def _wished(self) -> Iterator[tuple[int, int]]:
        reach = 0
        for at, word in self._those_in(self.language.wish_words):
            if at >= reach:
                before = self._begin(word, WISH_BEFORE)
                match = self.language.preferred.search(self.text, max(before, reach), at + WISH_BEHIND)
                if match is not None:
                    yield match.span()
                    reach = match.end()

    def _those_in(self, telling: frozenset[str]) -> list[tuple[int, int]]:
        """Where in the sentence the telling words begin, with their numbers."""
        return [(self.starts[number] - self.start, number) for number, word in enumerate(self.words) if word in telling]

    def _begin(self, number: int, words_before: int) -> int:
        return self.starts[max(0, number - words_before)] - self.start

    @property
    def asks(self) -> bool:
        """Whether it asks for something, such as "experience with" or "you have"."""
        if self._asks is None:
            self._asks = self.language.required.search(self.text) is not None
        return self._asks

    @property
    def tells(self) -> bool:
        """Whether it tells of the firm and the work, not of the applicant: "Our team", "We are a", "You will be part of"."""
        if self._tells is None:
            self._tells = OF_THE_FIRM.match(self.text) is not None
        return self._tells

    @property
    def begins_asking(self) -> bool:
        """Whether it opens as what is asked for does, wherever it stands: "Strong proficiency in", "5+ years of"."""
        if self._begins_asking is None:
            self._begins_asking = ASKED_ITEM.match(self.text) is not None or self._asks_firmly()
        return self._begins_asking

    def _asks_firmly(self) -> bool:
        return not FIRM_WORDS.isdisjoint(self.words) and ASKED_FIRMLY.search(self.text) is not None

    def denies(self, start: int, end: int) -> bool:
        """Whether it denies text[start:end] of the document: "no experience with", "not required"."""
        if not self.may_deny:
            return False
        if self._denials is None:
            self._denials = self._those_in(self.language.denial_words)
        here, there = start - self.start, end - self.start
        text, far = self.text, max(0, here - FARTHEST_DENIAL)
        near = max(far, *(text.rfind(sign, far, here) + 1 for sign in (" but ", ";", ":")))
        place = bisect_left(self._denials, (near, -1))
        first = self._denials[place][1] if place < len(self._denials) and self._denials[place][0] < here else None
        match = None
        if first is not None:
            match = self.language.denied_before.search(text, max(near, self._begin(first, DENIAL_BEFORE)), here)
        after = text[there : there + FARTHEST_DENIAL] if match is not None or self._denials[-1][0] >= there else ""
        if match and BARE_NO.match(match.group()):
            return self.language.no_then.match(after) is not None or ITEM_ENDS.match(after) is not None
        return match is not None or (bool(after) and self.language.denied_after.match(after) is not None)
