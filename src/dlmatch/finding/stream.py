"""The words of a text as spaCy gets them, and what the signs between two words are to a phrase."""

from __future__ import annotations

from functools import lru_cache

from dlmatch.finding.tokens import BREAK, CONTINUED, Tokens


class Stream:
    """Known words and joining signs; runs of other words and parting signs are one BREAK."""

    __slots__ = ("origin", "tokens", "words")

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.words: list[str] = []
        self.origin: list[int] = []  # the index of the text's word behind each
        self._fill()

    def _fill(self) -> None:
        add, note = self.words.append, self.origin.append
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
            if at in signs and (last is not BREAK or signs[at] == "."):
                add(signs[at])
                note(at)
            add(key)
            note(at)
            last = key

    def text(self, start: int, end: int) -> str:
        """The sequence at a range."""
        return self.words[start] if end - start == 1 else " ".join(self.words[start:end])


@lru_cache(maxsize=2_000)  # the usual gaps, never the memory of a long run
def _sign_of(gap: str) -> str:
    """What a gap between two words is to a phrase: "" joins, a joining sign is a word of its own, BREAK parts."""
    if not gap:
        return BREAK  # two words that a lost line end glued together
    bare = gap.strip()
    if not bare.strip("-\u2010\u2011\u2012\u2013'\u2019_\u00ad*"):
        # a dash with spaces parts; a blank line parts; anything else is a plain space, a hyphen or a single line end
        return BREAK if (bare and gap[:1].isspace() and gap[-1:].isspace()) or gap.count("\n") > 1 or "**" in gap else ""
    if bare in ("/", "&"):
        return bare
    return "." if gap.endswith(".") and (len(gap) == 1 or gap[-2:-1].isspace()) else BREAK
