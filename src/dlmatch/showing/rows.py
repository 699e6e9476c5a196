"""A report, or the error that stood in its place, as one row of a flat table whose columns are declared here once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, Literal

from dlmatch.errors import DlmatchError
from dlmatch.model.report import JobFacts, Report, ResumeFacts

ColumnType = Literal["text", "int", "float", "bool", "texts"]
Row = dict[str, Any]  # every name of COLUMNS, in their order; None where there is nothing to say
_listed: Final = json.JSONEncoder(ensure_ascii=False).encode  # made once: json.dumps would make one for each list


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name and type are stable, its meaning is what README prints."""

    name: str
    type: ColumnType
    meaning: str


def _column(name: str, kind: ColumnType, meaning: str) -> Column:
    return Column(name=name, type=kind, meaning=meaning)


# New columns go to the end: those who read by position stay right.
COLUMNS: Final[tuple[Column, ...]] = (
    _column("id", "text", "the input: a path within SOURCE, or the table's id (its row number where it has none)"),
    _column("name", "text", "the file's name, or the table's title"),
    _column("kind", "text", "`resume` or `job`; empty where `auto` had nothing to go by"),
    _column("kind_sure", "text", "`given`, or what `auto` makes of its own choice: `sure`, `likely`, `unsure`"),
    _column("status", "text", "`ok`, `partial`, `empty`, `refused` or `failed`; only `ok` and `partial` have a score"),
    _column("slug", "text", "what kept it from being read, by the table of errors; empty where it was read"),
    _column("error", "text", "the same as a sentence"),
    _column("score", "float", "how much of the role it covers, 0 to 100"),
    _column("title", "text", "the title it states"),
    _column("seniority", "text", "intern, entry, mid, senior, lead"),
    _column("years", "float", "resume: years of experience; ad: years asked at least"),
    _column("years_max", "float", "ad: years asked at most"),
    _column("degree", "text", "none, bachelor, master, phd: highest (resume) or lowest asked (ad)"),
    _column("country", "text", "two letters, such as US"),
    _column("region", "text", "state or province"),
    _column("city", "text", "the city"),
    _column("remote", "bool", "ad: remote or not, where it says"),
    _column("pay_min", "float", "ad: least pay stated"),
    _column("pay_max", "float", "ad: most pay stated"),
    _column("pay_currency", "text", "its currency, such as USD"),
    _column("pay_period", "text", "year, month, week, day, hour"),
    _column("salary_region", "text", "the country of the implied band"),
    _column("salary_low", "float", "its low end"),
    _column("salary_mid", "float", "the place in it that the score gives"),
    _column("salary_high", "float", "its high end"),
    _column("salary_currency", "text", "its currency"),
    _column("salary_period", "text", "its period"),
    _column("salary_level", "text", "its level"),
    _column("salary_reason", "text", "why there is no band"),
    _column("stated_relation", "text", "stated pay against the band: below, within, above, overlaps, not-compared"),
    _column("stated_percent", "float", "by how many percent it lies below or above"),
    _column("skills", "texts", "all skills named, sorted by id"),
    _column("required", "texts", "ad: those required"),
    _column("preferred", "texts", "ad: those preferred"),
    _column("mentioned", "texts", "ad: those only mentioned"),
    _column("demonstrated", "texts", "resume: those shown in dated work, projects or publications"),
    _column("listed", "texts", "resume: those only listed"),
    _column("missing", "texts", "requirements not met in full, the largest gain first"),
    _column("top_gap", "text", "the first of them"),
    _column("top_gain", "float", "what the score would gain by it"),
    _column("findings", "texts", "codes of what a reader should know, such as hidden-text"),
    _column("warnings", "texts", "codes of what made reading harder or less complete"),
    _column("reader", "text", "what read it"),
    _column("pages", "int", "pages, where it has pages"),
    _column("characters", "int", "characters of visible text"),
    _column("bytes", "int", "size of the input"),
    _column("sha256", "text", "its digest"),
    _column("as_of", "text", "the day that `present` means"),
    _column("dlmatch", "text", "the version"),
    _column("taxonomy", "text", "digest of the taxonomy"),
)
NAMES: Final = tuple(column.name for column in COLUMNS)
# What the reading of a file came to, by the slug of its error; every other slug is `failed`.
STATUS_OF: Final[Mapping[str, str]] = {
    "empty-document": "empty",
    "no-text-layer": "empty",
    "unsupported-format": "refused",
    "encrypted-document": "refused",
    "document-too-large": "refused",
    "limit-exceeded": "refused",
}
READ: Final = frozenset({"ok", "partial"})


