"""Turns an ad's words about years of experience into the general minimum it asks, and the most it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dlmatch.finding.anchors import lowered, spots
from dlmatch.finding.degreeasked import DegreeWord
from dlmatch.finding.zones import PREFERRED, Zones

_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
COUPLE = "couple of"
WORDS = {word: number for number, word in enumerate(_COUNTED.split())} | {"twenty": 20, COUPLE: 2}
WORDED = "|".join(WORDS)
NUMBER = rf"\d{{1,2}}(?:\.\d)?|{WORDED}"
YEARS = re.compile(
    rf"(?<![\d$€£₹/])(?<!\d[.,-])(?<!\bv)(?P<least>\d{{1,2}}(?:\.\d)?"
    rf"|\b(?:{WORDED}))\s?(?:\(\s?\d{{1,2}}\s?\+?\s?\))?\s?(?P<plus>\+"
    rf"|plus\b|or more\b|or above\b|and above\b|and up\b)?(?:,?\s(?:ideally|preferably)\s(?:{NUMBER})\s?\+?)?"
    rf"(?:\s?(?:[-–—~−]|to\b|or\b|/)\s?(?P<most>{NUMBER})\s?(?:\(\d{{1,2}}\))?\s?\+?)?\s?(?:\+|plus\b|or more\b"
    rf"|full\b)?[\s-]{{0,3}}(?:years?|yrs?|yoe|años|jahren?|ans(?= d))\b(?P<own>[’']s?)?\.?(?P<over>\s?\+|\s(?:or more"
    rf"|plus|and above|minimum)\b)?",
    re.I,
)
YEAR = re.compile(r"y(?:ear|rs?\b|oe\b)")
NUMBER_START = re.compile(rf"\d+|(?:{WORDED})\b")
# behind the number: what it is years of
EXPERIENCE = re.compile(
    r"(?i)\b(?:experiences?|exp|experiencia|expérience|\w*erfahrung|background|track record|expertise|working|work(?:ed)?"
    r"|building"
    r"|developing|designing|leading|managing|shipping|writing|coding|hands[- ]on|professional|relevant"
    r"|industry|in (?:a|an|the|similar))\b"
)
NOT_ASKED = re.compile(
    r"(?i)\W*(?:ago|old|of age|anniversar\w*|history|running|in a row|consecutive|degree|college|university|vest\w*|"
    r"in business|in the (?:business|market|making)|from now|later|each|time|diploma|cliff|of (?:service|growth|tenure"
    r"|heritage|innovation|existence|continuous)|"
    r"with (?:us|the company)|apart|running|thereafter|of (?:vesting|commitment|studies|study))\b"
)
SINGLE = re.compile(
    r"(?i)\W*(?:program(?:me)?|contract|term|plan|roadmap|journey|warranty|course|commitment|appointment"
    r"|fellowship|fixed)\b"
)  # a two-year ...
NOT_BEFORE = re.compile(
    r"(?i)\b(?:in|over|for|during|within|after|every|past|last|next|first|previous|recent|coming|under|than|per|each|since"
    r"|these|those|few|"
    r"founded|established|celebrat\w+|turned|aged?|almost|nearly|about|around|just over)(?: the)?(?: (?:past|last|next|first"
    r"|just|coming|previous|over|under|more|than|another|about|around|nearly|almost|least))*\s$"
)
OF_THE_COMPANY = re.compile(
    r"(?i)(?:\b(?:we|we(?:'|’)ve|our (?:\w+ ){0,2}(?:team|company|firm|founders?|leaders?|leadership|people|engineers"
    r"|clients|story)|company|founders?|it|which|who|agency|organi[sz]ation|firm)\b"
    r"(?: \w+){0,4} (?:have|has|had|with|bring(?:s|ing)?|been|are|is|combin\w+|draw\w*|boast\w*|for)\b|\b(?:team|company"
    r"|firm|founders?|leader|agency|business) (?:with|of))[^.;\n]{0,60}$"
)
LASTS = re.compile(r"(?i)\b(?:duration|term|contract|period|length|tenure|fixed)\W+$")  # how long the job lasts
LEAST = re.compile(r"(?i)\b(?:at least|minimum(?: of)?|min\.?|experience\W{1,3})\s*$")
WISH_BEFORE = re.compile(r"(?i)\b(?:ideally|preferably)\b[^.;]*$|\b(?:preferred|bonus|optional)\s*:[^.;]*$")
SEEKING = re.compile(
    r"(?i)\b(?:look\w*|seek\w*|need\w*|requir\w*|want\w*|hir\w+|must|you|ideal|candidate\w*|should"
    r"|who (?:has|have|bring)|expect\w*|someone|minimum|qualif\w+|at least)\b"
)
RIGHT_BEHIND = re.compile(r"(?i)\W*(?:of\s)?(?:\w+\s){0,3}experience\b")
OVERALL = re.compile(
    r"(?i)\W*(?:of\s)?(?:(?:overall|total|professional|full[- ]time|relevant|related|industry|work(?:ing)?|prior|combined)[\s,/]+"
    r"(?:and\s)?){1,4}(?:\w+\s)?experience\b|\W*(?:of\s)?experience\s?(?:[.,;)]|$)"
)
TOTAL = re.compile(r"(?i)\b(?:overall|total|altogether)\W{1,3}$")
WORD = re.compile(r"[A-Za-z]{2,}")
STEM, NEAR_WORDS = 5, 5  # letters that `engineer` and `engineering`, `scientist` and `science` share; words behind the number
NO_DEGREE = re.compile(
    r"(?i)[^.;\n]{0,30}\b(?:if|with) no\b[^.;\n]{0,20}\bdegree|[^.;\n]{0,30}\bwithout (?:an?|the)\b[^.;\n]{0,20}\bdegree"
)
INSTEAD = re.compile(
    r"(?i)(?:\bdegree|\bB\.?[SA]\b|bachelor|master|diploma)[^.;\n]{0,120}\b(?:or|in (?:place|lieu) of)\s(?:at least\s|equivalent\s)?(?:[A-Za-z]+\s)?\Z"
    r"|\bin (?:place|lieu) of\s[^.;\n]{0,40}\bor\s\Z"
)
MOST_NUMBERS = 100  # no ad has more; the rest of such a text is not read for years
# a bracket holds a remark of its own, and a heading may run into a text whose line breaks were lost
CLAUSE_END = re.compile(
    r"[;\n•]|\.(?=\s|$)|(?<=[a-z])\.(?=[A-Z])|\((?!\s*(?:\w+ly )?preferred\s*\))"
    r"|\b(?=(?:Preferred|PREFERRED|Desired|Optional|Nice|Bonus|Additional)\b[^.;]{0,30}:)"
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One number of years that the ad asks."""

    least: int
    most: int | None
    start: int
    end: int
    preferred: bool


