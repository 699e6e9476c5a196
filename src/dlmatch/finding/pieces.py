"""Divides a location line or an address into the pieces that may be names of places."""

from __future__ import annotations

import re
from typing import NamedTuple

from dlmatch.finding.anchors import lower_case
from dlmatch.finding.gazetteer import Entry, begins_name, meanings
from dlmatch.knowledge.alternatives import by_first_letter


class Piece(NamedTuple):
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
PART = re.compile(
    r"[\\\s-](?:(?<=\s)(?:(?:or|and|in|within|from)\s+|-+\s*|\s+(?:-+\s*)?)|(?<=-)-*\s+|(?<=\\)x[0-9a-f]{2}(?:\\x[0-9a-f]{2})*"
    r"|(?<=\b[A-Z]{2}-)(?=[A-Z]))"
)
# words around a place that say how or where one works there, and numbers of streets and post; in lower case
_FILLER = (
    r"fully|100%|remote(?:ly)?|hybrid|on-?site|in[- ]office|in[- ]person|anywhere|telecommut\w*|work from home|wfh"
    r"|virtual|"
    r"headquarters|hq|offices?|metro(?:politan)?(?: area)?|area|greater|city of|downtown|central|region|based|only"
    r"|multiple locations|"
    r"various(?: locations)?|flexible|preferred|eligible|friendly|first|available|time ?zones?|legal to work|full[- ]time|permanent|contract|the|state of"
    r"|province of|other"
)
_WIDE = (
    r"emea|apac|latam|amer|americas|europe|eu|european union|worldwide|global|asia|nationwide|latin america"
    r"|north america|south america"
)
FILLER = re.compile(
    rf"\b(?:{by_first_letter(_FILLER)})\b\.?|\b(?:{by_first_letter(_WIDE)})\b"
    r"|\d[\d.%]*(?: days?(?: (?:a|per) week)?| times?)?|[*_#>+–—-]+"
)
NOT_IN_NAMES = re.compile(r"[*_#>+–—\d-]")  # what else is filler
# the words at the edges of FILLER: a name between others needs no look at what else it has
FILLER_EDGES = frozenset(
    "fully remote remotely hybrid on onsite site in office person anywhere work from home wfh virtual headquarters hq offices metro"
    " metropolitan area greater city of downtown central region based only multiple locations various flexible preferred eligible"
    " friendly first available time timezone timezones zone zones legal full permanent contract the state province other emea apac"
    " latam amer americas europe eu european union worldwide global asia nationwide latin america north south to day days week times".split()
)
MOST_NAME_WORDS = 5  # of a city with its region or nation
CODE = 2  # letters of a region's or nation's
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
        for at, whole, entries in _parts(text, chunk.start(), chunk.end()):
            pieces = [Piece(whole, at, at + len(whole), joined, entries)] if entries else _trimmed(text, at, whole, joined)
            if pieces:
                found += pieces
                joined = True
    return found


def _parts(text: str, start: int, end: int) -> list[tuple[int, str, tuple[Entry, ...]]]:
    """Where each part begins, what it is without marks around it, and its meanings; a name is one part: Trinidad and Tobago."""
    whole = stripped(text[start:end])
    entries = meanings(whole)
    found = []
    begin = start
    for part in PART.finditer(text, start, end) if not entries else ():
        name = stripped(text[begin : part.start()])
        if name:
            found.append((text.index(name, begin), name, meanings(name)))
        begin = part.end()
    if begin > start:
        whole = stripped(text[begin:end])
        entries = meanings(whole)
    if whole:
        found.append((text.index(whole, begin), whole, entries))
    return found


def _trimmed(text: str, start: int, whole: str, joined: bool) -> list[Piece]:
    """The name within a part; two where region or nation follow a city without a comma; none if all is filler."""
    marked = NOT_IN_NAMES.search(whole) is not None
    post = next((country for country, code in POSTCODES if code.search(whole)), "") if marked else ""
    unnamed = Piece(whole, start, start + len(whole), joined, (), post)
    if not (_may_be_filler(whole.partition(" ")[0]) or _may_be_filler(whole.rpartition(" ")[2].rstrip("."))):
        # then filler stands between names, if anywhere
        names = [] if marked else _city_and_tail(whole, start, joined)
        return names if names and FILLER.search(lower_case(whole)) is None else [unnamed]
    parts = _names_in(dict(POSTCODES)[post].sub(" ", whole) if post else whole)
    if not parts:
        return [Piece("", start, start, joined, (), post)] if post else []
    if len(parts) > 1 or parts[0] not in whole:
        return [unnamed]
    name, start = parts[0], text.index(parts[0], start)
    entries = meanings(name)
    found = [] if entries else _city_and_tail(name, start, joined, post)
    return found or [Piece(name, start, start + len(name), joined, entries, post)]


def _may_be_filler(edge: str) -> bool:
    """Whether the first or last word of a part may be filler."""
    word = edge.lower()
    return word in FILLER_EDGES or not (word.isascii() and word.isalpha()) or word.startswith("telecommut")


def _names_in(text: str) -> list[str]:
    """What stands between the filler."""
    start, parts = 0, []
    for filler in FILLER.finditer(lower_case(text)):
        parts.append(text[start : filler.start()])
        start = filler.end()
    return [name for part in (*parts, text[start:]) if (name := stripped(part))]


def _city_and_tail(name: str, start: int, joined: bool, post: str = "") -> list[Piece]:
    """A city and the region or nation behind it; one that is not known counts before two letters."""
    if not 0 < name.count(" ") < MOST_NAME_WORDS:
        return []
    words = name.split(" ")
    known = words[0].isupper() or begins_name(words[0])
    for cut in range(1, len(words)) if known else (len(words) - 1,) if len(words[-1]) == CODE else ():
        city, tail = " ".join(words[:cut]), " ".join(words[cut:])
        wide = tuple(e for e in meanings(tail) if e.kind != "c")
        if wide and (meanings(city) or (len(tail) == CODE and is_name(city))):
            middle = start + len(city) + 1
            return [
                Piece(city, start, start + len(city), joined, meanings(city)),
                Piece(tail, middle, middle + len(tail), True, wide, post),
            ]
    return []


def is_name(text: str) -> bool:
    return len(text) > 2 and text[0].isupper() and bool(NAME.match(text))


def stripped(text: str) -> str:
    """The text without marks and icons around it; the dots of a short form such as D.C. stay."""
    text = text.strip()
    if text[:1].isalnum() and text[-1].isalnum():
        return text
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    if text[start:end].endswith(".") and text[max(start, end - 3) : end - 1].isalnum() and end - start > SHORTEST_STOPPED:
        end -= 1
    return text[start:end]
