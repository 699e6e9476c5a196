"""Texts, best first, into groups of near-identical ones: each text goes under the first one that it shares enough with.

    alike = word triples that both have / word triples that either has       (the Jaccard index; case is ignored)

Two ads of 70 in 100 or more, two resumes of 50, are copies of one another. The index is exact and looks at the two texts
alone. TF-IDF was tried and left: its weights come from the whole folder, so that a third document could join or part two
others. MinHash was left: its estimates (128 permutations) were off by 0.04 as a rule and by up to 0.18.

A text is held only against the firsts of groups, never against copies: every copy is itself alike to the text that it
stands under, no chain of small changes can tie two different texts, and a thousand copies cost no more than one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from dlmatch.judging.ranking import Likeness
from dlmatch.model.report import Kind

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Tuned on 182 ads of one company, which share their footer: reposts have 75 and more, different ads at most 65; and on 25
# resumes: one person's in other layouts have 66 and more, two persons' at most 2.
PERCENT: Final[Mapping[Kind, int]] = {"job": 70, "resume": 50}
TRIPLE: Final = 3
FEATURES: Final = 2**20
BLOCK: Final = 256  # texts at a time, which bounds the memory
WORD: Final = re.compile(r"\w+")


def triples(text: str) -> list[str]:
    """Every three words in a row; a text of fewer words is one piece."""
    words = WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [" ".join(words[at : at + TRIPLE]) for at in range(max(1, len(words) - TRIPLE + 1))]


def fold(texts: Sequence[str], percent: int = PERCENT["job"]) -> tuple[Likeness, ...]:
    """For each text the one it is folded under: the most alike of the firsts before it, of equals the earliest; or itself.

    Two texts are alike from `percent` on.
    """
    if len(texts) < 2:
        return tuple(Likeness(first=at, alike=1.0) for at in range(len(texts)))
    pieces = _Pieces(texts, percent)
    firsts: list[int] = []
    found: list[Likeness] = []
    for start in range(0, len(texts), BLOCK):
        block = range(start, min(start + BLOCK, len(texts)))
        near = pieces.near(block, firsts)
        for at in block:
            known = [(index, other) for other, index in near.get(at, ()) if found_first(found, other)]
            best = max(known, key=lambda pair: (pair[0], -pair[1]), default=None)
            found.append(Likeness(first=at, alike=1.0) if best is None else Likeness(first=best[1], alike=best[0]))
            if best is None:
                firsts.append(at)
    return tuple(found)


def found_first(found: Sequence[Likeness], at: int) -> bool:
    """Is this text, already placed, the first of its group?"""
    return found[at].first == at


class _Pieces:
    """The triples of every text as rows of 0 and 1, by scikit-learn's hashing: no vocabulary, so nothing of the folder."""

    def __init__(self, texts: Sequence[str], percent: int) -> None:
        import numpy as np
        from sklearn.feature_extraction.text import HashingVectorizer

        hashing = HashingVectorizer(analyzer=triples, n_features=FEATURES, binary=True, norm=None, alternate_sign=False)
        self.rows: Any = hashing.transform(texts).tocsr()
        self.sizes: NDArray[np.int64] = np.diff(self.rows.indptr).astype(np.int64)
        self.rarest: Any = _rarest(self.rows, self.sizes, percent)
        self.percent = percent

    def near(self, block: range, firsts: Sequence[int]) -> dict[int, list[tuple[int, float]]]:
        """For each text of the block: those of the firsts and of the block before it that are alike, with the index."""
        import numpy as np

        mine = slice(block.start, block.stop)
        others = np.array([*firsts, *block], dtype=np.int64)
        met = others[np.unique((self.rarest[mine] @ self.rarest[others].T).indices)]
        shared = (self.rows[mine] @ self.rows[met].T).tocoo()
        texts, earlier, both = block.start + shared.row, met[shared.col], shared.data.astype(np.int64)
        either = self.sizes[texts] + self.sizes[earlier] - both
        alike = (earlier < texts) & (100 * both >= self.percent * either)
        near: dict[int, list[tuple[int, float]]] = {}
        for text, other, share, whole in zip(*(part[alike].tolist() for part in (texts, earlier, both, either)), strict=True):
            near.setdefault(text, []).append((other, share * 100 // whole / 100))
        return near


def _rarest(rows: Any, sizes: NDArray[Any], percent: int) -> Any:
    """Of each text the rarest triples, so many that two texts that are alike are bound to share one of them.

    A copy has at least `percent` in 100 of a text's triples, so that any part of them that is larger than the rest holds one
    that both have. The footer that a whole folder shares is not in the part taken: that saves nearly all of the work.
    """
    import numpy as np

    frequency = np.bincount(rows.indices, minlength=FEATURES)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    order = np.lexsort((rows.indices, frequency[rows.indices], owner))
    place = np.arange(len(order)) - rows.indptr[:-1][owner]
    common = place > (sizes + sizes * -percent // 100)[owner]  # -(-a // b) rounds up
    rarest = rows.copy()
    rarest.data[order[common]] = 0
    rarest.eliminate_zeros()
    return rarest
