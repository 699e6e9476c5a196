"""Turns the words of an ad about pay into the base pay it states: least, most, currency and period, nothing converted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from dlmatch.finding.anchors import lower_case, spots
from dlmatch.finding.scan import Scan
from dlmatch.finding.sums import USUAL_CODES, Sum, sums_in
from dlmatch.model.report import Pay

SIGN_CHARACTERS = tuple("$€£₹¥₪₩₺")
NUMBER = re.compile(r"\d[\d.,’']*\d")  # a wage has two digits at least
LARGE = re.compile(r"\d{2,3}(?:[,. ]\d{3}|k\b)|\d(?:[,. ]\d{3}){2}", re.I)
UNIT = re.compile("|".join((*(code.lower() for code in USUAL_CODES), r"\brs\b|rupee|lacs|crore|\bcr\b|\d ?l\b")))  # in lower case
LPA, LAKH = "lpa", "lakh"  # these stand beside numbers of one digit too
PAY_WORD = re.compile(r"salary|compensation|pay |base ")  # in lower case; beside these a range counts without a currency
BEFORE, BEHIND, FAR = 8, 14, 66  # characters around a number where a unit stands, and before it where a word for pay does
ABOUT_PAY = re.compile(  # this and the patterns behind it: in lower case
    r"\b(?:salar(?:y|ies)|compensation|comp|pays?|paying|wages?|base|(?:hourly|daily|pay|contract|bill) rate|ctc|package"
    r"|remuneration|earn|lpa|in-hand|per annum|stipend of|gehalt|jahresgehalt|monatsgehalt|verg\u00fctung|brutto)\b",
)
# what money in an ad is when it is no pay
OTHER_MONEY = re.compile(
    r"\b(?:rais(?:ed|ing)|fund(?:s|ed|ing|raising)?|valu(?:ed|ation)|revenues?|arr|gmv|series [a-f]|budgets?|portfolio"
    r"|invest\w*|bonus(?:es)?|equity|stocks?|rsus?|"
    r"stipend|allowance|reimburse\w*|match(?:ing|ed)?|gifts?|referrals?|sign(?:ing)?[- ]?on|retention|relocation|assets"
    r"|aum|markets?|industry|deductible|"
    r"insurance|donat\w+|charit\w+|grants?|prizes?|fines?|credits?|discounts?|wellness|(?<!machine )(?<!deep )learning|tuition|education|training"
    r"|home[- ]office|equipment|per diem|fees?|costs?|"
    r"worth|spend\w*|transactions?|sales|quota|commissions?|on[- ]target|ote|variable|incentives?|contracts? (?:worth"
    r"|up to)|loans?|payments? (?:volume|of)|process\w*|sav(?:ed|ings?)|customers?|monthly allowance|401)\b",
)
AFTER_OTHER = re.compile(
    r"\s*[\w-]{0,12}\s?(?:(?:annual |yearly |sign(?:ing)?[- ]on |performance |referral |target |cash )?(?:bonus|stipend"
    r"|allowance|budget|credit|gift|match|"
    r"reimbursement|valuation|revenue|funding|commission|ote|on[- ]target)|in (?:funding|revenue|assets|equity|sales|arr)"
    r"|market|industry|company|business|worth of|to spend|towards?|for (?:learning|education|training|books|equipment))\b",
)
ON_TARGET = re.compile(r"\b(?:ote|on[- ]target earnings?|bonus (?:of|target)|equity (?:of|range))\b")
Period = Literal["year", "month", "week", "day", "hour"]
PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    ("hour", re.compile(r"(?:/|\bper |\ban? )\s?(?:hour|hr|h)\b|\bhourly\b")),
    ("day", re.compile(r"(?:/|\bper |\ba )\s?day\b|\bdaily (?:rate|pay)\b")),
    ("week", re.compile(r"(?:/|\bper |\ba )\s?(?:week|wk)\b|\bweekly (?:rate|pay)\b")),
    (
        "month",
        re.compile(r"(?:/|\bper |\ba )\s?(?:month|mo)\b|\bmonthly\b|\bp\.?\s?m\b|\b(?:pro|im) monat\b|\bmonat(?:lich|sgehalt)"),
    ),
    (
        "year",
        re.compile(
            r"(?:/|\bper |\ba )\s?(?:year|yr|annum)\b|\bannual(?:ly|ised|ized)?\b|\byearly\b|\bp\.?\s?a\b|\blpa\b|\bctc\b"
        ),
    ),
)
BARE_L = re.compile(r"^[\d.,]+ ?l\b")  # "1.5L - 2L" without a sign of money is rupees only where pay is told
STOP = re.compile(r"[.;](?:\s|$)|\$")
BASE = re.compile(r"\s*(?:base|salary|per annum|annually)\b")
FROM = re.compile(r"(?:\bfrom|starting (?:at|from)|at least|minimum(?: of)?|above|over)\W*$")
UP_TO = re.compile(r"\b(?:up ?to|max(?:imum)?(?: of)?|as much as)\W*$")
LONGEST_LABEL = 40  # characters of a heading such as `Compensation`
MOST_SUMS = 150  # no ad names more; the rest of such a text is not read for pay
LEAST_YEARLY, LEAST_YEARLY_RUPEES, LEAST_MONTHLY = 9_000, 150_000, 1_000
PLAUSIBLE: dict[Period, tuple[int, int]] = {
    "hour": (4, 1500),
    "day": (20, 8000),
    "week": (80, 20_000),
    "month": (250, 150_000),
    "year": (6_000, 3_000_000),
}
# how many of these buy a dollar, roughly: only to tell wages from other sums, nothing is converted
_RATES = (
    "INR=25 JPY=100 KRW=900 HUF=250 PHP=30 CZK=15 IDR=9000 COP=3000 CLP=600 ARS=300 NGN=500 PKR=150 KES=80 EGP=20 THB=20 TRY=15"
)
SMALL_UNITS = {code: int(rate) for code, rate in (pair.split("=") for pair in _RATES.split())}


def stated_pay(ad: Scan, *, country: str | None = None) -> Pay | None:
    """The base pay the text states; the first range where several are given. `country` says whose dollar a bare $ is."""
    text = ad.text
    single: Pay | None = None
    reach = tried = 0
    for at in _triggers(ad):
        if at < reach:
            continue
        start, end = max(text.rfind("\n", 0, at) + 1, at - 80), text.find("\n", at)
        end = min(len(text) if end < 0 else end, at + 170)
        if tried > MOST_SUMS:
            break
        for money in sums_in(text, max(reach, start), end, country):
            tried += 1
            pay = _judged(ad, money)
            if pay is not None and (money.most is not None):
                return pay
            single = single or pay
        reach = end
    return single


def _triggers(ad: Scan) -> list[int]:
    """Where a sign of currency stands, or a number beside a unit of pay, or a large one behind a word for pay."""
    lower = ad.ascii
    digits = ad.digits
    if ad.plain and "0" not in digits:
        return []
    found = spots(ad.text, SIGN_CHARACTERS) + spots(lower, (LPA,)) + ad.spots((LAKH,))
    for number in _numbers(ad.text, digits) if ad.plain else NUMBER.finditer(ad.text):
        at = number.start()
        if UNIT.search(lower, max(0, at - BEFORE), number.end() + BEHIND) or (LARGE.match(ad.text, at) and _paid(lower, at)):
            found.append(at)
    return sorted(found)


def _numbers(text: str, digits: str) -> Iterator[re.Match[str]]:
    """The matches of NUMBER; searching for one of them is much faster than a pattern, and no other digits are there."""
    at = digits.find("0")
    while at >= 0:
        number = NUMBER.match(text, at)
        if number is not None:
            yield number
        at = digits.find("0", at + 1 if number is None else number.end())


def _paid(lower: str, at: int) -> bool:
    """Whether a word for pay stands before the number on its line."""
    line = max(lower.rfind("\n", max(0, at - FAR), at), at - FAR, 0)
    return PAY_WORD.search(lower, line, at) is not None


def _judged(ad: Scan, money: Sum) -> Pay | None:
    """The sum as pay, if it stands where pay is told and is as much as people are paid."""
    before, after = ad.lower[max(0, money.start - 170) : money.start], ad.lower[money.end : money.end + 50]
    if money.currency is None and not _bare_range(money, before, after):
        return None
    if AFTER_OTHER.match(after) or (money.most is not None and money.most < money.least):
        return None
    told = _last(ABOUT_PAY, before)
    sentence = _sentence(before)
    other = _last(OTHER_MONEY, before[sentence:])
    other = other + sentence if other >= 0 else other
    words = ad.lower[money.start : money.end]
    yearly_lakhs = "lpa" in words  # lakhs per annum are said of pay alone
    if (other >= 0 and other > told and not yearly_lakhs) or ON_TARGET.search(before[sentence:]):
        return None
    period = _period(money, before, after)
    if period is None:
        return None
    explicit = bool(money.per.strip()) or any(words.match(after.lstrip(" ,(*_")) for _, words in PERIODS)
    lakhs = money.lakh and BARE_L.search(words) is None
    if told < 0 and not explicit and not lakhs and (money.lakh or money.most is None or money.most < 15_000):
        return None
    if money.most is None and told < sentence and not explicit and not lakhs:
        return None
    return _pay(ad.text, money, period, before)


def _sentence(before: str) -> int:
    """Where the words begin that go with the sum: its sentence or line, with a heading right above it."""
    start = max(before.rfind(sign) for sign in (". ", "\n", "; ", "•", " | ", *_parting(before))) + 1
    if before[start:].strip(" *_-") or before[start - 1 : start] != "\n":
        return start
    above = before[:start].rstrip()
    line = above.rfind("\n") + 1
    return line if len(above) - line <= LONGEST_LABEL and ABOUT_PAY.search(above, line) else start


def _parting(before: str) -> tuple[str, ...]:
    """The sign between the parts of a header line such as "Firm - Engineer - Remote - $150k", if it is one."""
    line = before[before.rfind("\n") + 1 :]
    return tuple(sign for sign in (" - ", " – ", " — ") if line.count(sign) >= 2)


def _bare_range(money: Sum, before: str, after: str) -> bool:
    """A range without currency is pay only right behind words such as `Salary range:`."""
    near = ABOUT_PAY.search(before[-70:]) or BASE.match(after)
    return money.most is not None and money.least >= 10_000 and near is not None


def _last(words: re.Pattern[str], text: str) -> int:
    found = -1
    for match in words.finditer(text):
        found = match.start()
    return found


def _period(money: Sum, before: str, after: str) -> Period | None:
    """The period as said in the sum, behind it, before it; else the one in which such a sum is paid."""
    line = after.split("\n", 1)[0]
    stop = STOP.search(line)
    for words in (lower_case(money.per), line[: stop.start()] if stop else line, before[-60:]):
        hits = [(match.start(), name) for name, period in PERIODS if (match := period.search(words))]
        if hits:
            period = min(hits)[1]
            if not _plausible(money, period) and words == before[-60:]:
                period = "year"  # `Monthly newsletter. Salary: $120,000`
            return period if _plausible(money, period) else None
    guess = _usual_period(money)
    return guess if guess is not None and _plausible(money, guess) else None


def _usual_period(money: Sum) -> Period | None:
    """The period in which such a sum is paid, where the text does not say."""
    dollars = money.least / SMALL_UNITS.get(money.currency or "", 1)
    if money.lakh or dollars >= LEAST_YEARLY or (money.currency == "INR" and money.least >= LEAST_YEARLY_RUPEES):
        return "year"
    return "month" if dollars >= LEAST_MONTHLY else None


def _plausible(money: Sum, period: Period) -> bool:
    rate = SMALL_UNITS.get(money.currency or "", 1)
    low, high = PLAUSIBLE[period]
    top = money.most if money.most is not None else money.least
    if period == "year" and rate > 1:
        low = low // 4  # pay in these currencies is lower than the rate of exchange says
    return low <= money.least / rate and top / rate <= high and top <= 8 * money.least


def _pay(text: str, money: Sum, period: Period, before: str) -> Pay:
    least: float | None = money.least
    most: float | None = money.most
    if most is None:
        most = None if FROM.search(before) else least
        if UP_TO.search(before):
            least, most = None, money.least
        elif text[money.end : money.end + 1] == "+" or text[money.start : money.end].rstrip().endswith("+"):
            most = None
    quote = text[money.start : money.end]
    return Pay(
        min=_whole(least), max=_whole(most), currency=money.currency, period=period, quote=quote, start=money.start, end=money.end
    )


def _whole(amount: float | None) -> float | None:
    return None if amount is None else int(amount) if round(amount, 2) == int(amount) else round(amount, 2)
