"""A fact sheet into facts, and every way in which one can be wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dlmatch.knowledge.figures import Proof, amount_of, proofs_of, years_of
from dlmatch.knowledge.files import Folders, seed_texts
from dlmatch.knowledge.sheets import parse_sheet

PROOFS = [
    ("L5", (Proof(5),), "one line"),
    ("L5, L24 [label; clean], L9", (Proof(5), Proof(24, ("label", "clean")), Proof(9)), "words belong to the line before them"),
    ("L8-L10", (Proof(8), Proof(9), Proof(10)), "a span, both ends in it"),
    ("L47 [C, C++]", (Proof(47, ("C, C++",)),), "a comma within the words"),
]
BAD_PROOFS = [
    ("", "nothing"),
    ("5", "no L"),
    ("L5 L6", "no comma"),
    ("L9-L8", "backwards"),
    ("L5, L5", "twice"),
]
AMOUNTS = [
    ("80,000", Decimal(80000), False, "thousands"),
    ("1,50,000", Decimal(150000), False, "lakhs"),
    ("3.5", Decimal("3.5"), False, "a fraction"),
    ("200,000+", Decimal(200000), True, "an open end"),
    ("", None, False, "an empty cell"),
]
YEARS = [
    ("0-2", (0, 2), "both ends are completed years"),
    ("6+", (6, None), "six or more"),
    (">8", (9, None), "more than eight completed years are nine"),
    ("0", (0, 0), "only the start"),
    ("", (None, None), "no years"),
]
FAULTS = [
    ("- Python (L4)", "- Python", "source lines", "a bullet without a source"),
    ("- Python (L4)", "- Python (L4 L5)", "no list of source lines", "source lines run together"),
    ("## Skills: essential", "## Skills: vital", "no strength", "a strength nobody knows"),
    ("## Skills: essential", "## Skill list", "the section", "a section nobody knows"),
    ("- Python (L4)", "- Python (L4)\n- Python (L6)", "second time", "one skill twice under a heading"),
    ("- Python (L4)", "Python, of course (L4).", "neither heading", "prose"),
    ("(L5 [train; models])", "(L5)", "without [words]", "a statement whose line proves nothing"),
    ("> Note: nothing", "> nothing", "> Note: ", "a quotation that is no note"),
    ("four years (L20, L21)", "four years", "without the source lines", "a note about nothing"),
    ("| entry | 0-1 | 50 |", "| entry | 0-1 | fifty |", "no amount", "an amount in words"),
    ("| entry | 0-1 |", "| entry | none |", "no span of years", "years in words"),
    ("| entry | 0-1 | 50 | 60.5 |", "| entry | 0-1 | 70 | 60.5 |", "above high", "low above high"),
    ("60.5 | thousand", "60.5 | lakh", "no unit of this sheet", "a unit that the front matter does not name"),
    ("| entry | 0-1", "| beginner | 0-1", "no level", "a band that no seniority can reach"),
    ("| band | years", "| bands | years", "no kind of figure", "a table of unknown kind"),
    ("| note | lines |", "| remark | lines |", "unknown columns", "a column nobody reads"),
    ("| entry | 0-1 | 50 | 60.5 | thousand | | L20 |", "| entry | 0-1 | 50 | L20 |", "4 cells", "a row with too few cells"),
    ("region: DE", "region: Germany", "`region`", "a region that is no code"),
    ("sha256: 0000", "sha256: zz00", "`sha256`", "a digest that is none"),
    ("thousand: 1000", "thousand: many", "no whole number", "a unit without a size"),
]


@pytest.mark.parametrize(("text", "proofs", "why"), PROOFS)
def test_source_lines(text: str, proofs: tuple[Proof, ...], why: str) -> None:
    assert proofs_of(text) == proofs, why


@pytest.mark.parametrize(("text", "why"), BAD_PROOFS)
def test_source_lines_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        proofs_of(text)


@pytest.mark.parametrize(("text", "amount", "is_open", "why"), AMOUNTS)
def test_amounts(text: str, amount: Decimal | None, is_open: bool, why: str) -> None:
    assert amount_of(text) == (amount, is_open), why


@pytest.mark.parametrize(("text", "years", "why"), YEARS)
def test_years(text: str, years: tuple[int | None, int | None], why: str) -> None:
    assert years_of(text) == years, why


def test_a_sheet_gives_its_facts(sheet_text: str) -> None:
    sheet, faults = parse_sheet("de-2025.md", sheet_text)
    assert faults == ()
    assert [(fact.kind, fact.name, fact.source_lines) for fact in sheet.facts] == [
        ("skill", "PyTorch", (3, 9)),
        ("skill", "Python", (4,)),
        ("premium", "Keras", (12,)),
        ("statement", "Trains models [still part of the text]", (5,)),
        ("pay", "entry", (20,)),
        ("pay", "senior", (21,)),
        ("pay", "Munich", (22,)),
        ("note", "nothing is said of two to four years.", (20, 21)),
        ("left out", "Headings", (1, 2)),
    ]
    lines = sheet_text.split("\n")
    assert all(fact.name.split()[0] in lines[fact.line - 1] for fact in sheet.facts)


def test_units_are_spelt_out(sheet_text: str) -> None:
    sheet, _ = parse_sheet("de-2025.md", sheet_text)
    entry, senior, city = (fact.row for fact in sheet.of("pay"))
    assert entry is not None
    assert senior is not None
    assert city is not None
    assert (entry.low, entry.high, entry.unit, entry.open_ended) == (50000.0, 60500.0, "EUR", False)
    assert (senior.low, senior.high, senior.open_ended, senior.years_from, senior.years_to) == (80000.0, 110000.0, True, 5, None)
    assert (city.aliases, city.states) == (("München",), ("BY", "Bavaria"))


@pytest.mark.parametrize(("right", "wrong", "word", "why"), FAULTS)
def test_each_fault_is_named_with_its_line(right: str, wrong: str, word: str, why: str, sheet_text: str) -> None:
    assert right in sheet_text
    _, faults = parse_sheet("de-2025.md", sheet_text.replace(right, wrong, 1))
    assert any(word in fault.what for fault in faults), (why, faults)
    assert all(fault.where.startswith("seeds/de-2025.md:") for fault in faults)


def test_all_faults_come_at_once(sheet_text: str) -> None:
    text = sheet_text.replace("- Python (L4)", "- Python").replace("(L5 [train; models])", "(L5)").replace("0-1", "x")
    _, faults = parse_sheet("de-2025.md", text)
    assert len(faults) == 3


@pytest.mark.parametrize("text", ["", "# no front matter\n", "---\ntitle: [\n---\n", "---\nnever closed\n"])
def test_a_sheet_without_front_matter_is_a_fault(text: str) -> None:
    assert parse_sheet("x.md", text)[1]


def test_windows_line_ends_change_nothing(sheet_text: str) -> None:
    assert parse_sheet("x.md", sheet_text.replace("\n", "\r\n")) == parse_sheet("x.md", sheet_text)


def test_the_projects_own_sheets_are_sound(real: Folders) -> None:
    for name, text in seed_texts(real).items():
        assert parse_sheet(name, text)[1] == ()
