"""A whole batch: every input is one row of every kind of output, the same to the byte however the run went."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from documents import write_documents
from light import LightEngine

from dlmatch.batch import chunks, local
from dlmatch.batch.ledger import Ledger
from dlmatch.batch.local import Silent, run
from dlmatch.errors import UsageError
from dlmatch.showing.rows import COLUMNS, NAMES

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1")


def rows_of(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def table(path: Path, texts: list[Any], **more: list[Any]) -> Path:
    with path.open("w") as stream:
        for number, text in enumerate(texts):
            stream.write(json.dumps({"text": text, **{name: values[number] for name, values in more.items()}}) + "\n")
    return path


def test_a_row_for_every_input_also_the_unreadable(folder: Path, tmp_path: Path) -> None:
    (folder / "05.txt").write_text("")
    (folder / "06.png").write_bytes(b"\x7fELF" + bytes(50))
    summary = run(folder, tmp_path / "o.csv", engine=LightEngine(), kind="job", workers=2)
    rows = rows_of(tmp_path / "o.csv")
    assert [row["id"] for row in rows] == sorted(path.name for path in folder.iterdir())
    assert list(rows[0]) == list(NAMES)
    assert [row["slug"] for row in rows if row["slug"]] == ["empty-document", "unsupported-format"]
    assert (summary["inputs"], summary["unread"], summary["statuses"]["ok"]) == (13, 2, 11)
    assert not (tmp_path / ".o.csv.dlmatch").exists()


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".html", ".xlsx", ".parquet", ""])
def test_the_same_bytes_with_any_number_of_workers(folder: Path, tmp_path: Path, ending: str) -> None:
    if ending == ".xlsx":
        pytest.importorskip("xlsxwriter")
    if ending in (".parquet", ""):
        pytest.importorskip("pyarrow")
    contents = []
    for workers in (1, 3):
        out = tmp_path / f"{workers}{ending}"
        run(folder, out, engine=LightEngine(), kind="job", workers=workers)
        contents.append([path.read_bytes() for path in (sorted(out.iterdir()) if out.is_dir() else [out])])
    assert contents[0] == contents[1]


def test_the_same_bytes_under_any_hash_seed_zone_and_language(folder: Path, tmp_path: Path) -> None:
    contents = set()
    for number, (seed, zone, language) in enumerate((("0", "UTC", "C"), ("7", "Asia/Kolkata", "C.UTF-8"))):
        out = tmp_path / f"{number}.csv"
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        subprocess.run(
            [sys.executable, "-m", "dlmatch", "batch", str(folder), "-o", str(out)], env=env, check=True, capture_output=True
        )
        contents.add(out.read_bytes())
    assert len(contents) == 1


class Stop(Silent):
    """Stops the run after some results, as Ctrl-C does."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.said: list[str] = []
        self.done = -1

    def says(self, sentence: str) -> None:
        self.said.append(sentence)

    def begins(self, total: int | None, done: int) -> None:
        self.done = done

    def counts(self, read: bool) -> None:
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def test_a_run_that_was_stopped_goes_on(folder: Path, tmp_path: Path) -> None:
    run(folder, tmp_path / "whole.csv", engine=LightEngine(), kind="job", workers=2)
    out = tmp_path / "o.csv"
    with pytest.raises(KeyboardInterrupt):
        run(folder, out, engine=LightEngine(), kind="job", workers=2, watcher=Stop(5))
    assert not out.exists()
    again = Stop(-1)
    run(folder, out, engine=LightEngine(), kind="job", workers=2, watcher=again)
    assert (again.done, again.said) == (5, ["Goes on after 5 documents that a former run finished."])
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()


CHANGES: list[tuple[str, Callable[[Path], Any], dict[str, Any]]] = [
    ("a file more", lambda folder: (folder / "new.txt").write_text("x"), {}),
    ("a file changed", lambda folder: (folder / "03.txt").write_text("changed"), {}),
    ("a setting", lambda folder: None, {"kind": "resume"}),
    ("another day", lambda folder: None, {"engine": LightEngine(as_of="2020-01-01")}),
]


