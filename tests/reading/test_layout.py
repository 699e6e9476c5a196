"""Reading order: whole paragraphs of pages with columns, labels, dates and tables stand where a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from pdf_made import Made, line, lines

from dlmatch.model.document import Document
from dlmatch.reading.pdf import read_pdf

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

LEFT = [
    "Trained image classifiers on two",
    "million photographs of leaves and",
    "brought the error down to a third.",
    "Wrote the service that answers",
    "questions of farmers by telephone.",
]
RIGHT = [
    "Looked after the data of twelve",
    "weather stations, wrote checks for",
    "broken sensors and taught three",
    "students how to plot a year of",
    "rain without losing a single day.",
]
THIRD = ["Speaks French and a", "little Welsh, plays", "the cello in a band,", "walks in the hills", "with two old dogs."]


def _read(content: str, first: str = "") -> Document:
    return read_pdf(Made(first_line=first, content=content).bytes())


def _in_order(text: str, *passages: list[str] | str) -> None:
    """Each passage stands whole, line after line, and after the one before."""
    flat = " ".join(text.split())
    at = -1
    for passage in passages:
        found = flat.find(passage if isinstance(passage, str) else " ".join(passage))
        assert found > at, (passage, text)
        at = found


@dataclass
class Page:
    """A page and the passages it must give, in order."""

    content: str
    passages: list[list[str] | str]
    why: str


def _rows(*columns: tuple[list[str], float], y: float = 600, leading: float = 12) -> str:
    """Columns drawn row by row, as some programs do."""
    deepest = max(len(texts) for texts, _ in columns)
    return "".join(
        line(texts[row], x, y - row * leading, 10) for row in range(deepest) for texts, x in columns if row < len(texts)
    )


PAGES = {
    "two columns": Page(lines(LEFT, 72, 600) + lines(RIGHT, 320, 600), [LEFT, RIGHT], "on one grid of lines"),
    "two columns, right first": Page(
        lines(RIGHT, 320, 600) + lines(LEFT, 72, 600), [LEFT, RIGHT], "order of drawing is no order"
    ),
    "two columns, off the grid": Page(
        lines(LEFT, 72, 600, 10, 13) + lines(RIGHT, 320, 605, 9, 11), [LEFT, RIGHT], "baselines that never meet"
    ),
    "two columns of prose, row by row": Page(
        _rows((LEFT + RIGHT, 72), (RIGHT + LEFT, 320)), [LEFT, RIGHT, RIGHT, LEFT][:2], "both sides are full lines"
    ),
    "three columns": Page(
        lines(LEFT, 40, 600) + lines(RIGHT, 225, 600) + lines(THIRD, 420, 600), [LEFT, RIGHT, THIRD], "column after column"
    ),
    "header over both": Page(
        line("Jane Roe, engineer of models that run in fields and barns, far from any data centre", 72, 650)
        + lines(LEFT, 72, 600)
        + lines(RIGHT, 320, 600),
        ["Jane Roe, engineer of models that run in fields and barns", LEFT, RIGHT],
        "a line across both columns",
    ),
    "footer under both": Page(
        lines(LEFT, 72, 600)
        + lines(RIGHT, 320, 600)
        + line("References from the farms and from the weather service are sent on request at any time", 72, 500),
        [LEFT, RIGHT, "References from the farms"],
        "a line across both columns",
    ),
    "sidebar left": Page(
        lines(["Skills", "Python", "R", "SQL", "Docker", "Linux", "Git"], 40, 640, 10, 16) + lines(LEFT + RIGHT, 200, 640),
        ["Skills Python R SQL Docker Linux Git", LEFT, RIGHT],
        "narrow column of short lines",
    ),
    "sidebar right": Page(
        lines(LEFT + RIGHT, 72, 640) + lines(["Skills", "Python", "R", "SQL", "Docker", "Linux", "Git"], 430, 640, 10, 16),
        [LEFT, RIGHT, "Skills Python R SQL Docker Linux Git"],
        "narrow column of short lines",
    ),
    "columns between headings": Page(
        line("EXPERIENCE", 233, 650)
        + lines(LEFT, 72, 630)
        + lines(RIGHT, 320, 630)
        + line("EDUCATION", 236, 550)
        + lines(THIRD, 72, 530),
        ["EXPERIENCE", LEFT, RIGHT, "EDUCATION", THIRD],
        "each heading before its own columns",
    ),
    "dates right of titles": Page(
        line("Data engineer, Field Lab", 72, 640)
        + line("2019 - 2023", 480, 640)
        + lines(LEFT, 72, 626)
        + line("Analyst, Weather Office", 72, 540)
        + line("2016 - 2019", 480, 540)
        + lines(RIGHT, 72, 526),
        ["Data engineer, Field Lab 2019 - 2023", LEFT, "Analyst, Weather Office 2016 - 2019", RIGHT],
        "the date stays on the title's line",
    ),
    "dates drawn last": Page(
        line("Data engineer, Field Lab", 72, 640)
        + lines(LEFT, 72, 626)
        + line("Analyst, Weather Office", 72, 540)
        + lines(RIGHT, 72, 526)
        + line("2019 - 2023", 480, 640)
        + line("2016 - 2019", 480, 540),
        ["Data engineer, Field Lab 2019 - 2023", LEFT, "Analyst, Weather Office 2016 - 2019", RIGHT],
        "a column of dates is none",
    ),
    "dates left of titles": Page(
        line("2019 - 2023", 40, 640)
        + line("Data engineer, Field Lab", 140, 640)
        + lines(LEFT, 140, 626)
        + line("2016 - 2019", 40, 540)
        + line("Analyst, Weather Office", 140, 540)
        + lines(RIGHT, 140, 526),
        ["2019 - 2023 Data engineer, Field Lab", LEFT, "2016 - 2019 Analyst, Weather Office", RIGHT],
        "dates as labels",
    ),
    "dates left on two lines": Page(
        lines(["June 2019 -", "May 2023"], 40, 640)
        + line("Data engineer, Field Lab", 140, 640)
        + lines(LEFT, 140, 626)
        + lines(["March 2016 -", "June 2019"], 40, 540)
        + line("Analyst, Weather Office", 140, 540)
        + lines(RIGHT, 140, 526),
        ["June 2019 - May 2023 Data engineer, Field Lab", LEFT, "March 2016 - June 2019 Analyst, Weather Office", RIGHT],
        "a wrapped label is one",
    ),
    "title and place, firm and date": Page(
        line("Data engineer", 72, 640)
        + line("Bern", 520, 640)
        + line("Field Lab", 72, 627)
        + line("2019 - 2023", 480, 627)
        + lines(LEFT, 72, 610),
        ["Data engineer Bern", "Field Lab 2019 - 2023", LEFT],
        "two lines, each with a note",
    ),
    "place and dates right of items": Page(
        line("Data engineer, Field Lab", 72, 640, 10)
        + lines(["Bern", "2019 - 2023"], 500, 640)
        + lines(["\\225 " + LEFT[0] + " and " + LEFT[1], "\\225 " + RIGHT[0] + " and " + RIGHT[1]], 72, 628),
        ["Data engineer, Field Lab Bern 2019 - 2023", "\u2022 " + LEFT[0]],
        "a note's second line does not fall into an item",
    ),
    "table": Page(
        _rows((["Language", "Python", "R"], 72), (["Years", "7", "4"], 200), (["Used for", "services", "plots"], 300)),
        ["Language Years Used for", "Python 7 services", "R 4 plots"],
        "row after row",
    ),
    "grid of entries": Page(
        lines(["Leaf Finder", "Lead", "2019"], 72, 600)
        + lines(["Rain Plotter", "Author", "2017"], 320, 600)
        + lines(LEFT, 72, 500)
        + lines(RIGHT, 320, 500),
        ["Leaf Finder Lead 2019", "Rain Plotter Author 2017"],
        "dates in both columns make no notes",
    ),
    "hanging labels": Page(
        line("Languages:", 72, 640, 10)
        + lines(["Python, R and SQL for work,", "Haskell and Rust for pleasure"], 180, 640)
        + line("Tools:", 72, 610, 10)
        + lines(["Git, Docker and make,", "Emacs where it is allowed"], 180, 610),
        ["Languages: Python, R and SQL for work, Haskell and Rust for pleasure", "Tools: Git, Docker and make,"],
        "label, then all beside it",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_reading_order(name: str) -> None:
    page = PAGES[name]
    _in_order(_read(page.content).text, *page.passages)


def test_columns_share_no_line() -> None:
    text = _read(lines(LEFT, 72, 600) + lines(RIGHT, 320, 600)).text
    assert not any(any(a in row for a in LEFT) and any(b in row for b in RIGHT) for row in text.split("\n"))


def test_cells_of_a_row_stand_apart() -> None:
    text = _read(line("Data engineer, Field Lab", 72, 640) + line("2019 - 2023", 480, 640)).text
    assert text == "Data engineer, Field Lab\t2019 - 2023"


WORDS = {
    "spaced by gaps": (
        "[(P) -400 (U) -400 (B) -400 (L) -400 (I) -400 (C) -1200 (W) -400 (O) -400 (R) -400 (K)] TJ",
        "PUBLIC WORK",
    ),
    "spaced by spaces": ("(P U B L I C A T I O N S) Tj", "PUBLICATIONS"),
    "spaced by spaces, two words": ("(D A T A   W O R K) Tj", "DATA WORK"),
    "wide tracking": ("3 Tc (SUMMARY) Tj", "SUMMARY"),
    "letters of a list": ("(C, R, Go) Tj", "C, R, Go"),
    "kerned": ("[(A) 80 (V) 70 (A) 60 (I) 0 (L)] TJ", "AVAIL"),
    "gap for a space": ("[(Machine) -300 (learning)] TJ", "Machine learning"),
    "split word beside spaces": (
        "[(of the SUM) -180 (M) -180 (ARY and so on it went for many words)] TJ",
        "of the SUMMARY and so on",
    ),
    "tab wide gap": ("[(Python) -4000 (SQL)] TJ", "Python\tSQL"),
}


@pytest.mark.parametrize("name", WORDS)
def test_words(name: str) -> None:
    shown, expected = WORDS[name]
    text = _read(f"BT /F1 12 Tf 0 g 72 600 Td {shown} ET\n").text
    assert text.startswith(expected), text


def test_letters_drawn_twice_are_read_once() -> None:
    doubled = "".join(line(letter, 72 + at * 9 + shift, 600) for at, letter in enumerate("hello book") for shift in (0, 0.4))
    assert _read(doubled).text.replace(" ", "") == "hellobook"


def test_line_end_hyphens_stay() -> None:
    assert "classi-\nfiers" in _read(lines(["Trained classi-", "fiers on photographs"], 72, 600)).text


def test_paragraphs_part_at_gaps() -> None:
    text = _read(lines(LEFT, 72, 600) + lines(RIGHT, 72, 500)).text
    assert text == "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)


def test_blocks_and_places_hold_the_text() -> None:
    document = _read(PAGES["dates right of titles"].content)
    assert all(document.text[place.start : place.end].strip() for place in document.places)
    assert " ".join(document.text[block.start : block.end] for block in document.blocks).split() == document.text.split()
    page, box = document.place_of(document.text.index("2019"), document.text.index("2019") + 4)
    assert page == 1
    assert box is not None
    assert box[0] == pytest.approx(480, abs=1)
    assert 140 < box[1] < box[3] < 156


def test_text_across_the_page_comes_last_and_whole() -> None:
    turned = "q 0 g BT /F1 12 Tf 0 1 -1 0 590 300 Tm (Draft of spring) Tj ET Q\n"
    assert _read(turned + lines(LEFT, 72, 600)).text == "\n".join(LEFT) + "\n\nDraft of spring"


def test_a_name_over_the_second_column_comes_first() -> None:
    content = (
        line("Jane Roe", 200, 700, 24) + lines(["Skills", "Python", "R", "SQL", "Git"], 40, 640, 10, 16) + lines(LEFT, 200, 640)
    )
    _in_order(_read(content).text, "Jane Roe", "Skills Python R SQL Git", LEFT)


GROUPS = {"rendercv": 5, "reactive-resume": 6}


@pytest.mark.skipif(not CORPUS.exists(), reason="../shared/corpus is not beside the checkout")
@pytest.mark.parametrize("group", GROUPS)
def test_one_resume_in_several_layouts_keeps_its_sentences(group: str) -> None:
    """Lines of ten words and more in one layout stand in the others too, whatever the line breaks."""
    texts = [read_pdf(path.read_bytes()).text for path in sorted((CORPUS / "resumes").glob(f"{group}_*.pdf"))]
    assert len(texts) == GROUPS[group]
    flat = ["".join(filter(str.isalnum, text.casefold())) for text in texts]
    for text in texts:
        for block in text.split("\n\n"):
            sentence = "".join(filter(str.isalnum, block.casefold()))
            if len(block.split()) >= 10 and "\t" not in block and "." in block[-2:]:
                assert all(sentence in other for other in flat), block
