"""Says in which country a school is: by its name, else by the town or region that its name holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dlmatch.errors import TaxonomyInvalid
from dlmatch.finding.gazetteer import HOMES, folded
from dlmatch.finding.localities import Locality, places_in

_SCHOOL = re.compile(
    r"(?i:\b(?:universi\w+|uni|college|institut\w*|polytech\w*|politec\w*|school|academy|[\u00e9e]cole|facultad|\w*hochschule|inst\.|univ\.))"
    r"|\b(?:TU|TH|FH|HS)\b"
)
_NO_TOWN = re.compile(r"(?i:universit\w+|college|institute)|[A-Z]{2}")  # towns of Florida and Texas, and codes of nations
_BEHIND = re.compile(
    r"\s(?:(?:State|Technical|Technological|National|Polytechnic|Medical|Business|Engineering)\s){0,2}"
    r"(?:Universi|College|Institute|School|Polytechnic|Academy)"
)
_BEFORE = re.compile(
    r"(?i)(?:\b(?:of|at|in|de|di|da|do|von|zu)(?:\sthe)?\s|[,(-]\s?|\b(?:university|universit\u00e4t|college|tu|fu|th)\s)$"
)


@dataclass(frozen=True, slots=True)
class _Names:
    by_word: dict[
        str, list[tuple[tuple[str, ...], str, bool]]
    ]  # a name's first word: its words, its country, no mere word of a tongue
    codes: re.Pattern[str]
    of_code: dict[str, str]


@cache
def _names() -> _Names:
    home = next((home for home in HOMES if (home / "schools.tsv").is_file()), None)
    if home is None:
        raise TaxonomyInvalid("The file of schools is missing.", "taxonomy/schools.tsv", "Install dlmatch again.")
    by_word: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    of_code: dict[str, str] = {}
    for line in (home / "schools.tsv").read_text(encoding="utf-8").splitlines():
        country, _, names = line.partition("\t")
        for name in names.split("; ") if names else ():
            if name.startswith("="):
                of_code[name[1:]] = country
                continue
            words = tuple(folded(name.removeprefix("~")).split(" "))
            by_word.setdefault(words[0], []).append((words, country, not name.startswith("~")))
    for entries in by_word.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry))
    codes = "|".join(re.escape(code) for code in sorted(of_code, key=lambda code: (-len(code), code)))
    return _Names(by_word, re.compile(rf"(?<![\w.@/-])(?:{codes})(?![\w@])"), of_code)


def school_in(text: str) -> Locality | None:
    """Where the school that a short line names is; None where it names none, or none whose country is known."""
    known = _names()
    country = _by_name(text, known, sure=True)
    if country is None:
        code = known.codes.search(text)
        country = known.of_code[code[0]] if code else None
    if country is not None:
        return Locality(country=country, sure=False)
    if not _SCHOOL.search(text):
        return None
    town = _by_town(text)
    if town is None:
        country = _by_name(text, known, sure=False)
    return town if town is not None or country is None else Locality(country=country, sure=False)


def _by_name(text: str, known: _Names, *, sure: bool) -> str | None:
    words = folded(text).split(" ")
    best = 0, ""
    for at, word in enumerate(words):
        for name, country, surely in known.by_word.get(word, ()):
            if surely == sure and len(name) > best[0] and tuple(words[at : at + len(name)]) == name:
                best = len(name), country
                break
    return best[1] or None


def _by_town(text: str) -> Locality | None:
    """The town or region within the name; where two disagree, none."""
    found = [
        place
        for place in places_in(text)
        if place.country
        and not _NO_TOWN.fullmatch(text, place.start, place.end)
        and (place.sure or _BEHIND.match(text, place.end) or _BEFORE.search(text, max(0, place.start - 24), place.start))
        and not re.search(r"(?i)\bschool of $", text[: place.start])
    ]
    return found[0] if found and len({place.country for place in found}) == 1 else None
