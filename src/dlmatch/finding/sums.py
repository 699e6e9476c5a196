"""Reads sums and ranges of money: numbers in every usual spelling, thousands, lakhs and crores, currency, period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNS = (
    "$=USD US$=USD U.S.$=USD CA$=CAD C$=CAD CDN$=CAD A$=AUD AU$=AUD S$=SGD NZ$=NZD HK$=HKD R$=BRL MX$=MXN €=EUR £=GBP "
    "₹=INR RS=INR RS.=INR "
    "¥=JPY ₪=ILS ZŁ=PLN ₩=KRW ₺=TRY EURO=EUR EUROS=EUR RUPEES=INR DOLLARS=USD"
)
SIGNS = dict(pair.split("=") for pair in _SIGNS.split())
_CODES = (
    "USD EUR GBP INR CAD AUD SGD CHF NZD HKD PLN SEK DKK NOK CZK HUF RON AED SAR BRL MXN JPY ILS ZAR KRW PHP MYR THB IDR "
    "COP ARS CLP NGN KES EGP PKR CNY"
)
CODES = tuple(_CODES.split())
# the other codes count where a sign or a word for pay leads to them
USUAL_CODES = ("USD", "EUR", "GBP", "INR", "CAD", "AUD", "SGD", "CHF", "PLN", "SEK", "AED")
OWN_DOLLAR = {"CA": "CAD", "AU": "AUD", "SG": "SGD", "NZ": "NZD", "HK": "HKD"}  # where a bare $ is not the American one

MONEY_SIGN = (
    r"(?-i:US ?|U\.S\. ?|CA|CDN|C|AU|A|S|NZ|HK|R|MX)?\$|[€£₹¥₪₩₺]|zł|\bRs\b\.?|(?-i:\b(?:%s)\b)|\b(?:usd|eur|gbp|inr|cad"
    r"|euros?|rupees|dollars)\b"
).replace("%s", "|".join(CODES))
CURRENCY = rf"(?:(?:{MONEY_SIGN})(?:\s?(?:{MONEY_SIGN}))?)"
NUMBER = r"\d{1,3}(?:[,.’'\u00a0\u202f]\d{2,3})+(?:[.,]\d{1,2}(?!\d))?|\d{1,3}(?: \d{3})+(?!\d)|\d+(?:\.\d{1,2}(?!\d))?"
SUFFIX = r"(?:k|lpa|lakhs?|lacs?|l|crores?|cr|thousand|millions?|mm|mn|m|billions?|bn|b)\b\.?"
PER = (
    r"(?:\s?\bgross\b)?\s?(?:/|\bper\b|\ban?\b)\s?(?:hour|hr|h|year|yr|annum|month|mo|week|wk|day)\b\.?|\s?\b(?:p\.?\s?a|p\.?\s?m"
    r"|annually|yearly|hourly|monthly|LPA)\b\.?"
)


def _amount(n: int) -> str:
    """The pattern of the first or second amount of a range; its groups end in the number."""
    return (
        rf"(?P<before{n}>{CURRENCY})?\s{{0,2}}(?<![\d.,/])(?P<number{n}>{NUMBER})\+?(?:\s?(?P<suffix{n}>{SUFFIX}))?"
        rf"(?:\s?(?P<after{n}>{CURRENCY}))?(?P<per{n}>{PER})?"
    )


SHORT = 3  # digits
DIGIT = re.compile(r"\d")
LONGEST_SIGN = 12  # characters before a number: "US$ USD 5"
DASH = (
    r"(?:\s?\bgross\b)?\s?[*_]*\s{0,2}(?:[-–—―‑‒−~]+|\bto\b|\band\b|\bup to\b|\bthrough\b|(?:\bper annum |\bannually )\bup to)"
    r"\s?[*_]*\s{0,2}(?:up to\s)?(?:an? (?:maximum|max|total) of\s)?"
)
RANGE = re.compile(_amount(1) + rf"(?:{DASH}{_amount(2)})?", re.I)
LEAST = re.compile(r"\W*min", re.I)
LEAST_AND_MOST = re.compile(
    rf"\bmin(?:imum)?\b[^\d\n]{{0,30}}?{_amount(1)}.{{0,120}}?\bmax(?:imum)?\b[^\d\n]{{0,30}}?{_amount(2)}", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum or range of money in the text."""

    least: float
    most: float | None
    currency: str | None
    per: str
    start: int
    end: int
    lakh: bool = False


