"""Finds in the sentences of an ad the place of the role: where its holder works, may work, or where the team is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dlmatch.finding.gazetteer import begins_name
from dlmatch.finding.localities import Locality, place_from, places_in
from dlmatch.finding.scan import Scan

HEAD = 1500  # characters at the beginning of an ad that say where it is
REACH = 110  # characters between the words that put somebody somewhere and the place
MOST_MENTIONS = 200  # no ad names more places; the rest of such a text is not read for them
# What leads to a name of a place. All reading of sentences starts at these few spots: a name is rarer than `work` or `remote`.
LEADING = re.compile(
    r" (?:in|at|to|from|near|within|of|across)\s(?:(?:our|the|downtown|central|sunny|beautiful|greater|either|[Nn]ear)\s|\*+)*(?=(?P<first>[A-Z][\w.'’‘-]*))"
)
LONGEST_DISTRICT = 60  # characters
DISTRICT = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?, (?=[A-Z])")  # a part of the city, before its name
# patterns are for text in lower case, if nothing else is said
SITUATED = re.compile(
    r"based|located|liv(?:e|ing) in|resid|work(?:ing)? (?:from|in|at)|situated|sit in|relocat|on-?site|hybrid"
    r"|in[- ](?:office|person)|remote|join (?:us|our|the)|our |team in"
)
OF_THE_JOB = re.compile(
    r"\b(?:role|position|job|opportunity|opening|vacancy|you(?:'ll|’ll|r)?|candidates?|applicants?|hires?|someone"
    r"|engineers?|developers?|scientists?|join|must|this is an?|available|looking|seeking)\b"
)
SEAT = re.compile(
    r"\b(?:headquarter|founded|founder|customers?|clients?|offices in|company based|backed|investors?"
    r"|branches|compan(?:y|ies)|startup|partners?|hubs|(?:pay|salary) range|authori[sz]ed|eligible)\b"
)
OFFICE_BEHIND = re.compile(r"[^.\n]{0,25}\b(?:office|hub|headquarters|hq|studio|campus|lab)\b(?!s)")
OFFICE_BEFORE = re.compile(r"\b(?:office|hub|studio|lab)(?: space)?$")
ALLOWED = re.compile(
    r"authori|eligib|right to work|permitted to work|entitled to work|legally|citizens of|available to|reside in|live in"
)
# where the people are who write the ad: the last resort
OF_THE_TEAM = re.compile(
    r"\b(?:we(?: are|['?]re)|our (?:\w+ )?(?:team|office|studio|lab|company|offices) (?:is|are)) (?:\w+ ){0,2}(?:based|located)$"
    r"|\b(?:we have|our) (?:\w+ ){0,2}offices?$"
)
US_PERSON = re.compile(  # as written
    r"\b(?:U\.?S\.?|United States|American) (?:[Cc]itizen|[Pp]ersons?\b|[Bb]ased|[Cc]itizenship"
    r"|[Ss]ecurity [Cc]learance)|\bUS-based\b"
)
US_PEOPLE = ("citizen", "person", "-based", "s. based", "us based", "security clearance")
OF_SOME = re.compile(r"\s(?:employees|staff|team members|workers|hires|roles)\b")  # what is said of them does not hold for all
US_LAW = ("401(k", "401k", "401 (k", "protected veteran", "e-verify")
DOLLARS = re.compile(r"\$\s?\d{2,3}[,k]")
ANYWHERE = re.compile(r"\bremote\W{0,3}(?:global|world|anywhere)|\banywhere in the world\b|\bworldwide\b")
ANYWHERE_PARTS = frozenset(("remote", "anywhere in", "worldwide"))
REMOTE_LINE = re.compile(r"(?m)^\W*(?:location\W+)?(?:fully |100% )?remote\W*$")
PLACE_WORDS = (*US_PEOPLE, *US_LAW, *ANYWHERE_PARTS)


class Mention(NamedTuple):
    """A place in a sentence: the sentence begins at `start`, the words before the place and its preposition end at `cut`."""

    place: Locality
    start: int
    cut: int


def mentions_in(text: str) -> list[Mention]:
    """The places that follow a preposition, each with the part of its sentence before it."""
    found: list[Mention] = []
    for lead in LEADING.finditer(text):
        at, first = lead.end(), lead["first"].rstrip(".'’-")
        name = begins_name(first) or first.isupper()
        before_comma = text.find(",", at, at + LONGEST_DISTRICT) > 0
        if not (name or before_comma) or text.endswith("outside", 0, lead.start()):
            continue
        place = place_from(text, at, min(len(text), at + 70)) if name else None
        if before_comma and (place is None or not place.sure):
            district = DISTRICT.match(text, at, at + LONGEST_DISTRICT)
            place = place_from(text, district.end(), min(len(text), district.end() + 50)) if district else place
        if place is not None and place.sure:
            back = max(0, lead.start() - 160)
            start = max(text.rfind(". ", back, at), text.rfind("\n", back, at), back - 1) + 1
            found.append(Mention(place, start, lead.start()))
            if len(found) >= MOST_MENTIONS:
                break
    return found


def of_the_role(ad: Scan, mentions: Sequence[Mention], country: str | None = None) -> Locality | None:
    """A sentence that puts the role somewhere; with the country known, `our office in` a city of it will do too."""
    fitting = [m for m in mentions if country is None or (m.place.city is not None and m.place.country == country)]
    for mention in fitting:
        place = mention.place
        for cue in SITUATED.finditer(ad.ascii, max(mention.start, mention.cut - REACH), mention.cut + 6):
            if SEAT.search(ad.lower, mention.start, place.start):
                break
            if cue.group() == "our ":
                if OFFICE_BEHIND.match(ad.lower, place.end):
                    return place
            elif OF_THE_JOB.search(ad.lower, mention.start, place.start):
                return place
    if country is None:
        return None
    return next((m.place for m in fitting if OFFICE_BEFORE.search(ad.lower, m.start, m.cut)), None)


def is_anywhere(ad: Scan) -> bool:
    """Whether the beginning of the ad says that the work is done from anywhere."""
    return ad.may_stand(ANYWHERE_PARTS, 0, HEAD) and ANYWHERE.search(ad.lower[:HEAD]) is not None


def is_remote_line(ad: Scan) -> bool:
    """Whether a line at the beginning of the ad says that it is remote, and no more."""
    remote = ad.spots(("remote",))
    return bool(remote) and remote[0] < HEAD and REMOTE_LINE.search(ad.lower[:HEAD]) is not None


def by_law(ad: Scan, mentions: Sequence[Mention], *, anywhere: bool) -> Locality | None:
    """The country in which one must be allowed to work; dollars under a law of the United States are as good."""
    for mention in mentions:
        if ALLOWED.search(ad.ascii, max(mention.start, mention.cut - REACH), mention.cut + 6):
            place = mention.place
            return Locality(country=place.country, start=place.start, end=place.end)
    if anywhere:
        return None
    for at in ad.spots(US_PEOPLE):
        person = US_PERSON.search(ad.text, max(0, at - 16), at + 20)
        if person is not None and not OF_SOME.match(ad.text, person.end()):
            return Locality(country="US", start=person.start(), end=person.end(), sure=False)
    law = ad.spots(US_LAW) if "$" in ad.text and DOLLARS.search(ad.text) else None
    return Locality(country="US", start=law[0], end=law[0] + 4, sure=False) if law else None


def of_the_team(ad: Scan, mentions: Sequence[Mention], country: str | None = None) -> Locality | None:
    """Where the people are who write the ad, if all the places of that sentence lie in one country."""
    text = ad.text
    for mention in mentions:
        place = mention.place
        if OF_THE_TEAM.search(ad.ascii, mention.start, mention.cut) and country in (None, place.country):
            stop = min(end for end in (text.find(". ", place.end), text.find("\n", place.end), place.end + 160) if end >= 0)
            if all(other.country == place.country for other in places_in(text, place.start, stop) if other.sure):
                return place
    return None
