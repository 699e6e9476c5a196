"""Turns the words of a location line, an address or a sentence into places: city, region and country, each with its span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dlmatch.finding.gazetteer import Entry, begins_name, folded, meanings
from dlmatch.finding.pieces import Piece, is_name, pieces_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """A place as the text states it; `city` is written as there, nicknames (NYC) spelt out. text[start:end] names it."""

    city: str | None = None
    region: str | None = None
    country: str | None = None
    start: int = 0
    end: int = 0
    sure: bool = True  # False: one name alone, which other places or things bear too


CAPITALISED = re.compile(r"\b[^\W\d_a-z][\w.'’‘-]*")
RUN = re.compile(r"[^\W\d_a-z][\w.'’‘-]*(?: (?:[^\W\d_a-z][\w.'’‘-]*|de|da|do|del|la|le|of|am|upon|and)){0,4}")
GAP = re.compile(r",? ?\(?(?=\w)")  # what stands between a city and its region
UNSURE_BELOW = 200  # thousand people: a smaller city's name alone is as often a surname, a company or a word


def localities_of(pieces: Sequence[Piece], *, trust: bool = False) -> list[Locality]:
    """Pieces side by side as places: `Bellevue` `WA`, `Pune` `Maharashtra` `India`, `US` `CA` `San Jose`.

    `trust`: the words are known to be a location, so an unknown name before a region counts as a city.
    """
    found: list[Locality] = []
    at = 0 if any(piece.entries for piece in pieces) else len(pieces)
    while at < len(pieces):
        place, used = _place_at(pieces, at, trust)
        if place is not None:
            found.append(place)
        at += used
    return found


def _place_at(pieces: Sequence[Piece], at: int, trust: bool) -> tuple[Locality | None, int]:
    piece = pieces[at]
    after = list(_joined_after(pieces, at))
    before = pieces[at - 1] if at and piece.joined else None
    cities = [entry for entry in piece.entries if entry.kind == "c"]
    for entry in cities:
        used = _confirmed(entry, after)
        if used:
            return _city(piece, entry, after[used - 1], sure=True), 1 + used
    named = [e for e in piece.entries if e.kind != "c"]
    if after and is_name(piece.text) and (trust or after[0].post):
        region = next((e for e in after[0].entries if e.kind == "r"), None)
        if region is not None and not any(e.kind == "n" for e in named):
            used = 2 if len(after) > 1 and after[1].names("n", region.country) else 1
            place = Locality(
                city=as_written(piece.text, ""),
                region=region.region,
                country=region.country,
                start=piece.start,
                end=after[used - 1].end,
            )
            return place, 1 + used
    fitting = next((entry for entry in cities if before is not None and _fits(entry, before)), None)
    wide = None if fitting else _nation_or_region(named, cities, before, after)
    if wide is not None:
        used = int(wide.kind == "r" and bool(after) and after[0].names("n", wide.country))
        last = after[used - 1] if used else piece
        return Locality(
            region=wide.region or None, country=wide.country, start=piece.start, end=max(piece.end, last.end)
        ), 1 + used
    if cities:
        entry = fitting or cities[0]
        return _city(piece, entry, piece, sure=fitting is not None or entry.people >= UNSURE_BELOW), 1
    return None, 1


def _joined_after(pieces: Sequence[Piece], at: int) -> Iterator[Piece]:
    for piece in pieces[at + 1 : at + 4]:
        if not piece.joined:
            return
        yield piece


def _confirmed(city: Entry, after: Sequence[Piece]) -> int:
    """How many following pieces name the city's own region and nation; 0: none does."""
    used = 0
    for number, piece in enumerate(after, 1):
        if piece.names("n", city.country) and not (number == 1 and city.country == "CA" and piece.text == "CA" and not used):
            return number
        if city.region and piece.names("r", city.country, city.region):
            used = number
        elif used or number == 2:
            break
    return used


def _fits(city: Entry, before: Piece) -> bool:
    return any(e.country == city.country and (e.kind == "n" or e.region == city.region) for e in before.entries if e.kind != "c")


