"""dlmatch taxonomy suggest from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEXTS = {
    "a.txt": "Requirements\n- Python, Zephyrdb and SQL\n",
    "b.txt": "Requirements\n- Experience with Zephyrdb or Docker\n",
    "c.txt": "Requirements\n- TensorFlow, zephyrdb\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three ads."""
    home = tmp_path / "ads"
    home.mkdir()
    for name, text in TEXTS.items():
        (home / name).write_text(text, encoding="utf-8")
    return home


def test_a_folder(run: Callable[..., Any], folder: Path) -> None:
    ran = run("taxonomy", "suggest", str(folder), "--kind", "job")
    assert ran.code == 0
    assert "3 documents; 1 terms that the taxonomy lacks, 1 shown" in ran.out
    assert "Zephyrdb" in ran.out
    assert "a.txt: …- Python, Zephyrdb and SQL…" in ran.out


def test_a_column_of_a_table(run: Callable[..., Any], tmp_path: Path) -> None:
    table = tmp_path / "ads.jsonl"
    rows = [{"id": name, "what": text} for name, text in TEXTS.items()]
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ran = run("taxonomy", "suggest", str(table), "--text", "what", "--kind", "job", "--format", "json")
    found = json.loads(ran.out)
    assert [one["term"] for one in found["suggestions"]] == ["Zephyrdb"]
    assert found["suggestions"][0]["examples"][0][0] == "a.txt"


def test_the_stub_by_the_files_ending(run: Callable[..., Any], folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "new.yaml"
    assert run("taxonomy", "suggest", str(folder), "--kind", "job", "-o", str(out)).code == 0
    assert "- id: zephyrdb\n  name: Zephyrdb\n" in out.read_text(encoding="utf-8")


def test_a_document_that_cant_be_read_is_named_and_left_out(run: Callable[..., Any], folder: Path) -> None:
    (folder / "d.pdf").write_bytes(b"")
    ran = run("taxonomy", "suggest", str(folder), "--kind", "job")
    assert ran.code == 3
    assert "not read: d.pdf: The file is empty. [empty-document]" in ran.err
    assert "Zephyrdb" in ran.out


def test_nothing_readable_is_an_error(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"")
    ran = run("taxonomy", "suggest", str(tmp_path))
    assert (ran.code, ran.out) == (2, "")
    assert "Not one of the documents could be read." in ran.err
