"""Turns an ad's words about degrees into the lowest one it asks; what it only prefers does not count."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from dlmatch.finding.anchors import lowered, spots
from dlmatch.finding.zones import PREFERRED, Zones
from dlmatch.model.report import Degree

Level = Literal["bachelor", "master", "phd"]
MOST_DEGREES = 60  # no ad names more; beyond it stands something else, or a text made to cost time
ORDER: tuple[Level, ...] = ("bachelor", "master", "phd")


@dataclass(frozen=True, slots=True)
class DegreeWord:
    """A degree named in an ad."""

    level: Level
    start: int
    end: int
    asked: bool


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
# what a degree's name begins with, in lower case; the rare ones are looked for where no usual one stands
BEGINNINGS = ("bachelor", "master", "phd", "ph.d", "doctora", "baccalaureate")
RARE_BEGINNINGS = ("ph d", "ph. d", "dphil", "d.phil", "licen", "bachillerato", "academic background", "university education")
CAPITALS = re.compile(r"[BM](?<![A-Z0-9-][BM])(?:[SAE.]|CA\b|BA\b| ?Tech|Eng)")
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
WORD_START = re.compile(r"(?<![\w-])\w|(?<=-)\w")
WORD_BEFORE = re.compile(r"(\w+)\W{1,2}$")
# words after MS or B.S. that make it something else
NOT_DEGREE = re.compile(
    r"(?i)\s*(?:office|word|excel|sql|project|teams|azure|access|visio|outlook|powerpoint|dynamics|windows|suite|exchange"
    r"|sharepoint)\b"
)
NOT_BEFORE = re.compile(
    r"(?i)(?:scrum|web|grand|quiz|the|to|will|data|head|task|and|you(?:'ll)?|zen|[A-Z][a-z]+, [A-Z][a-z]+,)\s$"
)
# people of the company or those the work is with, paths to a degree, and sentences that say it is not needed
NOT_ASKED_BEFORE = re.compile(
    r"(?i)\b(?:team of|group of|founded by|founders?|co-?founder|led by|advis\w+|mentor\w*|supervis\w+|collaborat\w+ with"
    r"|work(?:ing)? with|alongside|including|dozens of|hire|our|tuition|programs?|pursu\w+ (?:a|your)|earn\w*|"
    r"complet\w+ your|towards?|in lieu of|instead of|no|without an?|don['’]t need an?|not require|regardless of"
    r"|recent)\s*(?:\w+\s){0,4}[^\w.;]*$"
)
NOT_ASKED_AFTER = re.compile(
    r"(?i)[^.;\n]{0,30}\b(?:not (?:required|necessary|needed|essential|mandatory)|(?:students?|interns?|researchers?"
    r"|candidates are|graduates from|colleagues|scientists|tuition|assistance|reimbursement|programs? (?:at|for|through)"
    r"|thesis supervis))\b"
)
# every alternative begins with a character of its own, so that most of a text is passed over fast; `into`: the mark itself
# begins the next clause
SENTENCE = re.compile(
    r"[;\n•()]|[.!?](?:(?=\s+[A-Z*•]|\s*$)|(?<=[a-z)]{2}\.)(?=[A-Z]))|(?P<into>[A-Z](?<!\w[A-Z])(?=[A-Za-z]+(?: [A-Za-z]+){0,2}:)"
    r"|\d(?=\d?\+ ?years?))|\s(?=(?:There|We|You|This|These|Our|In|The|Ability|Must)\b)"
)
ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b[BM]\.?\s?S|\b[BM]\.?\s?A|\bPh\.?\s?D|\be\.g|\bi\.e|\betc|\bB\.?Sc|\bM\.?Sc|\bB\.?E|\bM\.?E|Tech)$", re.I
)
OTHER_WISH = re.compile(
    r"(?i)\b(?:experiences?|knowledge|familiarity|skills?|background|certifi\w+|expertise|ability|proficiency|fluency|years?)\b"
)
WISH_BEFORE = re.compile(r"(?i)\b(?:preferably|ideally)(?: an?)?\s\Z")
REQUIRED = re.compile(r"(?i)\b(?:required|must|minimum|mandatory|at least|essential|need)\b")


def degree_asked(words: Sequence[DegreeWord]) -> Degree:
    """The lowest degree asked; "none" where none is."""
    asked = [word.level for word in words if word.asked]
    return min(asked, key=ORDER.index) if asked else "none"


def degrees_in(text: str, zones: Zones, lower: str | None = None) -> tuple[DegreeWord, ...]:
    """Every degree the ad names for the applicant, each with whether it is asked or only preferred."""
    found: list[tuple[Level, int, int]] = []
    named = -1  # where the last degree by name ended: `degree` alone right behind one is the same one
    for match in _words(text, lowered(text) if lower is None else lower):
        level = _level(text, match)
        if match["plain"] is None:
            named = match.end()
        elif named >= 0 and match.start() - named < 100 and not SENTENCE.search(text, named, match.start()):
            continue
        if level is not None:
            found.append((level, match.start(), match.end()))
        if len(found) >= MOST_DEGREES:
            break
    return tuple(
        DegreeWord(level, start, end, _asked(text, zones, number, found)) for number, (level, start, end) in enumerate(found)
    )


def _words(text: str, lower: str) -> Iterator[re.Match[str]]:
    """The matches of WORD, tried only where its fixed parts stand."""
    tries = {match.start() for match in CAPITALS.finditer(text)}
    tries.update(spots(lower, BEGINNINGS) or spots(lower, RARE_BEGINNINGS))
    for word, earlier, between in ENDINGS:
        for at in spots(lower, (word,)):
            tries.add(at)
            before = WORD_BEFORE.search(lower, max(0, at - earlier), at)
            if lower[at - 1 : at].isalpha() or lower[at - 1 : at] == "-" or (before is not None and before[1] in between):
                tries.update(m.start() for m in WORD_START.finditer(text, max(0, at - earlier), at))
    reach = 0
    for at in sorted(tries):
        match = WORD.match(text, at) if at >= reach else None
        if match is not None:
            reach = match.end()
            yield match


def _level(text: str, match: re.Match[str]) -> Level | None:
    """The level the words name; None where they mean something else or somebody else."""
    before, after = text[max(0, match.start() - 70) : match.start()], text[match.end() : match.end() + 70]
    if NOT_DEGREE.match(after):
        return None
    line = before[before.rfind("\n") + 1 :]
    sentence = line[max(line.rfind(". "), line.rfind("; ")) + 1 :]
    if NOT_ASKED_BEFORE.search(sentence) or NOT_ASKED_AFTER.match(after):
        return None
    if match.group() in ("MA", "MA ") and re.search(r"[A-Z][a-z]+, $", before):
        return None  # Boston, MA
    if match["master"] and match.group().lower() == "master" and NOT_BEFORE.search(before):
        return None
    if (
        match["phd"]
        and re.search(r"[A-Z][a-z]+,\s*$", before)
        and not re.search(r"(?i)(?:master|bachelor|degree|ms|bs|msc|bsc)['’s]*,\s*$", before)
    ):
        return None  # a person's title: Ada Lovelace, Ph.D.
    if match["phd"]:
        return "phd"
    if match["master"]:
        return "master"
    return "bachelor"


def _asked(text: str, zones: Zones, number: int, found: Sequence[tuple[Level, int, int]]) -> bool:
    """By the section and the cues of the clause; `is required` holds even in a list of wishes."""
    _, start, end = found[number]
    kind = zones.kind_at(start)
    if kind == "preferred":
        return re.search(r"(?i)\b(?:is|are) required\b", text[end : _clause(text, start, end)[1]]) is not None
    return kind == "" and not _preferred(text, number, found)


def _preferred(text: str, number: int, found: Sequence[tuple[Level, int, int]]) -> bool:
    """Whether this degree is a wish. A cue counts for the degrees of its clause, except the lowest, required one before it."""
    level, start, end = found[number]
    left, right = _clause(text, start, end)
    if WISH_BEFORE.search(text, max(left, start - 16), start):
        return True
    ahead = deque(PREFERRED.finditer(text, left, start), maxlen=1)
    if ahead and not re.search(r",|\b(?:but|required)\b", text[ahead[0].end() : start]):
        return True
    cue = PREFERRED.search(text, end, right)
    if cue is None:
        return False
    following = [word for word in found[number + 1 :] if word[1] < cue.start()]
    if REQUIRED.search(text, end, cue.start()) and "not required" not in text[end : cue.end()]:
        return False
    higher = [word for word in following if ORDER.index(word[0]) > ORDER.index(level)]
    between = text[end : higher[0][1]] if higher else text[end : cue.start()]
    if higher:
        return not re.search(r",|\bwith\b|\bbut\b|\band an?\b", between)
    return not OTHER_WISH.search(between.rpartition(",")[2]) or "," not in between


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or bracket around text[start:end]; the full stops of B.S. and Ph.D. end nothing."""
    left = max(0, start - 200)
    for stop in SENTENCE.finditer(text, left, start):
        if not _abbreviates(text, stop):
            left = stop.start() if stop["into"] else stop.end()
    for stop in SENTENCE.finditer(text, end, end + 240):
        if not _abbreviates(text, stop):
            return left, stop.start()
    return left, min(len(text), end + 240)


def _abbreviates(text: str, stop: re.Match[str]) -> bool:
    at = stop.start()
    return stop.group() == "." and ABBREVIATED.search(text, max(0, at - 6), at) is not None
