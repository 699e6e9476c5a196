"""Pieces of a text: what parts them, what is one list, and what speaks of a skill."""

from __future__ import annotations

import pytest

from dlmatch.suggesting.pieces import cued, lists_of, pieces_in


def known_in(text: str, *names: str) -> list[tuple[int, int, str]]:
    """Where the names stand, as places of known skills."""
    return sorted((text.index(name), text.index(name) + len(name), "tools") for name in names)


@pytest.mark.parametrize(
    ("text", "known", "pieces", "why"),
    [
        ("Zephyr, Quartz and Nimbus", (), ["Zephyr", "Quartz", "Nimbus"], "signs and function words part"),
        ("experience with Zephyr Cloud", (), ["Zephyr Cloud"], "words of an ad's usual frame are no term"),
        ("Zephyr/Quartz", (), ["Zephyr", "Quartz"], "a slash parts"),
        ("Zephyr.js, F#, G++, R&Z", (), ["Zephyr.js", "F#", "G++", "R&Z"], "signs that belong to a name stay"),
        ("Python Zephyr", ("Python",), ["Python", "Zephyr"], "a known skill parts"),
        ("ASP.NET", ("NET",), ["NET"], "what touches a known skill is a part of its word"),
        ("ASP.Net Core", ("Net Core",), ["Net Core"], "also where a dot stands between"),
        ("Zephyr Framework or zephyr framework", (), ["Zephyr Framework", "zephyr"], "a capital makes it a part of the name"),
        ("5 years, 2024", (), [], "numbers are no term"),
    ],
)
def test_what_parts_a_text(text: str, known: tuple[str, ...], pieces: list[str], why: str) -> None:
    found = pieces_in(text, 0, len(text), known_in(text, *known))
    assert [text[piece.start : piece.end] for piece in found] == pieces, why


@pytest.mark.parametrize(
    ("text", "lists", "why"),
    [
        ("Zephyr, Quartz, and Nimbus", 1, "commas and `and`"),
        ("Zephyr (Quartz, Nimbus)", 1, "a bracket opens a list of kinds"),
        ("Zephyr | Quartz / Nimbus", 1, "bars and slashes"),
        ("Zephyr for Quartz", 2, "a function word between"),
        ("Zephyr. Quartz", 2, "another sentence"),
        ("", 0, "nothing"),
    ],
)
def test_what_stands_in_one_list(text: str, lists: int, why: str) -> None:
    assert len(list(lists_of(text, pieces_in(text, 0, len(text), ())))) == lists, why


@pytest.mark.parametrize(
    ("text", "is_cued", "why"),
    [
        ("Experience with Zephyr", True, "the plainest cue"),
        ("Hands-on experience in the use of Zephyr", True, "with words between"),
        ("knowledge of tools such as Zephyr", True, "examples of tools"),
        ("databases (e.g. Zephyr", True, "examples in brackets"),
        ("Languages: Zephyr", True, "a label"),
        ("We are proud of Zephyr", False, "no cue"),
        ("Experience counts. Come to Zephyr", False, "a cue of another sentence"),
    ],
)
def test_cues(text: str, is_cued: bool, why: str) -> None:
    assert cued(text, 0, text.index("Zephyr")) is is_cued, why
