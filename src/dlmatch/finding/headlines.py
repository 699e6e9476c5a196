"""Says how a date stands on its line: as the heading of a role, as an item of a list of roles, or within prose."""

from __future__ import annotations

import re
from typing import Literal

from dlmatch.finding.dates import Period
from dlmatch.finding.page import LEAVES, Page
from dlmatch.finding.titles import opens_with_title, title_in

# "pushed": a right-hand date that text extraction put behind the first bullet below its heading
Stand = Literal["", "heading", "item", "pushed"]
SENTENCE = re.compile(r"[.!?]\s+[A-Z][a-z]+\s|[a-z]{3}\.$")
_ENDS_SENTENCE = re.compile(r"[a-z]{3}\.$")
LONG = 24  # words: more is prose
_WITHIN_TEXT = re.compile(
    r"(?:\b(?:in|during|from|by|for|since|of|until|between|award|project|duration|period|date|dated|issued|valid)\W{0,2}"
    r"|[(,]\s*)$",
    re.I,
)
_FROM = re.compile(r"\bfrom\W*$", re.I)
_NAMED_PERIOD = re.compile(r"\b(?:duration|period|dates?|since)\W*$", re.I)
_WORKED = re.compile(r"\b(?:work(?:ed|ing)|employed|serv(?:ed|ing)|job)\b.*\b(?:in|at|with|as|for)\b", re.I)
_OPENING = re.compile(r"(?:from|since|de|von|seit|depuis)\s")
_TOLD = re.compile(  # how a sentence on what was done begins
    r"(?!Embedded|Associated|Advanced|Applied|Distributed|Certified|Limited|United|Shared|Integrated|Teaching|Visiting|Consulting"
    r"|Working\s[Ss]tudent|Engineering|Freelanc|Founding|Training|Marketing|Computing|Managing\s(?:Director|Partner|Editor)|Acting"
    r"|Nursing|Banking|Boeing|Beijing|Manufacturing|Learning)"
    r"(?:\w+ed|\w+ing|Led|Built|Won|Wrote|Made|Grew|Ran|Taught|Held|Set|Gave|Cut|Took|Got|Did|Was|Were|Is|Has|Have|Had|I|We|My"
    r"|The|An?|This|In|On|For|As)\b(?!(?:\s[^\s:|]+){0,3}\s?[:|])"  # "Field Limited: Engineer" names an employer
)
_PROSE = 200  # letters before a date that are read for what it is the date of
_ITEM = 18  # words of an item that can name a role
_UP = 40  # lines above that are looked through for what a line stands under


def stands(page: Page, at: int, period: Period) -> Stand:
    """How the date stands; "" where it is the date of something else."""
    line = page.lines[at]
    before = page.level[line.start : period.start]
    after = page.level[period.end : line.end].strip(LEAVES)
    rest = page.rest(at)
    if not rest:
        return "heading" if not before.endswith("(") or _above_is_head(page, at) else ""
    if before[:1].islower() and not _OPENING.match(before):  # a sentence that goes on, unless a column stood beside it
        goes_on = not (period.ranged and period.monthly and not after and before.rstrip().endswith("."))
        return "" if goes_on else "heading"
    if _told_work(page, at, period, before):
        return "heading"
    if line.bullet and before.strip(LEAVES):
        if _is_item(page, at, period, after):
            return "item"
        pushed = period.monthly and period.ranged and not after and not _WITHIN_TEXT.search(before)
        return "pushed" if pushed and _above_is_head(page, at) else ""
    told = page.level[period.end : line.end]
    return "heading" if _stands_free(rest, before, told, period) else ""


def _told_work(page: Page, at: int, period: Period, before: str) -> bool:
    """Working as Software Engineer with Example Ltd from June 2015 to date."""
    where = page.rooms[at] in ("experience", "summary", "top")
    return period.ranged and period.monthly and where and bool(_WORKED.search(before[-_PROSE:]))


def _stands_free(rest: str, before: str, told: str, period: Period) -> bool:
    words = len(rest.split())
    behind = len(told.strip(LEAVES).split())
    opens = not before.strip(LEAVES)
    if words > 6 and not opens and behind and not period.ranged and _ENDS_SENTENCE.search(told):
        return False
    if words > LONG or (words > 8 and SENTENCE.search(rest)):
        return opens and period.ranged
    if opens or (behind <= 8 and before.rstrip().endswith("(")):
        return True
    if _WITHIN_TEXT.search(before) and not before.rstrip().endswith((",", "(")) and not _FROM.search(before):
        return bool(_NAMED_PERIOD.search(before))
    return behind <= 8 and words <= 18


def _above_is_head(page: Page, at: int) -> bool:
    above = at - 1
    while above >= 0 and page.lines[above].row == page.lines[at].row:
        above -= 1
    return above >= 0 and not page.lines[above].bullet and len(page.lines[above].text.split()) <= 12 and above not in page.dated


def _is_item(page: Page, at: int, period: Period, after: str) -> bool:
    """Whether a list item with a date at its end is a role: in a list of roles, or surely titled with both its dates."""
    rest = page.rest(at)
    before = page.level[page.lines[at].start : period.start].rstrip()
    if len(after.split()) > 6 or len(rest.split()) > _ITEM or SENTENCE.search(rest) or _TOLD.match(rest):
        return False
    if _WITHIN_TEXT.search(before) and not before.endswith((",", "(")):
        return False
    grade, _ = title_in(rest)
    sure = grade == 3 and opens_with_title(rest)
    if _under_an_item(page, at) or not _lists_roles(page, at):
        return sure and period.ranged and not after
    return sure or grade >= 2 or (_capitalised(rest) and not _titled_above(page, at))


def _capitalised(text: str) -> bool:
    """Whether most long words are written like names."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return bool(words) and 2 * sum(word[0].isupper() for word in words) > len(words)


def _titled_above(page: Page, at: int) -> bool:
    return _above_is_head(page, at) and title_in(page.lines[at - 1].text)[0] >= 2


def parent(page: Page, at: int) -> int | None:
    """The line that a list item stands under: the nearest above that begins further left."""
    indent, room = page.lines[at].indent, page.rooms[at]
    for above in range(at - 1, max(-1, at - _UP), -1):
        if page.rooms[above] != room:
            return None
        if page.lines[above].indent < indent:
            return above
    return None


def _under_an_item(page: Page, at: int) -> bool:
    above = parent(page, at)
    return above is not None and page.lines[above].bullet and above in page.dated


def _lists_roles(page: Page, at: int) -> bool:
    """Whether no line above in this part is a dated heading of its own: then the items are the roles, not their tasks."""
    opens = page.opens[at]
    first = page.headed.get(opens)
    if first is None:
        first = next(
            (n for n in page.plain_from(opens) if any(stands(page, n, p) == "heading" for p in page.dated[n])), len(page.lines)
        )
        page.headed[opens] = first
    return first > at