def years_asked(
    text: str, zones: Zones, degrees: Sequence[DegreeWord] = (), lower: str | None = None, title: str | None = None
) -> tuple[int | None, int | None]:
    """The least and the most years asked for in general; the number beside the lowest degree where they hang on it."""
    asks = [
        ask
        for match in islice(_numbers(text, lowered(text) if lower is None else lower), MOST_NUMBERS)
        if (ask := _ask(text, match, zones)) is not None
    ]
    needed = [ask for ask in asks if not ask.preferred]
    if not needed:
        return None, None
    own = [ask for ask in needed if not _instead(text, ask)] or needed
    chosen = _by_degree(text, needed, degrees) or _general(text, own, title or "")
    return chosen.least, chosen.most


def _numbers(text: str, lower: str) -> Iterator[re.Match[str]]:
    """The matches of YEARS, tried only at the numbers before a word for years."""
    reach = 0
    foreign = spots(lower, ("jahre", " ans d", "a?os"))
    for at in sorted([*foreign, *(match.start() for match in YEAR.finditer(lower))]):
        for number in NUMBER_START.finditer(lower, max(reach, at - 44), at):
            inside = number.start() and number.group().isalpha() and lower[number.start() - 1].isalpha()
            match = None if inside else YEARS.match(text, number.start())
            if match is not None and match.end() > at:
                reach = match.end()
                yield match
                break


def _ask(text: str, match: re.Match[str], zones: Zones) -> Ask | None:
    zone = zones.kind_at(match.start())
    if zone == "outside":
        return None
    least, most = _count(match["least"]), _count(match["most"]) if match["most"] else None
    if least > 25 or (most is not None and most <= least):
        return None
    line = text.rfind("\n", 0, match.start()) + 1
    before, after = text[max(line, match.start() - 110) : match.start()], text[match.end() : match.end() + 110]
    stop = CLAUSE_END.search(after)
    clause = after[: stop.start()] if stop else after
    if (
        NOT_ASKED.match(after)
        or (match.group()[-4:].lower() == "year" and SINGLE.match(after))
        or not _asked(before, match, clause)
        or (match["least"].lower() == COUPLE and not RIGHT_BEHIND.match(after))
    ):
        return None
    preferred = zone == "preferred" or _preferred(before, clause)
    return Ask(least, most, match.start(), match.end(), preferred)


