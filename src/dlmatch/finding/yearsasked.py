"""Turns an ad's words about years of experience into the general minimum it asks, and the most it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from dlmatch.finding.degreeasked import BETWEEN, DegreeWord
from dlmatch.finding.scan import Scan
from dlmatch.finding.zones import PREFERRED, WISH_PARTS, Zones

_COUNTED = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
COUPLE = "couple of"
WORDS = {word: number for number, word in enumerate(_COUNTED.split())} | {"twenty": 20, COUPLE: 2}
WORDED = "|".join(WORDS)
NUMBER = rf"\d{{1,2}}(?:\.\d)?|{WORDED}"
# patterns are for text in lower case, if nothing else is said
YEARS = re.compile(
    rf"(?<![\d$€£₹/])(?<!\d[.,-])(?<!\bv)(?P<between>(?<=\bbetween\s))?(?P<least>\d{{1,2}}(?:\.\d)?"
    rf"|\b(?:{WORDED}))\s?(?:\(\s?\d{{1,2}}\s?\+?\s?\))?\s?(?P<plus>\+"
    rf"|plus\b|or more\b|or above\b|and above\b|and up\b)?(?:,?\s(?:ideally|preferably)\s(?:{NUMBER})\s?\+?)?"
    rf"(?:\s?(?:[-–—~−]|to\b|or\b|/|(?(between)and\b|(?!)))\s?(?P<most>{NUMBER})\s?(?:\(\d{{1,2}}\))?\s?\+?)?\s?(?:\+|plus\b|or more\b"
    rf"|full\b)?[\s-]{{0,3}}(?:years?|yrs?|yoe|años|jahren?|ans(?= d))\b(?P<own>[’']s?)?\.?(?P<over>\s?\+|\s(?:or more"
    rf"|plus|and above|minimum)\b)?"
)
YEAR = re.compile(r"y(?:ear|rs?\b|oe\b)")
YEAR_WORDS = ("jahre", " ans d", "a?os")  # what else one says for it, as it stands in a text of ASCII
# number words by their first letters, which the search can pass over at once
_BY_LETTER = (
    f"{letter}(?:{'|'.join(word[1:] for word in words)})" for letter, words in groupby(sorted(WORDS), key=lambda word: word[0])
)
NUMBER_START = re.compile(rf"\d+|(?:{'|'.join(_BY_LETTER)})\b")
# behind the number: what it is years of
EXPERIENCE = re.compile(
    r"\b(?:experiences?|exp|experiencia|expérience|\w*erfahrung|background|track record|expertise|working|work(?:ed)?"
    r"|building"
    r"|developing|designing|leading|managing|shipping|writing|coding|hands[- ]on|professional|relevant"
    r"|industry|in (?:a|an|the|similar))\b"
)
NOT_ASKED = re.compile(
    r"\W*(?:ago|old|of age|anniversar\w*|history|running|in a row|consecutive|degree|college|university|vest\w*|"
    r"in business|in the (?:business|market|making)|from now|later|each|time|diploma|cliff|of (?:service|growth|tenure"
    r"|heritage|innovation|existence|continuous)|"
    r"with (?:us|the company)|apart|running|thereafter|of (?:vesting|commitment|studies|study))\b"
)
SINGLE = re.compile(
    r"\W*(?:program(?:me)?|contract|term|plan|roadmap|journey|warranty|course|commitment|appointment"
    r"|fellowship|fixed)\b"
)  # a two-year ...
NOT_BEFORE = re.compile(
    r"\b(?:in|over|for|during|within|after|every|past|last|next|first|previous|recent|coming|under|than|per|each|since"
    r"|these|those|few|"
    r"founded|established|celebrat\w+|turned|aged?|almost|nearly|about|around|just over)(?: the)?(?: (?:past|last|next|first"
    r"|just|coming|previous|over|under|more|than|another|about|around|nearly|almost|least))*\s$"
)
# what stands right before the number where NOT_BEFORE holds
SPAN_WORDS = tuple(
    "in over for during within after every past last next first previous recent coming under than per each since these those few"
    " founded established turned age aged almost nearly about around just the more another least".split()
)
OF_THE_COMPANY = re.compile(
    r"(?:\b(?:we|we(?:'|’)ve|our (?:\w+ ){0,2}(?:team|company|firm|founders?|leaders?|leadership|people|engineers"
    r"|clients|story)|company|founders?|it|which|who|agency|organi[sz]ation|firm)\b"
    r"(?: \w+){0,4} (?:have|has|had|with|bring(?:s|ing)?|been|are|is|combin\w+|draw\w*|boast\w*|for)\b|\b(?:team|company"
    r"|firm|founders?|leader|agency|business) (?:with|of))[^.;\n]{0,60}$"
)
LASTING = ("duration", "term", "contract", "period", "length", "tenure", "fixed")  # what leads to how long the job lasts
LASTS = re.compile(rf"\b(?:{'|'.join(LASTING)})\W+$")
LEAST = re.compile(r"\b(?:at least|minimum(?: of)?|min\.?|experience\W{1,3})\s*$")
WISH_BEFORE = re.compile(r"\b(?:ideally|preferably)\b[^.;]*$|\b(?:preferred|bonus|optional)\s*:[^.;]*$")
SEEKING = re.compile(
    r"\b(?:look\w*|seek\w*|need\w*|requir\w*|want\w*|hir\w+|must|you|ideal|candidate\w*|should"
    r"|who (?:has|have|bring)|expect\w*|someone|minimum|qualif\w+|at least)\b"
)
RIGHT_BEHIND = re.compile(r"\W*(?:of\s)?(?:\w+\s){0,3}experience\b")
OVERALL = re.compile(
    r"\W*(?:of\s)?(?:(?:overall|total|professional|full[- ]time|relevant|related|industry|work(?:ing)?|prior|combined)[\s,/]+"
    r"(?:and\s)?){1,4}(?:\w+\s)?experience\b|\W*(?:of\s)?experience\s?(?:[.,;)]|$)"
)
TOTAL = re.compile(r"\b(?:overall|total|altogether)\W{1,3}$")
AFTER_ALL = re.compile(r"\b(?:at least|more than|(?:\bwith|have|has|bring|experience) (?:over|around|about|nearly))\s$")
TIED = re.compile(r"\b(?:with|and|plus|after|post|if|for|\()\b")
SOME_YEARS = re.compile(r"\d\+? ?years")  # as written, like the next one
WORD = re.compile(r"[A-Za-z]{2,}")
STEM, NEAR_WORDS = 5, 5  # letters that `engineer` and `engineering`, `scientist` and `science` share; words behind the number
NO_DEGREE = re.compile(
    r"[^.;\n]{0,30}\b(?:if|with) no\b[^.;\n]{0,20}\bdegree|[^.;\n]{0,30}\bwithout (?:an?|the)\b[^.;\n]{0,20}\bdegree"
)
# what stands before years that only stand in for a degree
OR_ELSE = re.compile(r"\b(?:or|in (?:place|lieu) of)\s(?:at least\s|equivalent\s)?(?:[a-z]+\s)?\Z")
NAMED_DEGREE = re.compile(r"(?:\bdegree|\bb\.?[sa]\b|bachelor|master|diploma)[^.;\n]{0,120}\Z")
IN_PLACE_OF = re.compile(r"\bin (?:place|lieu) of\s[^.;\n]{0,40}\bor\s\Z")
DEGREE_NEAR = 80  # characters that NO_DEGREE can take
MOST_NUMBERS = 100  # no ad has more; the rest of such a text is not read for years
# A bracket holds a remark of its own, and a heading may run into a text whose line breaks were lost. In any case; it begins
# with the characters that can end a clause, so that most of a text is passed over fast.
CLAUSE_END = re.compile(
    r"[;\n•.(PDONBA](?:(?<=[;\n•])|(?<=\.)(?:(?=\s|$)|(?<=[a-z]\.)(?=[A-Z]))|(?<=\()(?!\s*(?:\w+ly )?preferred\s*\))"
    r"|(?<=\b[PDONBA])(?=(?:(?<=P)(?:referred|REFERRED)|(?<=D)esired|(?<=O)ptional|(?<=N)ice|(?<=B)onus|(?<=A)dditional)\b[^.;]{0,30}:))"
)


class Ask(NamedTuple):
    """One number of years that the ad asks."""

    least: int
    most: int | None
    start: int
    end: int
    preferred: bool


def years_asked(
    ad: Scan, zones: Zones, degrees: Sequence[DegreeWord] = (), title: str | None = None
) -> tuple[int | None, int | None]:
    """The least and the most years asked for in general; the number beside the lowest degree where they hang on it."""
    asks = [ask for match in islice(_numbers(ad), MOST_NUMBERS) if (ask := _ask(ad, match, zones)) is not None]
    needed = [ask for ask in asks if not ask.preferred]
    if len(needed) < 2:
        return (needed[0].least, needed[0].most) if needed else (None, None)
    own = [ask for ask in needed if not _instead(ad.lower, ask)] or needed
    chosen = _by_degree(ad, needed, degrees) or _general(ad, own, title or "")
    return chosen.least, chosen.most


def _numbers(ad: Scan) -> Iterator[re.Match[str]]:
    """The matches of YEARS, tried only at the numbers before a word for years."""
    lower, reach = ad.ascii, 0
    places = [match.start() for match in YEAR.finditer(lower)]
    places += ad.spots(YEAR_WORDS)
    for at in sorted(places):
        for number in NUMBER_START.finditer(lower, max(reach, at - 44), at):
            inside = number.start() and number.group().isalpha() and lower[number.start() - 1].isalpha()
            match = None if inside else YEARS.match(ad.lower, number.start())
            if match is not None and match.end() > at:
                reach = match.end()
                yield match
                break


def _ask(ad: Scan, match: re.Match[str], zones: Zones) -> Ask | None:
    start, end = match.span()
    zone = zones.kind_at(start)
    if zone == "outside":
        return None
    least, most = _count(match["least"]), _count(match["most"]) if match["most"] else None
    if least > 25 or (most is not None and most <= least):
        return None
    line = ad.text.rfind("\n", 0, start) + 1
    left = max(line, start - 110)
    before, after = ad.lower[left:start], ad.lower[end : end + 110]
    stop = CLAUSE_END.search(ad.text[end : end + 110])
    clause = after[: stop.start()] if stop else after
    if (
        NOT_ASKED.match(after)
        or (match.group().endswith("year") and SINGLE.match(after))
        or not _asked(before, ad.ascii[left:start].rstrip(BETWEEN), match, clause)
        or (match["least"] == COUPLE and not RIGHT_BEHIND.match(after))
    ):
        return None
    preferred = zone == "preferred" or (ad.may_stand(WISH_PARTS, left, end + len(clause)) and _preferred(before, clause))
    return Ask(least, most, start, end, preferred)


def _count(words: str) -> int:
    return WORDS[words] if words in WORDS else int(float(words))


def _asked(before: str, last: str, match: re.Match[str], clause: str) -> bool:
    """Whether the years are the applicant's: not the company's age, a span of time or a rhythm.

    `last` is what stands before them in ASCII, without the marks behind its last word.
    """
    sentence = before[max(before.rfind(". "), before.rfind("! "), -1) + 1 :]
    marked = bool(match["plus"] or match["over"] or match["most"] or match["own"] or before.endswith("+") or LEAST.search(before))
    if last.endswith(LASTING) and LASTS.search(before):
        return False
    spans = (last.endswith(SPAN_WORDS) or "celebrat" in last) and NOT_BEFORE.search(before)
    if spans and not AFTER_ALL.search(before):
        return False
    if OF_THE_COMPANY.search(sentence) and not SEEKING.search(sentence):
        return False
    return marked or bool(EXPERIENCE.search(clause) or EXPERIENCE.search(sentence[-60:])) or not clause.strip(" .*_")


def _preferred(before: str, clause: str) -> bool:
    """A cue that makes these very years a wish: `5+ years preferred`, `ideally 5 years`."""
    cue = PREFERRED.search(clause)
    if cue is not None and cue.group() != "ideally":
        between = clause[: cue.start()]
        return not re.search(r"[,(]\s*[^,]{0,40}$", between) or between.count(",") == 0 or len(between) < 25
    near = before[-28:]
    return WISH_BEFORE.search(near) is not None


def _by_degree(ad: Scan, asks: Sequence[Ask], degrees: Sequence[DegreeWord]) -> Ask | None:
    """Where two numbers hang on different degrees (Bachelor's and 5, or Master's and 3), the lowest degree's."""
    without = next((ask for ask in asks if _without_degree(ad.lower, ask.end)), None)
    if without is not None:
        return without
    if len(asks) < 2 or len({word.level for word in degrees}) < 2:
        return None
    tied: dict[int, tuple[str, Ask]] = {}
    for ask in asks:
        word = _degree_beside(ad, ask, degrees)
        if word is not None and word.start not in tied:
            tied[word.start] = (word.level, ask)
    levels = {level for level, _ in tied.values()}
    if len(levels) < 2:
        return None
    order = ("bachelor", "master", "phd")
    return min(tied.values(), key=lambda pair: (order.index(pair[0]), pair[1].start))[1]


