"""Turns an ad's words about degrees into the lowest one it asks; what it only prefers does not count."""

from __future__ import annotations

import re
import string
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from dlmatch.finding.anchors import lower_case, spots
from dlmatch.finding.scan import Scan, whole_words
from dlmatch.finding.zones import MAYBE_PREFERRED, PREFERRED, WISH_PARTS, Zones
from dlmatch.model.report import Degree

Level = Literal["bachelor", "master", "phd"]
FAR_LEFT, FAR_RIGHT = 200, 240  # characters that a clause can go on before and behind a degree
NEAR = 16  # characters right before a degree in which a wish counts though it says nothing of others
MOST_DEGREES = 60  # no ad names more; beyond it stands something else, or a text made to cost time
ORDER: tuple[Level, ...] = ("bachelor", "master", "phd")


class DegreeWord(NamedTuple):
    """A degree named in an ad."""

    level: Level
    start: int
    end: int


BEHIND = (
    r"(?=\s*(?:,|/|\(|\)|;|or\b|and\b|in\b|\bdegree|with\b|from\b|level|\+|\.?\s*$|\||&|required|preferred|minimum"
    r"|equivalent|candidate))"
)
BACHELOR = (
    r"bachelor(?:['’]?s)?(?![\w-])|bachelors['’]|baccalaureate|undergraduate (?:degree|studies)|undergrad degree|(?:four"
    r"|4)[- ]year (?:college |university |technical )?degree|"
    r"college degree|university (?:degree|studies|education)|graduate in (?=[A-Z])|engineering graduate|licen[cs]iatura"
    r"|licence degree|bachillerato|first degree|any graduate\b|"
    r"(?-i:B\.?\s?Tech\b|B\.\s?E\.?(?![\w.])|B\.\s?S\.?(?:c\b)?|B\.\s?A\.?(?!\w)|BSc?(?:\.|\b)(?!\s?[:=])|BSCS\b|BSEE\b"
    r"|BSE\b|BEng\b|BCA\b|BE/|BE (?=or (?:[BM]\.?[SA]|higher|above|equivalent)|in [A-Z]|degree)|BA/"
    r"|BA (?=or (?:[BM]\.?[SA]|higher|above|equivalent)|in [A-Z]|degree))"
)
MASTER = (
    r"master['’]s|masters['’]?(?! of (?:ceremonies|the))|master of (?:science|arts|engineering|business|technology"
    r"|computer|statistics)|master(?= ?(?:,|/|or|degree))|"
    r"post[- ]?graduat(?:e|ion)(?: degree)?|(?<!under)(?<!under-)graduate degree|advanced degrees?|advanced (?:technical "
    r"|quantitative |academic )degrees?|higher degree in|"
    r"(?-i:M\.?\s?Tech\b|M\.\s?S\.?(?:c\b)?|M\.\s?A\.?(?!\w)|M\.\s?E\.(?!\w)|MSCS\b|MSEE\b|MEng\b|MCA\b|MBA\b|MSc\b|MS/|MS"
    + BEHIND
    + r"|MA/|(?<=/)MS\b|(?<=/)MA\b|(?<=/ )MS\b|(?<=or )MS\b|MA (?=or (?:[BM]\.?[SA]|higher|above|equivalent)|in [A-Z]|degree))"
)
PHD = r"\bph\.?\s?d['’]?s?\b\.?|\bdoctora(?:te|l)s?\b(?: degree)?|d\.phil\b|\bdphil\b"
PLAIN = (
    r"\bdegree (?:in|from|or equivalent|required|qualified|level)|\b(?:relevant|related|technical|stem|quantitative"
    r"|science|engineering|computer science|cs|formal|completed|academic|accredited|analytical|numerate|"
    r"mathematics|good|strong|or higher|equivalent) degree\b(?! of)|\bdegree[- ]educated|educated to degree"
    r"|\bdegree\b(?=[\s,:]{0,3}(?:[()]|\.|$|\n|preferably|ideally))|academic background in|completed studies|studies in"
)
START = r"(?-i:(?<![\w-])|(?<=[a-z])(?=[A-Z]))"  # a word's start, or a capital where the space before it was lost
WORD = re.compile(rf"(?P<phd>{PHD})|{START}(?:(?P<master>{MASTER})|(?P<bachelor>{BACHELOR}))|(?P<plain>{PLAIN})", re.I)
# What a degree's name begins with, in lower case. The rare ones are looked for where no usual one stands.
USUAL_BEGINS = ("master", "bachelor", "baccalaureate")
DOCTOR_BEGINS = ("phd", "ph.d", "doctora")
DOCTOR_WORDS = whole_words("phd phds ph doctorate doctorates doctoral doctorals")  # one of these is part of every match then
RARE_BEGINS = ("bachillerato", "licen", "university education", "ph d", "ph. d", "dphil", "d.phil", "academic background")
CAPITALS = re.compile(r"[BM](?<![A-Z0-9-][BM])(?:[SAE.]|CA\b|BA\b| ?Tech|Eng)")
BEHIND_CAPITAL = "SAE.CBT "
# what it ends with: how many characters the name may begin earlier, and the words that may stand in between
ENDINGS = (
    (
        "degree",
        26,
        frozenset(
            "graduate undergraduate undergrad year college technical university licence license first advanced higher relevant related stem quantitative"
            " science engineering cs formal completed academic accredited analytical numerate mathematics good strong equivalent".split()
        ),
    ),
    ("graduate", 12, frozenset(("any", "engineering", "post"))),
    ("studies", 14, frozenset(("undergraduate", "university", "completed"))),
)
DEGREE_WORDS = (*USUAL_BEGINS, *RARE_BEGINS, *(word for word, _, _ in ENDINGS))
WORD_START = re.compile(r"(?<![\w-])\w|(?<=-)\w")
IN_WORD = string.ascii_lowercase + string.digits + "_"
BETWEEN = "".join(chr(code) for code in range(128) if chr(code) not in IN_WORD)  # of the text in ASCII and lower case
# The patterns from here on are for text in lower case, if nothing else is said.
# words after MS or B.S. that make it something else
NOT_DEGREE = re.compile(
    r"\s*(?:office|word|excel|sql|project|teams|azure|access|visio|outlook|powerpoint|dynamics|windows|suite|exchange"
    r"|sharepoint)\b"
)
NOT_BEFORE = re.compile(r"(?:scrum|web|grand|quiz|the|to|will|data|head|task|and|you(?:'ll)?|zen|[a-z]+, [a-z]+,)\s$")
NAME_BEFORE = re.compile(r"[A-Z][a-z]+,\s*$")  # as written
DEGREE_BEFORE = re.compile(r"(?:master|bachelor|degree|ms|bs|msc|bsc)['’s]*,\s*$")
# people of the company or those the work is with, paths to a degree, and sentences that say it is not needed
NOT_ASKED_BEFORE = re.compile(
    r"\b(?:team of|group of|founded by|founders?|co-?founder|led by|advis\w+|mentor\w*|supervis\w+|collaborat\w+ with"
    r"|work(?:ing)? with|alongside|including|dozens of|hire|our|tuition|programs?|pursu\w+ (?:a|your)|earn\w*|"
    r"complet\w+ your|towards?|in lieu of|instead of|no|without an?|don['’]t need an?|not require|regardless of"
    r"|recent)\s*(?:\w+\s){0,4}[^\w.;]*$"
)
NOT_ASKED_AFTER = re.compile(
    r"[^.;\n]{0,30}\b(?:not (?:required|necessary|needed|essential|mandatory)|(?:students?|interns?|researchers?"
    r"|candidates are|graduates from|colleagues|scientists|tuition|assistance|reimbursement|programs? (?:at|for|through)"
    r"|thesis supervis))\b"
)
# Where a sentence or clause ends, in the text as written. It begins with the characters that can end one, so that most of a text is
# passed over fast; `into` and `opening`: the mark itself begins the next clause.
SENTENCE = re.compile(
    r"[;\n•().!?A-Z\d](?:(?<=[;\n•()])|(?<=[.!?])(?:(?=\s+[A-Z*•]|\s*$)|(?<=[a-z)]{2}\.)(?=[A-Z]))"
    r"|(?P<into>(?<=[A-Z])(?<!\w[A-Z])(?=[A-Za-z]++(?: [A-Za-z]++){0,2}+:)|(?<=\d)(?=\d?\+ ?years?))"
    r"|(?P<opening>(?<=\s[TWYOIAM])(?=(?:(?<=T)h(?:ere|is|ese|e)|(?<=W)e|(?<=Y)ou|(?<=O)ur|(?<=I)n|(?<=A)bility|(?<=M)ust)\b)))"
)
ABBREVIATED = re.compile(
    r"(?:\b[a-z]|\b[bm]\.?\s?s|\b[bm]\.?\s?a|\bph\.?\s?d|\be\.g|\bi\.e|\betc|\bb\.?sc|\bm\.?sc|\bb\.?e|\bm\.?e|tech)$"
)
OTHER_WISH = re.compile(
    r"\b(?:experiences?|knowledge|familiarity|skills?|background|certifi\w+|expertise|ability|proficiency|fluency|years?)\b"
)
OF_A_SCHOOL = re.compile(r"(?i)(?:university|college) degree")
BRACKET = re.compile(r"[^.;,\n()]{0,30}\(([^()\n]{2,60})\)")  # this one and the next in lower case
NAMED = re.compile(r"\b(?:master|bachelor|m\.?sc|b\.?sc|m\.?tech|b\.?tech|ms\b|bs\b|ph\.?d|doctora)")
WISH_BEFORE = re.compile(r"\b(?:preferably|ideally)(?: an?)?\s\Z")
IS_REQUIRED = re.compile(r"\b(?:is|are) required\b")
REQUIRED = re.compile(r"\b(?:required|must|minimum|mandatory|at least|essential|need)\b")


