"""One document to one row: what a table states beside a text counts, and nothing a document holds gets out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from light import LightEngine

from dlmatch.batch.scoring import row_of, stating
from dlmatch.engine import Engine
from dlmatch.model.document import Document


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def test_title_and_place_of_the_table_stand_beside_the_text(engine: Engine) -> None:
    row = row_of(engine, "PyTorch is required.", kind="job", title="Senior ML Engineer", location="Austin, TX", id="7")
    assert [row[name] for name in ("id", "name", "title", "seniority", "city", "country")] == [
        "7", "Senior ML Engineer", "Senior ML Engineer", "senior", "Austin", "US",
    ]  # fmt: skip


def test_what_the_document_states_itself_stays() -> None:
    document = stating(Document(text="x", stated={"title": "Own"}), "Table's", "Boston, MA")
    assert document.stated["title"] == "Own"
    assert document.stated["city"] == "Boston"


def test_the_same_row_as_the_engine_gives_alone(engine: Engine, tmp_path: Path) -> None:
    from dlmatch.showing.rows import report_row

    path = tmp_path / "ad.txt"
    path.write_text("Requirements\nPyTorch, 3 years of Python. Salary $100,000 a year.")
    assert row_of(engine, path, kind="job", id="ad.txt") == report_row(engine.job(path))


def test_a_file_of_the_other_kind_is_told(engine: Engine) -> None:
    ad = "We are looking for an engineer to join our team.\nRequirements\n3+ years of Python is required\nWhat we offer\nYou will learn"
    assert row_of(engine, ad.encode(), kind="resume", id="ad.txt")["findings"] == ["other-kind"]
    assert row_of(engine, ad.encode(), kind="job", id="ad.txt")["findings"] == []


GIVEN: list[tuple[str, Any, str | None, str | None]] = [
    ("a text", "PyTorch", None, "job"),
    ("a file's bytes", b"PyTorch", None, "job"),
    ("nothing", None, "empty-document", None),
    ("a file that is not there", Path("nowhere/x.pdf"), "wrong-use", None),
    ("a fault in the engine", "FAULT secret", "dlmatch-error", "job"),
    ("letters that are no Unicode", "PyTorch \ud800", None, "job"),
]


@pytest.mark.parametrize(("given", "slug", "kind"), [row[1:] for row in GIVEN], ids=[row[0] for row in GIVEN])
def test_anything_becomes_a_row(given: Any, slug: str | None, kind: str | None) -> None:
    row = row_of(LightEngine(), given, id="a/b.txt")  # type: ignore[arg-type]
    assert (row["id"], row["slug"], row["kind"]) == ("a/b.txt", slug, kind)
    assert "secret" not in str(row["error"])
