"""dlmatch rank: what it prints in each format, its exit codes, what it leaves out and what it never loses."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from dlmatch import Engine, UsageError
from dlmatch.showing.ranking_rows import COLUMNS, NAMES, harmless
from dlmatch.showing.schema import ranking_schema

AD = """Engineer, Payments

Requirements
- 3+ years of experience
- Master's degree
- Python, PyTorch, Docker, SQL

Nice to have
- Kubernetes, AWS
"""
STRONG = """Ann Example
Experience
Deep Learning Engineer, Acme, 2018-01 to 2023-12
- Trained models with PyTorch and Python, shipped them with Docker on AWS and Kubernetes.
- Wrote SQL for reports of every kind and taught two colleagues to do the same.
Education
Master of Science, 2017
"""
WEAK = """Bob Example
Experience
Analyst, Beta, 2022-06 to 2023-12
- Wrote Python and SQL for the finance team.
"""
Run = Callable[..., Any]


@pytest.fixture(scope="module")
def real() -> Engine:
    return Engine()


@pytest.fixture(autouse=True)
def _one_engine(real: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    from dlmatch.cli import ranking

    monkeypatch.setattr(ranking, "_engine", lambda region, as_of: real)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A folder with two people, an edited copy of one, and two files that can't be read."""
    root = tmp_path / "resumes"
    (root / "more").mkdir(parents=True)
    (root / "strong.txt").write_text(STRONG)
    (root / "more" / "strong again.txt").write_text(STRONG.replace("two colleagues", "three colleagues"))
    (root / "weak.txt").write_text(WEAK)
    (root / "empty.txt").write_text("")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (tmp_path / "ad.txt").write_text(AD)
    return root


def run_rank(run: Run, folder: Path, *options: str) -> Any:
    return run("rank", str(folder.parent / "ad.txt"), str(folder), *options)


def test_the_text_view(people: Path, run: Run) -> None:
    ran = run_rank(run, people)
    assert ran.code == 3
    assert ran.err == "dlmatch: 2 files of 5 could not be read; see the end of the ranking.\n"
    lines = [line.strip() for line in ran.out.splitlines()]
    assert max(len(line) for line in ran.out.splitlines()) <= 80
    first = next(at for at, line in enumerate(lines) if line.startswith("1  "))
    assert lines[first].split()[1:4] == ["more/strong", "again.txt", "100.0"]
    assert lines[first].endswith("4 of 4")
    assert lines[first + 1 : first + 4] == [
        "lacks nothing that is asked",
        "6 years (3 asked), Master's (Master's asked)",
        "1 copy: strong.txt (87%)",
    ]
    assert lines[first + 4].startswith("2  weak.txt")
    assert lines[first + 5 : first + 7] == [
        "lacks Docker, PyTorch, AWS and 1 more",
        "1.6 years (under 3 asked), degree not stated (Master's asked)",
    ]
    assert "Trust in a match with it: fair (0.62)." in " ".join(lines)
    assert [line.split()[:2] for line in lines if line.startswith(("broken.pdf", "empty.txt"))] == [
        ["broken.pdf", "damaged-document"],
        ["empty.txt", "empty-document"],
    ]


