"""The commands: what they print, where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dlmatch.errors import EncryptedDocument, TaxonomyInvalid, every_error

COMMANDS = (("resume", "cv.pdf"), ("job", "ad.html"), ("match", "cv.pdf", "ad.html"))
BEGINNINGS = {"text": "\n ", "json": "{\n", "md": "# ", "html": "<!DOCTYPE html>"}
Run = Callable[..., Any]


@pytest.mark.parametrize("chosen", BEGINNINGS)
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_every_command_in_every_format(command: tuple[str, ...], chosen: str, engine: Any, run: Run) -> None:
    ran = run(*command, "--format", chosen)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(BEGINNINGS[chosen])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_options_reach_the_engine(command: tuple[str, ...], engine: Any, run: Run) -> None:
    assert run(*command, "--region", "IN", "--as-of", "2024-06-30").code == 0
    assert (engine.region, engine.as_of) == ("IN", "2024-06-30")
    assert [name for _, _, name in engine.asked] == list(command[1:])


def test_no_date_is_passed_through_as_none(engine: Any, run: Run) -> None:
    run("resume", "cv.pdf")
    assert engine.as_of is None


def test_json_is_exactly_the_report(engine: Any, run: Run) -> None:
    from reports import resume_report

    assert json.loads(run("resume", "cv.pdf", "-f", "json").out) == json.loads(json.dumps(resume_report().to_dict()))


@pytest.mark.parametrize(("limit", "code"), [("0", 0), ("72.4", 0), ("72.5", 1), ("100", 1)])
def test_fail_under(limit: str, code: int, engine: Any, run: Run) -> None:
    ran = run("resume", "cv.pdf", "--fail-under", limit)
    assert ran.code == code
    assert "72.4 of 100" in ran.out
    assert ran.err == (f"dlmatch: The score 72.4 is under {limit} (--fail-under {limit}).\n" if code else "")


def test_no_score_is_under_any(engine: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from reports import job_report

    monkeypatch.setattr(engine, "job", lambda source, *, name="": job_report(skills=()))
    ran = run("match", "cv.pdf", "ad.html", "--fail-under", "1")
    assert ran.code == 1
    assert "There is no score" in ran.err


@pytest.mark.parametrize("ending", ["json", "md", "html", "txt"])
def test_out_chooses_the_format_by_its_ending(ending: str, engine: Any, run: Run, tmp_path: Path) -> None:
    target = tmp_path / f"report.{ending}"
    ran = run("resume", "cv.pdf", "-o", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert target.read_text("utf-8").startswith(BEGINNINGS.get(ending, BEGINNINGS["text"]))
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_format_asked_for_wins_over_the_ending(engine: Any, run: Run, tmp_path: Path) -> None:
    run("resume", "cv.pdf", "-f", "json", "-o", str(tmp_path / "report.md"))
    json.loads((tmp_path / "report.md").read_text("utf-8"))


def test_a_failed_write_leaves_the_old_file(engine: Any, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.json"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = run("resume", "cv.pdf", "-o", str(target))
    assert ran.code == 2
    assert "No space left on device" in ran.err
    assert target.read_text() == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_file_keeps_its_mode_and_a_link_its_aim(engine: Any, run: Run, tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    run("resume", "cv.pdf", "-o", str(link))
    assert link.is_symlink()
    assert real.read_text("utf-8").startswith("{")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_the_input_is_never_overwritten(engine: Any, run: Run, tmp_path: Path) -> None:
    resume = tmp_path / "cv.txt"
    resume.write_text("Python")
    ran = run("resume", str(resume), "-o", str(tmp_path / "." / "cv.txt"))
    assert ran.code == 2
    assert "input itself" in ran.err
    assert resume.read_text() == "Python"


@pytest.mark.parametrize("out", ["nowhere/report.json", "."])
def test_a_place_that_takes_no_file(out: str, engine: Any, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("resume", "cv.pdf", "-o", out)
    assert ran.code == 2
    assert ran.err.startswith(f"dlmatch: {out}: can't be written: ")
    assert ran.err.endswith("[wrong-use]\n")


def test_a_device_is_written_to_and_stays(engine: Any, run: Run) -> None:
    assert run("resume", "cv.pdf", "-o", os.devnull).code == 0
    assert not Path(os.devnull).is_file()


def test_standard_input(engine: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"Python")))
    assert run("job", "-").code == 0
    assert engine.asked == [("job", b"Python", "standard input")]


def test_standard_input_is_one_document(engine: Any, run: Run) -> None:
    ran = run("match", "-", "-")
    assert ran.code == 2
    assert ran.err == "dlmatch: standard input: can be only one of the two. Give the other as a file. [wrong-use]\n"


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.slug)
def test_every_error_is_one_sentence(kind: type[Any], engine: Any, run: Run) -> None:
    engine.error = kind("is not as it should be.", "cv.pdf", "Do something else.")
    ran = run("resume", "cv.pdf")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"dlmatch: cv.pdf: is not as it should be. Do something else. [{kind.slug}]\n"


def test_every_fault_of_a_taxonomy_has_a_line(engine: Any, run: Run) -> None:
    engine.error = TaxonomyInvalid("2 faults", "taxonomy", faults=("tools.yaml:3: no name", "web.yaml:9: no id"))
    lines = run("resume", "cv.pdf").err.splitlines()
    assert lines[0].endswith("[taxonomy-invalid]")
    assert lines[1:] == ["  tools.yaml:3: no name", "  web.yaml:9: no id"]


def test_a_name_can_not_drive_the_terminal(engine: Any, run: Run) -> None:
    engine.error = EncryptedDocument("A password is needed.", "\x1b[2Jcv.pdf")
    assert "\x1b" not in run("resume", "x").err


def test_an_unforeseen_fault_shows_no_text_of_the_document(engine: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.error = ValueError("secret words")
    ran = run("resume", "cv.pdf")
    assert ran.code == 2
    assert "secret" not in ran.err
    assert "Traceback" not in ran.err
    monkeypatch.setenv("DLMATCH_DEBUG", "1")
    with pytest.raises(ValueError, match="secret"):
        run("resume", "cv.pdf")


def test_stopping(engine: Any, run: Run) -> None:
    engine.error = KeyboardInterrupt()
    ran = run("resume", "cv.pdf")
    assert (ran.code, ran.err) == (130, "dlmatch: Stopped.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("resme", "x"), "No such command 'resme'"),
        (("resume",), "Missing argument 'FILE'"),
        (("resume", "x", "--colour"), "No such option: --colour"),
        (("resume", "x", "--format", "pdf"), "'pdf' is not one of"),
        (("resume", "x", "--fail-under", "101"), "--fail-under"),
        (("resume", "x", "--fail-under", "many"), "--fail-under"),
        (("taxonomy",), "Missing command"),
        (("match", "x"), "Missing argument 'JOB'"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], said: str, engine: Any, run: Run) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("dlmatch: ")
    assert said in ran.err
    assert ran.err.endswith("--help. [wrong-use]\n")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [(), ("resume",), ("job",), ("match",), ("taxonomy",), ("taxonomy", "build"), ("taxonomy", "check"), ("taxonomy", "show")],
)
def test_help_shows_a_worked_example(command: tuple[str, ...], run: Run) -> None:
    ran = run(*command, "--help")
    assert ran.code == 0
    assert f"dlmatch {' '.join(command)}".rstrip() in ran.out.split("\n\n", 1)[1] or command == ("taxonomy",)


def test_no_arguments_is_help(run: Run) -> None:
    assert run().out == run("--help").out


def test_version(run: Run) -> None:
    from dlmatch.version import VERSION

    assert run("--version").out == f"dlmatch {VERSION}\n"