def sums_in(text: str, start: int, end: int, country: str | None) -> Iterator[Sum]:
    least = LEAST.match(text, start, end)
    if least is not None:
        both = LEAST_AND_MOST.match(text, least.end() - 3)
        if both is not None:
            end = max(end, both.end())
            money = _sum(both, text, country)
            if money is not None:
                yield money
    while (digit := DIGIT.search(text, start, end)) is not None:
        match = RANGE.search(text, max(start, digit.start() - LONGEST_SIGN), end)
        if match is None:
            return
        start = match.start("before2") if _no_range(match) else match.end()
        money = _sum(match, text, country) if start == match.end() else None
        if money is not None:
            yield money


def _no_range(match: re.Match[str]) -> bool:
    """Whether the first number only stands before a sum, as a grade does: "Level 1 - $110,000"."""
    first, second = match["number1"], match["number2"]
    bare = not (match["before1"] or match["suffix1"] or match["after1"])
    return bool(second and match["before2"] and bare and len(first) <= SHORT and len(second) > SHORT)


def _sum(match: re.Match[str], text: str, country: str | None) -> Sum | None:
    """The matched words as numbers; None for millions and for what is no money."""
    suffixes = [(match[f"suffix{n}"] or "").lower().rstrip(".s") for n in (1, 2)]
    if any(s.startswith(("m", "b")) for s in suffixes):
        return None
    signs = " ".join(match[group] or "" for group in ("before1", "after1", "before2", "after2"))
    currency = _currency(signs, text[match.start() : match.end() + 60], country)
    pers = f"{match['per1'] or ''} {match['per2'] or ''}"
    lakh = any(s.startswith(("l", "c")) for s in suffixes) or "lpa" in pers.lower()
    if lakh and currency not in (None, "INR"):
        return None
    numbers = [_number(match[f"number{n}"]) if match[f"number{n}"] else None for n in (1, 2)]
    least, most = numbers
    assert least is not None  # the pattern has no match without a first number
    if most is not None and not suffixes[0] and suffixes[1] and least < 1000:
        suffixes[0] = suffixes[1]
    if most is not None and suffixes[0] and not suffixes[1] and most < 1000:
        suffixes[1] = suffixes[0]
    if "lpa" in pers.lower() and not any(suffixes) and least < 1000:
        suffixes = ["lpa", "lpa"]
    least *= _times(suffixes[0])
    most = None if most is None else most * _times(suffixes[1])
    start, end = _trimmed(text, match.start(), match.end())
    known = "INR" if lakh and currency is None else currency
    return Sum(least, most, known, pers, start, end, lakh)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \u00a0*_":
        start += 1
    while end > start and text[end - 1] in " \u00a0*_":
        end -= 1
    return start, end


def _number(words: str) -> float:
    """12,00,000 and 120,000.00 and 70.000 and 60 000 as numbers: a last group of three digits is thousands."""
    words = re.sub(r"[’'\u00a0\u202f ]", ",", words)
    whole, mark, cents = words, "", ""
    last = max(words.rfind(","), words.rfind("."))
    if last >= 0 and (len(words) - last - 1 != 3 or (words[last] == "." and "." not in words[:last] and "," in words[:last])):
        whole, mark, cents = words[:last], ".", words[last + 1 :]
    if last >= 0 and words[last] == "." and words.count(".") == 1 and len(words) - last - 1 == 3 and last > 3:
        return float(words.replace(",", ""))
    return float(re.sub(r"[,.]", "", whole) + (mark + cents if cents else ""))


def _times(suffix: str) -> float:
    if suffix.startswith("l"):
        return 100_000
    if suffix.startswith("c"):
        return 10_000_000
    return 1000 if suffix in ("k", "thousand") else 1


def _currency(signs: str, beside: str, country: str | None) -> str | None:
    """The currency by code before sign; a bare $ is the country's own dollar unless the words beside say otherwise."""
    words = signs.upper().split()
    code = next((word for word in words for word in (word[:3],) if word in CODES), None)
    sign = next((SIGNS[word] for word in words if word in SIGNS), None)
    glued = re.search(r"[A-Z.]{0,4}\$|[€£₹¥₪₩₺]", signs.upper())
    sign = sign or (SIGNS.get(glued.group(), "USD") if glued else None)
    if code is None and sign == "USD":
        named = re.search(r"\b(?:CAD|AUD|SGD|NZD|HKD|USD|MXN)\b|\b(?:Canadian|Australian)\b", beside)
        if named:
            return {"Canadian": "CAD", "Australian": "AUD"}.get(named.group(), named.group())
        return OWN_DOLLAR.get(country or "", "USD")
    return code or sign
