"""dlmatch eval from the command line, on two documents and their labels."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

AD = "Machine Learning Engineer\n\nRequirements\n- 3 years of experience with Python and PyTorch\n"
RESUME = "Skills\nPython, SQL\n"
LABELS = {
    "ad": {
        "kind": "job",
        "skills": [
            {"id": "python", "need": "preferred"},
            {"id": "pytorch", "need": "required"},
            {"id": "sql", "need": "required"},
        ],
        "unsure": ["machine-learning"],
        "years_min": 5,
        "salary": None,
    },
    "cv": {"kind": "resume", "skills": [{"id": "python", "shown": "listed"}], "degree_max": None},
}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """A folder of labels and one of documents."""
    labels, docs = tmp_path / "labels", tmp_path / "docs"
    labels.mkdir()
    docs.mkdir()
    for name, label in LABELS.items():
        (labels / f"{name}.json").write_text(json.dumps(label), encoding="utf-8")
    (docs / "ad.txt").write_text(AD, encoding="utf-8")
    (docs / "cv.md").write_text(RESUME, encoding="utf-8")
    return str(labels), str(docs)


def test_the_figures(run: Callable[..., Any], folders: tuple[str, str]) -> None:
    ran = run("eval", *folders, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["documents"], found["failed"]) == (0, 2, [])
    assert found["skills"]["all"] == {"P": 0.75, "R": 0.75, "F1": 0.75, "n": 4}
    assert (found["need_accuracy"], found["shown_accuracy"]) == (0.5, 1.0)
    assert found["facts"] == {"degree_max": "1/1", "pay_absent": "1/1", "years_min": "0/1"}
    errors = {row["id"]: (row["missed"], row["wrong"], row["level"]) for row in found["skill_errors"]}
    assert errors == {"sql": (["ad"], ["cv"], []), "python": ([], [], ["ad"])}
    assert found["fact_errors"] == [{"document": "ad", "fact": "years_min", "labelled": 5, "found": 3}]


def test_the_text_names_the_errors_when_asked(run: Callable[..., Any], folders: tuple[str, str]) -> None:
    brief, full = run("eval", *folders).out, run("eval", *folders, "--errors").out
    assert full.startswith(brief.rstrip("\n"))
    assert "  all       0.7500  0.7500 0.7500         4" in brief
    assert "  sql: found 0 of 1\n    missed in ad\n    wrong in cv" in full
    assert "  years_min, ad: labelled 5, found 3" in full


def test_a_list_of_skills_bounds_what_is_looked_for(run: Callable[..., Any], folders: tuple[str, str], tmp_path: Path) -> None:
    assert "skills looked for" in run("eval", *folders).out
    (tmp_path / "skills.tsv").write_text("id\nsql\n", encoding="utf-8")
    assert "; 3 skills looked for" in run("eval", *folders).out  # sql, and what the labels name


def test_a_document_that_is_missing_or_broken_is_named(run: Callable[..., Any], folders: tuple[str, str]) -> None:
    Path(folders[1], "ad.txt").unlink()
    Path(folders[1], "cv.md").write_bytes(b"")
    ran = run("eval", *folders)
    assert ran.code == 3
    assert "2 documents, 2 of them not read" in ran.out
    assert "ad: there is no document of this name" in ran.out
    assert "cv: The file is empty. [empty-document]" in ran.out


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda labels, docs: (labels / "ad.json").write_text('{"kind":\n "advert", "skills": []}'), "ad.json:1: $.kind: "),
        (lambda labels, docs: [path.unlink() for path in labels.iterdir()], "There is no label file"),
        (lambda labels, docs: [path.unlink() for path in docs.iterdir()] and docs.rmdir(), "There is no such folder."),
    ],
    ids=["a slip in a label", "no labels", "no documents"],
)
def test_wrong_use_is_one_sentence_with_its_place(
    run: Callable[..., Any], folders: tuple[str, str], spoil: Callable[[Path, Path], object], said: str
) -> None:
    spoil(Path(folders[0]), Path(folders[1]))
    ran = run("eval", *folders)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
