"""What the measuring tools work on: the ads and resumes of ../shared beside the checkout, or invented ones, and real names of skills."""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SHARED = TESTS.parents[1] / "shared"
RESUMES = SHARED / "corpus" / "resumes"
sys.path.insert(0, str(TESTS / "batch"))
from documents import ad_lines, resume_lines  # noqa: E402

INVENTED = 200
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9.+#'/-]+(?: [A-Za-z0-9.+#'/-]+){0,6}")  # a name without the signs of the phrase grammar


@lru_cache
def ads() -> tuple[str, ...]:
    """Different ads."""
    path = SHARED / "corpus" / "ads.jsonl"
    if path.exists():
        return tuple(json.loads(line)["description"] for line in path.read_text(encoding="utf-8").splitlines())
    return tuple("\n".join(ad_lines(random.Random(number))) for number in range(INVENTED))


@lru_cache
def resumes() -> tuple[str, ...]:
    """The texts of different resumes: real ones first, then invented ones."""
    from dlmatch.errors import DlmatchError
    from dlmatch.reading.read import read

    found: list[str] = []
    for path in sorted(RESUMES.glob("*.pdf")) if RESUMES.exists() else ():
        try:
            found.append(read(path).text)
        except DlmatchError:
            continue
    return (*found, *("\n".join(resume_lines(random.Random(number))) for number in range(INVENTED)))


def many_ads(count: int) -> Iterator[str]:
    """So many ads, each with a line of its own."""
    known = ads()
    for number in range(count):
        yield f"{known[number % len(known)]}\nReference {number}"


def joined(texts: tuple[str, ...], times: int, first: int = 0) -> str:
    """So many different texts in one."""
    return "\n\n".join(texts[(first + number) % len(texts)] for number in range(times))


def names_of_skills(count: int, taken: set[str], absent_from: str = "") -> tuple[list[str], int]:
    """So many names that are not taken and stand nowhere in a text, and how many of them are real: of ESCO and O*NET.

    The others are made of words of those.
    """
    real: dict[str, str] = {}
    for name in _reference():
        if PLAIN.fullmatch(name) and ".." not in name and name.lower() not in taken and name.lower() not in absent_from:
            real.setdefault(name.lower(), name)
    found = list(real.values())
    random.Random(0).shuffle(found)
    found = found[:count]
    whole = len(found)
    pick = random.Random(1)
    firsts, rests = [name.split()[0] for name in real.values()], [name.split()[1:] for name in real.values()]
    while len(found) < count:
        made = " ".join((pick.choice(firsts), *(pick.choice(rests) or (pick.choice(firsts),))))
        if made.lower() not in taken and made.lower() not in real and made.lower() not in absent_from:
            real[made.lower()] = made
            found.append(made)
    return found, whole


def _reference() -> Iterator[str]:
    reference = SHARED / "reference"
    if not reference.exists():
        raise SystemExit("The names of skills are in ../shared/reference, which is not there.")
    with (reference / "esco_skills_en.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield from (row["label"], *filter(None, row["alt"].split("|")))
    with (reference / "onet_technology_skills.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield row["technology"]
