"""The words and patterns of dates: months in seven languages, seasons, ranges, what means the present."""

from __future__ import annotations

import re

from dlmatch.knowledge.alternatives import by_first_letter

# all patterns are for text in lower case
_MONTH_NAMES = (
    "january jan janvier janv januar januari jänner enero ene gennaio gen janeiro",
    "february feb février fevrier févr fevr februar februari febrero febr febbraio fevereiro fev",
    "march mar mars märz maerz marzo mrz março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juin juni junio giugno giu junho",
    "july jul juillet juil juli julio luglio lug julho",
    "august aug août aout agosto ago augustus",
    "september sept sep septembre septiembre setiembre settembre set setembro",
    "october oct octobre oktober okt octubre ottobre ott outubro",
    "november nov novembre noviembre novembro",
    "december dec décembre decembre déc dezember dez diciembre dic dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
# First and last month of a season. Winter is the term that opens the year: "Winter 2019" is January to March 2019.
SEASONS = {"winter": (1, 3), "spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11)}
PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12)}

_MON = "(?:" + by_first_letter("|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))) + r")(?![^\W\d_])"
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_SEASON = "(?:" + "|".join(SEASONS) + ")"
_WIDE = r"[\s,]{0,3}"


def _point(n: str) -> str:
    return rf"""(?:
      (?P<s{n}>{_SEASON})s?(?:\s*term|\s*semester)?{_WIDE}(?:of\s)?(?P<sy{n}>{_YEAR}|'\d\d)(?!\d)
    | (?:\d{{1,2}}(?:st|nd|rd|th)?[\s.]{{1,3}}(?:of\s)?)?(?P<m{n}>{_MON})[\s,./'-]{{0,3}}
        (?:\d{{1,2}}(?:st|nd|rd|th)?,\s?)?(?P<my{n}>{_YEAR}|\d\d)(?!\d)
    | (?P<iy{n}>{_YEAR})\s?[-./]\s?(?P<im{n}>1[0-2]|0?[1-9])(?:[-./][0-3]?\d(?!\d))?(?!\d|/\d?\d(?!\d))
    | (?P<ky{n}>{_YEAR})[\s,/-]{{1,2}}(?:(?P<km{n}>{_MON})(?![\s.,]{{1,2}}(?:\d|'))|(?P<ks{n}>{_SEASON})(?![\s,]{{1,2}}(?:\d|')|\w))
    | (?P<d{n}>[0-3]?\d)(?P<ds{n}>[-./])(?P<e{n}>[0-3]?\d)(?P=ds{n})(?P<dy{n}>{_YEAR}|\d\d)(?!\d)
    | (?P<nm{n}>1[0-2]|0?[1-9])\s?[-./]\s?(?P<ny{n}>{_YEAR}|'?\d\d)(?![\d/])
    | (?P<p{n}>early|mid|late|q[1-4])[\s,/-]{{0,2}}(?P<py{n}>{_YEAR})(?!\d)
    | (?P<y{n}>{_YEAR})(?!\d)
    | (?P<ay{n}>'\d\d)(?![\d\w])
    )"""


_NOW = (
    r"(?:(?:up\s?)?(?:to|till?|until)[\s-]{0,2}(?:date|now|present|current|today|this\sday)|presently|present|currently|current"
    r"|now|today|on-?going|onwards?|in\sprogress|heute|jetzt|laufend|aujourd'?hui|présent|presente|actualidad|actualmente"
    r"|actuel(?:lement)?|actual|atual(?:mente)?|hoje|o\smomento|heden|oggi|hoy|attuale)(?![^\W\d_])"
)
_SEP = r"\s*(?:\(?-+>?\)?(?:\s?\(?(?:expected|anticipated|est\.|exp\.)\)?)?|~|to|until|till?|through|thru|and\suntil|bis|hasta|até|tot|jusqu'à|à|au|al|a)\s*"
# A dash that text extraction lost leaves a wide gap or nothing at all.
RANGE = re.compile(
    rf"""(?=[\d'adefgjlmnoqsw])(?<![\w.$€£/\\])(?<!\d-)(?:
      (?P<f1>{_YEAR})(?P<f2>{_YEAR})(?!\d)
    | {_point("1")}(?:
          (?:{_SEP}|\s*/\s*|(?P<gap>\s{{2,6}})){_point("2")}
        | (?:{_SEP}|\s*[/,]?\s*)(?P<now>{_NOW}) | {_SEP}(?P<date>date)\b
        | {_SEP}'?(?P<yy>\d\d)(?![\d/.:%])
      )
    | (?P<m3>{_MON})\.?(?:{_SEP}|\s*/\s*|\s{{2,6}})(?P<m4>{_MON})[\s,./'-]{{0,3}}(?P<my4>{_YEAR}|'\d\d)(?!\d)
    | (?P<s3>{_SEASON})(?:{_SEP}|\s*/\s*)(?P<s4>{_SEASON})[\s,]{{0,3}}(?P<sy4>{_YEAR})(?!\d)
    )""",
    re.VERBOSE,
)
ONE = re.compile(rf"(?=[\dadefgjlmnoqsw])(?<![\w.$€£/\\-]){_point('1')}", re.VERBOSE)
FROM = re.compile(r"\bfrom[\s:]*(?:the\s)?$")
SINCE = re.compile(r"\b(?:since|starting|as\sof|depuis|seit|desde)[\s:]*(?:the\s)?$")
DANGLING = re.compile(r"[ \x1f]?-+(?=\s|$)")