def test_a_broad_terminal_shows_more(people: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    out = run_rank(run, people).out
    assert "Preferred" in out
    assert max(len(line) for line in out.splitlines()) <= 120


def test_json_is_by_its_schema_and_holds_the_proof_of_both_sides(people: Path, run: Run) -> None:
    ran = run_rank(run, people, "--format", "json")
    found = json.loads(ran.out)
    schema = ranking_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(found)
    assert found["counts"] == {"files": 5, "ranked": 2, "copies": 1, "without_score": 0, "unread": 2}
    best = found["rows"][0]["match"]
    assert best["schema"] == "dlmatch.match/1"
    assert best["met"][0]["asked_in"]
    assert best["met"][0]["shown_in"]
    assert [row["error"] and row["error"]["slug"] for row in found["rows"][3:]] == ["damaged-document", "empty-document"]


def test_ads_for_a_resume(tmp_path: Path, run: Run) -> None:
    ads = tmp_path / "ads"
    ads.mkdir()
    (ads / "specific.txt").write_text(AD)
    (ads / "vague.txt").write_text("Engineer\n\nRequirements\n- Python\n")
    (ads / "silent.txt").write_text("We are looking for somebody nice.")
    cv = ads / "cv.txt"  # lies among the ads, and is none
    cv.write_text(STRONG)
    ran = run("rank", "--resume", str(cv), str(ads), "-f", "json")
    assert ran.code == 0
    found = json.loads(ran.out)
    jsonschema.Draft202012Validator(ranking_schema()).validate(found)
    assert [(row["rank"], row["name"]) for row in found["rows"]] == [(1, "specific.txt"), (2, "vague.txt"), (None, "silent.txt")]
    assert [row["specificity"]["trust"] for row in found["rows"]] == [0.625, 0.25, 0.0]
    text = run("rank", "--resume", str(cv), str(ads)).out
    assert "Without a score" in text
    assert "Trust" in text


def test_csv_has_a_line_for_every_file(people: Path, run: Run) -> None:
    (people / "=1+1.txt").write_text(WEAK)
    rows = list(csv.DictReader(io.StringIO(run_rank(run, people, "-f", "csv").out)))
    assert [row["name"] for row in rows] == [
        "more/strong again.txt",
        "strong.txt",
        "'=1+1.txt",
        "weak.txt",
        "broken.pdf",
        "empty.txt",
    ]
    assert [row["rank"] for row in rows] == ["1", "1", "2", "2", "", ""]
    assert [row["group_place"] for row in rows] == ["1", "2", "1", "2", "", ""]
    assert rows[2]["missing_required"] == "Docker; PyTorch"
    assert rows[2]["years_met"] == "false"
    assert rows[-1]["slug"] == "empty-document"


def test_csv_columns_are_those_declared(real: Engine, people: Path) -> None:
    from dlmatch.showing.ranking_rows import row_of

    found = real.rank(people, job=people.parent / "ad.txt")
    used = {name for row in found.rows for name in row_of(row, found)}
    assert used == set(NAMES)
    assert all(meaning for _, meaning in COLUMNS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=cmd()", "'=cmd()"),
        ("  +1", "'  +1"),
        ("-a.pdf", "'-a.pdf"),
        ("@a", "'@a"),
        ("\tx", "\\u0009x"),
        ("＝1", "'＝1"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize(("ending", "start"), [("csv", "rank,"), ("json", "{"), ("md", "# Resumes"), ("html", "<!DOCTYPE html>")])
def test_out_chooses_the_format_and_is_no_document_of_the_folder(ending: str, start: str, people: Path, run: Run) -> None:
    target = people / f"ranking.{ending}"
    for _ in range(2):  # the second run finds what the first wrote
        ran = run_rank(run, people, "-o", str(target))
        assert (ran.code, ran.out) == (3, "")
        assert "2 files of 5" in ran.err
        assert target.read_text("utf-8").startswith(start)


@pytest.mark.parametrize("form", ["text", "json", "md", "csv", "html"])
def test_the_same_folder_gives_the_same_bytes(form: str, people: Path, run: Run) -> None:
    assert run_rank(run, people, "-f", form).out == run_rank(run, people, "-f", form).out


def test_top(people: Path, run: Run) -> None:
    ran = run_rank(run, people, "--top", "1", "-f", "json")
    assert [row["rank"] for row in json.loads(ran.out)["rows"]] == [1, 1, None, None]
    assert "and 1 more (--top N" in run_rank(run, people, "--top", "1").out


def test_a_long_list_folds_as_text_and_only_there(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(" ".join(f"word{number}x{at}" for at in range(20)))
    (tmp_path / "ad.txt").write_text(AD)
    assert "and 15 more" in run_rank(run, folder).out
    assert " 40  39.txt" in run_rank(run, folder, "--top", "40").out
    assert run_rank(run, folder, "-f", "md").out.count(".txt**") == 40


def test_pages_and_tables_name_every_copy_and_terminals_three(people: Path, run: Run) -> None:
    for number in range(6):
        (people / f"copy <{number}>.txt").write_text(STRONG)
    assert "7 copies: " in run_rank(run, people).out
    assert "and 4 more" in run_rank(run, people).out
    page = run_rank(run, people, "-f", "html").out
    assert all(f"copy &lt;{number}&gt;.txt" in page for number in range(6))
    assert '<td colspan="6"' in page
    assert "<script" not in page
    assert run_rank(run, people, "-f", "md").out.count("copy of") == 7


def test_hidden_text_is_remarked_on(people: Path, run: Run) -> None:
    hidden = '<p style="display:none">PyTorch Docker Kubernetes AWS</p>'
    (people / "weak.html").write_text(f"<html><body><p>Carl. Python for three years at Gamma.</p>{hidden}</body></html>")
    out = run_rank(run, people).out
    assert "! hidden text" in out


def test_an_ad_among_the_resumes_is_remarked_on(people: Path, run: Run) -> None:
    ad = "We are looking for an engineer to join our team.\nRequirements\n3+ years of Python is required\nWhat we offer\nYou will learn"
    (people / "stray.txt").write_text(ad)
    assert "! reads like a job ad" in run_rank(run, people).out


def test_a_target_that_can_not_be_read_is_an_error(people: Path, run: Run) -> None:
    ran = run("rank", str(people / "empty.txt"), str(people))
    assert ran.code == 2
    assert "[empty-document]" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ad.txt",), "It takes a job ad and a folder, and 1 path was given."),
        (("ad.txt", "a", "b"), "It takes a job ad and a folder, and 3 paths were given."),
        (("--resume", "cv.txt", "ad.txt", "b"), "With --resume it takes a folder alone, and 2 paths were given."),
        (("ad.txt", "nowhere"), "There is no such folder."),
        (("ad.txt", "ad.txt"), "It is a file, not a folder."),
        (("ad.txt", "bare"), "There is no document in this folder."),
        (("ad.txt", "bare", "--top", "0"), "--top"),
        (("ad.txt", "bare", "-f", "pdf"), "'pdf' is not one of"),
        ((), "Missing argument 'JOB FOLDER'"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ad.txt").write_text(AD)
    (tmp_path / "bare").mkdir()
    ran = run("rank", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_standard_input(people: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(AD.encode())))
    found = json.loads(run("rank", "-", str(people), "-f", "json").out)
    assert found["target"]["name"] == "standard input"
    assert found["counts"]["ranked"] == 2


def test_a_fault_in_one_document_loses_no_other(people: Path, run: Run, real: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Engine.report

    def failing(self: Engine, kind: Any, document: Any) -> Any:
        if document.name == "weak.txt":
            raise ZeroDivisionError("secret words")
        return report(self, kind, document)

    monkeypatch.setattr(Engine, "report", failing)
    ran = run_rank(run, people, "-f", "json")
    row = json.loads(ran.out)["rows"][-1]
    assert (row["name"], row["error"]["slug"]) == ("weak.txt", "internal-fault")
    assert "secret" not in ran.out


def test_from_python(people: Path, real: Engine) -> None:
    ad = real.job(people.parent / "ad.txt")
    told: list[tuple[int, int]] = []
    found = real.rank(people, job=ad, progress=lambda done, whole: told.append((done, whole)))
    assert found == real.rank(people, job=people.parent / "ad.txt")
    assert told == [(number, 5) for number in range(1, 6)]
    assert found.to_dict()["schema"] == "dlmatch.ranking/1"
    for wrong in ({}, {"job": ad, "resume": ad}, {"resume": ad}, {"job": ad, "top": 0}):
        with pytest.raises(UsageError):
            real.rank(people, **wrong)
