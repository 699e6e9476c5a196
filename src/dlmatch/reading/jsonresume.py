"""JSON Resume, schema.org JobPosting and other JSON to lines of text, with what a posting states."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from dlmatch.errors import DamagedDocument
from dlmatch.model.document import Document
from dlmatch.reading import jobposting
from dlmatch.reading.gather import Gathering
from dlmatch.reading.limits import MAX_MARKUP_BYTES, MEGABYTE, LimitReached, spending
from dlmatch.reading.text import decode, read_string

_TAG = re.compile(r"<(?:p|br|li|ul|ol|div|span|strong|b|h[1-6]|a)\b[^>]*>", re.I)
_LINK = re.compile(r"^(?:https?://|data:|mailto:)\S*$")
# The sections of jsonresume.org, in the order a resume has them, with the heading each gets, the fields that make the
# line that names an entry, and those that follow.
_SECTIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("work", "Work experience", ("position", "name", "company", "location")),
    ("volunteer", "Volunteering", ("position", "organization", "location")),
    ("projects", "Projects", ("name", "roles", "entity")),
    ("education", "Education", ("studyType", "area", "institution")),
    ("skills", "Skills", ("name", "level")),
    ("certificates", "Certificates", ("name", "issuer", "date")),
    ("awards", "Awards", ("title", "awarder", "date")),
    ("publications", "Publications", ("name", "publisher", "releaseDate")),
    ("languages", "Languages", ("language", "fluency")),
    ("interests", "Interests", ("name",)),
    ("references", "References", ("name",)),
)
_SUMMARIES = ("description", "summary", "reference", "score")
_LISTS = ("highlights", "keywords", "courses")


def read_json(data: bytes, name: str) -> Document:
    """JSON from bytes. What looks like JSON and is none is plain text, unless its name says JSON."""
    if len(data) > MAX_MARKUP_BYTES:
        raise LimitReached("markup-bytes", f"a data file may have {MAX_MARKUP_BYTES // MEGABYTE} MB")
    text, warnings = decode(data)
    try:
        value = jobposting.load_json(text)
    except RecursionError:
        raise LimitReached("nesting", "lists and objects lie too deep inside each other") from None
    except ValueError:
        if name.lower().endswith((".json", ".jsonld")):
            raise DamagedDocument("It is called JSON and is not valid JSON.") from None
        return read_string(text)
    with spending() as budget:
        gathering = Gathering(budget)
        gathering.warnings.extend(warnings)
        postings = list(jobposting.postings(value))
        reader = "jobposting" if postings else "jsonresume" if _is_resume(value) else "json"
        steps = {"jobposting": lambda: _posting(postings, gathering), "jsonresume": lambda: _resume(value, gathering)}
        gathering.run(steps.get(reader, lambda: _anything(value, gathering)))
        return gathering.document(reader, "application/json")


def _is_resume(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    return isinstance(value.get("basics"), Mapping) or sum(isinstance(value.get(key), list) for key, _, _ in _SECTIONS) >= 2


def _posting(postings: list[jobposting.Posting], gathering: Gathering) -> None:
    from dlmatch.reading.webpage import html_lines

    posting = postings[0]
    facts = jobposting.stated(posting)
    gathering.stated.update(facts)
    if isinstance(facts.get("title"), str):
        gathering.line(str(facts["title"]), "heading")
    for text in jobposting.texts(posting):
        for line, kind in html_lines(text):
            gathering.line(line, kind)
    if len(postings) > 1:
        gathering.warn("more-postings", f"The file holds {len(postings)} postings; only the first was read.")


def _resume(value: Mapping[str, Any], gathering: Gathering) -> None:
    basics = value.get("basics")
    if isinstance(basics, Mapping):
        _basics(basics, gathering)
    for key, heading, names in _SECTIONS:
        entries = [entry for entry in _as_list(value.get(key)) if isinstance(entry, (Mapping, str)) and entry]
        if entries:
            gathering.line(heading, "heading")
        for entry in entries:
            if isinstance(entry, Mapping):
                _entry(entry, names, gathering)
            else:
                gathering.line(str(entry), "item")


def _basics(basics: Mapping[str, Any], gathering: Gathering) -> None:
    gathering.line(_word(basics.get("name")), "heading")
    gathering.line(_word(basics.get("label")))
    place = basics.get("location")
    parts = (
        [place.get(key) for key in ("address", "postalCode", "city", "region", "countryCode")]
        if isinstance(place, Mapping)
        else [place]
    )
    gathering.line(", ".join(filter(None, map(_word, parts))))
    gathering.line(" | ".join(filter(None, (_word(basics.get(key)) for key in ("email", "phone", "url", "website")))))
    for line in _word(basics.get("summary")).split("\n"):
        gathering.line(line)


def _entry(entry: Mapping[str, Any], names: tuple[str, ...], gathering: Gathering) -> None:
    """The line that names an entry, its dates beside it, then what it says. In skills the keywords stand on that line."""
    named = ", ".join(filter(None, (_word(entry.get(key)) for key in names)))
    keywords = [_word(word) for word in _as_list(entry.get("keywords"))]
    if "level" in names or names == ("name",):
        gathering.line(": ".join(filter(None, (named, ", ".join(filter(None, keywords))))), "item")
        keywords = []
    else:
        gathering.line("  ".join(filter(None, (named, _dates(entry)))))
    for key in _SUMMARIES:
        for line in _word(entry.get(key)).split("\n"):
            gathering.line(line)
    for key in _LISTS:
        for item in keywords if key == "keywords" else _as_list(entry.get(key)):
            gathering.line(_word(item), "item")


def _dates(entry: Mapping[str, Any]) -> str:
    """An entry without an end is going on: the schema's own rule."""
    start, end = _word(entry.get("startDate")), _word(entry.get("endDate"))
    return f"{start} - {end or 'present'}" if start else end


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_word, value)))
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _anything(value: Any, gathering: Gathering) -> None:
    """JSON of no schema we know: every text in it, in order."""
    from dlmatch.reading.webpage import html_lines

    for text in _leaves(value):
        if _TAG.search(text):
            for line, kind in html_lines(text):
                gathering.line(line, kind)
        elif not _LINK.match(text):
            for line in text.split("\n"):
                gathering.line(line)
    gathering.warn("unknown-json", "The JSON is neither a JSON Resume nor a JobPosting; all texts in it were read.")


def _leaves(value: Any) -> Iterable[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, Mapping):
            waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend(reversed(item))
