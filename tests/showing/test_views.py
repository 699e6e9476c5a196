"""The views: what they say, that they fit, and that no text of a document can break them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import NAMES, coverage, job_report, resume_report, shown
from rich.cells import cell_len

from dlmatch.judging.match import match
from dlmatch.model.document import Finding
from dlmatch.model.report import Rejected, Report, ResumeFacts
from dlmatch.showing.markdown import escape, render_markdown
from dlmatch.showing.match_outline import outline_match
from dlmatch.showing.outline import FULL, Outline, fold
from dlmatch.showing.page import render_page
from dlmatch.showing.payload import to_json
from dlmatch.showing.report_outline import outline_report
from dlmatch.showing.terminal import render_text

CODES = re.compile(r"\x1b\[[0-9;]*m")
NASTY = st.text(st.characters(), max_size=200) | st.sampled_from(
    ["\x1b]0;title\x07", "[bold]x[/bold] [/]", "|a|b|", "<script>alert(1)</script>", "</style>", "![x](http://e.example/i.png)",
     "`code`", "$x$", "\u202eabc", ":smile:", "\r\n# heading", "a" * 300, "\U0001f9d1\u200d\U0001f4bb" * 50]
)  # fmt: skip


def with_text(text: str) -> Report:
    """A report in which every place for a document's words holds this text."""
    report = resume_report()
    role = replace(report.facts.roles[0], title=text, start=text, end=text) if isinstance(report.facts, ResumeFacts) else None
    return resume_report(
        source=replace(report.source, name=text),
        facts=ResumeFacts(title=text, city=text, region=text, country="US", roles=(role,) if role else ()),
        skills=(shown("python", "Python", "programming", quote=text or "x"),),
        rejected=(Rejected(id="r", quote=text, start=0, end=1, reason="homograph", why=text),),
        findings=(Finding(code="hidden-text", message=text, quote=text, page=1),),
    )


def views() -> dict[str, Outline]:
    """One outline of each kind."""
    return {
        "resume": outline_report(resume_report(), NAMES),
        "job": outline_report(job_report(), NAMES),
        "match": outline_match(match(resume_report(), job_report()), NAMES),
        "no band": outline_report(resume_report(salary=None, salary_reason="The resume states no country."), NAMES),
        "empty": outline_report(
            resume_report(skills=(), gaps=(), facts=ResumeFacts(), rejected=(), findings=(), coverage=coverage(()))
        ),
    }


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [20, 40, 80, 120, 300])
@pytest.mark.parametrize("name", views())
def test_text_fits_its_width(name: str, width: int, colour: bool) -> None:
    text = render_text(views()[name], width=width, colour=colour)
    assert max(cell_len(CODES.sub("", line)) for line in text.splitlines()) <= max(40, min(width, 120))
    assert ("\x1b" in text) is colour


@pytest.mark.parametrize("name", views())
def test_colour_changes_no_word(name: str) -> None:
    plain, coloured = (render_text(views()[name], colour=colour) for colour in (False, True))
    assert [line.rstrip() for line in CODES.sub("", coloured).splitlines()] == plain.splitlines()


@pytest.mark.parametrize("name", views())
def test_plain_letters_suffice(name: str) -> None:
    assert render_text(views()[name], ascii_only=True).isascii()


def test_what_a_resume_view_says() -> None:
    text = render_text(views()["resume"], width=120)
    for words in (
        "72.4 of 100",
        "Covers most of the role profile: 3 of 7 requirements in full, 2 in part",
        "7.2 years in 3 dated roles",
        "San Francisco, California, United States",
        '"CNNs"',
        "any one of AWS, Microsoft Azure, Google Cloud Platform",
        "+12.0",
        "$187,500-$250,000 a year",
        "seeds/us-2024.md:70 (L197)",
        "10-20%",
        "$50,000-$300,000+",
        "+$7,500",
        "not R",
        "White text on white was left out. (p.2)",
        "as of 2025-01-01",
    ):
        assert words in text


