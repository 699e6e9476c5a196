"""Finds in the sentences of an ad the place of the role: where its holder works, may work, or where the team is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dlmatch.finding.anchors import spots
from dlmatch.finding.localities import Locality, place_from, places_in

HEAD = 1500  # characters at the beginning of an ad that say where it is
REACH = 110  # characters between the words that put somebody somewhere and the place
MOST_MENTIONS = 200  # no ad names more places; the rest of such a text is not read for them
# What leads to a name of a place. All reading of sentences starts at these few spots: a name is rarer than `work` or `remote`.
LEADING = re.compile(
    r" (?:in|at|to|from|near|within|of|across)\s(?:(?:our|the|downtown|central|sunny|beautiful|greater|either|[Nn]ear)\s|\*+)*(?=[A-Z])"
)
DISTRICT = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?, (?=[A-Z])")  # a part of the city, before its name
SITUATED = re.compile(
    r"based|located|liv(?:e|ing) in|resid|work(?:ing)? (?:from|in|at)|situated|sit in|relocat|on-?site|hybrid"
    r"|in[- ](?:office|person)|remote|join (?:us|our|the)|our |team in"
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
OFFICE_BEFORE = re.compile(r"(?i)\b(?:office|hub|studio|lab)(?: space)?$")
ALLOWED = re.compile(
    r"authori|eligib|right to work|permitted to work|entitled to work|legally|citizens of|available to|reside in|live in"
)
# where the people are who write the ad: the last resort
OF_THE_TEAM = re.compile(
    r"\b(?:we(?: are|'re|’re)|our (?:\w+ )?(?:team|office|studio|lab|company|offices) (?:is|are)) (?:\w+ ){0,2}(?:based|located)$"
    r"|\b(?:we have|our) (?:\w+ ){0,2}offices?$"
)
US_PERSON = re.compile(
    r"\b(?:U\.?S\.?|United States|American) (?:[Cc]itizen|[Pp]ersons?\b|[Bb]ased|[Cc]itizenship"
    r"|[Ss]ecurity [Cc]learance)|\bUS-based\b"
)
OF_SOME = re.compile(r"\s(?:employees|staff|team members|workers|hires|roles)\b")  # what is said of them does not hold for all
US_LAW = ("401(k", "401k", "401 (k", "protected veteran", "e-verify")
DOLLARS = re.compile(r"\$\s?\d{2,3}[,k]")
ANYWHERE = re.compile(r"(?i)\bremote\W{0,3}(?:global|world|anywhere)|\banywhere in the world\b|\bworldwide\b")
REMOTE_LINE = re.compile(r"(?im)^\W*(?:location\W+)?(?:fully |100% )?remote\W*$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a sentence: the sentence begins at `start`, the words before the place and its preposition end at `cut`."""

    place: Locality
    start: int
    cut: int


def mentions_in(text: str) -> list[Mention]:
    """The places that follow a preposition, each with the part of its sentence before it."""
    found: list[Mention] = []
    for lead in LEADING.finditer(text):
        at = lead.end()
        if text.endswith("outside", 0, lead.start()):
            continue
        place = place_from(text, at, min(len(text), at + 70))
        if place is None or not place.sure:
            district = DISTRICT.match(text, at, at + 60)
            place = place_from(text, district.end(), min(len(text), district.end() + 50)) if district else place
        if place is not None and place.sure:
            back = max(0, lead.start() - 160)
            start = max(text.rfind(". ", back, at), text.rfind("\n", back, at), back - 1) + 1
            found.append(Mention(place, start, lead.start()))
            if len(found) >= MOST_MENTIONS:
                break
    return found


def of_the_role(text: str, lower: str, mentions: Sequence[Mention], country: str | None = None) -> Locality | None:
    """A sentence that puts the role somewhere; with the country known, `our office in` a city of it will do too."""
    fitting = [m for m in mentions if country is None or (m.place.city is not None and m.place.country == country)]
    for mention in fitting:
        place = mention.place
        for cue in SITUATED.finditer(lower, max(mention.start, mention.cut - REACH), mention.cut + 6):
            if SEAT.search(text, mention.start, place.start):
                break
            if cue.group() == "our ":
                if OFFICE_BEHIND.match(text, place.end):
                    return place
            elif OF_THE_JOB.search(text, mention.start, place.start):
                return place
    if country is None:
        return None
    return next((m.place for m in fitting if OFFICE_BEFORE.search(text, m.start, m.cut)), None)


def by_law(text: str, lower: str, mentions: Sequence[Mention]) -> Locality | None:
    """The country in which one must be allowed to work; dollars under a law of the United States are as good."""
    for mention in mentions:
        if ALLOWED.search(lower, max(mention.start, mention.cut - REACH), mention.cut + 6):
            place = mention.place
            return Locality(country=place.country, start=place.start, end=place.end)
    if ANYWHERE.search(text, 0, HEAD):
        return None
    for at in spots(lower, ("citizen", "person", "-based", "s. based", "us based", "security clearance")):
        person = US_PERSON.search(text, max(0, at - 16), at + 20)
        if person is not None and not OF_SOME.match(text, person.end()):
            return Locality(country="US", start=person.start(), end=person.end(), sure=False)
    law = spots(lower, US_LAW)
    return Locality(country="US", start=law[0], end=law[0] + 4, sure=False) if law and DOLLARS.search(text) else None


def of_the_team(text: str, lower: str, mentions: Sequence[Mention], country: str | None = None) -> Locality | None:
    """Where the people are who write the ad, if all the places of that sentence lie in one country."""
    for mention in mentions:
        place = mention.place
        if OF_THE_TEAM.search(lower, mention.start, mention.cut) and country in (None, place.country):
            stop = min(end for end in (text.find(". ", place.end), text.find("\n", place.end), place.end + 160) if end >= 0)
            if all(other.country == place.country for other in places_in(text, place.start, stop) if other.sure):
                return place
    return None
