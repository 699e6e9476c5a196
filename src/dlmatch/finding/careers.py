"""Finds the dated roles of a resume: titles, months, kinds and the part of the text that belongs to each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dlmatch.finding.dates import PRESENT, Period, month_of, periods_of, span_of, union_months
from dlmatch.finding.education import degree_in
from dlmatch.finding.flow import joined
from dlmatch.finding.headlines import LONG, SENTENCE, Stand, parent, stands
from dlmatch.finding.page import LEAVES, Page
from dlmatch.finding.rooms import Part, heading_length
from dlmatch.finding.titles import is_academic, is_study, kind_of, opens_with_title, title_in
from dlmatch.model.document import Document
from dlmatch.model.report import Role

_NEVER = frozenset({"publications", "references", "certifications", "courses", "interests"})
_ASIDE = frozenset({"education", "projects", "awards", "volunteering"})  # here only internships and assistantships are work
_PLACE = re.compile(r"(?:[A-Z][\w.'-]+\s?){1,3},\s*(?:[A-Z]{2}|[A-Z][a-z]+)(?:\s*[&,].*)?")  # months and a town alone: a role
_GOES_ON = re.compile(r"(?:present|now|to date|till date)\b", re.I)
_HONOUR = re.compile(r"\b(?:award|honou?r|prize|scholarship|mention|medal)", re.I)
_COURSE = re.compile(r"\b(?:nanodegree|courses?|specializ\w+|certifi\w+|boot\s?camp|diploma|programme?)\b", re.I)
# Time off is no role, whatever its dates.
_BREAK = re.compile(
    r"(?i)\b(?:career|employment|work) (?:break|gap|pause)\b|\b(?:maternity|paternity|parental|family|medical|sick|adoption) leave\b"
    r"|\bsabbatical\b|\bgap year\b|\b(?:full-time|stay-at-home) (?:parent|mother|father|mom|dad|carer|caregiver)\b|\bunemployed\b"
)
_ONLINE = re.compile(r"\b(?:udemy|coursera|udacity|edx)\b[^|]{0,40}\b(?:courses?|nanodegree|specializ\w+|certifi\w+)\b", re.I)
_MOST_DATES = 8  # a line with more is a table or a list of years
_FAR = 12 * 9999
_REACH = 4  # lines above a date that can hold its title: title, employer, place, client
_BELOW = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """A date that heads a role."""

    period: Period
    ended: str
    at: int  # index of the line that holds it
    head: int  # index of the topmost line of its heading
    title: str
    grade: int


def roles_of(document: Document, sections: Sequence[Part], as_of: str) -> tuple[Role, ...]:
    """The dated roles in the order of the text. `sections` may be poor: headings inside them are seen here as well."""
    return roles_on(Page(document, sections), as_of)


def roles_on(page: Page, as_of: str) -> tuple[Role, ...]:
    """The dated roles of a resume whose lines are worked out already."""
    entries = _without_repeats([entry for at in page.dated for entry in _entries_at(page, at)])
    now = month_of(as_of)
    roles = []
    for number, entry in enumerate(entries):
        until = entries[number + 1].head if number + 1 < len(entries) else len(page.lines)
        first, last = span_of(entry.period.began, entry.ended, now)
        roles.append(
            Role(
                title=entry.title,
                start=entry.period.began,
                end=entry.ended,
                months=last - first,
                kind=kind_of(entry.title),
                span=_span(page, entry, until),
            )
        )
    return tuple(roles)


def experience_years(roles: Iterable[Role], as_of: str) -> float | None:
    """Years in which at least one role was held, overlaps counted once, to one decimal; None without a dated role."""
    now = month_of(as_of)
    spans = [span_of(role.start, role.end, now) for role in roles]
    return round(union_months(spans) / 12, 1) if spans else None


def months_in(roles: Sequence[Role], spans: Iterable[tuple[int, int]]) -> tuple[int | None, str | None]:
    """Months of the roles whose text holds one of the spans, overlaps counted once, and the last year of them."""
    marks = tuple(spans)
    held = [role for role in roles if any(role.span[0] <= start < role.span[1] for start, _ in marks)]
    if not held:
        return None, None
    firsts = [span_of(role.start, role.start, _FAR)[0] for role in held]
    months = [(first, first + role.months) for first, role in zip(firsts, held, strict=True)]
    last = max(end for _, end in months)
    return union_months(months), str((last - 1) // 12)


def _span(page: Page, entry: _Entry, until: int) -> tuple[int, int]:
    """From the heading of the role to the next role, or to where its section ends."""
    room, last = page.rooms[entry.at], entry.at
    while last + 1 < until and page.rooms[last + 1] == room:
        last += 1
    return min(page.lines[entry.head].start, entry.period.start), max(page.lines[last].end, entry.period.end)


def _without_repeats(entries: list[_Entry]) -> list[_Entry]:
    """The same months told twice ("DURATION Jan 2014 to Jun 2015" below the heading) are one role."""
    kept: list[_Entry] = []
    seen: dict[tuple[str, str], list[_Entry]] = {}
    for entry in entries:
        twins = seen.setdefault((entry.period.began, entry.ended), [])
        if not any(not entry.grade or old.title == entry.title or entry.head <= old.at for old in twins):
            twins.append(entry)
            kept.append(entry)
    return kept


def _entries_at(page: Page, at: int) -> Iterable[_Entry]:
    if (page.rooms[at] in _NEVER and not _slid(page, at)) or len(page.dated[at]) > _MOST_DATES:
        return
    for period in page.dated[at]:
        stand = stands(page, at, period)
        if not stand:
            continue
        entry = _entry(page, at, period, _closed(page, at, period), stand)
        if _is_work(page, entry):
            yield entry


def _slid(page: Page, at: int) -> bool:
    """A role below a list of courses, where a resume without headings for its roles has one for these."""
    line = page.lines[at]
    return page.rooms[at] == "courses" and not page.has_experience and not line.bullet and not _COURSE.search(line.text)


def _closed(page: Page, at: int, period: Period) -> str:
    """The end of the period: its own, or for "2021 -" what opens the next line ("Present"), or nothing."""
    rest = page.lines[at + 1].text if at + 1 < len(page.lines) else ""
    if not period.ranged and period.start == page.lines[at].start and _GOES_ON.match(rest):
        return PRESENT
    if period.ranged or not period.dangling:
        return period.ended
    follow = periods_of(f"{period.began}-{rest[:24]}") if rest else ()
    if follow and follow[0].start == 0 and follow[0].ranged:
        return follow[0].ended
    at_front = period.start == page.lines[at].start
    at_back = not page.level[period.end : page.lines[at].end].strip(LEAVES)
    return PRESENT if at_back or (at_front and page.rooms[at] == "experience") else period.ended


def _entry(page: Page, at: int, period: Period, ended: str, stand: Stand) -> _Entry:
    """The role that the date heads, with the best title on its line, below or above it."""
    best = (*title_in(page.rest(at)), at) if stand != "pushed" else (0, "", at)
    if best[0] < 3:
        for other in _neighbours(page, at) if stand != "item" else _item_below(page, at):
            grade, title = title_in(page.rest(other))
            if grade > best[0]:
                best = grade, title, other
    grade, title, where = best
    if not grade:
        title, where = _named(page, at, named=stand == "item" or not page.lines[at].bullet)
    return _Entry(period, ended, at, min(at, where), joined(title), grade)


def _neighbours(page: Page, at: int) -> Iterable[int]:
    """Lines near the date that can hold its title: those of its own row, those below if dates come first, else above."""
    above, below = list(_run(page, at, -1, _REACH)), list(_run(page, at, 1, _BELOW))
    alone = not page.rest(at)
    over = parent(page, at) if page.lines[at].bullet else None
    if over is not None and page.lines[over].bullet and over not in page.dated:
        yield over  # an item whose dates stand in an item of their own under it
    if alone and page.lines[at].bullet:
        yield from _item_below(page, at)
    if _dates_first(page, at) or (alone and not above):
        yield from [*below, *above]
    else:
        yield from [*above, *below] if alone else [*above[:1], *below[:1], *above[1:], *below[1:]]


def _item_below(page: Page, at: int) -> Iterable[int]:
    """The item under an item that names an employer alone can be its title."""
    below = at + 1
    if below < len(page.lines) and page.lines[below].indent > page.lines[at].indent and len(page.lines[below].text.split()) <= 8:
        yield below


def _run(page: Page, at: int, step: int, most: int) -> Iterable[int]:
    room, row = page.rooms[at], page.lines[at].row
    other, taken = at + step, 0
    while 0 <= other < len(page.lines) and taken < most:
        line = page.lines[other]
        if line.bullet and line.row == row:  # the date's own row holds a bullet beside it
            other += step
            continue
        if page.rooms[other] != room and heading_length(line.text) >= len(line.text):
            return
        prose = len(line.text.split()) > LONG or SENTENCE.search(line.text) or line.text[:1].islower()
        prose = prose and not title_in(line.text)[1].isupper()  # a title in capitals from a column beside the prose
        if (
            line.bullet
            or (prose and not opens_with_title(line.text))
            or (other in page.dated and any(stands(page, other, period) for period in page.dated[other]))
        ):
            return
        if page.rooms[other] == room and heading_length(line.text) < len(line.text):
            yield other
            taken += 1
        elif heading_length(line.text) >= len(line.text):
            return
        other += step


def _dates_first(page: Page, at: int) -> bool:
    """Whether in this section a date on its own line opens the role: then nothing but the heading is above the first."""
    first = page.opens[at]
    if heading_length(page.lines[first].text) >= len(page.lines[first].text):
        first += 1
    return first in page.dated and not page.rest(first)


def _named(page: Page, at: int, *, named: bool) -> tuple[str, int]:
    """What stands in for a title where no title word is found: the rest of the line, or the line above."""
    rest = page.rest(at)
    if rest and len(rest.split()) <= 8 and named:
        return rest.split("|")[0].strip(LEAVES), at
    for above in _run(page, at, -1, 2):
        if len(page.lines[above].text.split()) <= 8:
            return page.rest(above), above
    return "", at


def _is_work(page: Page, entry: _Entry) -> bool:
    room = page.rooms[entry.at]
    period, kind = entry.period, kind_of(entry.title)
    if is_study(entry.title) or _ONLINE.search(page.rest(entry.at)):
        return False
    if _BREAK.search(entry.title) or _BREAK.search(page.lines[entry.at].text):
        return False
    open_single = not period.ranged and entry.ended == period.ended
    if room == "tasks":
        return entry.grade == 3 and period.ranged and period.monthly
    if room in _ASIDE:
        return (
            entry.grade >= 2
            and (kind != "job" or is_academic(entry.title))
            and not (open_single and not period.monthly and (page.lines[entry.at].bullet or _HONOUR.search(page.rest(entry.at))))
        )
    if degree_in(page.rest(entry.at), room="education") and (kind == "job" or room != "experience"):
        return False
    if room == "experience":
        return entry.grade >= 2 or not open_single
    if period.ranged and period.monthly and (room == "skills" or _PLACE.fullmatch(page.rest(entry.at))):
        return True  # lists of skills have no dates: what has is a role that slid out of its section
    if open_single:
        sure = entry.grade >= (1 if kind == "assistant" else 3)
        return sure and (kind != "job" or is_academic(entry.title)) and period.monthly
    return entry.grade >= (2 if not page.has_experience and room not in _NEVER else 3)
