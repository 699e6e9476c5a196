"""The words of a text as spaCy gets them, and what the signs between two words are to a phrase."""

from __future__ import annotations

from functools import lru_cache

from dlmatch.finding.keys import BREAK, CONTINUED, JOINED, Keys, key_of
from dlmatch.finding.tokens import Tokens

SLASH, AND, STOP = map(key_of, "/&.")


class Stream:
    """Known words, BREAK for each of the others, and the signs between them."""

    __slots__ = ("origin", "tokens", "words")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.origin: list[int] = []  # the index of the text's word behind each
        self.words: Keys = tuple(self._filled())

    def _filled(self) -> list[int]:
        keys, origin = self.tokens.keys, self.origin
        words: list[int] = []
        done = 0
        for at, gap in self.tokens.words.odd.items():
            sign = _sign_of(gap)
            if sign and at:
                words += keys[done:at]
                words.append(sign)
                origin += range(done, at + 1)
                done = at
        words += keys[done:]
        origin += range(done, len(keys))
        if self.tokens.broken:
            whole = [at for at, key in enumerate(words) if key is not CONTINUED]
            self.origin = [origin[at] for at in whole]
            return [words[at] for at in whole]
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
