"""The words of a text as spaCy gets them, and what the signs between two words are to a phrase."""

from __future__ import annotations

from functools import lru_cache

from dlmatch.finding.keys import BREAK, CONTINUED, JOINED, Keys, key_of
from dlmatch.finding.tokens import Tokens

SLASH, AND, STOP = map(key_of, "/&.")


class Stream:
    """Known words and joining signs; runs of other words and parting signs are one BREAK."""

    __slots__ = ("origin", "tokens", "words")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.origin: list[int] = []  # the index of the text's word behind each
        self.words: Keys = tuple(self._filled())

    def _filled(self) -> list[int]:
        words: list[int] = []
        add, note = words.append, self.origin.append
        signs = {at: sign for at, gap in self.tokens.words.odd.items() if (sign := _sign_of(gap))}
        last = BREAK
        for at, key in enumerate(self.tokens.keys):
            if key is BREAK:
                if last is not BREAK:
                    add(BREAK)
                    note(at)
                    last = BREAK
                continue
            if key is CONTINUED:
                continue
            if at in signs and (last is not BREAK or signs[at] == STOP):
                add(signs[at])
                note(at)
            add(key)
            note(at)
            last = key
        return words


@lru_cache(maxsize=2_000)  # the usual gaps, never the memory of a long run
def _sign_of(gap: str) -> int:
    """What a gap between two words is to a phrase: it joins, it is a joining sign (a word of its own), or it parts."""
    if not gap:
        return BREAK  # two words that a lost line end glued together
    bare = gap.strip()
    if not bare.strip("-\u2010\u2011\u2012\u2013'\u2019_\u00ad*"):
        # a dash with spaces parts; a blank line parts; anything else is a plain space, a hyphen or a single line end
        return BREAK if (bare and gap[:1].isspace() and gap[-1:].isspace()) or gap.count("\n") > 1 or "**" in gap else JOINED
    if bare in ("/", "&"):
        return SLASH if bare == "/" else AND
    return STOP if gap.endswith(".") and (len(gap) == 1 or gap[-2:-1].isspace()) else BREAK