def _count(words: str) -> int:
    return WORDS[words.lower()] if words.lower() in WORDS else int(float(words))


def _asked(before: str, match: re.Match[str], clause: str) -> bool:
    """Whether the years are the applicant's: not the company's age, a span of time or a rhythm."""
    sentence = before[max(before.rfind(". "), before.rfind("! "), -1) + 1 :]
    marked = bool(match["plus"] or match["over"] or match["most"] or match["own"] or before.endswith("+") or LEAST.search(before))
    if LASTS.search(before):
        return False
    if NOT_BEFORE.search(before) and not re.search(
        r"(?i)\b(?:at least|more than|(?:\bwith|have|has|bring|experience) (?:over|around|about|nearly))\s$", before
    ):
        return False
    if OF_THE_COMPANY.search(sentence) and not SEEKING.search(sentence):
        return False
    return marked or bool(EXPERIENCE.search(clause) or EXPERIENCE.search(sentence[-60:])) or not clause.strip(" .*_")


def _preferred(before: str, clause: str) -> bool:
    """A cue that makes these very years a wish: `5+ years preferred`, `ideally 5 years`."""
    cue = PREFERRED.search(clause)
    if cue is not None and not re.search(r"(?i)preferably|ideally", cue.group()):
        between = clause[: cue.start()]
        return not re.search(r"[,(]\s*[^,]{0,40}$", between) or between.count(",") == 0 or len(between) < 25
    near = before[-28:]
    return WISH_BEFORE.search(near) is not None


def _by_degree(text: str, asks: Sequence[Ask], degrees: Sequence[DegreeWord]) -> Ask | None:
    """Where two numbers hang on different degrees (Bachelor's and 5, or Master's and 3), the lowest degree's."""
    without = next((ask for ask in asks if NO_DEGREE.match(text, ask.end)), None)
    if without is not None:
        return without
    tied: dict[int, tuple[str, Ask]] = {}
    for ask in asks:
        word = _degree_beside(text, ask, degrees)
        if word is not None and word.start not in tied:
            tied[word.start] = (word.level, ask)
    levels = {level for level, _ in tied.values()}
    if len(levels) < 2:
        return None
    order = ("bachelor", "master", "phd")
    return min(tied.values(), key=lambda pair: (order.index(pair[0]), pair[1].start))[1]


def _degree_beside(text: str, ask: Ask, degrees: Sequence[DegreeWord]) -> DegreeWord | None:
    """The degree in the same line that the number goes with: the one before it, else the next one behind `with a`."""
    line = text.rfind("\n", 0, ask.start) + 1
    ahead = [
        word
        for word in degrees
        if line <= word.start < ask.start
        and ask.start - word.end < 260
        and not re.search(r"\d\+? ?years", text[word.end : ask.start])
    ]
    if ahead:
        first = ahead[0]
        return min(ahead, key=lambda word: ("bachelor", "master", "phd").index(word.level)) if first else None
    near = [word for word in degrees if ask.end <= word.start <= ask.end + 90 and "\n" not in text[ask.end : word.start]]
    return (
        near[0] if near and re.search(r"(?i)\b(?:with|and|plus|after|post|if|for|\()\b", text[ask.end : near[0].start]) else None
    )


def _instead(text: str, ask: Ask) -> bool:
    """Whether the years only stand in for a degree: "BS in Computer Science or 4 years of equivalent experience"."""
    return INSTEAD.search(text, max(0, ask.start - 160), ask.start) is not None


def _general(text: str, asks: Sequence[Ask], title: str) -> Ask:
    """The first number, unless a later and larger one is asked for the work as a whole and not for one thing in it."""
    work = {word[:STEM].lower() for word in WORD.findall(title)}
    larger = [ask for ask in asks if ask.least > asks[0].least and _of_the_work(text, ask, work)]
    return max(larger, key=lambda ask: (ask.least, -ask.start)) if larger else asks[0]


def _of_the_work(text: str, ask: Ask, work: set[str]) -> bool:
    """Whether the years are of all experience or of what the title names: `8+ years of software engineering`."""
    after = text[ask.end : ask.end + 60].split("\n", 1)[0]
    if OVERALL.match(after) or TOTAL.search(text, max(0, ask.start - 20), ask.start):
        return True
    return any(word[:STEM].lower() in work for word in WORD.findall(after)[:NEAR_WORDS])
