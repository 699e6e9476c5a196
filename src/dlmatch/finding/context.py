"""Decides what a found phrase means where it stands: ambiguous phrases, degree fields, denials, need."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from dlmatch.finding.matcher import Candidate, Sightings
from dlmatch.finding.sections import Section
from dlmatch.finding.tokens import Tokens
from dlmatch.knowledge.language import Language
from dlmatch.model.report import Need
from dlmatch.model.skill import Context

LIST_SIGN = re.compile(r"\s*(?:[,/|&;+\u2022\u00b7\uf0b7()*-]|\n|and\b|or\b)", re.IGNORECASE)
ITEM_EDGES = ",;|\u2022\u00b7\uf0b7\n\r*-\u2013:()."
LIST_WORDS = frozenset({"and", "or", "und", "et", "y"})
LONGEST_CUE = 8  # words of a supporting phrase
FARTHEST_DENIAL = 200  # characters
FARTHEST_CUE = 140  # characters; in longer sentences "a plus" speaks of what stands near it
DENIALS = re.compile(
    r"no |not |n['\u2019]t |never |lack|without|rather|instead|opposed|other than|-free|nobody|none of| from |over | to "
)
ASKED_ITEM = re.compile(
    r"[^a-z0-9]*(?:(?:a|an|the|very|have|having|you have|you are|you.re|possess(?:es)?|demonstrates?|with)\s)?(?:strong|proven|excellent|exceptional|outstanding|solid|deep"
    r"|good|great|superb|extensive|thorough|advanced|hands-on|in-depth|demonstrated|prior|previous|practical|fluent|fluency|proficien\w+|experienced?|expert(?:ise)?"
    r"|knowledge|understanding|familiar(?:ity)?|ability|able|aptitude|comfortable|mastery|command|skilled|competen\w+|must|bachelor\S*|master.s|ph\.?d|degree|minimum|at least|\d+\s?\+?\s?(?:-|to|–)?\s?\d*\+?\s?years)\b"
)
ASKED_FIRMLY = re.compile(
    r"\b(?:skills?|experience|knowledge|understanding|background|ability|thinking|command|language)\b.{0,80}\b(?:is|are) (?:an? )?(?:absolute(?:ly)? )?"
    r"(?:must|mandatory|required|essential|crucial)\b|\bcandidates? (?:must|needs?|has|have|with)\b|\b(?:you|candidates?) (?:must|should) (?:have|possess|be able)\b"
    r"|\b(?:looking|seeking|searching)\b.{0,80}\b(?:with|has|have|having|possess\w*)\b.{0,40}"
    r"\b(?:experience|knowledge|skills|expertise|background|understanding|proficien\w+)\b"
)
WORKERS = tuple(f"{work}{ending}" for work in ("engineer", "developer", "scientist", "analyst") for ending in ("", "s"))
TITLED = re.compile(rf"\s(?:algorithms? )?(?:{'|'.join(WORKERS)})\b")  # words of a title name what one is, not what one must know
OF_THE_FIRM = re.compile(
    r"[^a-z]*(?:our (?!ideal)|we (?!(?:are |.re )?(?:\w+ )?(?:looking|look|seek\w*|hiring|need|want|expect|require|search\w*|recruit\w*|would|.d)\b)"
    r"|you(?: will|.ll) (?!need|have|bring|be (?:an? )?(?:expert|experienced|comfortable|able|proficient|responsible))"
    r"|whether |(?:our|the) (?:team|company|goal|mission)\b)"
)
ITEM_ENDS = re.compile(r"\s*(?:[.;)\n]|$)")  # "Java: beginner; no C++"
NOT_NEEDED = re.compile(r"(?:not|n['\u2019]t) (?:strictly |absolutely )?(?:required|needed|necessary|essential|mandatory|a must)")
INITIAL = re.compile(r"(?<![\w.])[A-Z]\.\s?$")
SURNAME = re.compile(r"\.\s?[A-Z][a-z]{2,}")
IN_BRACKETS = re.compile(
    r"[^\S\n]*\((?:a |an )?(?:(?P<wish>nice[- ]to[- ]have|plus|bonus|preferred|optional|desirable|desired|advantage)|(?P<ask>must(?:[- ]have)?|required|mandatory|essential))\)"
)
BARE_NO = re.compile(r"no\b(?!.*(?:experience|knowledge|background|expertise|exposure|familiarity|skills|understanding))")
LOOKS_AHEAD = re.compile(r"\W*(?:preferably|ideally)\b")
PARTING = re.compile(
    r";|\bmust\b|\brequired\b|\d\+? (?:years|yrs)\b|(?<!e\.g)(?<!i\.e)(?<!etc)\. |"
    r"(?:,| and| &)(?: with)? (?:experience|knowledge|expertise|familiarity|proficiency|ability) "
)


@dataclass(frozen=True)
class Sentence:
    """A sentence or list item in lower case, with what it says of all that it names."""

    start: int
    end: int
    text: str
    language: Language

    @cached_property
    def wishes(self) -> tuple[tuple[int, int], ...]:
        """Where it says that something is welcome and not needed."""
        return tuple(match.span() for match in self.language.preferred.finditer(self.text))

    @cached_property
    def asks(self) -> bool:
        """Whether it asks for something, such as "experience with" or "you have"."""
        return self.language.required.search(self.text) is not None

    @cached_property
    def tells(self) -> bool:
        """Whether it tells of the firm and the work, not of the applicant: "Our team", "We are a", "You will be part of"."""
        return OF_THE_FIRM.match(self.text) is not None

    @cached_property
    def begins_asking(self) -> bool:
        """Whether it opens as what is asked for does, wherever it stands: "Strong proficiency in", "5+ years of"."""
        return (ASKED_ITEM.match(self.text) or ASKED_FIRMLY.search(self.text)) is not None

    @cached_property
    def may_deny(self) -> bool:
        """Whether it holds a denial at all, not taken back."""
        return DENIALS.search(self.text) is not None and not self.language.not_denied.search(self.text)


@dataclass(frozen=True)
class Surroundings:
    """A text with all that the judges of meaning look at."""

    tokens: Tokens
    sections: tuple[Section, ...]
    seen: Sightings
    language: Language

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, of the same length."""
        low = self.tokens.text.lower()
        if len(low) == len(self.tokens.text):
            return low
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in self.tokens.text)

    @cached_property
    def _named(self) -> tuple[dict[int, list[Candidate]], dict[int, list[Candidate]]]:
        """Candidates that name a skill, by first word and by last word."""
        first: dict[int, list[Candidate]] = {}
        last: dict[int, list[Candidate]] = {}
        for candidate in self.seen.candidates:
            if candidate.entry.kind == "alias" or (candidate.entry.context and candidate.entry.context.in_list):
                first.setdefault(candidate.first, []).append(candidate)
                last.setdefault(candidate.last, []).append(candidate)
        return first, last

    @cached_property
    def decoys(self) -> dict[tuple[str, int], list[Candidate]]:
        """The decoys of each skill by each word that they claim."""
        found: dict[tuple[str, int], list[Candidate]] = {}
        for candidate in self.seen.candidates:
            if candidate.entry.kind == "decoy":
                for word in candidate.claims:
                    found.setdefault((candidate.skill_id, word), []).append(candidate)
        return found

    @cached_property
    def degree_zones(self) -> tuple[tuple[int, int], ...]:
        """The ranges that tell a degree and its field: "degree in Statistics, Mathematics or"."""
        text, rule = self.tokens.text, self.language
        zones: list[tuple[int, int]] = []
        for match in rule.degree.finditer(text):
            if zones and match.start() < zones[-1][1]:
                continue
            after = bisect_right(self.tokens.breaks, match.end())
            sentence_end = self.tokens.breaks[after] if after < len(self.tokens.breaks) else len(text)
            limit = min(sentence_end, match.end() + rule.degree_reach)
            end = rule.degree_end.search(text, match.end(), limit)
            zones.append((match.start(), end.start() if end else limit))
        return tuple(zones)

    def section_at(self, start: int) -> Section:
        """The section that holds a place."""
        at = bisect_right(self.sections, start, key=lambda section: section.start) - 1
        return self.sections[max(at, 0)]

    def range_of(self, candidate: Candidate) -> tuple[int, int]:
        """The characters that a candidate spans; a word broken at a line end counts whole."""
        last = candidate.last
        while last < len(self.tokens.keys) and self.tokens.keys[last] == "\u2401":
            last += 1
        return self.tokens.starts[candidate.first], self.tokens.ends[last - 1]

    def supported(self, candidate: Candidate) -> bool:
        """Whether an ambiguous phrase has the support its context asks for."""
        context = candidate.entry.context
        if context is None:
            return True
        if context.whole_item:
            return self._is_whole_item(candidate)
        if context.never_near and self._near(candidate, context.never_near, context.within):
            return False
        asked = bool(context.near) or context.in_list or bool(context.sections)
        return not asked or self._has_support(candidate, context)

    def _has_support(self, candidate: Candidate, context: Context) -> bool:
        if context.near and self._near(candidate, context.near, context.within):
            return True
        if context.in_list and self._listed(candidate):
            return True
        return bool(context.sections) and self.section_at(self.tokens.starts[candidate.first]).kind in context.sections

    def _near(self, candidate: Candidate, phrases: Sequence[str], within: int) -> bool:
        left, right = self.tokens.sentence_of(*self.range_of(candidate))
        for phrase in phrases:
            places = self.seen.cues.get(phrase, ())
            at = bisect_left(places, (candidate.first - within - LONGEST_CUE, 0))
            for first, last in islice(places, at, None):
                if first > candidate.last + within:
                    break
                apart = first - candidate.last if first >= candidate.last else candidate.first - last
                overlaps = first < candidate.last and last > candidate.first
                if not overlaps and apart <= within and left <= self.tokens.starts[first] < right:
                    return True
        return False

    def _is_whole_item(self, candidate: Candidate) -> bool:
        """Whether an item of a list in a skills section says this and nothing else."""
        start, end = self.range_of(candidate)
        text = self.tokens.text
        before, after = text[max(0, start - 4) : start].rstrip(" \t"), text[end : end + 4].lstrip(" \t")
        alone = (not before or before[-1] in ITEM_EDGES) and (not after or after[0] in ITEM_EDGES)
        return alone and self.section_at(start).kind == "skills"

    def _listed(self, candidate: Candidate) -> bool:
        """Whether the phrase is an item of a list beside an item that names another skill."""
        first, last = self._named
        text, starts, ends = self.tokens.text, self.tokens.starts, self.tokens.ends
        for step in (-1, 1):
            at = candidate.first if step < 0 else candidate.last
            for _ in range(2):  # one list word ("and", "or") may stand between
                if step < 0:
                    if at <= 0:
                        break
                    gap = text[ends[at - 1] : starts[at]]
                    near = last.get(at, ())
                else:
                    if at >= len(starts):
                        break
                    gap = text[ends[at - 1] : starts[at]]
                    near = first.get(at, ())
                word_between = at != (candidate.first if step < 0 else candidate.last)
                if any(n.skill_id != candidate.skill_id for n in near) and (word_between or LIST_SIGN.match(gap)):
                    return True
                index = at - 1 if step < 0 else at
                if text[starts[index] : ends[index]].lower() not in LIST_WORDS:
                    break
                at += step
        return False

    def is_of_a_name(self, start: int, end: int) -> bool:
        """Whether text[start:end] is a surname behind an initial, or an initial before a surname: "J. Torch", "R. Kelly"."""
        text = self.tokens.text
        if not text[start:end].istitle() or " " in text[start:end]:
            return False
        if INITIAL.search(text, max(0, start - 4), start):
            return True
        among_names = self.section_at(start).kind in ("interests", "publications")
        return end - start == 1 and among_names and SURNAME.match(text, end) is not None

    def is_degree_field(self, candidate: Candidate) -> bool:
        """Whether the phrase only names the field of a degree."""
        if candidate.skill_id not in self.language.degree_fields:
            return False
        start, end = self.range_of(candidate)
        at = bisect_right(self.degree_zones, (start, end)) - 1
        return at >= 0 and self.degree_zones[at][0] <= start and end <= self.degree_zones[at][1]

    @cached_property
    def _sentences(self) -> dict[int, Sentence]:
        return {}

    def sentence_at(self, start: int, end: int) -> Sentence:
        """The sentence or list item that holds text[start:end]."""
        left, right = self.tokens.sentence_of(start, end)
        known = self._sentences.get(left)
        if known is None or known.end != right:
            known = self._sentences[left] = Sentence(left, right, self.lowered[left:right], self.language)
        return known

    def denied(self, start: int, end: int) -> bool:
        """Whether the sentence denies text[start:end]: "no experience with", "not required"."""
        sentence = self.sentence_at(start, end)
        if not sentence.may_deny:
            return False
        here, there = start - sentence.start, end - sentence.start
        before, after = sentence.text[max(0, here - FARTHEST_DENIAL) : here], sentence.text[there : there + FARTHEST_DENIAL]
        before = before[max(before.rfind(sign) for sign in (" but ", ";", ":")) + 1 :]
        match = self.language.denied_before.search(before)
        if match and BARE_NO.match(match.group()):
            return self.language.no_then.match(after) is not None or ITEM_ENDS.match(after) is not None
        return match is not None or self.language.denied_after.match(after) is not None

    def need_of(self, start: int, end: int) -> Need:
        """How much an ad needs what text[start:end] names."""
        section = self.section_at(start)
        kind = section.kind
        if kind in ("company", "about", "benefits", "legal"):
            return "mentioned"
        sentence = self.sentence_at(start, end)
        own = IN_BRACKETS.match(self.lowered, end)
        if own is not None:
            return "preferred" if own["wish"] else "required"
        if kind == "preferred" or self._preferred(sentence, start, end, section):
            return "preferred"
        titled = TITLED.match(self.lowered, end) or self.lowered.endswith(WORKERS, start, end)
        asked = (
            kind == "required"
            or (kind == "top" and sentence.asks and not (sentence.tells or titled))
            or (kind == "duties" and sentence.begins_asking)
        )
        return "required" if asked else "mentioned"

    def _preferred(self, sentence: Sentence, start: int, end: int, section: Section) -> bool:
        """Whether a cue such as "a plus" or "ideally" speaks of text[start:end] and not of another part of the sentence."""
        start, end = start - sentence.start, end - sentence.start
        for first, last in sentence.wishes:
            if not section.start <= sentence.start + first < section.end:
                continue
            ahead = first >= end
            between = sentence.text[end:first] if ahead else sentence.text[last:start]
            bracketed = sentence.text[first - 1 : first] == "("
            if bracketed and not ahead:
                continue
            if ahead and ((bracketed and "," in between) or (not bracketed and between.count("(") > between.count(")"))):
                continue  # said of another item: "Python, Go (nice to have)", or in its bracket: "ETL tools (NiFi is a plus)"
            if ahead and LOOKS_AHEAD.match(sentence.text, first) and sentence.text[last:].strip(" .)*_"):
                continue  # "Python, preferably with Django" wishes for Django
            between = NOT_NEEDED.sub("", between)
            looks_back = sentence.text[first:last].endswith(("plus", "preferred", "desired"))
            if len(between) <= FARTHEST_CUE and not PARTING.search(between) and (ahead or not looks_back):
                return True
        return False
