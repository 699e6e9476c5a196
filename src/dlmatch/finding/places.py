"""Turns a document into the place it states as its own: where the job is, or where the person lives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dlmatch.finding.anchors import lowered, spots
from dlmatch.finding.localities import (
    Locality,
    home_among,
    localities_of,
    place_from,
    place_of,
    places_in,
    stated_place,
)
from dlmatch.finding.pieces import pieces_of
from dlmatch.finding.residence import home_of_resume
from dlmatch.model.document import Document

__all__ = ["Locality", "home_of_ad", "home_of_resume", "place_of", "places_in"]

LONGEST_AD = 60_000  # characters read for facts; an ad has 5,000
HEAD_LINES = 9
NEAR_LABEL, FEW_WORDS = 25, 4  # characters and words between a label and its place
LONGEST_LOCATION = 220  # characters; a longer line is prose
MARKS = re.compile(r"^[\s#>*_•\-–]+|[\s*_#]+$")
PARTS = re.compile(r"\s+[|\u00b7\u2022\u2013\u2014\u2027-]\s+")  # signs between the parts of a header line
LABEL = re.compile(
    r"(?im)^[ \t#>*_•\-–|]*(?:(?:job|work|office|primary|main|role|position|hiring|preferred|current)\s+)?(?:locations?"
    r"|based in|workplace|city|where)"
    r"(?:\s*\((?:s|es|city)\)|\s+of\s+(?:work|position|job))?[\s*_]*(?:[:：][\s*_]*|\s[-–—]\s"
    r"|[\s*_]*$\n{0,3})(?P<value>\S[^\n]{0,200})"
)
WAY_OF_WORK = re.compile(r"(?i)\b(?:remote|hybrid|on-?site|in[- ]office|telecommute|anywhere|worldwide)\b")
# Words of a sentence that says where the job or its holder is; what may stand between them and the place; who it must be of.
SITUATED = (
    "based",
    "located",
    "living in",
    "live in",
    "resid",
    "work from",
    "work in",
    "work at",
    "working from",
    "working in",
    "working at",
    "situated",
    "sit in",
    "relocat",
    "on-site",
    "onsite",
    "hybrid",
    "in-office",
    "in office",
    "in person",
    "in-person",
    "remote",
    "join us",
    "join our",
    "join the",
    "our ",
    "team in",
)
TO_PLACE = re.compile(
    r"\w*[^.\n]{0,100}?\b(?:in|at|to|from|near|within|out of|across)\s+(?:(?:our|the|downtown|central|sunny|beautiful"
    r"|greater|either|[Nn]ear)\s+|\*+)*(?=[A-Z])(?P<place>)"
)
OF_THE_JOB = re.compile(
    r"(?i)\b(?:role|position|job|opportunity|opening|vacancy|you(?:'ll|’ll|r)?|candidates?|applicants?|hires?|someone"
    r"|engineers?|developers?|scientists?|join|must|this is an?|available|looking|seeking)\b"
)
SEAT = re.compile(
    r"(?i)\b(?:headquarter|founded|founder|customers?|clients?|offices in|company based|backed|investors?"
    r"|branches|compan(?:y|ies)|startup|partners?|hubs|(?:pay|salary) range|authori[sz]ed|eligible)\b"
)
OFFICE_BEHIND = re.compile(r"(?i)[^.\n]{0,25}\b(?:office|hub|headquarters|hq|studio|campus|lab)\b(?!s)")
OFFICE_IN = re.compile(r"(?i)\b(?:office|hub|studio|lab)(?: space)? in (?:(?:downtown|central|the heart of)\s+|\*+)*")
ALLOWED = (
    "authori",
    "eligib",
    "right to work",
    "permitted to work",
    "entitled to work",
    "legally",
    "citizens of",
    "available to",
    "reside in",
    "live in",
)
TO_WORK_IN = re.compile(r"[^.\n]{0,70}?\b(?:in|within|of|to)\s+(?:the\s+)?(?=[A-Z])(?P<place>)")
US_PERSON = re.compile(
    r"\b(?:U\.?S\.?|United States|American) (?:[Cc]itizen|[Pp]ersons?\b|[Bb]ased|[Cc]itizenship"
    r"|[Ss]ecurity [Cc]learance)|\bUS-based\b"
)
US_LAW = ("401(k", "401k", "401 (k", "protected veteran", "e-verify")
DOLLARS = re.compile(r"\$\s?\d{2,3}[,k]")
TITLE_CODES = {"US", "USA", "UK"}  # the other codes are too often something else: IT, ID, IN, DE


def home_of_ad(document: Document, lower: str | None = None) -> Locality | None:
    """Where the job is: structured data, the lines under the title, `Location:`, then sentences about the role."""
    stated = stated_place(document.stated)
    if stated is not None:
        return stated
    text = document.text[:LONGEST_AD]
    lower = lowered(text) if lower is None else lower
    head = _from_head(text)
    labelled = _from_labels(text)
    home = head or labelled
    if home is None:
        home = _from_prose(text, lower, None) or _from_title(text) or _from_law(text, lower)
    elif home.city is None:
        finer = labelled if labelled is not None and labelled.city else _from_prose(text, lower, home.country)
        if finer is not None and finer.city and finer.country == home.country and home.region in (None, finer.region):
            home = finer
    return home


def lines_of(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The spans of the lines that are not blank."""
    end = len(text) if end is None else end
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if not text[start:stop].isspace() and stop > start:
            yield start, stop
        start = stop + 1


