"""Says where a person was last, where a resume states no address: at the latest job or school whose place is known."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dlmatch.finding.dates import month_of, span_of
from dlmatch.finding.education import RANK, degree_in
from dlmatch.finding.flow import Line
from dlmatch.finding.gazetteer import meanings
from dlmatch.finding.headlines import SENTENCE
from dlmatch.finding.localities import Locality, localities_of
from dlmatch.finding.page import Page
from dlmatch.finding.pieces import pieces_of
from dlmatch.finding.rooms import heading_length
from dlmatch.finding.schools import school_in
from dlmatch.model.report import Role

_HEADING = 5  # lines that the heading of a role or school can take
_WORDS = 16  # of a line that can be part of such a heading
_NEAR = 3  # lines between a school and its dates or degree
_STALE = 12 * 10  # months after which a place says nothing of where a person is who has since been elsewhere
_NOT_HERE = re.compile(
    r"(?i)\b(?:clients?|customers?|remote(?:ly)?\s(?:for|with)|offshore|headquarter\w*|coursera|udacity|udemy|edx|online|advis[eo]r|supervis\w+)\b"
)
_PLACE = re.compile(r"[A-Z][\w.' -]{2,30}, ?[A-Z][\w. -]{1,30}")
_OTHERS = frozenset({"publications", "references", "certifications", "courses", "interests", "awards"})
_NATION = 3  # letters that the name of a nation has at least; shorter are codes
_PARTED = re.compile(
    r"[,|/()&;\u2022\u00b7]| - | in |  |\u2013|\u2014|USA?\b|UK\b|India\b"
)  # signs that may stand before a place
_ALONE = 4  # words that are too many for a place alone
_PAST = -1
_MOST = 40  # jobs and schools that are looked at


@dataclass(frozen=True, slots=True)
class _Stay:
    """A job or school whose place is known: months from the beginning to the end; `_PAST` where no date is near."""

    last: int
    first: int
    rank: int  # jobs go before schools, schools by their degree
    place: Locality


def last_known(page: Page, roles: Sequence[Role], as_of: str) -> Locality | None:
    """The place of the latest job or school; None where places disagree and no date or degree puts them in order."""
    now = month_of(as_of)
    latest = max((span_of(role.start, role.end, now)[1] for role in roles), default=_PAST)
    stays = [*_jobs(page, roles[:_MOST], now), *_schools(page, now)]
    dated = [stay for stay in stays if stay.last != _PAST]
    if dated:
        top = max((stay.last, stay.rank == len(RANK), stay.first) for stay in dated)
        if latest - top[0] > _STALE:
            return None
        best = [stay for stay in dated if (stay.last, stay.rank == len(RANK), stay.first) == top]
    else:
        highest = max((stay.rank for stay in stays), default=0)
        best = [stay for stay in stays if stay.rank == highest]
    if not best:
        return _one(_named(line.text) for line, room in zip(page.lines, page.rooms, strict=True) if _is_place(line, room))
    if len({stay.place.country for stay in best}) != 1:
        return None
    return next((stay.place for stay in best if stay.place.city), best[0].place)


def _is_place(line: Line, room: str) -> bool:
    """Whether the line is nothing but a town and its nation or region: where the columns of a page fell apart."""
    return room not in _OTHERS and _PLACE.fullmatch(line.text) is not None


def _jobs(page: Page, roles: Sequence[Role], now: int) -> Iterator[_Stay]:
    for role in roles:
        at = page.line_at(role.span[0])
        place = _one(_of_line(text) for text in _head_of(page, role, at))
        if place is None and at and _is_above(page, at):
            place = _of_line(page.rest(at - 1))  # the employer's line above the title's
        if place is not None:
            first, last = span_of(role.start, role.end, now)
            yield _Stay(last, first, len(RANK), place)


def _head_of(page: Page, role: Role, at: int) -> Iterator[str]:
    """The lines of a role's heading, which begins on the line `at`, without what was done there."""
    outer = page.lines[at].indent
    for below in range(at, min(at + _HEADING, len(page.lines))):
        line = page.lines[below]
        if line.start >= role.span[1] or page.rooms[below] != page.rooms[at]:
            return
        if below > at and line.bullet and line.indent <= outer + 1 and not page.lines[at].bullet:
            return
        if below > at and page.lines[at].bullet and line.bullet and line.indent <= outer:
            return
        if _is_short(line.text):
            yield page.rest(below)