def report_row(report: Report, *, id: str = "", name: str = "", kind_sure: str = "given") -> Row:
    """The row of a report. `id` and `name` are those of the source where they are given."""
    row = _blank()
    row["id"] = safe_text(id or report.source.name)
    row["name"] = safe_text(name or report.source.name)
    row["kind"], row["kind_sure"], row["status"] = report.kind, kind_sure, report.read.status
    row["score"] = float(report.coverage.score)
    _put_facts(row, report.facts)
    _put_salary(row, report)
    _put_skills(row, report)
    _put_gaps(row, report)
    _put_reading(row, report)
    return row


def error_row(error: DlmatchError, *, id: str = "", name: str = "", kind: str | None = None, kind_sure: str = "given") -> Row:
    """The row of an input that could not be read: what it was, its status, the error's slug and sentence."""
    row = _blank()
    row |= {"id": safe_text(id or error.where), "name": safe_text(name or error.where)}
    row |= {"kind": kind, "kind_sure": kind_sure if kind else None, "status": STATUS_OF.get(error.slug, "failed")}
    row |= {"slug": error.slug, "error": safe_text(f"{error.what} {error.next_step}".strip())}
    return row


def cell(value: Any) -> str | int | float | None:
    """A value for tables that have no lists and no booleans: a list as JSON, whole floats without a fraction."""
    if isinstance(value, (list, tuple)):
        return _listed(list(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value  # type: ignore[no-any-return]  # a row holds text, numbers and nothing else


def safe_text(text: str) -> str:
    """Text that every file format takes on one line: control letters and lone surrogates are escaped."""
    if text.isprintable():
        return text
    return "".join(letter if _fits(letter) else f"\\u{ord(letter):04x}" for letter in text)


def _fits(letter: str) -> bool:
    return letter.isprintable() or (letter.isspace() and letter not in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")


def _blank() -> Row:
    return dict.fromkeys(NAMES)


def _text(value: str | None) -> str | None:
    return safe_text(" ".join(value.split())) if value else None


def _number(value: float | int | None) -> float | None:
    return None if value is None else float(value)


def _put_facts(row: Row, facts: JobFacts | ResumeFacts) -> None:
    row["title"], row["seniority"] = _text(facts.title), facts.seniority
    row["country"], row["region"], row["city"] = facts.country, _text(facts.region), _text(facts.city)
    if isinstance(facts, ResumeFacts):
        row["years"], row["degree"] = _number(facts.experience_years), facts.degree_max
        return
    row["years"], row["years_max"] = _number(facts.years_min), _number(facts.years_max)
    row["degree"], row["remote"] = facts.degree_min, facts.remote
    pay = facts.pay
    if pay is not None:
        row["pay_min"], row["pay_max"] = _number(pay.min), _number(pay.max)
        row["pay_currency"], row["pay_period"] = pay.currency, pay.period


def _put_salary(row: Row, report: Report) -> None:
    band = report.salary
    if band is None:
        row["salary_reason"] = _text(report.salary_reason)
        return
    row["salary_region"], row["salary_level"] = band.region, band.level
    row["salary_low"], row["salary_mid"], row["salary_high"] = _number(band.low), _number(band.mid), _number(band.high)
    row["salary_currency"], row["salary_period"] = band.currency, band.period
    if band.stated:
        row["stated_relation"], row["stated_percent"] = band.stated.get("relation"), _number(band.stated.get("percent"))


def _put_skills(row: Row, report: Report) -> None:
    ids = sorted([(skill.id, skill.need or skill.shown) for skill in report.skills], key=itemgetter(0))
    row["skills"] = [id for id, _ in ids]
    for name in ("required", "preferred", "mentioned") if report.kind == "job" else ("demonstrated", "listed"):
        row[name] = [id for id, value in ids if value == name]


def _put_gaps(row: Row, report: Report) -> None:
    row["missing"] = [gap.requirement for gap in report.gaps]
    if report.gaps:
        row["top_gap"], row["top_gain"] = report.gaps[0].requirement, float(report.gaps[0].gain)


def _put_reading(row: Row, report: Report) -> None:
    read, source, made = report.read, report.source, report.made_with
    row["findings"] = sorted({finding.code for finding in report.findings}) if report.findings else []
    row["warnings"] = sorted({warning.code for warning in read.warnings}) if read.warnings else []
    row["reader"], row["pages"], row["characters"] = read.reader, read.pages, read.characters
    row["bytes"], row["sha256"] = source.bytes, source.sha256
    row["as_of"], row["dlmatch"], row["taxonomy"] = made.as_of, made.dlmatch, made.taxonomy
