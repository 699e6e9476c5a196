"""The fact sheets against the documents they rest on: each cited line holds its fact, and no line is forgotten."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import pytest

from dlmatch.knowledge.files import find_folders, seed_texts
from dlmatch.knowledge.sheets import Fact, Sheet, parse_sheet
from dlmatch.model.skill import PayRow

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT.parent / "shared" / "seeds"
SEEDS = [path.name for path in sorted((ROOT / "seeds").glob("*.md"))]
NUMBER_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
LONGEST_RUN = 7  # words in a row that sheet and document may share: lists of names, never a sentence
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
MONEY = re.compile(r"[$₹]\s?\d|\d\s?%|\bLPA\b|\bRs\b")

pytestmark = pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the source documents are not beside the project")


@cache
def sheet_of(seed: str) -> Sheet:
    return parse_sheet(seed, seed_texts(find_folders(ROOT / "taxonomy", ROOT / "seeds"))[seed])[0]


@cache
def document_of(seed: str) -> tuple[str, ...]:
    path = DOCUMENTS / sheet_of(seed).front["document"]
    if not path.is_file():
        pytest.skip(f"the source document of {seed} is not beside the project")
    return tuple(path.read_text(encoding="utf-8").split("\n"))


def plain(text: str) -> str:
    return " ".join(re.sub(r"[-‐–—’'/]", " ", text.casefold()).split())


def holds(line: str, words: str) -> bool:
    """Whether the words stand on the line, not inside another word; longer ones may go on (model, models)."""
    end = r"(?!\w)" if len(words) < 4 else ""
    return re.search(rf"(?<!\w){re.escape(plain(words))}{end}", plain(line)) is not None


def figure_stands(line: str, figure: str) -> bool:
    found = {text.rstrip(".,").replace(",", "") for text in FIGURE.findall(line)}
    return figure in found


def written(amount: float, row: PayRow, sheet: Sheet) -> set[str]:
    """The ways an amount may stand in the document: as it is, or in a unit of the sheet."""
    sizes = [1, *(sheet.units.values() if row.unit == sheet.front["currency"] else ())]
    return {f"{amount / size:g}" if amount / size < 1e5 else f"{amount / size:.0f}" for size in sizes}


def unproved(fact: Fact, sheet: Sheet, document: tuple[str, ...]) -> list[str]:
    faults = []
    for proof in fact.proofs:
        place = f"seeds/{fact.seed}:{fact.line} L{proof.line}"
        if not 1 <= proof.line <= len(document):
            faults.append(f"{place}: no such line")
            continue
        line = document[proof.line - 1]
        faults += [f"{place}: {words!r} does not stand there" for words in proof.words if not holds(line, words)]
        if fact.kind in ("skill", "premium") and not proof.words:
            if not holds(line, fact.name):
                faults.append(f"{place}: {fact.name} does not stand there by its name, nor are other words given")
        if fact.kind not in ("note", "left out") and not line.strip():
            faults.append(f"{place}: the line is empty")
    return faults


def unproved_figures(fact: Fact, sheet: Sheet, document: tuple[str, ...]) -> list[str]:
    row = fact.row
    assert row is not None
    line = document[fact.proofs[0].line - 1]
    faults = []
    for amount in (row.low, row.high):
        if amount is not None and not any(figure_stands(line, text) for text in written(amount, row, sheet)):
            faults.append(f"seeds/{fact.seed}:{fact.line}: {amount:g} does not stand on L{fact.proofs[0].line}")
    if row.open_ended and not re.search(r"\d\+|or more|and more", line):
        faults.append(f"seeds/{fact.seed}:{fact.line}: L{fact.proofs[0].line} leaves no end open")
    if not fact.proofs[0].words:
        stated = {row.years_from, row.years_to, (row.years_from or 0) - 1} - {None}
        words = {number for number in stated if number is not None and number >= 0 and _says(line, number)}
        wanted = {year for year in (row.years_to,) if year is not None}
        if row.years_from is not None and (not words or not wanted <= words):
            faults.append(f"seeds/{fact.seed}:{fact.line}: its years do not stand on L{fact.proofs[0].line}")
    return faults


def _says(line: str, number: int) -> bool:
    return figure_stands(line, str(number)) or (number < len(NUMBER_WORDS) and holds(line, NUMBER_WORDS[number]))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_document_is_the_one_named(seed: str) -> None:
    path = DOCUMENTS / sheet_of(seed).front["document"]
    document_of(seed)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == sheet_of(seed).front["sha256"]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_cited_line_holds_its_fact(seed: str) -> None:
    sheet, document = sheet_of(seed), document_of(seed)
    assert [fault for fact in sheet.facts for fault in unproved(fact, sheet, document)] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_each_figure_of_pay_stands_on_its_line(seed: str) -> None:
    sheet, document = sheet_of(seed), document_of(seed)
    assert [fault for fact in sheet.of("pay") for fault in unproved_figures(fact, sheet, document)] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_no_line_is_forgotten(seed: str) -> None:
    """Every line with words is cited by a fact or left out with a reason, never both."""
    sheet, document = sheet_of(seed), document_of(seed)
    cited = {line for fact in sheet.of("skill", "premium", "statement", "pay", "note") for line in fact.source_lines}
    left_out = {line for fact in sheet.of("left out") for line in fact.source_lines}
    facts = {line for fact in sheet.of("skill", "premium", "statement", "pay") for line in fact.source_lines}
    assert [n for n, line in enumerate(document, 1) if line.strip() and n not in cited | left_out] == []
    assert sorted(facts & left_out) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_money_or_percent_is_in_the_sheet(seed: str) -> None:
    """A figure on a line that speaks of money or percent stands in a line of the sheet that cites that line."""
    sheet, document = sheet_of(seed), document_of(seed)
    written_lines = seed_texts(find_folders(ROOT / "taxonomy", ROOT / "seeds"))[seed].split("\n")
    left_out = {line for fact in sheet.of("left out") for line in fact.source_lines}
    missing = []
    for n, line in enumerate(document, 1):
        citing = " ".join(written_lines[fact.line - 1] for fact in sheet.facts if n in fact.source_lines)
        in_sheet = {figure.rstrip(".,").replace(",", "") for figure in FIGURE.findall(re.sub(r"\bL\d+", "", citing))}
        if n not in left_out and MONEY.search(line):
            missing += [(n, f) for f in FIGURE.findall(line) if f.rstrip(".,").replace(",", "") not in in_sheet]
    assert missing == []


@pytest.mark.parametrize("seed", SEEDS)
def test_no_sentence_is_copied(seed: str) -> None:
    """No run of eight words is shared, apart from the title in the front matter, which names the document."""
    text = seed_texts(find_folders(ROOT / "taxonomy", ROOT / "seeds"))[seed].split("\n---\n", 1)[1]
    length = LONGEST_RUN + 1

    def runs(source: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z0-9]+", source.casefold())
        return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}

    of_document = {run for line in document_of(seed) for run in runs(line)}
    shared = {run for line in text.split("\n") for run in runs(line)} & of_document
    assert sorted(" ".join(run) for run in shared) == []