def _is_above(page: Page, at: int) -> bool:
    line = page.lines[at - 1]
    alone = at - 1 not in page.dated and not line.bullet and not page.lines[at].bullet and page.rooms[at - 1] == page.rooms[at]
    return alone and _is_short(line.text) and line.row != page.lines[at].row


def _is_short(text: str) -> bool:
    return len(text.split()) <= _WORDS and not SENTENCE.search(text) and not _NOT_HERE.search(text)


def _schools(page: Page, now: int) -> Iterator[_Stay]:
    """Every line of the education that names a school or place, with the nearest date and degree."""
    placed: dict[int, Locality] = {}
    for at, room in enumerate(page.rooms):
        if room == "education" and len(placed) < _MOST:
            place = _of_line(_opening(page.rest(at)))
            if place is not None:
                placed[at] = place
    for at, place in placed.items():
        near = [at, *_lines_of_school(page, at, placed)]
        first, last = next((_months(page, other, now) for other in near if other in page.dated), (_PAST, _PAST))
        degrees = (degree_in(_opening(page.lines[other].text), room="education") for other in near)
        yield _Stay(last, first, next((RANK[degree] for degree in degrees if degree), 0), place)


def _lines_of_school(page: Page, at: int, placed: Container[int]) -> Iterator[int]:
    """The lines around a school's that can hold its dates and degree: those above first where the part opens with such."""
    opens = page.opens[at]
    opens += heading_length(page.lines[opens].text) >= len(page.lines[opens].text)
    for step in (1, -1) if opens in placed else (-1, 1):
        for other in range(at + step, at + step * (_NEAR + 1), step):
            if not opens <= other < len(page.lines) or page.rooms[other] != "education" or other in placed:
                break
            if _NOT_HERE.search(page.lines[other].text):
                break
            yield other


def _opening(text: str) -> str:
    """What a line begins with: prose that ran into it names other places."""
    words = text.split()
    return text if len(words) <= _WORDS else "" if text[:1].islower() else " ".join(words[:_WORDS])


def _months(page: Page, at: int, now: int) -> tuple[int, int]:
    period = page.dated[at][-1]
    return period.first, now if period.last is None else period.last


def _of_line(text: str) -> Locality | None:
    return None if _NOT_HERE.search(text) else _named(text) or school_in(text) or _nation_behind(text)


def _nation_behind(text: str) -> Locality | None:
    """The nation that ends an employer's name: Example Research Brazil."""
    last = re.search(r"[A-Z][\w.]{4,}$", text.rstrip(" .)]"))
    entry = next((entry for entry in meanings(last[0]) if entry.kind == "n"), None) if last else None
    return Locality(country=entry.country, sure=False) if entry else None


def _named(text: str) -> Locality | None:
    """The place that stands in the line as one: a town with its region or nation, a nation, a city of size; one alone."""
    if text.count(" ") >= _ALONE and not _PARTED.search(text):
        return None
    pieces = pieces_of(text)
    found = []
    for place in localities_of(pieces):
        within = [piece.text for piece in pieces if place.start <= piece.start < place.end]
        bare = within[0].replace(".", "") if within else ""
        nation = place.city is None and len(within) == 1 and (len(bare) >= _NATION or bare in ("US", "UK"))
        if place.country and (
            nation or (len(within) > 1 and any(len(name) > 2 for name in within)) or (place.city and place.sure)
        ):
            found.append(place)
    return _one(found)


def _one(places: Iterable[Locality | None]) -> Locality | None:
    """The first of places that lie in one nation; None where they disagree."""
    found = [place for place in places if place is not None]
    if len({place.country for place in found}) != 1:
        return None
    return next((place for place in found if place.city), found[0])
