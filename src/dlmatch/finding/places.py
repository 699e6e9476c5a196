"""Turns a document into the place it states as its own: where the job is, or where the person lives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from dlmatch.finding.anchors import spots
from dlmatch.finding.localities import Locality, home_among, localities_of, place_of, places_in, stated_place
from dlmatch.finding.pieces import pieces_of
from dlmatch.finding.residence import home_of_resume
from dlmatch.finding.scan import Scan, scan_of, whole_words
from dlmatch.finding.situated import (
    HEAD,
    SEAT,
    Mention,
    by_law,
    is_anywhere,
    is_remote_line,
    mentions_in,
    of_the_role,
    of_the_team,
)
from dlmatch.model.document import Document

__all__ = ["Locality", "home_of_ad", "home_of_resume", "place_of", "places_in"]

LONGEST_AD = 60_000  # characters read for facts; an ad has 5,000
HEAD_LINES = 9  # lines under the title
NEAR_LABEL, FEW_WORDS = 25, 4  # characters and words between a label and its place
LONGEST_LABEL, MOST_LABELS = 40, 100  # characters of a label; an ad has fewer of them
MANY_PARTS = 3  # from so many parts on a line is a header and no title with a dash in it
LONGEST_LOCATION = 220  # characters; a longer line is prose
PARTS = re.compile(r"\s+[|\u00b7\u2022\u2013\u2014\u2027-]\s+|\s*\|\s*")  # signs between the parts of a header line
PART_SIGN = re.compile(r"[|\u00b7\u2022\u2013\u2014\u2027-](?:(?<=\|)|(?<=\s.)(?=\s))")  # a quick look for one of them
LABEL_WORDS = {
    "location": whole_words("location locations"),
    "based in": whole_words("based"),
    "workplace": whole_words("workplace"),
    "city": whole_words("city"),
    "where": whole_words("where"),
}
LABEL = re.compile(
    r"(?i)[ \t#>*_•\-–|]*(?:(?:job|work|office|primary|main|role|position|hiring|preferred|current)\s+)?(?:locations?"
    r"|based in|workplace|city|where)"
    r"(?:\s*\((?:s|es|city)\)|\s+of\s+(?:work|position|job))?[\s*_]*(?:[:：][\s*_]*|\s[-–—]\s"
    r"|[ \t\r*_]*(?:\n[ \t]*){1,3})(?P<value>\S[^\n]{0,200})"
)
LONGEST_BEGINNING = 2 * LONGEST_LABEL  # characters of a text without lines in which a label can stand
LABELLED = re.compile(r"(?i)[^\w\n]*(?:(?:job|work|office|primary|main|current)\s+)?(?:locations?|city|place)[\s*_]*[:：][\s*_]*")
SMALL, PROSE = re.compile(r" [a-z]"), 9  # so many small words make a line prose
WAY_OF_WORK = re.compile(r"(?i)\b(?:remote|hybrid|on-?site|in[- ]office|telecommute|anywhere|worldwide)\b")
TITLE_CODES = {"US", "USA", "UK"}  # the other codes are too often something else: IT, ID, IN, DE


def home_of_ad(document: Document, ad: Scan | None = None) -> Locality | None:
    """Where the job is: structured data, the lines under the title, `Location:`, then sentences about the role."""
    stated = stated_place(document.stated)
    if stated is not None:
        return stated
    ad = scan_of(document.text, most=LONGEST_AD) if ad is None else ad
    head = _from_head(ad.text)
    labelled = _from_labels(ad)
    home = head or labelled
    if home is not None and home.city is not None:
        return home
    mentions = mentions_in(ad.text)
    if home is None:
        return of_the_role(ad, mentions) or _from_title(ad.text) or _last_resort(ad, mentions)
    finer = labelled if labelled is not None and labelled.city else of_the_role(ad, mentions, home.country)
    if finer is not None and _within(finer, home):
        return finer
    return home if home.sure else None  # one name of several nations is not where the job is


def _last_resort(ad: Scan, mentions: Sequence[Mention]) -> Locality | None:
    """Where the law lets one work, with the city in that country where the team is; else where the team is."""
    anywhere = is_anywhere(ad)
    law = by_law(ad, mentions, anywhere=anywhere)
    if anywhere or is_remote_line(ad):
        return law
    team = of_the_team(ad, mentions, law.country if law else None)
    return team if law is None or (team is not None and team.city) else law


def _within(finer: Locality, wider: Locality) -> bool:
    return bool(finer.city) and finer.country == wider.country and wider.region in (None, finer.region)


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
    for number, (start, end) in enumerate(lines_of(text, 0, HEAD)):
        if number >= HEAD_LINES:
            break
        if number == 0 or end - start > LONGEST_LOCATION:
            place = _of_a_header(text, start, min(end, start + LONGEST_LOCATION)) if number == 0 else None
            if place is not None:
                return place
            continue
        place = _whole_line(text, start, end) or _behind_a_name(text, start, end) or _of_a_header(text, start, end)
        if place is None and text.endswith(")", start, end) and (remark := text.find(" (", start, end)) > 0:
            place = _whole_line(text, start, remark)
        if place is not None and (
            place.sure and (place.city is None or number > 1 or place.region or WAY_OF_WORK.search(text, start, end))
        ):
            return place
        spare = spare or (place if place is not None and (place.sure or not place.city) else None)
    return spare


def _is_prose(text: str, start: int, end: int) -> bool:
    return sum(1 for _ in islice(SMALL.finditer(text, start, end), PROSE)) == PROSE


def _whole_line(text: str, start: int, end: int) -> Locality | None:
    """The first place of a line of which every part names a place or a way to work."""
    if _is_prose(text, start, end):
        return None
    label = LABELLED.match(text, start, end)
    pieces = pieces_of(text, label.end() if label else start, end)
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
    for begin, stop in _parts_of(text, start, end) if text.find(",", start, end) > 0 else ():
        while begin < stop:  # drop what stands before the first comma until all that is left are places
            comma = text.find(",", begin, stop)
            if comma < 0:
                break
            place = _whole_line(text, begin, stop)
            if place is not None and place.city and (place.region or place.country):
                return place
            begin = comma + 1
    return None


def _of_a_header(text: str, start: int, end: int) -> Locality | None:
    """The place in a line such as "Firm | Engineer | City | Remote", where the first part may be a firm with a city's name."""
    parts = list(_parts_of(text, start, end))
    if len(parts) < MANY_PARTS:
        return None
    own = any(WAY_OF_WORK.match(text, begin, stop) or text[begin] in "$€£₹" for begin, stop in parts[1:])
    for begin, stop in parts[0 if own and start > 0 else 1 :]:
        place = _whole_line(text, begin, stop)
        if place is not None and place.sure:
            return place
    return None


