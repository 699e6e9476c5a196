"""schema.org JobPosting, from JSON-LD or microdata, to the facts it states and the text it holds."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dlmatch.reading.countries import iso_code
from dlmatch.reading.gather import clean
from dlmatch.reading.limits import MAX_JSON_DIGITS, MAX_JSON_NESTING, LimitReached

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

Posting = Mapping[str, Any]
_SCRIPT = re.compile(r"<script\b[^<>]*\btype\s*=\s*[\"']?application/ld\+json[\"']?[^<>]*>(.*?)(?:</script\s*>|\Z)", re.S | re.I)
_SIGNS = re.compile(r"\"(?:[^\"\\]+|\\.)*+(?:\"|\Z)|[\[\]{}]", re.S)
_FENCES = re.compile(r"\A\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*\Z")
_PERIODS = {"HOUR": "hour", "DAY": "day", "WEEK": "week", "MONTH": "month", "YEAR": "year"}
_TEXTS = (
    "description", "responsibilities", "qualifications", "skills", "experienceRequirements", "educationRequirements",
    "jobBenefits", "incentiveCompensation",
)  # fmt: skip
_TAG = re.compile(r"<[a-zA-Z/][^>]*>")
_NUMBER = re.compile(r"\d[\d,. \u00a0\u202f]*")
_WORD = re.compile(r"\w+")


def load_json(text: str) -> Any:
    """JSON under limits on nesting and digits."""
    depth = most = 0
    for sign in _SIGNS.findall(text):
        if sign in "[{":
            depth += 1
            most = max(most, depth)
        elif sign in "]}":
            depth -= 1
    if most > MAX_JSON_NESTING:
        raise LimitReached("nesting", f"lists and objects lie more than {MAX_JSON_NESTING} deep inside each other")
    return json.loads(text, parse_int=_number, parse_float=_number, strict=False)


def _number(digits: str) -> float | int:
    if len(digits) > MAX_JSON_DIGITS:
        raise LimitReached("digits", f"a number has more than {MAX_JSON_DIGITS} digits")
    return float(digits) if any(sign in digits for sign in ".eE") else int(digits)


def from_scripts(markup: str) -> list[Posting]:
    """Every JobPosting in a page's JSON-LD."""
    found: list[Posting] = []
    for script in _SCRIPT.findall(markup):
        try:
            found.extend(postings(load_json(_FENCES.sub("", script))))
        except (ValueError, RecursionError):  # scripts that hold no JSON are common, and no reason to refuse the page
            continue
    return found


def postings(value: Any) -> Iterable[Posting]:
    """Every JobPosting anywhere inside a JSON value."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            kind = item.get("@type")
            if "JobPosting" in (kind if isinstance(kind, list) else [kind]) or _is_of(kind):
                yield item
                continue
            waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def _is_of(kind: Any) -> bool:
    return isinstance(kind, str) and kind.rpartition("/")[2] == "JobPosting"


def stated(posting: Posting) -> dict[str, object]:
    """Title, place, pay and date, by the names that facts have in a report; only what is there."""
    country, region, city = _place(posting)
    remote = str(posting.get("jobLocationType", "")).upper() == "TELECOMMUTE" or None
    found = {
        "title": _plain(posting.get("title") or posting.get("name")),
        "country": country,
        "region": region,
        "city": city,
        "remote": remote,
        "pay": _pay(posting),
        "date_posted": _plain(posting.get("datePosted"))[:10] if _plain(posting.get("datePosted")) else None,
    }
    return {key: value for key, value in found.items() if value not in (None, "", {})}


def texts(posting: Posting) -> list[str]:
    """The posting's own texts, as HTML."""
    found: list[str] = []
    for key in _TEXTS:
        value = posting.get(key)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Mapping):
                part = part.get("description") or part.get("name") or part.get("competencyRequired")
            if isinstance(part, str) and part.strip():
                found.append(_markup(part))
    return found


def _markup(text: str) -> str:
    """Descriptions come as HTML, as escaped HTML, and as plain text with line ends."""
    if not _TAG.search(text) and "&lt;" in text:
        text = html.unescape(text)
    if _TAG.search(text):
        return text
    return "<br>".join(html.escape(html.unescape(line), quote=False) for line in text.splitlines())


