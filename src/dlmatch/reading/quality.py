"""Measures how good a reading of a PDF is, by the same figures for every engine."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

# Below these a reading is poor and another engine is asked. Letters a page: the emptiest real resume pages have 150.
_FEW_LETTERS = 60
# Share of glyphs for which no letter is known. Ordinary files stay under 0.005; one unmapped font reaches 0.05.
_UNREADABLE = 0.02
# Share of private characters: icons make up to 0.03 of a resume; a font without a map puts all its letters there.
_PRIVATE = 0.12
# Mean length of words: English text has 4.5 to 6, lists of figures 3.
_SHORT, _LONG = 2.3, 13.0
# Share of vowels among the letters a to z: European languages have 0.36 to 0.5; a wrong character map scatters them.
_CLOSED, _OPEN = 0.25, 0.65
# Share of a page's text objects of which no glyph came.
_SILENT = 0.6

_WORD = re.compile(r"\w+")
_DISAGREE = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What was counted. `score` is what readings are compared by: letters in likely words, less a fine for bad glyphs."""

    letters: int
    latin: int  # letters from a to z
    vowels: int  # those that are a, e, i, o, u, y
    words: int
    unreadable: int
    private: int
    silent: float  # share of the text objects of which no glyph came
    failed: int  # pages that could not be read
    pages: int

    @property
    def score(self) -> float:
        """Letters, counted less where words are unlikely, minus three for each glyph without a letter."""
        likely = 0.6 if self._unlikely_words or self._unlikely_letters else 1.0
        return self.letters * likely - 3 * (self.unreadable + self.private)

    @property
    def poor(self) -> str:
        """Why it is poor, or an empty string."""
        glyphs = max(self.letters + self.unreadable + self.private, 1)
        if self.failed:
            return "pages that can't be read"
        if self.letters < _FEW_LETTERS * max(self.pages, 1):
            return "few letters"
        if self.unreadable > _UNREADABLE * glyphs:
            return "glyphs without letters"
        if self.private > _PRIVATE * glyphs:
            return "private characters"
        if self._unlikely_words:
            return "words of unlikely length"
        if self._unlikely_letters:
            return "letters that no language has in that number"
        return "text without letters" if self.silent > _SILENT else ""

    @property
    def _unlikely_words(self) -> bool:
        return not _SHORT <= self.letters / max(self.words, 1) <= _LONG

    @property
    def _unlikely_letters(self) -> bool:
        return self.latin >= 12 and self.latin >= 0.5 * self.letters and not _CLOSED <= self.vowels / self.latin <= _OPEN


def words_in(text: str) -> Counter[str]:
    """Every word with its number, without regard to case."""
    return Counter(_WORD.findall(text.casefold()))


def disagree(one: str, other: str) -> bool:
    """Do two readings of one file share too few words?"""
    first, second = words_in(one), words_in(other)
    smaller = min(first.total(), second.total())
    return smaller >= 5 and (first & second).total() < _DISAGREE * smaller
