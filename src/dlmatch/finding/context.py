"""Decides what a found phrase means where it stands: ambiguous phrases, degree fields, names of people."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import compress

from dlmatch.finding.candidates import Candidate, Cues, Entry, in_text_order
from dlmatch.finding.keys import CONTINUED
from dlmatch.finding.matcher import Sightings
from dlmatch.finding.sections import Section
from dlmatch.finding.sentence import Sentence
from dlmatch.finding.tokens import Tokens
from dlmatch.knowledge.language import Language
from dlmatch.model.skill import Context

LIST_SIGN = re.compile(r"\s*(?:[,/|&;+\u2022\u00b7\uf0b7()*-]|\n|and\b|or\b)", re.IGNORECASE)
ITEM_EDGES = ",;|\u2022\u00b7\uf0b7\n\r*-\u2013:()."
LIST_WORDS = frozenset({"and", "or", "und", "et", "y"})
LONGEST_CUE = 8  # words of a supporting phrase
INITIAL = re.compile(r"(?<![\w.])[A-Z]\.\s?$")
SURNAME = re.compile(r"\.\s?[A-Z][a-z]{2,}")


class Surroundings:
    """A text with all that the judges of meaning look at."""

    def __init__(self, tokens: Tokens, sections: Sequence[Section], seen: Sightings, language: Language) -> None:
        self.tokens = tokens
        self.sections = sections
        self.seen = seen
        self.language = language
        self.kinds = frozenset(section.kind for section in sections)
        self._section_starts = [section.start for section in sections]
        self._sentences: dict[int, Sentence] = {}

    @cached_property
    def lowered(self) -> str:
        """The text in lower case, of the same length."""
        text = self.tokens.text
        if text.isascii():
            return self.tokens.words.low
        low = text.lower()
        if len(low) == len(text):
            return low
        return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)

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
        for candidate in sorted((c for c in self.seen.candidates if c.entry.decoy is not None), key=in_text_order):
            for word in candidate.claims:
                found.setdefault((candidate.skill_id, word), []).append(candidate)
        return found

    @cached_property
    def degree_zones(self) -> tuple[tuple[int, int], ...]:
        """The ranges that tell a degree and its field: "degree in Statistics, Mathematics or"."""
        text, breaks, rule, words = self.tokens.text, self.tokens.breaks, self.language, self.tokens.words
        if rule.degree_first.isdisjoint(words.present):
            return ()
        zones: list[tuple[int, int]] = []
        reach = 0
        for start in compress(words.starts, map(rule.degree_first.__contains__, words.words)):
            match = rule.degree.match(text, start) if start >= reach else None
            if match is None:
                continue
            reach = match.end()
            if zones and start < zones[-1][1]:
                continue
            after = bisect_right(breaks, reach)
            limit = min(breaks[after] if after < len(breaks) else len(text), reach + rule.degree_reach)
            end = rule.degree_end.search(text, reach, limit)
            zones.append((start, end.start() if end else limit))
        return tuple(zones)

    def section_at(self, start: int) -> Section:
        """The section that holds a place."""
        return self.sections[max(bisect_right(self._section_starts, start) - 1, 0)]

    def sentence_at(self, start: int, end: int) -> Sentence:
        """The sentence or list item that holds text[start:end]; two of them where it runs from one into the next."""
        breaks = self.tokens.breaks
        at = bisect_right(breaks, start)
        known = self._sentences.get(at)
        if known is not None and end <= known.end:
            return known
        left, right = self.tokens.sentence_of(start, end)
        words = self.tokens.words
        first, behind = bisect_left(words.starts, left), bisect_left(words.starts, right)
        sentence = Sentence(
            left, right, self.lowered[left:right], words.words[first:behind], words.starts[first:behind], self.language
        )
        if at == len(breaks) or right == breaks[at]:
            self._sentences[at] = sentence
        return sentence

    def range_of(self, candidate: Candidate) -> tuple[int, int]:
        """The characters that a candidate spans; a word broken at a line end counts whole."""
        last, words, keys = candidate.last, self.tokens.words, self.tokens.keys
        if self.tokens.broken:
            while last < len(keys) and keys[last] is CONTINUED:
                last += 1
        return words.starts[candidate.first], words.ends[last - 1]

    def supported(self, candidate: Candidate) -> bool:
        """Whether an ambiguous phrase has the support its context asks for."""
        entry = candidate.entry
        context = entry.context
        if context is None:
            return True
        if entry.whole_item:
            return self._is_whole_item(candidate)
        if entry.never_near and self._near(candidate, entry.never_near, context.within):
            return False
        asked = bool(context.near) or context.in_list or bool(context.sections)
        return not asked or self._has_support(candidate, entry, context)

    def _has_support(self, candidate: Candidate, entry: Entry, context: Context) -> bool:
        if entry.near and self._near(candidate, entry.near, context.within):
            return True
        if context.in_list and self._listed(candidate):
            return True
        return bool(context.sections) and self.section_at(self.tokens.starts[candidate.first]).kind in context.sections

    def _near(self, candidate: Candidate, cues: Cues, within: int) -> bool:
        """Whether one of the cues stands near a candidate in its sentence."""
        words, origin = self.seen.stream.words, self.seen.stream.origin
        begin = bisect_left(origin, candidate.first - within - LONGEST_CUE)
        near = words[begin : bisect_right(origin, candidate.last + within)]
        for at, word in enumerate(near, begin) if not cues.keys().isdisjoint(near) else ():
            for cue in cues.get(word, ()):
                end = at + len(cue)
                if (len(cue) == 1 or words[at:end] == cue) and self._beside(candidate, origin[at], origin[end - 1] + 1, within):
                    return True
        return False

    def _beside(self, candidate: Candidate, first: int, last: int, within: int) -> bool:
        """Whether words stand near a candidate, in its sentence and without overlapping it."""
        if first < candidate.last and last > candidate.first:
            return False
        apart = first - candidate.last if first >= candidate.last else candidate.first - last
        left, right = self.tokens.sentence_of(*self.range_of(candidate))
        return apart <= within and left <= self.tokens.starts[first] < right

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
        if "." in text[max(0, start - 2) : start]:
            if not text[start:end].istitle() or " " in text[start:end]:
                return False
            if INITIAL.search(text, max(0, start - 4), start):
                return True
        if end - start > 1 or not text[start:end].istitle():
            return False
        return self.section_at(start).kind in ("interests", "publications") and SURNAME.match(text, end) is not None

    def is_degree_field(self, candidate: Candidate) -> bool:
        """Whether the phrase only names the field of a degree."""
        if candidate.entry.skill.id not in self.language.degree_fields or not self.degree_zones:
            return False
        start, end = self.range_of(candidate)
        at = bisect_right(self.degree_zones, (start, end)) - 1
        return at >= 0 and self.degree_zones[at][0] <= start and end <= self.degree_zones[at][1]