def _parts_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans between the signs of a header line."""
    signs = PARTS.finditer(text, start, end) if PART_SIGN.search(text, start, end) else ()
    cuts = [(start, start), *(sign.span() for sign in signs), (end, end)]
    for (_, begin), (stop, _) in pairwise(cuts):
        stop -= len(text[begin:stop]) - len(text[begin:stop].rstrip(" |\u00b7\u2022\u2013\u2014\u2027/-"))
        if begin < stop:
            yield begin, stop


def _from_labels(ad: Scan) -> Locality | None:
    """What stands behind `Location:` or under it; where that is a sentence, the first place in it."""
    text, seen = ad.text, -1
    end = len(text) if "\n" in text else LONGEST_BEGINNING
    for at in spots(ad.ascii, ad.standing(LABEL_WORDS), 0, end)[:MOST_LABELS]:
        line = max(text.rfind("\n", max(0, at - LONGEST_LABEL), at) + 1, at - LONGEST_LABEL, 0)
        label = LABEL.match(text, line) if line > seen and (line == 0 or text[line - 1] == "\n") else None
        if label is None:
            continue
        seen = line
        start, end = label.span("value")
        end = min(end, start + 120)
        place = home_among(localities_of(pieces_of(text, start, end), trust=True))
        if place is not None and (place.start - start < NEAR_LABEL or text.count(" ", start, place.start) <= FEW_WORDS):
            return place
        named = next((named for named in places_in(text, start, end) if named.sure), None)
        if named is not None and not SEAT.search(ad.lower, start, named.start):
            return named
    return None


def _from_title(text: str) -> Locality | None:
    """A place in brackets or behind the last dash of the title: `ML Engineer (US, Remote)`, `Data Scientist - London`."""
    start, end = next(lines_of(text), (0, 0))
    end = min(end, start + LONGEST_LOCATION)
    if _is_prose(text, start, end):
        return None
    pieces = pieces_of(text, start, end)[1:]
    found = [
        place
        for place in localities_of(pieces)
        if place.sure and (place.city or place.end - place.start > 3 or text[place.start : place.end] in TITLE_CODES)
    ]
    return found[-1] if found else None