def missing_lines(lines: list[tuple[str, Any]], body: str) -> list[tuple[str, Any]]:
    """The lines whose words the page's body does not show already, compared without regard to signs and spaces."""
    shown = f" {' '.join(_WORD.findall(body.lower()))} "
    return [(text, kind) for text, kind in lines if f" {' '.join(_WORD.findall(text.lower()))} " not in shown]


def _plain(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, (str, int, float)):
        return ""
    return " ".join(clean(html.unescape(_TAG.sub(" ", str(value)))).split())


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _place(posting: Posting) -> tuple[str | None, str | None, str | None]:
    """Country (ISO-2), region, city of the first place of work, or of where the applicant may live."""
    place = _first(posting.get("jobLocation")) or _first(posting.get("applicantLocationRequirements"))
    if not isinstance(place, Mapping):
        return iso_code(_plain(place)), None, None
    address = _first(place.get("address")) or place
    if isinstance(address, str):
        return None, None, _plain(address.split(",")[0]) or None
    if not isinstance(address, Mapping):
        return None, None, None
    country = _first(address.get("addressCountry"))
    if isinstance(country, Mapping):
        country = country.get("name") or country.get("identifier")
    if country is None and place.get("@type") == "Country":
        country = place.get("name")
    return iso_code(_plain(country)), _plain(address.get("addressRegion")) or None, _plain(address.get("addressLocality")) or None


def _pay(posting: Posting) -> dict[str, object] | None:
    salary = _first(posting.get("baseSalary")) or _first(posting.get("estimatedSalary"))
    if not isinstance(salary, Mapping):
        amount = _amount(salary)
        currency = _plain(posting.get("salaryCurrency")).upper()
        return {"min": amount, "max": amount, "currency": currency, "period": "year"} if amount and currency else None
    value = _first(salary.get("value"))
    inner = value if isinstance(value, Mapping) else salary
    single = _amount(inner.get("value") if isinstance(value, Mapping) else value)
    low = _amount(inner.get("minValue"))
    high = _amount(inner.get("maxValue"))
    low, high = (low if low is not None else single), (high if high is not None else single)
    if low is None and high is None:
        return None
    unit = _plain(inner.get("unitText") or salary.get("unitText") or salary.get("duration") or "YEAR").upper()
    currency = _plain(salary.get("currency") or inner.get("currency") or posting.get("salaryCurrency")).upper()
    return {"min": low, "max": high, "currency": currency, "period": _PERIODS.get(unit.removesuffix("LY"), "year")}


def _amount(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if 0 < value < 1e12 else None
    found = _NUMBER.search(value) if isinstance(value, str) and len(value) < 60 else None
    if not found:
        return None
    digits = re.sub(r"[\s,]", "", found[0]).rstrip(".")
    try:
        return float(digits) or None
    except ValueError:
        return None


def from_microdata(parser: LexborHTMLParser) -> dict[str, object]:
    """What a JobPosting in microdata states; its text is in the page already."""
    scope = parser.css_first("[itemscope][itemtype$='schema.org/JobPosting']")
    return stated(_item(scope, 0)) if scope is not None else {}


def _item(scope: LexborNode, depth: int) -> dict[str, Any]:
    """The properties of one itemscope, nested scopes as objects."""
    found: dict[str, Any] = {}
    for node in scope.css("[itemprop]"):
        owner = node.parent
        while owner is not None and owner.mem_id != scope.mem_id and "itemscope" not in owner.attributes:
            owner = owner.parent
        if owner is None or owner.mem_id != scope.mem_id or node.mem_id == scope.mem_id:
            continue
        value: Any = _item(node, depth + 1) if "itemscope" in node.attributes and depth < 6 else _property(node)
        for key in (node.attributes.get("itemprop") or "").split():
            found.setdefault(key, value)
    return found


def _property(node: LexborNode) -> str:
    attributes = node.attributes
    for key in ("content", "datetime"):
        if attributes.get(key):
            return str(attributes[key])
    return " ".join(node.text(separator=" ").split())
