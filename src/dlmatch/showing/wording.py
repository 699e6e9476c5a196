"""Ids, codes and small facts of a report into the words that people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dlmatch.model.document import Finding, ReadWarning
from dlmatch.model.report import Evidence, Group
from dlmatch.showing.amounts import count
from dlmatch.showing.outline import Cell, Tone
from dlmatch.showing.quoting import clean, quoted

COUNTRIES: Final[Mapping[str, str]] = {
    "AE": "United Arab Emirates", "AU": "Australia", "BR": "Brazil", "CA": "Canada", "CH": "Switzerland", "CN": "China",
    "DE": "Germany", "ES": "Spain", "FR": "France", "GB": "United Kingdom", "IE": "Ireland", "IL": "Israel", "IN": "India",
    "IT": "Italy", "JP": "Japan", "KR": "South Korea", "MX": "Mexico", "NL": "Netherlands", "PL": "Poland", "SE": "Sweden",
    "SG": "Singapore", "US": "United States",
}  # fmt: skip
DEGREES: Final[Mapping[str, str]] = {"none": "none", "bachelor": "Bachelor's", "master": "Master's", "phd": "PhD"}
REASONS: Final[Mapping[str, str]] = {
    "homograph": "another word",
    "negated": "denied",
    "hidden": "hidden text",
    "other-sense": "another sense",
}
AMOUNT: Final = ((85, "nearly all"), (65, "most"), (45, "about half"), (25, "some"), (5, "little"), (0, "next to nothing"))
TONES: Final[Mapping[str, Tone]] = {
    "demonstrated": "good",
    "listed": "plain",
    "required": "strong",
    "preferred": "plain",
    "mentioned": "quiet",
}


ORDER: Final = (  # the order in which people read categories; others follow, then these last two
    "programming", "frameworks-and-libraries", "machine-learning", "deep-learning", "mathematics", "data", "deployment", "cloud",
    "tools", "computer-science-and-software-engineering", "web", "applications", "emerging-and-responsible-AI",
)  # fmt: skip
LAST: Final = ("credentials", "soft-skills")
SECTIONS: Final[Mapping[str, str]] = {"top": "At the top", "required": "", "preferred": "", "mentioned": ""}  # the need says it


def category_order(category: str) -> tuple[int, str]:
    """A key that sorts categories as people read them."""
    if category in LAST:
        return len(ORDER) + 1 + LAST.index(category), category
    return (ORDER.index(category) if category in ORDER else len(ORDER)), category


def title_case(name: str) -> str:
    """An id such as frameworks-and-libraries as a heading: Frameworks and libraries."""
    words = clean(name).replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]


def named(skill_id: str, names: Mapping[str, str]) -> str:
    """The skill's name; without one, its id in plain words."""
    return clean(names.get(skill_id) or skill_id.replace("-", " "))


def some_of(ids: Iterable[str], names: Mapping[str, str], limit: int | None = 6, step: int = 1) -> str:
    """Python; any one of AWS, Azure, Google Cloud; any 2 of a, b, c."""
    known = [named(skill_id, names) for skill_id in ids]
    if len(known) == 1:
        return known[0]
    shown = known if limit is None or len(known) <= limit + 1 else [*known[:limit], f"{len(known) - limit} others"]
    return f"any {'one' if step == 1 else step} of " + ", ".join(shown)


def listing(words: Iterable[str], limit: int = 4) -> str:
    """a, b and c; a, b, c, d and 5 more."""
    known = list(words)
    if len(known) > limit + 1:
        known = [*known[:limit], f"{len(known) - limit} more"]
    return " and ".join([", ".join(known[:-1]), known[-1]]) if len(known) > 1 else "".join(known)


def country(code: str | None) -> str:
    """A country's name; the code itself where it is not in the table."""
    return COUNTRIES.get(code or "", code or "")


def place(city: str | None, region: str | None, code: str | None) -> str:
    """San Francisco, California, United States."""
    return ", ".join(clean(part) for part in (city, region, country(code)) if part)


def amount_of(score: float) -> str:
    """A score in words: most, about half, some."""
    return next(words for floor, words in AMOUNT if score >= floor)


def score_tone(score: float) -> Tone:
    """Green from 65, yellow from 45, red below."""
    return "good" if score >= 65 else "fair" if score >= 45 else "bad"


def met_counts(groups: Iterable[Group]) -> str:
    """18 of 29 requirements in full, 3 in part."""
    credits = [group.credit for group in groups]
    full, part = sum(credit >= 1 for credit in credits), sum(0 < credit < 1 for credit in credits)
    text = f"{full} of {count(len(credits), 'requirement')} in full"
    return f"{text}, {part} in part" if part else text


def proof(evidence: tuple[Evidence, ...], name: str, width: int = 44) -> Cell:
    """Where the words stand and, where they differ from the skill's name, the words: "wrangled data"  Experience, p.2."""
    if not evidence:
        return Cell("", "quiet")
    telling = next((item for item in evidence if clean(item.quote).casefold() != name.casefold()), evidence[0])
    same = clean(telling.quote).casefold() == name.casefold()
    section = SECTIONS.get(telling.section, title_case(telling.section))
    where = ", ".join(part for part in (section, page(telling.page)) if part)
    times = f"×{len(evidence)}" if len(evidence) > 1 else ""
    words = "" if same and where else quoted(telling.quote, width)
    return Cell("  ".join(part for part in (words, where, times) if part), "quiet")


def page(number: int | None) -> str:
    """p.2, or nothing where pages are not known."""
    return f"p.{number}" if number else ""


def noticed(item: Finding | ReadWarning, quote: str = "") -> str:
    """What was found or met while reading, with its page, its words and its code."""
    where = f" ({page(item.page)})" if item.page else ""
    words = f" {quoted(quote, 80)}" if quote else ""
    return f"{clean(item.message)}{where}{words} [{clean(item.code)}]"
