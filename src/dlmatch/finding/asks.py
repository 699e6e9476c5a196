"""Turns a job ad into the facts it states: title, seniority, years, degree, place, remote work, pay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import get_args

from dlmatch.finding.adtitle import LONGEST_TITLE, WORK, title_of
from dlmatch.finding.anchors import Sought, lower_case, spots
from dlmatch.finding.degreeasked import DEGREE_WORDS, degree_asked, degrees_in
from dlmatch.finding.places import LONGEST_AD, home_of_ad, lines_of
from dlmatch.finding.scan import Scan, scan_of, whole_words
from dlmatch.finding.situated import PLACE_WORDS
from dlmatch.finding.statedpay import LAKH, stated_pay
from dlmatch.finding.words import Words
from dlmatch.finding.yearsasked import YEAR_WORDS, years_asked
from dlmatch.finding.zones import WISH_PARTS, Part, zones_of
from dlmatch.model.document import Document
from dlmatch.model.report import Degree, JobFacts, Level, Pay

__all__ = ["job_facts", "level_in", "seniority_of", "title_of"]

MOST_MENTIONS = 50

# patterns are for text in lower case, if nothing else is said
INTERN = re.compile(
    r"\b(?:intern(?:ship)?s?|co-?op|trainee|apprentice(?:ship)?|werkstudent(?:in)?|working student"
    r"|praktik\w+|stagiaire|thesis)\b",
)
LEAD = re.compile(
    r"\b(?:staff(?! augmentation)|principal|lead|leader|head|managers?|director|vp|svp|avp|evp|vice[- ]president|president"
    r"|chief|c[etdafip]o|"
    r"distinguished|team ?lead|tech ?lead|managing)\b",
)
# managers of things rather than of people: with `Senior` before it, such a title is a senior one
OF_THINGS = re.compile(  # ignores case: for titles as written
    r"(?i)\b(?:program(?:me)?|product|project|account|community|marketing|programm|campaign|content|release"
    r"|success|partner|case|delivery|brand)s? managers?\b",
)
NOT_LEAD = re.compile(  # ignores case: for titles as written
    r"(?i)\bmembers? of (?:the )?technical staff\b|\blead generation\b|\bmanaged\b|\bhead ?hunter\b"
    r"|\bchief of staff\b",
)
SENIOR = re.compile(
    r"\b(?:sr|snr|senior|iii|iv|mid[- ]senior|sen)\b|\b(?:engineer|scientist|developer|analyst|researcher"
    r"|manager|designer|sde|swe)\s*[-,]?\s*[34]\b",
)
MID = re.compile(
    r"\b(?:ii|mid|middle(?! (?:east|school|market|office|mile))|mid[- ]level|intermediate|mid[- ]career)\b|\b(?:engineer|scientist|developer|analyst"
    r"|researcher|manager|designer|sde|swe)\s*[-,]?\s*2\b",
)
ENTRY = re.compile(
    r"\b(?:junior|jr|entry[- ]level|entry|(?:new |recent |university |college )?grad(?:uate)?s?|freshers?|early[- ]career"
    r"|emerging talent|campus|new college)\b|"
    r"\bassociate\b(?!\s+(?:director|professor|dean|editor|vice|partner|principal))|\b(?:engineer"
    r"|scientist|developer|analyst|sde|swe)\s*[-,]?\s*1\b",
)
ONE = re.compile(r"\bI\b(?![/&'’])")  # the numeral, in capitals
# two levels to choose from: the lower one is asked; this and the next two are for titles as written
EITHER = re.compile(
    r"(?i)\b(?:staff|principal|lead|senior|sr\.?)\s?(?:/|\bor\b)\s?(senior|sr|mid|junior)\b"
    r"|\b(?:(?<=senior)|(?<=mid))\s?/\s?(?:staff|principal|lead|senior)\b"
)
# the same work at two levels: `Research Fellow/Senior Research Fellow`
BOTH = re.compile(r"(?i)\b(\w+(?: \w+){0,2})\s?(?:/|\bor\b)\s?(?:senior|sr\.?|lead|staff|principal)\s\1\b")
BETWEEN_LEVELS = re.compile(r"[/o](?:(?<=/)|(?<=\bo)r\b)")  # what stands in both
NOT_LEADS = ("staff", "lead", "managed", "head")
LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (("lead", LEAD), ("senior", SENIOR), ("mid", MID), ("entry", ENTRY))
NAMED = {f"{name} ": whole_words(name.lower()) for name in ("Senior", "senior", "Junior", "junior", "Staff", "Principal", "Lead")}
NAMED_AFTER = re.compile(
    r"(?i)(?:\bas (?:an?|our|the)|(?P<wanted>\b(?:seeking|hiring|looking for|searching for"
    r"|recruiting)(?: for)? (?:an?|our|the)?(?: [\w-]+,?){0,3}))\s*\**$"
)
TO_CLAUSE_END = re.compile(r"[^.,;\n]{3,60}")

# words for a way of working
WAYS = ("remote", "hybrid", "telecommut", "onsite", " from home", " from anywhere")
# those that no pattern takes unless this word stands in the ad: days, in whatever way, go with what else is near
WHOLE_WAYS = {
    "on-site": whole_words("site"),
    "in-office": whole_words("office"),
    "in office": whole_words("office"),
    "in-person": whole_words("person"),
    "in person": whole_words("person"),
}
WEEK = whole_words("week")
WEEKS = ("days a week", "days per week")
# all that is looked for in every ad
SOUGHT = Sought((*WAYS, *WHOLE_WAYS, *WEEKS, *DEGREE_WORDS, *YEAR_WORDS, *PLACE_WORDS, *WISH_PARTS, LAKH))
REMOTE = re.compile(
    r"\bremote(?:ly)?\b(?!.{0,3}(?:sens|environment|desktop|server|procedure|employees|offices|teams?\b|locations"
    r"|control|access|collab))|\bwork(?:ing)? from (?:home|anywhere)|telecommut"
)
REMOTE_ROLE = re.compile(
    r"#\w{2}-remote|(?:fully|100%|primarily|entirely|completely|us|usa|uk|canada|india) ?[-–,]? ?remote"
    r"|remote ?[-–,(]* ?(?:first|eligible|friendly|work(?:ing)?\b|opportunit|position|role|job|in\b|within|from|across"
    r"|us\b|usa\b|uk\b)"
    r"|(?:is|be|are) (?:an? )?(?:fully )?remote|work (?:fully |100% )?remotely|(?:be|operate) (?:done |performed "
    r"|100% )*remote|location[^\n]{0,40}remote|work(?:ing)? from (?:home|anywhere)|telecommut|remote, "
)
ON_SITE = re.compile(
    r"hybrid\b[^.\n]{0,60}\b(?:role|position|work|days?|office|schedule|basis)\b|#li-(?:hybrid|onsite)|(?:on-?site"
    r"|in[- ]office|in[- ]person)\b[^.\n]{0,40}\b(?:role|position|days|only|required)\b|"
    r"days? (?:a|per|each) week (?:in|at|from) (?:the|our)\b|not (?:a )?remote|no remote"
)
OF_A_SHARE = re.compile(  # "80% of our team is remote" says nothing of this role
    r"(?:\d ?%|\b(?:half|thirds?|quarters?|most|many|some|majority|part)) of (?:our|the|us|its)\b[^.\n]*$"
)
SURE_REMOTE = re.compile(r"#li-remote|fully remote|100% remote")
CODE = re.compile("[A-Z]{3}")  # of a currency


def job_facts(document: Document, sections: Sequence[Part] = (), words: Words | None = None) -> JobFacts:
    """What the ad states of itself. Structured data beside the text goes first; what is not said is None."""
    ad, stated = scan_of(document.text, words, LONGEST_AD, SOUGHT), document.stated
    title = _word(stated, "title") or title_of(ad.text)
    zones = zones_of(ad.text, sections)
    degrees = degrees_in(ad)
    least, most = years_asked(ad, zones, degrees, title)
    if isinstance(stated.get("years_min"), (int, float)):
        least, most = int(stated["years_min"]), _whole(stated.get("years_max"))  # type: ignore[call-overload]  # checked above
    home = home_of_ad(document, ad)
    country = home.country if home else None
    return JobFacts(
        title=title,
        seniority=_level(stated) or seniority_of(title, ad, least),
        years_min=least,
        years_max=most,
        degree_min=_degree(stated) or degree_asked(ad, zones, degrees),
        country=country,
        city=home.city if home else None,
        region=home.region if home else None,
        remote=_remote(stated, ad),
        pay=_pay(stated) or stated_pay(ad, country=country if home and home.sure else None),
    )


def level_in(title: str) -> Level | None:
    """The seniority that the words of a title name, by the highest of them."""
    lower = lower_case(title)
    if INTERN.search(lower):
        return "intern"
    plain = title[:LONGEST_TITLE]
    several = BETWEEN_LEVELS.search(lower) is not None
    plain = BOTH.sub(r"\1", plain) if several else plain
    plain = NOT_LEAD.sub("", plain) if any(word in lower for word in NOT_LEADS) else plain
    plain = EITHER.sub(r"\1", plain) if several else plain
    levels = _levels_in(plain)
    if "manager" in lower and any(level != "lead" for level in levels):
        levels = _levels_in(OF_THINGS.sub("", plain))
    return levels[0] if levels else None


def _levels_in(title: str) -> list[Level]:
    lower = lower_case(title)
    return [level for level, words in LEVELS if words.search(lower) or (level == "entry" and ONE.search(title))]


def seniority_of(title: str | None, ad: Scan, years_min: int | None) -> Level | None:
    """From the title, else from what the ad calls the holder, else from the years asked."""
    level = level_in(title) if title else None
    if level is None and title:
        level = _level_in_text(ad, title)
    if level is None and years_min is not None:
        level = "entry" if years_min <= 2 else "mid" if years_min <= 5 else "senior"
    return level


def _level_in_text(ad: Scan, title: str) -> Level | None:
    """The level in words such as `As a Staff Data Scientist` at the beginning, if they name the title's work."""
    text = ad.text
    for at in spots(text, (*ad.standing(NAMED), "Sr"), 1, min(len(text), 3000)):
        named = TO_CLAUSE_END.match(text, at) if text[at - 1] in " *" else None
        cue = NAMED_AFTER.search(text, max(0, at - 51), at) if named is not None else None
        if named is not None and cue is not None and (cue["wanted"] or _same_work(named.group(), title)):
            return level_in(" ".join(named.group().split()[:4]))
    return None