def _without_degree(lower: str, end: int) -> bool:
    """Whether the number that ends there is for those who have no degree."""
    return "degree" in lower[end : end + DEGREE_NEAR] and NO_DEGREE.match(lower, end) is not None


def _degree_beside(ad: Scan, ask: Ask, degrees: Sequence[DegreeWord]) -> DegreeWord | None:
    """The degree in the same line that the number goes with: the one before it, else the next one behind `with a`."""
    line = ad.text.rfind("\n", 0, ask.start) + 1
    ahead = [
        word
        for word in degrees
        if line <= word.start < ask.start and ask.start - word.end < 260 and not SOME_YEARS.search(ad.text[word.end : ask.start])
    ]
    if ahead:
        return min(ahead, key=lambda word: ("bachelor", "master", "phd").index(word.level))
    near = [word for word in degrees if ask.end <= word.start <= ask.end + 90 and "\n" not in ad.text[ask.end : word.start]]
    return near[0] if near and TIED.search(ad.lower[ask.end : near[0].start]) else None


def _instead(lower: str, ask: Ask) -> bool:
    """Whether the years only stand in for a degree: "BS in Computer Science or 4 years of equivalent experience"."""
    start = max(0, ask.start - 160)
    last = lower[start : ask.start].rsplit(None, 4)[-4:]
    if not any(word.endswith(("or", "of")) for word in last):
        return False
    between = OR_ELSE.search(lower, start, ask.start)
    if between is not None and NAMED_DEGREE.search(lower, start, between.start()):
        return True
    return IN_PLACE_OF.search(lower, start, ask.start) is not None


def _general(ad: Scan, asks: Sequence[Ask], title: str) -> Ask:
    """The first number, unless a later and larger one is asked for the work as a whole and not for one thing in it."""
    work = {word[:STEM].lower() for word in WORD.findall(title)}
    larger = [ask for ask in asks if ask.least > asks[0].least and _of_the_work(ad, ask, work)]
    return max(larger, key=lambda ask: (ask.least, -ask.start)) if larger else asks[0]


def _of_the_work(ad: Scan, ask: Ask, work: set[str]) -> bool:
    """Whether the years are of all experience or of what the title names: `8+ years of software engineering`."""
    after = ad.text[ask.end : ask.end + 60].split("\n", 1)[0]
    if OVERALL.match(ad.lower[ask.end : ask.end + len(after)]) or TOTAL.search(ad.lower, max(0, ask.start - 20), ask.start):
        return True
    return any(word[:STEM].lower() in work for word in WORD.findall(after)[:NEAR_WORDS])
