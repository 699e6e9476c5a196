"""Turns a name into the places that bear it, from taxonomy/places.tsv; the file is read when the first name is asked for."""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from dlmatch.errors import TaxonomyInvalid

PACKAGE = Path(__file__).resolve().parents[1]
HOMES = (PACKAGE / "_data" / "taxonomy", PACKAGE.parents[1] / "taxonomy")  # in a wheel, in a checkout
MOST_WORDS = 7  # of a name in the file
NOT_IN_WORD = string.punctuation.encode()
NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "æ": "ae", "’": "", "'": "", "ʻ": "", ".": ""}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name: a nation, a region of one, or a city, with its people in thousands."""

    kind: Literal["n", "r", "c"]
    name: str
    region: str
    country: str
    people: int


def folded(name: str) -> str:
    """A name as its key: no case, accents, dots or hyphens, `St` spelt out."""
    if name.isascii() and name.replace(" ", "").isalnum():
        key = " ".join(name.lower().split())
    else:
        plain = name.translate(LETTERS)
        if not plain.isascii():
            plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        key = NOT_IN_KEY.sub(" ", plain.lower()).strip()
    return "saint " + key[3:] if key.startswith("st ") else key


@cache
def _lines() -> list[str]:
    """The file as lines sorted by key: a sorted list needs no building, so the first look-up costs only the reading."""
    home = next((home for home in HOMES if (home / "places.tsv").is_file()), None)
    if home is None:
        raise TaxonomyInvalid("The file of places is missing.", "taxonomy/places.tsv", "Install dlmatch again.")
    return (home / "places.tsv").read_text(encoding="utf-8").split("\n")[1:-1]


def _looked_up(key: str) -> tuple[Entry, ...]:
    lines = _lines()
    start = key + "\t"
    found = []
    at = bisect_left(lines, start)
    while at < len(lines) and lines[at].startswith(start):
        _, kind, name, region, country, people = lines[at].split("\t")
        name = name or key.title()
        found.append(Entry(kind, name, region or (name if kind == "r" else ""), country, int(people)))  # type: ignore[arg-type]  # kinds as built
        at += 1
    return tuple(found)


def meanings(name: str) -> tuple[Entry, ...]:
    """Every place of this name: nations, regions, then cities by size. Codes such as CA count only in upper case."""
    first, space, rest = name.partition(" ")
    if space and not begins_name(first):
        return ()
    return () if rest.count(" ") >= MOST_WORDS - 1 and _is_long(name) else _meanings(name)


@lru_cache(maxsize=4096)
def begins_name(word: str) -> bool:
    """Whether a longer name may begin with the word. Most words of a text are asked often, and begin none."""
    key = folded(word)
    if key in ("", "st"):
        return True
    lines, start = _lines(), key + "\t"
    at = bisect_left(lines, start)
    return at < len(lines) and lines[at].startswith((start, key + " "))


def _is_long(name: str) -> bool:
    """Whether it has more words than any name, be some of them only signs or in other letters."""
    return len(name.encode("ascii", "ignore").translate(None, NOT_IN_WORD).split()) > MOST_WORDS


@lru_cache(maxsize=4096)
def _meanings(name: str) -> tuple[Entry, ...]:
    code = name.replace(".", "")
    coded = _looked_up("=" + code) if 2 <= len(code) <= 3 and code.isupper() and code.isalpha() else ()
    return coded + _looked_up(folded(name))
