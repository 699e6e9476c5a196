"""Text of documents is made safe and short before anything shows it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.showing.quoting import UNSEEN, clean, quoted, shorten


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("plain", "plain"),
        ("two\n lines\tand a tab", "two lines and a tab"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),  # a colour code shows itself instead of working
        ("a\x00b\x7fc", "a␀b␡c"),
        ("\x9b2J", "�2J"),  # the one-byte form of ESC [
        ("evil\u202efdp.exe", "evil�fdp.exe"),  # would turn the reading direction
        ("na\u00adive zero\u200dwidth", "naive zerowidth"),
        ("lone \ud800 surrogate", "lone � surrogate"),
        ("मशीन लर्निंग", "मशीन लर्निंग"),
    ],
)
def test_clean(raw: str, safe: str) -> None:
    assert clean(raw) == safe


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    assert not {letter for letter in clean(text) if unicodedata.category(letter) in UNSEEN}


@given(st.text())
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(), st.integers(1, 80))
def test_shorten_keeps_its_width(text: str, width: int) -> None:
    assert len(shorten(text, width)) <= width
    if len(text) <= width:
        assert shorten(text, width) == text


def test_a_quotation_breaks_at_a_word() -> None:
    assert quoted("work closely with many other teams", 20) == '"work closely with…"'