def test_what_a_job_view_says() -> None:
    text = " ".join(render_text(views()["job"]).split())
    assert "14.0-18.0 LPA (Rs 14,00,000-18,00,000)" in text
    assert "which is above the implied band by Rs 2,00,000 (16.7%)." in text
    assert "3 to 5" in text


def test_what_a_match_view_says() -> None:
    text = " ".join(render_text(views()["match"]).split())
    assert "Shows 4 of 4 required, 0 of 1 preferred and 0 of 1 mentioned skills; nothing required is missing." in text
    assert "TensorFlow by PyTorch" in text


def test_no_band_says_why() -> None:
    assert "The resume states no country." in render_text(views()["no band"])


def test_long_lists_fold_in_text_and_not_in_files() -> None:
    many = tuple(shown(f"s{number}", f"Skill {number}", "tools", "listed") for number in range(13))
    folded, whole = outline_report(resume_report(skills=many)), outline_report(resume_report(skills=many), limits=FULL)
    assert "and 7 more (--format json lists all)" in render_text(folded)
    assert "Skill 12" in render_markdown(whole)
    assert "more (" not in render_markdown(whole)


def test_one_left_over_is_shown() -> None:
    assert [fold(total, 5)[0] for total in (4, 5, 6, 7)] == [4, 5, 6, 5]
    assert fold(100, None) == (100, "")


class Reader(HTMLParser):
    """Collects the text and the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.mark.parametrize("name", views())
def test_page_is_whole_and_alone(name: str) -> None:
    reader = Reader()
    page = render_page(views()[name])
    reader.feed(page)
    assert reader.open == []
    assert not reader.tags & {"script", "img", "link", "iframe"}
    assert "http:" not in page
    assert "https:" not in page
    assert all(title in "".join(reader.words) for title in (section.title for section in views()[name].sections))


@settings(max_examples=60, deadline=None)
@given(NASTY, st.sampled_from([40, 80, 120]))
def test_no_text_breaks_the_terminal(text: str, width: int) -> None:
    drawn = render_text(outline_report(with_text(text)), width=width)
    assert not {letter for letter in drawn if letter != "\n" and not letter.isprintable() and letter not in "\xa0\u3000"} & set(
        map(chr, range(160))
    )
    assert "\u202e" not in drawn


@settings(max_examples=60, deadline=None)
@given(NASTY)
def test_no_text_breaks_the_page(text: str) -> None:
    plain, nasty = Reader(), Reader()
    plain.feed(render_page(outline_report(with_text("x"), limits=FULL)))
    nasty.feed(render_page(outline_report(with_text(text), limits=FULL)))
    assert nasty.open == []
    assert nasty.tags == plain.tags


@settings(max_examples=60, deadline=None)
@given(NASTY)
def test_no_text_breaks_a_markdown_table(text: str) -> None:
    bars = re.compile(r"(?<!\\)(?:\\\\)*\|")
    tables = render_markdown(outline_report(with_text(text), limits=FULL)).split("\n\n")
    for table in tables:
        rows = [line for line in table.split("\n") if line.startswith("| ")]
        if len(rows) > 1:
            assert len({len(bars.findall(row)) for row in rows}) == 1


@given(NASTY)
def test_markdown_is_taken_literally(text: str) -> None:
    from markdown_it import MarkdownIt  # comes with rich

    line = " ".join(text.split())
    if not line.isprintable():
        return
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(escape(line))
    inner = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inner} <= {"text", "text_special"}
    assert "".join(child.content for child in inner) == line


@given(NASTY)
def test_json_is_deterministic_and_readable(text: str) -> None:
    report = with_text(text)
    printed = to_json(report)
    assert printed == to_json(with_text(text))
    assert printed.encode("utf-8").decode("utf-8").endswith("}\n")
    assert json.loads(printed) == json.loads(json.dumps(report.to_dict()))
