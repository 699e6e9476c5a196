"""Writes the PDF and DOCX files of samples/, the same bytes each time: python tests/tools/make_samples.py [FOLDER]."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.shared import Pt, RGBColor
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, PageTemplate, Paragraph, Spacer
from sample_texts import ADVAITH, ISHANI, JONAS, LEAD_AD, MAREN, Job, Person

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FIXED = datetime(2024, 12, 1)
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
MARGIN = 48


def style(name: str, size: float = 9.5, bold: bool = False, colour: Any = "#20262c", **more: Any) -> ParagraphStyle:
    """A paragraph style in Helvetica."""
    ink = HexColor(colour) if isinstance(colour, str) else colour
    font = "Helvetica-Bold" if bold else "Helvetica"
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.35, textColor=ink, **more)


BODY = style("body")
QUIET = style("quiet", 9, colour="#5b6670")
NAME = style("name", 20, bold=True, spaceAfter=4)
TITLE = style("title", 11.5, colour="#38598b", spaceAfter=6)
HEAD = style("head", 11, bold=True, colour="#38598b", spaceBefore=10, spaceAfter=3)
STRONG = style("strong", 10, bold=True, spaceBefore=5)
BULLET = style("bullet", leftIndent=10, bulletIndent=0)
SIDE = style("side", 9, colour=white, spaceAfter=2)
SIDE_HEAD = style("side head", 10.5, bold=True, colour=white, spaceBefore=12, spaceAfter=4)


def jobs(items: tuple[Job, ...]) -> Iterator[Any]:
    """Jobs or projects, one under the other."""
    for job in items:
        yield Paragraph(job.title, STRONG)
        yield Paragraph(f"{job.place} | {job.when}", QUIET)
        yield from (Paragraph(line, BULLET, bulletText="\u2022") for line in job.lines)


def section(title: str, flow: Iterator[Any]) -> Iterator[Any]:
    """A heading and what stands under it."""
    yield Paragraph(title, HEAD)
    yield from flow


def studies(person: Person) -> Iterator[Any]:
    """Degrees with their years."""
    for degree, when in person.studies:
        yield Paragraph(degree, BODY)
        yield Paragraph(when, QUIET)


def one_column(person: Person) -> bytes:
    """A plain resume, one column."""
    flow: list[Any] = [Paragraph(person.name, NAME), Paragraph(person.title, TITLE), Paragraph(" | ".join(person.contact), QUIET)]
    flow += section("Summary", iter([Paragraph(person.summary, BODY)]))
    flow += section("Experience", jobs(person.jobs))
    if person.projects:
        flow += section("Projects", jobs(person.projects))
    flow += section("Education", studies(person))
    flow += section("Skills", (Paragraph(f"<b>{label}:</b> {names}", BODY) for label, names in person.skills))
    for title, lines in person.more:
        flow += section(title, (Paragraph(line, BODY) for line in lines))
    width, height = A4
    frame = Frame(MARGIN, MARGIN, width - 2 * MARGIN, height - 2 * MARGIN)
    return pdf(person, A4, [frame], lambda canvas, document: None, flow)


def two_columns(person: Person) -> bytes:
    """White words on a coloured sidebar at the left, the story at the right."""
    width, height = LETTER
    edge = 185
    side = Frame(18, 24, edge - 32, height - 60)
    main = Frame(edge + 14, 24, width - edge - 40, height - 60)

    def background(canvas: Any, document: Any) -> None:
        canvas.setFillColor(HexColor("#24425c"))
        canvas.rect(0, 0, edge, height, stroke=0, fill=1)

    flow: list[Any] = [Paragraph("Contact", SIDE_HEAD), *(Paragraph(line, SIDE) for line in person.contact)]
    flow.append(Paragraph("Skills", SIDE_HEAD))
    for label, names in person.skills:
        flow += [Paragraph(f"<b>{label}</b>", SIDE), *(Paragraph(name, SIDE) for name in names.split(", ")), Spacer(1, 5)]
    flow.append(FrameBreak())
    flow += [Paragraph(person.name, NAME), Paragraph(person.title, TITLE), Paragraph(person.summary, BODY)]
    flow += section("Experience", jobs(person.jobs))
    flow += section("Education", studies(person))
    for title, lines in person.more:
        flow += section(title, (Paragraph(line, BODY) for line in lines))
    return pdf(person, LETTER, [side, main], background, flow)


def pdf(
    person: Person, size: tuple[float, float], frames: list[Frame], paint: Callable[[Any, Any], None], flow: list[Any]
) -> bytes:
    """The bytes of a PDF; `invariant` keeps the clock out of them."""
    out = io.BytesIO()
    document = BaseDocTemplate(
        out, pagesize=size, title=f"Resume of {person.name}", author=person.name, invariant=1, pageCompression=0
    )
    document.addPageTemplates([PageTemplate(frames=frames, onPage=paint)])
    document.build(flow)
    return out.getvalue()


def word_resume(person: Person) -> bytes:
    """A Word file whose skills stand in a table."""
    file = docx.Document()
    heading(file, person.name, 20)
    file.add_paragraph(person.title)
    file.add_paragraph(" | ".join(person.contact))
    heading(file, "Objective")
    file.add_paragraph(person.summary)
    heading(file, "Education")
    for degree, when in person.studies:
        file.add_paragraph(f"{degree}, {when}")
    heading(file, "Technical skills")
    table = file.add_table(rows=0, cols=2, style="Table Grid")
    for label, names in person.skills:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, names
    for title, items in (("Internship", person.jobs), ("Projects", person.projects)):
        heading(file, title)
        for job in items:
            file.add_paragraph().add_run(f"{job.title}, {job.place}, {job.when}").bold = True
            for line in job.lines:
                file.add_paragraph(line, style="List Bullet")
    for title, lines in person.more:
        heading(file, title)
        for line in lines:
            file.add_paragraph(line)
    return word_bytes(file)


def word_ad() -> bytes:
    """An ad as a Word file with headings and bullets."""
    file = docx.Document()
    (title, (place,)), *rest = LEAD_AD
    heading(file, title, 18)
    file.add_paragraph(place)
    for name, lines in rest:
        heading(file, name)
        for line in lines:
            file.add_paragraph(line, style="List Bullet" if len(lines) > 1 else None)
    return word_bytes(file)


def heading(file: Any, words: str, size: int = 13) -> None:
    """A heading of level 1 in our own ink."""
    run = file.add_heading(level=1).add_run(words)
    run.font.size, run.font.color.rgb = Pt(size), RGBColor(0x38, 0x59, 0x8B)


def word_bytes(file: Any) -> bytes:
    """The file with the clock taken out: fixed dates inside and on each member of the archive."""
    file.core_properties.created = file.core_properties.modified = FIXED
    file.core_properties.author = "dlmatch samples"
    first = io.BytesIO()
    file.save(first)
    out = io.BytesIO()
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, ZIP_DATE), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def files() -> dict[str, bytes]:
    """Every made file by its path within samples/."""
    return {
        "resumes/us_senior_two_columns.pdf": two_columns(MAREN),
        "resumes/in_experienced_one_column.pdf": one_column(ADVAITH),
        "resumes/in_graduate_table.docx": word_resume(ISHANI),
        "resumes/career_changer_no_place.pdf": one_column(JONAS),
        "ads/in_lead_hyderabad.docx": word_ad(),
    }


def main(folder: Path) -> None:
    """Write them all."""
    for name, content in files().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
