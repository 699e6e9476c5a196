"""What reading a file gives: its visible text, where each piece of it stands, and what was noticed on the way."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Status = Literal["ok", "partial", "empty", "refused", "failed"]
BlockKind = Literal["heading", "paragraph", "item", "cell", "header", "footer", "note"]
Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the page's upper left corner


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A half-open range of the text that belongs together: a heading, a paragraph, a list item, a table cell."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a half-open range of the text stands on a page."""

    start: int
    end: int
    page: int
    bbox: Box | None = None


OTHER_KIND: Final = "other-kind"  # the finding that a document reads like an ad and was taken for a resume, or the reverse


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a reader of the report should know: hidden text, stuffing, two engines that disagree."""

    code: str
    message: str
    page: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWarning:
    """Something that made reading harder or less complete."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The visible text of one file. Hidden text is never in `text`; it is told of in `findings`.

    `places` are sorted by start and do not overlap; so are `blocks`. `stated` holds what structured data beside the
    text said (a JobPosting's title, country, pay ...), by the names of the facts in a report.
    """

    text: str
    name: str = ""
    sha256: str = ""
    media_type: str = "text/plain"
    size: int = 0
    status: Status = "ok"
    reader: str = "text"
    pages: int | None = None
    blocks: tuple[Block, ...] = ()
    places: tuple[Place, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    findings: tuple[Finding, ...] = ()
    stated: Mapping[str, object] = field(default_factory=dict)

    def place_of(self, start: int, end: int) -> tuple[int | None, Box | None]:
        """The page and box of text[start:end]: the hull of its first line's places; (None, None) without places."""
        at = bisect_right(self.places, start, key=lambda place: place.start) - 1
        hull: list[Box] = []
        page: int | None = None
        for place in self.places[max(at, 0) :]:
            if place.start >= end:
                break
            if place.end <= start:
                continue
            if page is None:
                page = place.page
            same_line = not hull or (place.bbox is not None and abs(place.bbox[1] - hull[0][1]) < 4)
            if place.page == page and place.bbox is not None and same_line:
                hull.append(place.bbox)
        if not hull:
            return page, None
        left, top, right, bottom = zip(*hull, strict=True)
        return page, (min(left), min(top), max(right), max(bottom))
