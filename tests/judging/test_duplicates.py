"""Copies: edited ones are found, others are not, and nothing depends on what else is in the folder."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dlmatch.judging import duplicates
from dlmatch.judging.duplicates import PERCENT, fold, triples

ADS = Path(__file__).parents[2].parent / "shared" / "corpus" / "ads.jsonl"
FOOTER = (
    " We value different people. All who apply are considered whatever their age, faith, sex or origin. Ask our recruiting "
    "team for adjustments. We offer health cover, parental leave, a pension plan, paid holidays and money for learning."
)


def made(seed: int, length: int = 120) -> list[str]:
    """Words of a text that shares no three words in a row with those of other seeds."""
    return [f"w{seed}x{number}" for number in range(length)]


def firsts(texts: list[str], percent: int = PERCENT["job"]) -> list[int]:
    return [like.first for like in fold(texts, percent)]


def edited(words: list[str], share: float, chance: random.Random) -> str:
    """Of the words this share replaced, dropped or doubled."""
    words = list(words)
    for at in chance.sample(range(len(words)), max(1, int(len(words) * share))):
        words[at] = chance.choice(("", "other", f"{words[at]} more"))
    return " ".join(words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one two three four", ["one two three", "two three four"]),
        ("One, TWO;\nthree", ["one two three"]),  # case, punctuation and lines are nothing
        ("ﬁne wide　space", ["fine wide space"]),  # forms of letters are folded
        ("one two", ["one two"]),  # too short for three
        ("", [""]),
    ],
)
def test_triples(text: str, found: list[str]) -> None:
    assert triples(text) == found


def test_the_same_text_twice_is_one_group() -> None:
    assert firsts(["a b c d", "e f g h", "A  b c, d", "hi", "hi"]) == [0, 1, 0, 3, 3]
    assert fold(["a b c d", "a b c d"])[1].alike == 1.0


def test_a_copy_is_alike_to_the_text_it_stands_under_and_chains_do_not_tie() -> None:
    words = made(0, 102)  # 100 triples
    near = [*words[:-12], *made(1, 12)]  # 88 triples in common, of 112
    far = [*made(2, 12), *near[12:]]  # as many with near; with the first 76 of 124
    assert firsts([" ".join(words), " ".join(near), " ".join(far)]) == [0, 0, 2]
    assert firsts([" ".join(near), " ".join(words), " ".join(far)]) == [0, 0, 0]


@pytest.mark.parametrize(("percent", "kept", "alike"), [(70, 85, True), (70, 80, False), (50, 70, True), (50, 60, False)])
def test_the_bound(percent: int, kept: int, alike: bool) -> None:
    words = made(0, 102)
    other = [*words[: kept + 2], *made(1, 100 - kept)]  # kept triples in common, 200 - kept in all
    assert firsts([" ".join(words), " ".join(other)], percent) == [0, 0 if alike else 1]


WORDS = st.lists(st.sampled_from("abcdef"), max_size=12).map(" ".join)


@given(st.lists(WORDS, max_size=12), st.sampled_from([50, 70]))
@settings(max_examples=40, deadline=None)
def test_the_fast_way_finds_what_the_slow_way_finds(texts: list[str], percent: int) -> None:
    slow: list[tuple[int, float]] = []
    sets = [set(triples(text)) for text in texts]
    for at, mine in enumerate(sets):
        near = []
        for other in range(at):
            both, either = len(mine & sets[other]), len(mine | sets[other])
            if slow[other][0] == other and 100 * both >= percent * either:
                near.append((both * 100 // either / 100, -other))
        alike, first = max(near, default=(1.0, -at))
        slow.append((-first, alike))
    assert [(like.first, like.alike) for like in fold(texts, percent)] == slow


@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
@settings(max_examples=40, deadline=None)
def test_a_text_that_comes_last_changes_no_other_group(texts: list[str], last: str) -> None:
    assert fold([*texts, last])[:-1] == fold(texts)


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(7)
    texts = [edited(made(chance.randrange(9)), 0.03, chance) for _ in range(60)]
    whole = fold(texts)
    assert len({like.first for like in whole}) == 9
    monkeypatch.setattr(duplicates, "BLOCK", 7)
    assert fold(texts) == whole


def test_many_copies_cost_no_more_than_one() -> None:
    pieces = ["the same text of a few words"] * 3000
    assert set(firsts(pieces)) == {0}


@pytest.mark.skipif(not ADS.exists(), reason="the ads of the shared corpus are not there")
def test_edited_ads_are_found_and_other_ads_of_the_same_company_are_not() -> None:
    ads = [json.loads(line) for line in ADS.read_text("utf-8").splitlines()]
    texts = [f"{ad['title']}\n{ad['description']}" for ad in ads]
    found = fold(texts)
    folded = [(at, like.first) for at, like in enumerate(found) if like.first != at]
    assert len(folded) == 9  # read by eye: the same ad again, for another level or with another footer
    chance = random.Random(3)
    for at, ad in list(enumerate(ads))[::6]:
        words = ad["description"].split()
        copies = (
            "Join the team!\n" + ad["description"],
            f"{ad['title']}\n{' '.join(words[: len(words) * 85 // 100])}{FOOTER}",
            edited(texts[at].split(), 0.05, chance),
        )
        assert firsts([texts[at], *copies]) == [0, 0, 0, 0]
