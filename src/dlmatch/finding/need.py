"""How much an ad needs what it names: required, preferred or only mentioned."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter

from dlmatch.finding.named import Named
from dlmatch.model.report import Need

FARTHEST_CUE = 140  # characters; in longer sentences "a plus" speaks of what stands near it
FARTHEST = FARTHEST_CUE + 200  # characters; farther than NOT_NEEDED shortens what stands between
NOT_OF_THE_ROLE = frozenset({"company", "about", "benefits", "legal"})
WORKERS = tuple(f"{work}{ending}" for work in ("engineer", "developer", "scientist", "analyst") for ending in ("", "s"))
TITLED = re.compile(rf"\s(?:algorithms? )?(?:{'|'.join(WORKERS)})\b")  # words of a title name what one is, not what one must know
NOT_NEEDED = re.compile(r"(?:not|n['\u2019]t) (?:strictly |absolutely )?(?:required|needed|necessary|essential|mandatory|a must)")
IN_BRACKETS = re.compile(
    r"[^\S\n]*\((?:a |an )?(?:(?P<wish>nice[- ]to[- ]have|plus|bonus|preferred|optional|desirable|desired|advantage)|(?P<ask>must(?:[- ]have)?|required|mandatory|essential))\)"
)
LOOKS_AHEAD = re.compile(r"\W*(?:preferably|ideally)\b")
PARTING = re.compile(
    r";|\bmust\b|\brequired\b|\d\+? (?:years|yrs)\b|(?<!e\.g)(?<!i\.e)(?<!etc)\. |"
    r"(?:,| and| &)(?: with)? (?:experience|knowledge|expertise|familiarity|proficiency|ability) "
)


def need_of(place: Named, lowered: str) -> Need:
    """How much an ad needs what a place of it names; `lowered` is its text in lower case."""
    kind = place.section.kind
    if kind in NOT_OF_THE_ROLE:
        return "mentioned"
    own = IN_BRACKETS.match(lowered, place.end)
    if own is not None:
        return "preferred" if own["wish"] else "required"
    sentence = place.sentence
    if kind == "preferred" or (sentence.may_wish and _preferred(place)):
        return "preferred"
    if kind == "required":
        return "required"
    if kind == "top":
        asked = sentence.asks and not (sentence.tells or _titled(lowered, place.start, place.end))
    else:
        asked = kind == "duties" and sentence.begins_asking
    return "required" if asked else "mentioned"


def _titled(lowered: str, start: int, end: int) -> bool:
    return TITLED.match(lowered, end) is not None or lowered.endswith(WORKERS, start, end)


def _preferred(place: Named) -> bool:
    """Whether a cue such as "a plus" or "ideally" speaks of a place and not of another part of its sentence."""
    section, sentence = place.section, place.sentence
    start, end = place.start - sentence.start, place.end - sentence.start
    nearest = bisect_left(sentence.wishes, start - FARTHEST, key=itemgetter(1))
    for first, last in sentence.wishes[nearest : nearest + FARTHEST]:  # more have no room so near
        if first - end > FARTHEST:
            break
        if not section.start <= sentence.start + first < section.end:
            continue
        ahead = first >= end
        between = sentence.text[end:first] if ahead else sentence.text[last:start]
        bracketed = sentence.text[first - 1 : first] == "("
        if bracketed and not ahead:
            continue
        if ahead and ((bracketed and "," in between) or (not bracketed and between.count("(") > between.count(")"))):
            continue  # said of another item: "Python, Go (nice to have)", or in its bracket: "ETL tools (NiFi is a plus)"
        if ahead and LOOKS_AHEAD.match(sentence.text, first) and sentence.text[last:].strip(" .)*_"):
            continue  # "Python, preferably with Django" wishes for Django
        between = NOT_NEEDED.sub("", between)
        explained = between.lstrip().startswith("(") and ")" not in between  # "certificates preferred (AWS, Azure)"
        looks_back = sentence.text[first:last].endswith(("plus", "preferred", "desired")) and not explained
        if len(between) <= FARTHEST_CUE and not PARTING.search(between) and (ahead or not looks_back):
            return True
    return False
