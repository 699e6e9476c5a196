"""What makes the search fast may lose nothing: lower case, grouped patterns and what says that a word stands nowhere."""

from __future__ import annotations

import re
import string
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.finding.anchors import SPACES, Sought, digits_as_0, lower_case, signs_but, spots
from dlmatch.finding.datewords import MONTHS
from dlmatch.finding.scan import scan_of, whole_words
from dlmatch.finding.zones import MAYBE_PREFERRED, WISH_PARTS
from dlmatch.knowledge.alternatives import by_first_letter, grouped

EVERY = "".join(map(chr, range(sys.maxunicode + 1)))
MIXED = st.text(alphabet="remotREMOT PhD.#+_-\u200b\u0301\u00ad’éİıſ5٣\n", max_size=60)


@pytest.mark.parametrize("letter", [*string.ascii_lowercase, "é", "ñ", "ü"])
def test_lower_case_is_what_a_pattern_sees_that_ignores_case(letter: str) -> None:
    assert re.findall(letter, EVERY, re.IGNORECASE) == [EVERY[found.start()] for found in re.finditer(letter, lower_case(EVERY))]


def test_lower_case_keeps_every_character_in_its_place() -> None:
    low = lower_case(EVERY)
    assert len(low) == len(EVERY)
    for kind in (r"\w", r"\s", r"\d"):
        assert [found.start() for found in re.finditer(kind, low)] == [found.start() for found in re.finditer(kind, EVERY)]


def test_spaces_are_those_of_patterns() -> None:
    assert sorted(SPACES) == sorted(re.findall(r"\s", EVERY))


# alternatives, text
GROUPED = [
    ("may|mar|march|mai|june", "march may marx mai june"),
    (r"a(?:b|c)|b|ad|a[|)]x|a\|y", "ab ac b ad a|x a)x a|y"),
    ("|".join(sorted(MONTHS, key=lambda name: (-len(name), name))), "sept september junio jun augustus"),
]


@pytest.mark.parametrize(("alternatives", "text"), GROUPED)
def test_grouped_alternatives_match_the_same(alternatives: str, text: str) -> None:
    assert re.findall(by_first_letter(alternatives), text) == re.findall(alternatives, text)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=4), min_size=1), st.text(alphabet="abc ", max_size=30))
def test_grouping_keeps_the_order_within_a_group(words: list[str], text: str) -> None:
    assert re.findall(by_first_letter("|".join(words)), text) == re.findall("|".join(words), text)


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        (r"(?:may|mar|june)\b", r"(?:m(?:ay|ar)|june)\b"),
        ("(?:may|mar)?x", "(?:may|mar)?x"),
        ("(?:a?b|c)x", "(?:a?b|c)x"),
        (r"no (?:may|mar)", r"no (?:may|mar)"),
    ],
    ids=["grouped", "a choice to be left out", "a letter to be left out", "not at the beginning"],
)
def test_only_a_leading_choice_that_must_be_there_is_grouped(pattern: str, same: str) -> None:
    assert grouped(pattern) == same


def test_spots_are_in_order_whatever_the_words() -> None:
    assert spots("b a b aa", ("a", "b")) == [0, 2, 4, 6, 7]
    assert spots("b a b aa", ("a", "b"), 1, 5) == [2, 4]


PARTS_OF_ONE = 4  # bars within an alternative: "bonus points| skills", "'d|\u2019d| would"
SOUGHT = ("abca", "bcab", "aaaa b", "remote", "phd.", "mote-")


@given(st.text(alphabet="abcremotphd.- ", max_size=40), st.lists(st.sampled_from(SOUGHT), max_size=6))
def test_words_sought_in_one_pass_are_those_that_plain_search_finds(filler: str, words: list[str]) -> None:
    text = filler.join(words)
    assert {word: set(places) for word, places in Sought(SOUGHT)(text).items()} == {
        word: found for word in SOUGHT if (found := {at for at in range(len(text)) if text.startswith(word, at)})
    }


WISHES = """preferred; preferable; nice to have; nice-to-haves; bonus points; desired; desirable; good to have; optional; a plus;
pluses; extra credit; stand out; set you apart; even better; also great; additional qualifications; ideally; we'd love; we\u2019d love;
we would love; not required; brownie points; advantage"""


@pytest.mark.parametrize("wish", [wish.strip() for wish in WISHES.split(";")])
def test_a_wish_holds_one_of_the_parts_that_lead_to_it(wish: str) -> None:
    found = MAYBE_PREFERRED.search(wish)
    assert found is not None
    assert any(part in found[0] for part in WISH_PARTS)


def test_every_way_to_wish_has_its_case() -> None:
    assert len(WISHES.split(";")) >= MAYBE_PREFERRED.pattern.count("|") + 1 - PARTS_OF_ONE


def test_digits_and_signs() -> None:
    assert digits_as_0("a 1990, 5") == "a 0000, 0"
    assert signs_but(bytes(range(128)), "a•é\ud800•") == {"•", "é", "\ud800"}


@given(MIXED)
def test_a_word_that_cannot_stand_in_the_text_does_not(text: str) -> None:
    scan = scan_of(text)
    for word in ("remote", "phd", "more", "t", "5"):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            assert scan.may_hold(whole_words(word))
            assert list(scan.standing({"it": whole_words(word), "other": whole_words("other")}))[:1] == ["it"]


@given(MIXED, st.integers(0, 60))
def test_a_scan_keeps_every_character_in_its_place(text: str, most: int) -> None:
    scan = scan_of(text, most=most)
    assert len(scan.text) == len(scan.lower) == len(scan.ascii) == len(scan.digits) == min(most, len(text))
    assert scan.lower == lower_case(text[:most])
    assert not scan.plain or not any(c.isdecimal() and not c.isascii() for c in text)