def _same_work(words: str, title: str) -> bool:
    """Whether the words name the title's own work, not a colleague's: its last word of work stands in both."""
    work = WORK.findall(lower_case(title))
    return bool(work) and work[-1] in words.lower()


def _remote(stated: Mapping[str, object], ad: Scan) -> bool | None:
    """By the lines under the title, else by sentences on how the role is worked; hybrid and on site are not remote."""
    if isinstance(stated.get("remote"), bool):
        return bool(stated["remote"])
    places = [at for at in _ways(ad)[:MOST_MENTIONS] if not OF_A_SHARE.search(ad.lower, max(0, at - 60), at)]
    if not places:
        return None
    head = [(start, end) for start, end in lines_of(ad.text, 0, 600) if end - start < 150][:5]
    if any(start <= at < end and REMOTE.search(ad.lower, at, end + 12) for at in places for start, end in head):
        return True
    around = [ad.lower[max(0, at - 30) : at + 75] for at in places]
    if any(ON_SITE.search(words) for words in around) and not any(SURE_REMOTE.search(words) for words in around):
        return False
    return True if any(REMOTE_ROLE.search(words) for words in around) else None


def _ways(ad: Scan) -> list[int]:
    """Where words for a way of working stand."""
    weekly = ad.may_hold(WEEK)
    return ad.spots((*WAYS, *(WHOLE_WAYS if weekly else ad.standing(WHOLE_WAYS)), *(WEEKS if weekly else ())))


def _word(stated: Mapping[str, object], key: str) -> str | None:
    value = stated.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None


def _level(stated: Mapping[str, object]) -> Level | None:
    level = stated.get("seniority")
    return next((known for known in get_args(Level) if known == level), None) if level else None


def _degree(stated: Mapping[str, object]) -> Degree | None:
    degree = stated.get("degree_min")
    return next((known for known in get_args(Degree) if known == degree), None) if degree else None


def _code(currency: object) -> str | None:
    return currency if isinstance(currency, str) and CODE.fullmatch(currency) else None


def _pay(stated: Mapping[str, object]) -> Pay | None:
    """Pay as structured data gives it: a Pay, or a mapping with its fields."""
    pay = stated.get("pay")
    if isinstance(pay, Pay):
        return pay
    if (
        not isinstance(pay, Mapping)
        or not pay.get("period")
        or not any(isinstance(pay.get(key), (int, float)) for key in ("min", "max"))
    ):
        return None
    least, most = (pay.get(key) if isinstance(pay.get(key), (int, float)) else None for key in ("min", "max"))
    return Pay(min=least, max=most, currency=_code(pay.get("currency")), period=pay["period"])
