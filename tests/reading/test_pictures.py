"""Evidence on page pictures: a box where the words stand, nothing half-written, a clear error for what has no pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

import dlmatch

ROOT = Path(__file__).resolve().parents[2]
RESUME = ROOT / "samples" / "resumes" / "us_senior_two_columns.pdf"
ENGINE = dlmatch.Engine()


def test_every_page_with_evidence_gets_a_picture_with_boxes_round_the_words(tmp_path: Path) -> None:
    report = ENGINE.resume(RESUME)
    paths = ENGINE.draw(RESUME, report, tmp_path / "new")
    assert [path.name for path in paths] == ["page-001.png"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["page-001.png"]
    picture = Image.open(paths[0]).convert("RGB")
    scale = picture.width / 595  # the sample is A4 or Letter; only the ratio of a box to the page matters here
    proof = next(e for skill in report.skills if skill.id == "pytorch" for e in skill.evidence if e.section == "experience")
    assert proof.bbox is not None
    x0, top, x1, bottom = (int(side * scale) for side in proof.bbox)
    around = picture.crop((x0 - 4, top - 4, x1 + 4, bottom + 4))
    greens = [colour for _, colour in around.getcolors(100_000) if colour[1] > colour[0] + 40 and colour[1] > colour[2] + 20]
    assert greens, "no green frame around the evidence"


def test_a_document_without_evidence_gets_no_picture(tmp_path: Path) -> None:
    from dlmatch.reading.pictures import write_pictures

    assert write_pictures(RESUME, (), tmp_path) == ()


def test_a_text_has_no_pages_to_draw_on(tmp_path: Path) -> None:
    ad = ROOT / "samples" / "ads" / "us_entry_austin.txt"
    with pytest.raises(dlmatch.UnsupportedFormat, match="PDF only"):
        ENGINE.draw(ad, ENGINE.job(ad), tmp_path)


def test_a_folder_that_can_t_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(dlmatch.UsageError, match="can't be written"):
        ENGINE.draw(RESUME, ENGINE.resume(RESUME), tmp_path / "file" / "below")