@pytest.mark.parametrize(("change", "options"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_what_changes_the_output_starts_anew(folder: Path, tmp_path: Path, change: Any, options: dict[str, Any]) -> None:
    usual: dict[str, Any] = {"engine": LightEngine(), "kind": "job", "workers": 1}
    with pytest.raises(KeyboardInterrupt):
        run(folder, tmp_path / "o.csv", **usual, watcher=Stop(5))
    change(folder)
    watcher = Stop(-1)
    run(folder, tmp_path / "o.csv", **{**usual, **options}, watcher=watcher)
    assert watcher.done == 0
    assert "starts anew" in watcher.said[0]
    run(folder, tmp_path / "fresh.csv", **{**usual, **options})
    assert (tmp_path / "o.csv").read_bytes() == (tmp_path / "fresh.csv").read_bytes()


def _in_place(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file so that its size and time stay."""
    times = path.stat()
    before = path.read_bytes()
    path.write_bytes(change(before))
    assert path.stat().st_size == len(before)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


WHERE = [
    ("a row of the second chunk", b"number 05", b"number 5!", 4, "the first 4 documents did not, and are kept."),
    ("a row of the first chunk", b"number 01", b"number 1!", 0, "it starts anew."),
    ("a row not read yet", b"number 11", b"number 1!", 8, "Goes on after 8 documents"),
]


@pytest.mark.parametrize(("before", "after", "kept", "said"), [row[1:] for row in WHERE], ids=[row[0] for row in WHERE])
@pytest.mark.parametrize("ending", [".html", ".csv"], ids=["made at the end", "grows"])
def test_a_row_changed_between_two_runs_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, before: bytes, after: bytes, kept: int, said: str
) -> None:
    monkeypatch.setattr(local, "CHUNK_ITEMS", 4)
    source = table(tmp_path / "t.jsonl", [f"number {number:02}" for number in range(12)])
    out = tmp_path / f"o{ending}"
    with pytest.raises(KeyboardInterrupt):
        run(source, out, engine=LightEngine(), kind="job", workers=1, watcher=Stop(8))
    _in_place(source, lambda content: content.replace(before, after))
    again = Stop(-1)
    run(source, out, engine=LightEngine(), kind="job", workers=1, watcher=again)
    assert again.done == kept
    assert said in again.said[0]
    run(source, tmp_path / f"fresh{ending}", engine=LightEngine(), kind="job", workers=1)
    assert out.read_bytes() == (tmp_path / f"fresh{ending}").read_bytes()


def test_a_table_that_is_only_copied_goes_on(tmp_path: Path) -> None:
    source = table(tmp_path / "t.jsonl", [f"number {number}" for number in range(12)])
    with pytest.raises(KeyboardInterrupt):
        run(source, tmp_path / "o.csv", engine=LightEngine(), kind="job", workers=1, watcher=Stop(5))
    os.utime(source, ns=(1, 1))
    again = Stop(-1)
    run(source, tmp_path / "o.csv", engine=LightEngine(), kind="job", workers=1, watcher=again)
    assert (again.done, again.said) == (5, ["Goes on after 5 documents that a former run finished."])


@pytest.mark.parametrize("ending", [".html", ".csv"], ids=["made at the end", "grows"])
def test_rows_added_before_the_output_was_in_its_place_are_scored_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    source = table(tmp_path / "t.jsonl", ["a", "b"])
    out = tmp_path / f"o{ending}"

    def stopped(ledger: Ledger) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "deliver", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(source, out, engine=LightEngine(), kind="job", workers=1)
    monkeypatch.undo()
    table(source, ["a", "b", "c"])
    again = Stop(-1)
    assert run(source, out, engine=LightEngine(), kind="job", workers=1, watcher=again)["inputs"] == 3
    assert again.done == 2
    run(source, tmp_path / f"fresh{ending}", engine=LightEngine(), kind="job", workers=1)
    assert out.read_bytes() == (tmp_path / f"fresh{ending}").read_bytes()


def test_a_source_that_changes_meanwhile_is_told(folder: Path, tmp_path: Path) -> None:
    class Meddler(Silent):
        def counts(self, read: bool) -> None:
            (folder / "zz.txt").write_text("late")

    with pytest.raises(UsageError, match="changed while it was read"):
        run(folder, tmp_path / "o.csv", engine=LightEngine(), kind="job", workers=1, watcher=Meddler())
    assert not (tmp_path / "o.csv").exists()


def test_an_output_is_not_overwritten_unasked(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    out.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        run(folder, out, engine=LightEngine())
    assert out.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "o.csv"]
    run(folder, out, engine=LightEngine(), kind="job", workers=1, overwrite=True)
    assert len(rows_of(out)) == 12


def test_the_source_itself_is_never_replaced(tmp_path: Path) -> None:
    source = table(tmp_path / "t.jsonl", ["x"])
    with pytest.raises(UsageError, match="is the source itself"):
        run(source, source, engine=LightEngine(), overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["t.jsonl"]


def test_a_folder_with_other_files_is_never_replaced(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(UsageError, match="holds other files"):
        run(folder / "*.txt", folder, engine=LightEngine(), overwrite=True)
    assert len(list(folder.iterdir())) == 12
    assert not (tmp_path / ".in.dlmatch").exists()


@pytest.mark.parametrize("name", ["o.doc", "nowhere/o.csv"], ids=["an ending no one writes", "a folder that is not there"])
def test_what_is_no_output(folder: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        run(folder, tmp_path / name, engine=LightEngine())


def test_formulas_are_harmless_in_csv(tmp_path: Path) -> None:
    source = table(tmp_path / "t.jsonl", ["x"] * len(FORMULAS), id=list(FORMULAS), title=list(FORMULAS))
    run(source, tmp_path / "o.csv", engine=LightEngine(), kind="job", workers=1)
    with (tmp_path / "o.csv").open(newline="") as stream:
        cells = [cell for line in list(csv.reader(stream))[1:] for cell in line]
    assert [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))] == []


def test_formulas_are_harmless_in_xlsx(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    source = table(tmp_path / "t.jsonl", ["x"] * len(FORMULAS), id=list(FORMULAS), title=list(FORMULAS))
    run(source, tmp_path / "o.xlsx", engine=LightEngine(), kind="job", workers=1)
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert [
        cell.value
        for cell in cells
        if cell.data_type == "f" or str(cell.value or "").lstrip(" ").startswith(("=", "+", "@", "＝"))
    ] == []


def test_xlsx_has_filters_a_frozen_heading_widths_and_a_summary(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    run(folder, tmp_path / "o.xlsx", engine=LightEngine(), kind="job", workers=1)
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheet = book["Results"]
    assert [cell.value for cell in sheet[1]] == list(NAMES)
    assert (sheet.freeze_panes, sheet.max_row) == ("B2", 13)
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.column_dimensions["A"].width > 20
    assert [line[0].value for line in book["Summary"].iter_rows(max_row=2)] == ["Inputs", "all"]
    assert isinstance(sheet.cell(2, NAMES.index("score") + 1).value, (int, float))


def test_jsonl_holds_whole_reports(folder: Path, tmp_path: Path) -> None:
    (folder / "05.txt").write_text("")
    run(folder, tmp_path / "o.jsonl", engine=LightEngine(), kind="job", workers=1)
    lines = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text().splitlines()]
    assert [line["id"] for line in lines] == sorted(path.name for path in folder.iterdir())
    assert lines[0]["report"]["schema"] == "dlmatch.report/1"
    assert (lines[5]["report"], lines[5]["slug"]) == (None, "empty-document")


def test_parquet_is_typed_and_lists_stay_lists(folder: Path, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    (folder / "05.txt").write_text("")
    for name in ("o.parquet", "o"):
        run(folder, tmp_path / name, engine=LightEngine(), kind="job", workers=1)
        got = pq.read_table(tmp_path / name)
        assert got.column_names == list(NAMES)
        assert {str(got.schema.field(column.name).type) for column in COLUMNS if column.type == "texts"} <= {
            "list<element: string>",
            "list<item: string>",
        }
        assert got.column("score").null_count == 1
        assert got.column("required")[0].as_py() == ["communication", "python", "pytorch", "tensorflow"]


def test_html_is_self_contained_and_escapes(tmp_path: Path) -> None:
    source = table(tmp_path / "t.jsonl", ["x"], id=['<script>alert(1)</script>"'], title=["<b>"])
    run(source, tmp_path / "o.html", engine=LightEngine(), kind="job", workers=1)
    page = (tmp_path / "o.html").read_text()
    assert page.count("<script") == 1
    assert "alert(1)&lt;/script&gt;&quot;" in page
    assert "default-src 'none'" in page
    assert not [word for word in ("http://", "https://", "src=", "<b>") if word in page]


@pytest.mark.parametrize("ending", [".html", ".csv"], ids=["made at the end", "grows"])
def test_a_full_disk_is_one_sentence_and_the_run_goes_on_later(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr(local, "CHUNK_ITEMS", 4)
    out = tmp_path / f"o{ending}"
    really, calls = chunks.sync, []

    def full(stream: Any) -> None:
        calls.append(stream)
        if len(calls) == 3:
            raise OSError(28, os.strerror(28))
        really(stream)

    monkeypatch.setattr(chunks, "sync", full)
    with pytest.raises(UsageError, match=r"No space left on device\. 8 finished documents are kept"):
        run(folder, out, engine=LightEngine(), kind="job", workers=1)
    run(folder, out, engine=LightEngine(), kind="job", workers=1)
    run(folder, tmp_path / f"whole{ending}", engine=LightEngine(), kind="job", workers=1)
    assert out.read_bytes() == (tmp_path / f"whole{ending}").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_run_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 60, bombs=0.05, broken=0.1)
    command = [sys.executable, "-m", "dlmatch", "batch", str(tmp_path / "in"), "--workers", "2", "-o"]
    assert subprocess.run([*command, str(tmp_path / "whole.csv")], capture_output=True).returncode == 3
    out = tmp_path / "o.csv"
    for seconds in (0.5, 1.5, 2.5):
        process = subprocess.Popen(
            [*command, str(out)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
    if not out.exists():
        assert subprocess.run([*command, str(out)], capture_output=True).returncode == 3
    assert out.read_bytes() == (tmp_path / "whole.csv").read_bytes()