def degree_asked(ad: Scan, zones: Zones, words: Sequence[DegreeWord]) -> Degree:
    """The lowest degree asked; "none" where none is."""
    for level in ORDER:
        if any(word.level == level and _asked(ad, zones, number, words) for number, word in enumerate(words)):
            return level
    return "none"


def degrees_in(ad: Scan) -> tuple[DegreeWord, ...]:
    """Every degree the ad names for the applicant."""
    found: list[DegreeWord] = []
    named = -1  # where the last degree by name ended: `degree` alone right behind one is the same one
    for match in _words(ad):
        if match["plain"] is None:
            named = match.end()
        elif named >= 0 and match.start() - named < 100 and not any(_stops(ad, named, match.start())):
            continue
        level = None if _told_in_brackets(ad, match) else _level(ad, match)
        if level is not None:
            found.append(DegreeWord(level, match.start(), match.end()))
        if len(found) >= MOST_DEGREES:
            break
    return tuple(found)


def _told_in_brackets(ad: Scan, match: re.Match[str]) -> bool:
    """Whether a bracket right behind says which degree is meant: "university degree (Master or Diplom)"."""
    if match["plain"] is None and not OF_A_SCHOOL.fullmatch(match[0]):
        return False
    bracket = BRACKET.match(ad.lower, match.end())
    return bracket is not None and NAMED.search(bracket[1]) is not None and "prefer" not in bracket[1]