def _from_head(text: str) -> Locality | None:
    """A line under the title that holds places and nothing else; one that is backed by a region or nation goes first."""
    spare: Locality | None = None
    for number, (start, end) in enumerate(lines_of(text, 0, 1500)):
        if number >= HEAD_LINES:
            break
        if number == 0 or end - start > LONGEST_LOCATION:
            continue
        place = _whole_line(text, start, end) or _behind_a_name(text, start, end)
        if place is not None and (
            place.sure and (place.city is None or number > 1 or place.region or WAY_OF_WORK.search(text, start, end))
        ):
            return place
        spare = spare or (place if place is not None and (place.sure or not place.city) else None)
    return spare


def _whole_line(text: str, start: int, end: int) -> Locality | None:
    """The first place of a line of which every part names a place or a way to work."""
    pieces = pieces_of(text, start, end)
    named = [piece for piece in pieces if piece.text]
    if not named or len(named) > 24:
        return None
    places = localities_of(pieces, trust=len(named) > 1)
    if not places:
        return None
    covered = sum(any(place.start <= piece.start < place.end for place in places) for piece in named)
    return home_among(places) if covered == len(named) else None


def _behind_a_name(text: str, start: int, end: int) -> Locality | None:
    """The place in a line such as "Firm | City, Region | Hybrid" or "Firm, City, Region, Country": named in full, at an edge."""
    cuts = [start, *(sign.end() for sign in PARTS.finditer(text, start, end)), end]
    for first, last in pairwise(cuts):
        stop = last - len(text[first:last]) + len(text[first:last].rstrip(" |\u00b7\u2022\u2013\u2014\u2027/-"))
        begin = first
        while begin < stop:  # drop what stands before the first comma until all that is left are places
            place = _whole_line(text, begin, stop)
            if place is not None and place.city and (place.region or place.country) and text.find(",", begin, stop) > 0:
                return place
            comma = text.find(",", begin, stop)
            if comma < 0:
                break
            begin = comma + 1
    return None


def _from_labels(text: str) -> Locality | None:
    """What stands behind `Location:` or under it; where that is a sentence, the first place in it."""
    for label in LABEL.finditer(text):
        start, end = label.span("value")
        end = min(end, start + 120)
        place = home_among(localities_of(pieces_of(text, start, end), trust=True))
        if place is not None and (place.start - start < NEAR_LABEL or text.count(" ", start, place.start) <= FEW_WORDS):
            return place
        named = next((named for named in places_in(text, start, end) if named.sure), None)
        if named is not None and not SEAT.search(text, start, named.start):
            return named
    return None


def _from_prose(text: str, lower: str, country: str | None) -> Locality | None:
    """A sentence that puts the role somewhere; with the country known, `our office in` a city of it will do too."""
    reach = 0
    for at in spots(lower, SITUATED):
        cue = TO_PLACE.match(text, at, min(len(text), at + 140)) if at >= reach else None
        if cue is None:
            continue
        place = place_from(text, cue.start("place"), min(len(text), cue.end() + 70))
        if place is None or not _suits(place, country):
            continue
        reach = cue.end()
        start = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at), at - 160) + 1
        if SEAT.search(text, start, place.start):
            continue
        office = lower.startswith("our ", at)
        if (office and OFFICE_BEHIND.match(text, place.end)) or (not office and OF_THE_JOB.search(text, start, place.start)):
            return place
    if country is not None and (" in " in lower):
        for at in spots(lower, ("office", "hub in", "studio in", "lab in")):
            cue = OFFICE_IN.match(text, at)
            place = place_from(text, cue.end(), min(len(text), cue.end() + 70)) if cue else None
            if place is not None and _suits(place, country):
                return place
    return None


def _suits(place: Locality, country: str | None) -> bool:
    return place.sure and (country is None or (place.city is not None and place.country == country))


def _from_title(text: str) -> Locality | None:
    """A place in brackets or behind the last dash of the title: `ML Engineer (US, Remote)`, `Data Scientist - London`."""
    start, end = next(lines_of(text), (0, 0))
    pieces = pieces_of(text, start, min(end, start + LONGEST_LOCATION))[1:]
    found = [
        place
        for place in localities_of(pieces)
        if place.sure and (place.city or place.end - place.start > 3 or text[place.start : place.end] in TITLE_CODES)
    ]
    return found[-1] if found else None


def _from_law(text: str, lower: str) -> Locality | None:
    """The country in which one must be allowed to work; dollars under a law of the United States are as good."""
    for at in spots(lower, ALLOWED):
        cue = TO_WORK_IN.match(text, at, min(len(text), at + 110))
        place = place_from(text, cue.start("place"), min(len(text), cue.end() + 60)) if cue else None
        if place is not None and place.sure:
            return Locality(country=place.country, start=place.start, end=place.end)
    for at in spots(lower, ("citizen", "person", "-based", "s. based", "us based", "security clearance")):
        person = US_PERSON.search(text, max(0, at - 16), at + 20)
        if person is not None:
            return Locality(country="US", start=person.start(), end=person.end(), sure=False)
    law = spots(lower, US_LAW)
    return Locality(country="US", start=law[0], end=law[0] + 4, sure=False) if law and DOLLARS.search(text) else None