def _nation_or_region(
    named: Sequence[Entry], cities: Sequence[Entry], before: Piece | None, after: Sequence[Piece]
) -> Entry | None:
    """A nation or region where both bear the name: what the neighbours support, else the one that is meant most."""
    region = next((e for e in named if e.kind == "r"), None)
    nation = next((e for e in named if e.kind == "n"), None)
    for entry in named:
        if entry.kind == "r" and (
            (after and after[0].names("n", entry.country)) or (before is not None and before.names("n", entry.country))
        ):
            return entry
    if cities and region is not None and cities[0].region == region.region and cities[0].people >= 500:
        return None  # New York, Delhi, Berlin: the city, unless something says otherwise
    if cities and nation is not None and cities[0].country == nation.country and folded(cities[0].name) == folded(nation.name):
        return None  # Singapore, Luxembourg: city and nation alike
    if region is not None and nation is not None and len(nation.name) == 2:
        beside = [*after, *([] if before is None else [before])]
        among_regions = any(p.names("r", region.country) and not any(e.kind == "n" for e in p.entries) for p in beside)
        after_city = before is not None and any(e.kind == "c" for e in before.entries)
        return region if after_city or among_regions else nation  # CA behind a city or beside OR and WA is California
    return nation or region


def _city(piece: Piece, city: Entry, last: Piece, *, sure: bool) -> Locality:
    name = as_written(piece.text, city.name)
    return Locality(
        city=name, region=city.region or None, country=city.country, start=piece.start, end=max(piece.end, last.end), sure=sure
    )


def as_written(text: str, name: str) -> str:
    """The name as the document has it; capitals become title case, a nickname or another tongue's name the table's."""
    if text.isupper() or text.islower():
        return name or text.title()
    return text if not name or folded(text) == folded(name) else name


def places_in(text: str, start: int = 0, end: int | None = None) -> list[Locality]:
    """Every place named in running text, by its capitals; one that other things are called too is not `sure`."""
    end = len(text) if end is None else end
    found: list[Locality] = []
    reach = start
    for word in CAPITALISED.finditer(text, start, end):
        if word.start() >= reach:
            place = place_from(text, word.start(), end)
            if place is not None:
                found.append(place)
                reach = place.end
    return found


def place_from(text: str, start: int, end: int) -> Locality | None:
    """The place whose name begins exactly at `start`, with the region and nation that follow it after commas."""
    pieces: list[Piece] = []
    at = start
    while len(pieces) < 3:
        piece = _longest_name(text, at, end, joined=bool(pieces))
        if piece is None:
            break
        pieces.append(piece)
        gap = GAP.match(text, piece.end, end)
        if gap is None or gap.end() == piece.end:
            break
        at = gap.end()
    return _place_at(pieces, 0, False)[0] if pieces else None


def _longest_name(text: str, start: int, end: int, *, joined: bool) -> Piece | None:
    run = RUN.match(text, start, end)
    if run is None:
        return None
    words = run.group().rstrip(".'’-").split(" ")
    known = begins_name(words[0])
    if not (known or words[0].isupper()):  # no name, and no code such as US
        return None
    for count in range(len(words) if known else 1, 0, -1):
        name = " ".join(words[:count]).rstrip(".,'’-") if count > 1 or not words[0].isupper() else words[0]
        entries = meanings(name)
        if entries:
            return Piece(name, start, start + len(name), joined, entries)
    return None


def place_of(text: str) -> Locality | None:
    """The place of a location line such as `US,Bellevue, WA,Remote`: the first, with a city if one is named."""
    return home_among(localities_of(pieces_of(text), trust=True))


def home_among(found: Sequence[Locality]) -> Locality | None:
    """The first city, as lists name the nations before it; without a city the first place, not `sure` if of several nations."""
    if not found:
        return None
    first = next((place for place in found if place.city), found[0])
    return first if first.city or all(place.country == first.country for place in found) else replace(first, sure=False)


def stated_place(stated: Mapping[str, object]) -> Locality | None:
    """What structured data says; a country is taken by code or name."""
    if not stated:
        return None
    city, region, country = (str(stated.get(key) or "").strip() for key in ("city", "region", "country"))
    if not (city or country):
        return None
    named = place_of(country) if country else None
    place = place_of(", ".join(part for part in (city, region, country) if part))
    code = named.country if named is not None else place.country if place is not None else None
    return Locality(city=city or None, region=(place and place.region) or region or None, country=code)