def _words(ad: Scan) -> Iterator[re.Match[str]]:
    """The matches of WORD, tried only where its fixed parts stand."""
    text, lower = ad.text, ad.ascii
    tries = {at for at in spots(text, "BM") if text[at + 1 : at + 2] in BEHIND_CAPITAL and CAPITALS.match(text, at)}
    tries.update(_beginnings(ad))
    for word, earlier, between in ENDINGS:
        for at in ad.spots((word,)):
            tries.add(at)
            before = lower[max(0, at - earlier) : at]
            bare = before.rstrip(BETWEEN)
            near = 0 < len(before) - len(bare) <= 2 + before.endswith("\n")
            if before[-1:].isalpha() or before[-1:] == "-" or (near and bare[len(bare.rstrip(IN_WORD)) :] in between):
                tries.update(m.start() for m in WORD_START.finditer(text, max(0, at - earlier), at))
    reach = 0
    for at in sorted(tries):
        match = WORD.match(text, at) if at >= reach else None
        if match is not None:
            reach = match.end()
            yield match


def _beginnings(ad: Scan) -> list[int]:
    """Where the name of a degree may begin; all but those of doctors count without the space before or behind them too."""
    lower = ad.ascii
    usual = ad.spots(USUAL_BEGINS)
    if ad.may_hold(DOCTOR_WORDS):
        usual += spots(lower, DOCTOR_BEGINS)
    if usual:
        return usual
    rare = ad.spots(RARE_BEGINS)
    return rare if rare and not spots(lower, DOCTOR_BEGINS) else []


