"""Folds the spellings of a word that mean the same: letters, plural and singular, British and American."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

JOINERS = ("/", "&", ".")  # signs that join two words into one name: CI/CD, R&D, Node.js
INVISIBLE = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff\u0300-\u036f]")
# Letters of other scripts that look like Latin ones; folded for matching only, quotes keep the original.
LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅαοινρτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧⅰⅴⅹⅼⅽⅾⅿ",
    "aeopcyxijshdqwABEKMHOPCTXIJSaoivptuABEZHIKMNOPTYXivxlcdm",
)

IRREGULAR_PLURALS = {
    "analyses": "analysis", "hypotheses": "hypothesis", "matrices": "matrix", "indices": "index", "criteria": "criterion",
    "biases": "bias", "vertices": "vertex", "theses": "thesis", "people": "person", "children": "child", "cvs": "cv",
}  # fmt: skip
# Endings of words that only look like plurals: statistics, analysis, pandas, campus, process.
NOT_PLURAL = re.compile(r"(?:ics|is|as|us|ss|os|ys|\d)$")
SIBILANT = re.compile(r"(?:sses|xes|shes|tches|zzes)$")
AMERICAN = (
    (re.compile(r"is(?=ations?$|e[drs]?$|ing$|able$|ers$)"), "iz"),
    (re.compile(r"lys(?=e[drs]?$|ing$|ers$)"), "lyz"),
    (re.compile(r"^(behavi|col|fav|lab|neighb|hon|endeav)our"), r"\1or"),
    (re.compile(r"^(re)?(model|label|travel|signal|level|channel|counsel|cancel|tunnel)l(?=ed$|ing$|ers?$)"), r"\1\2"),
    (re.compile(r"^programme(?=s?$)"), "program"),
    (re.compile(r"centre"), "center"),
    (re.compile(r"^(cata|dia)logue"), r"\1log"),
    (re.compile(r"^defence"), "defense"),
    (re.compile(r"^judgement"), "judgment"),
)
BRITISH = (
    (re.compile(r"iz(?=ations?$|e[drs]?$|ing$|able$|ers$)"), "is"),
    (re.compile(r"lyz(?=e[drs]?$|ing$|ers$)"), "lys"),
    (re.compile(r"^(behavi|col|fav|lab|neighb|hon|endeav)or"), r"\1our"),
    (re.compile(r"^(re)?(model|label|travel|signal|level|channel|counsel|cancel|tunnel)(?=ed$|ing$|ers?$)"), r"\1\2l"),
    (re.compile(r"^program(?=s?$)"), "programme"),
    (re.compile(r"center"), "centre"),
    (re.compile(r"^(cata|dia)log(?=s?$)"), r"\1logue"),
    (re.compile(r"^defense"), "defence"),
    (re.compile(r"^judgment"), "judgement"),
)


def fold(word: str) -> str:
    """A word without case, compatibility forms, accents, invisible and look-alike letters."""
    plain = unicodedata.normalize("NFKD", INVISIBLE.sub("", word))
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(LOOK_ALIKE).lower()


@cache
def key_of(word: str) -> str:
    """The one form that stands for all spellings of a lower-case word."""
    for pattern, american in AMERICAN:
        word = pattern.sub(american, word)
    return _singular(word)


def _singular(word: str) -> str:
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or NOT_PLURAL.search(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if SIBILANT.search(word) else word[:-1]


def _plurals(word: str) -> set[str]:
    if len(word) < 2 or not word[-1].isalpha() or word.endswith("s"):
        return {word + "es"} if word.endswith("ss") else set()
    if word.endswith("y") and word[-2] not in "aeiou":
        return {word[:-1] + "ies"}
    return {word + ("es" if word.endswith(("x", "sh", "tch", "zz")) else "s")}


def spellings(word: str) -> set[str]:
    """Every spelling of a lower-case word that a text may use in its place."""
    forms = {word, key_of(word)}
    for table in (AMERICAN, BRITISH):
        for form in tuple(forms):
            for pattern, other in table:
                forms.add(pattern.sub(other, form))
    for form in tuple(forms):
        forms |= _plurals(form)
    return {form for form in forms | {p for p, s in IRREGULAR_PLURALS.items() if s in forms} if key_of(form) == key_of(word)}
