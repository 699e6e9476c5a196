"""dlmatch batch as people call it: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dlmatch.batch import local
from dlmatch.cli import batch
from dlmatch.cli.batch import Bar


def call(*arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([sys.executable, "-m", "dlmatch", "batch", *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_done_is_0_and_the_summary_is_all_of_stdout(folder: Path, tmp_path: Path) -> None:
    code, out, err = call(str(folder), "-o", str(tmp_path / "o.csv"), "--format", "json", "--kind", "job")
    assert (code, err) == (0, "")
    summary = json.loads(out)
    assert (summary["schema"], summary["inputs"], summary["unread"]) == ("dlmatch.batch-summary/1", 12, 0)
    assert summary["scores"]["count"] == 12


def test_unread_items_are_3(folder: Path, tmp_path: Path) -> None:
    (folder / "x.txt").write_text("")
    code, out, err = call(str(folder), "-o", str(tmp_path / "o.csv"))
    assert (code, err) == (3, "")
    assert "13 inputs into" in out
    assert "empty-document" in out


WRONG = [
    ("no output", ["{in}"], "--out"),
    ("no such source", ["{in}x", "-o", "{out}"], "It is not there."),
    ("an ending no one writes", ["{in}", "-o", "{out}.doc"], "No table is written as"),
    ("a master without Spark", ["{in}", "-o", "{out}", "--master", "local"], "A master is of Spark alone."),
    ("an address to read, without Spark", ["s3a://bucket/in", "-o", "{out}"], "Add --engine spark."),
    ("addresses by a pattern, without Spark", ["s3a://bucket/*.pdf", "-o", "{out}"], "Add --engine spark."),
    ("an address to write, without Spark", ["{in}", "-o", "s3a://bucket/out"], "It is an address"),
    ("a wrong day", ["{in}", "-o", "{out}", "--as-of", "today"], "is no date"),
    ("no workers at all", ["{in}", "-o", "{out}", "--workers", "0"], "--workers"),
]


@pytest.mark.parametrize(("arguments", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_wrong_use_is_2_and_one_sentence(folder: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    given = [word.replace("{in}", str(folder)).replace("{out}", str(tmp_path / "o.csv")) for word in arguments]
    code, out, err = call(*given)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C in another way")
def test_ctrl_c_is_130_and_says_how_to_go_on(tmp_path: Path) -> None:
    source = tmp_path / "t.jsonl"
    source.write_text("".join(json.dumps({"text": f"PyTorch {number} " * 400}) + "\n" for number in range(3000)))
    command = [sys.executable, "-m", "dlmatch", "batch", str(source), "-o", str(tmp_path / "o.csv"), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    hidden = tmp_path / ".o.csv.dlmatch"
    while not (hidden / "out").exists() and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "the same command goes on from there" in err
    assert err.count("\n") == 1


# finished, what the run itself says, words of ours, why
STOPS = [
    (0, "", "Stopped. Nothing was finished yet; the same command begins anew.", "at the start"),
    (1200, "", "Stopped. 1,200 documents are finished and kept; the same command goes on from there.", "in mid-run"),
    (7, "Stopped. Of it nothing is kept.", "Stopped. Of it nothing is kept.", "a run that knows better"),
]


@pytest.mark.parametrize(("done", "said", "told", "why"), STOPS, ids=[row[3] for row in STOPS])
def test_ctrl_c_says_what_is_kept(monkeypatch: pytest.MonkeyPatch, done: int, said: str, told: str, why: str) -> None:
    def stopped(*_: Any, watcher: Bar, **__: Any) -> None:
        watcher.begins(None, done)
        raise KeyboardInterrupt(said)

    monkeypatch.setattr(local, "run", stopped)
    monkeypatch.setattr(batch, "built_engine", lambda *_: None)
    with pytest.raises(KeyboardInterrupt) as stop:
        batch.batch_command("in", "out.csv")
    assert str(stop.value) == told