def _level(ad: Scan, match: re.Match[str]) -> Level | None:
    """The level the words name; None where they mean something else or somebody else."""
    start, end = match.span()
    before, after = ad.lower[max(0, start - 70) : start], ad.lower[end : end + 70]
    if NOT_DEGREE.match(after):
        return None
    line = before[before.rfind("\n") + 1 :]
    sentence = line[max(line.rfind(". "), line.rfind("; ")) + 1 :]
    if NOT_ASKED_BEFORE.search(sentence) or NOT_ASKED_AFTER.match(after):
        return None
    name = before.rstrip().endswith(",") and NAME_BEFORE.search(ad.text, max(0, start - 70), start)
    if match.group() in ("MA", "MA ") and name and before.endswith((", ", ", \n")):
        return None  # Boston, MA
    if match["master"] and match.group().lower() == "master" and NOT_BEFORE.search(before):
        return None
    if match["phd"] and name and not DEGREE_BEFORE.search(before):
        return None  # a person's title: Ada Lovelace, Ph.D.
    if match["phd"]:
        return "phd"
    if match["master"]:
        return "master"
    return "bachelor"


def _asked(ad: Scan, zones: Zones, number: int, words: Sequence[DegreeWord]) -> bool:
    """By the section and the cues of the clause; `is required` holds even in a list of wishes."""
    start, end = words[number].start, words[number].end
    kind = zones.kind_at(start)
    if kind == "preferred":
        return IS_REQUIRED.search(ad.lower[end : _right(ad, end)]) is not None
    return kind != "outside" and not (_wished_before(ad, start) or _wished_behind(ad, number, words))


def _wished_before(ad: Scan, start: int) -> bool:
    """Whether a cue before the degree, in its clause, makes it a wish."""
    lower = ad.lower
    left = max(0, start - FAR_LEFT)
    left = max(left, lower.rfind("(", left, start), lower.rfind(")", left, start), lower.rfind(";", left, start))
    if not ad.may_stand(WISH_PARTS, min(left, start - NEAR), start):
        return False
    if "preferably" not in lower[max(0, start - NEAR) : start] and not MAYBE_PREFERRED.search(lower, left, start):
        return False
    left = _left(ad, start)
    if WISH_BEFORE.search(lower, max(left, start - NEAR), start):
        return True
    cues = deque(PREFERRED.finditer(lower, left, start), maxlen=1)
    return bool(cues) and not re.search(r",|\b(?:but|required)\b", ad.text[cues[0].end() : start])


def _wished_behind(ad: Scan, number: int, words: Sequence[DegreeWord]) -> bool:
    """Whether a cue behind it does. It counts for the degrees of the clause, except the lowest, required one before it."""
    level, end = words[number].level, words[number].end
    if not ad.may_stand(WISH_PARTS, end, end + FAR_RIGHT):
        return False
    cue = PREFERRED.search(ad.lower, end, _right(ad, end))
    if cue is None:
        return False
    if REQUIRED.search(ad.lower, end, cue.start()) and "not required" not in ad.text[end : cue.end()]:
        return False
    following = [word for word in words[number + 1 :] if word.start < cue.start()]
    higher = [word for word in following if ORDER.index(word.level) > ORDER.index(level)]
    between = ad.text[end : higher[0].start] if higher else ad.text[end : cue.start()]
    if higher:
        return not re.search(r",|\bwith\b|\bbut\b|\band an?\b", between)
    return not OTHER_WISH.search(lower_case(between.rpartition(",")[2])) or "," not in between


def _left(ad: Scan, start: int) -> int:
    """Where the clause of a degree begins: a sentence or bracket, in which the full stops of B.S. and Ph.D. end nothing."""
    left = max(0, start - FAR_LEFT)
    for stop in _stops(ad, left, start):
        if not _abbreviates(ad, stop):
            left = stop.end() if stop["into"] is None and stop["opening"] is None else stop.start()
    return left


def _right(ad: Scan, end: int) -> int:
    """Where it ends."""
    for stop in _stops(ad, end, end + FAR_RIGHT):
        if not _abbreviates(ad, stop):
            return stop.start()
    return min(len(ad.text), end + FAR_RIGHT)


def _stops(ad: Scan, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of SENTENCE; a word that opens a sentence does so behind a space that is part of the range too."""
    for stop in SENTENCE.finditer(ad.text, start, end):
        if stop.start() > start or stop["opening"] is None:
            yield stop


def _abbreviates(ad: Scan, stop: re.Match[str]) -> bool:
    at = stop.start()
    return stop.group() == "." and ABBREVIATED.search(ad.lower, max(0, at - 6), at) is not None
