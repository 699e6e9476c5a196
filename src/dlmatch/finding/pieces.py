"""Divides a location line or an address into the pieces that may be names of places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dlmatch.finding.gazetteer import Entry, meanings


@dataclass(frozen=True, slots=True)
class Piece:
    """What stands between two separators. `joined`: a comma or the like ties it to the piece before; `post`: the
    country whose postcode stands in it."""

    text: str
    start: int
    end: int
    joined: bool
    entries: tuple[Entry, ...] = ()
    post: str = ""

    def names(self, kind: str, country: str, region: str | None = None) -> bool:
        """Whether it may mean that nation or region."""
        return any(e.kind == kind and e.country == country and region in (None, e.region) for e in self.entries)


CHUNK = re.compile(r"[^,;|/()\[\]•·&\n\t:–—]+")
LOOSE = frozenset(";|•·\n")  # signs between places, where a comma stands within one
# characters that were written as their bytes part, and a hyphen between spaces; one within a word does not;
# two spaces are a gap of a layout that was lost
PART = re.compile(r"(?:\\x[0-9a-f]{2})+|\s+-+\s*|\s*-+\s+|\s{2,}|\s+(?:or|and|in|within|from)\s+|(?<=\b[A-Z]{2})-(?=[A-Z])")
# words around a place that say how or where one works there, and numbers of streets and post
FILLER = re.compile(
    r"(?i)\b(?:fully|100%|remote(?:ly)?|hybrid|on-?site|in[- ]office|in[- ]person|anywhere|telecommut\w*|work from home|wfh"
    r"|virtual|"
    r"headquarters|hq|offices?|metro(?:politan)?(?: area)?|area|greater|city of|downtown|central|region|based|only"
    r"|multiple locations|"
    r"various(?: locations)?|flexible|preferred|eligible|friendly|first|available|time ?zones?|legal to work|full[- ]time|permanent|contract|the|state of"
    r"|province of|other)\b\.?"
    r"|\b(?:emea|apac|latam|amer|americas|europe|eu|european union|worldwide|global|asia|nationwide|latin america"
    r"|north america|south america)\b"
    r"|\d[\d.%]*(?: days?(?: (?:a|per) week)?| times?)?|[*_#>+–—-]+"
)
POSTCODES = (
    ("GB", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")),
    ("CA", re.compile(r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")),
    ("US", re.compile(r"\b\d{5}(?:-\d{4})?\b")),
)
SHORTEST_STOPPED = 3  # `St.` may be short for something, `Paris.` ends a sentence
NAME = re.compile(r"[^\W\d_][\w.'’‘-]*(?: [^\W\d_][\w.'’‘-]*){0,3}\Z")


def pieces_of(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """The parts of a location line that could be names, without the filler words around them."""
    found: list[Piece] = []
    joined = False
    for chunk in CHUNK.finditer(text, start, len(text) if end is None else end):
        joined = joined and not LOOSE.intersection(text[found[-1].end : chunk.start()])
        for at, stop in _parts(text, chunk.start(), chunk.end()):
            for piece in _trimmed(text, at, stop, joined):
                found.append(piece)
                joined = True
    return found


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if meanings(stripped(text[start:end])):
        yield start, end  # Trinidad and Tobago
        return
    for part in PART.finditer(text, start, end):
        yield start, part.start()
        start = part.end()
    yield start, end


def _trimmed(text: str, start: int, end: int, joined: bool) -> list[Piece]:
    """The name within text[start:end]; two where region or nation follow a city without a comma; none if all is filler."""
    whole = stripped(text[start:end])
    if not whole:
        return []
    start = text.index(whole, start)
    entries = meanings(whole)
    if entries:
        return [Piece(whole, start, start + len(whole), joined, entries)]
    bare, post = whole, ""
    if any(c.isdigit() for c in whole):
        post = next((country for country, code in POSTCODES if code.search(whole)), "")
        bare = dict(POSTCODES)[post].sub(" ", whole) if post else whole
    names = [name for part in FILLER.split(bare) if (name := stripped(part))]
    if not names:
        return [Piece("", start, start, joined, (), post)] if post else []
    if len(names) > 1 or names[0] not in whole:
        return [Piece(whole, start, start + len(whole), joined, (), post)]
    start = text.index(names[0], start)
    return _city_and_tail(names[0], start, joined, post)


def _city_and_tail(name: str, start: int, joined: bool, post: str) -> list[Piece]:
    entries = meanings(name)
    words = name.split(" ")
    if not entries and 1 < len(words) < 6:
        for cut in range(1, len(words)):
            city, tail = " ".join(words[:cut]), " ".join(words[cut:])
            wide = tuple(e for e in meanings(tail) if e.kind != "c")
            if wide and (meanings(city) or (len(tail) == 2 and is_name(city))):
                middle = start + len(city) + 1
                return [
                    Piece(city, start, start + len(city), joined, meanings(city)),
                    Piece(tail, middle, middle + len(tail), True, wide, post),
                ]
    return [Piece(name, start, start + len(name), joined, entries, post)]


def is_name(text: str) -> bool:
    return len(text) > 2 and text[0].isupper() and bool(NAME.match(text))


def stripped(text: str) -> str:
    """The text without marks and icons around it; the dots of a short form such as D.C. stay."""
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    if text[start:end].endswith(".") and text[max(start, end - 3) : end - 1].isalnum() and end - start > SHORTEST_STOPPED:
        end -= 1
    return text[start:end]
