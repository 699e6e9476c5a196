"""What stands in the ledger is kept whole, whatever ended the run; what does not stand there does not count."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from dlmatch.batch.ledger import Ledger, opened
from dlmatch.errors import UsageError

FACTS = {"listing": "abc"}
KINDS = pytest.mark.parametrize("grows", [False, True], ids=["made at the end", "grows"])


def commit(ledger: Ledger, *lines: bytes) -> None:
    ledger.commit(b"\n".join(lines) + b"\n", items=len(lines))


def filled(out: Path, *chunks: tuple[bytes, ...], grows: bool = False) -> None:
    with opened(out, FACTS, grows=grows) as ledger:
        for chunk in chunks:
            commit(ledger, *chunk)


def content(out: Path, facts: dict[str, Any] | None = None, *, grows: bool = False) -> list[bytes]:
    with opened(out, facts or FACTS, grows=grows) as ledger:
        return list(ledger.lines())


@KINDS
def test_chunks_come_back_in_order(tmp_path: Path, grows: bool) -> None:
    filled(tmp_path / "o.csv", (b"a", b"b"), (b"c",), grows=grows)
    filled(tmp_path / "o.csv", (b"d",), grows=grows)
    assert content(tmp_path / "o.csv", grows=grows) == [b"a", b"b", b"c", b"d"]


def test_what_is_said_of_a_chunk_comes_back(tmp_path: Path) -> None:
    with opened(tmp_path / "o.csv", FACTS) as ledger:
        ledger.commit(b"a\n", items=1, unread=1, source="digest", counted={"inputs": 1})
    with opened(tmp_path / "o.csv", FACTS) as again:
        (chunk,) = again.chunks
        assert (chunk.items, chunk.unread, chunk.source, list(again.counted())) == (1, 1, "digest", [{"inputs": 1}])
        again.commit(b"b\n", items=1, counted={"inputs": 2})
        again.keep(1)
        assert list(again.counted()) == [{"inputs": 1}]


@KINDS
def test_a_run_that_fails_before_anything_counts_leaves_nothing(tmp_path: Path, grows: bool) -> None:
    def failing() -> None:
        with opened(tmp_path / "o.csv", FACTS, grows=grows) as ledger:
            with pytest.raises(UsageError, match="Another run"), opened(tmp_path / "o.csv", FACTS, grows=grows):
                pass
            assert ledger.folder.exists()  # it is not the other's to take away
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        failing()
    assert list(tmp_path.iterdir()) == []
    filled(tmp_path / "o.csv", (b"a",), grows=grows)
    with pytest.raises(KeyboardInterrupt):
        failing()
    assert content(tmp_path / "o.csv", grows=grows) == [b"a"]


def test_what_can_not_be_looked_through_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "o.csv", (b"a",))

    def refused(ledger: Ledger) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "_take_over", refused)
        with pytest.raises(UsageError, match="Input/output error"):
            filled(tmp_path / "o.csv")
    assert content(tmp_path / "o.csv") == [b"a"]


@KINDS
def test_other_facts_start_anew(tmp_path: Path, grows: bool) -> None:
    filled(tmp_path / "o.csv", (b"a",), grows=grows)
    with opened(tmp_path / "o.csv", {"listing": "other"}, grows=grows) as ledger:
        assert (ledger.done, ledger.started_anew) == (0, True)
    assert sorted(path.name for path in (tmp_path / ".o.csv.dlmatch").iterdir()) == ["ledger", "lock"]
    assert content(tmp_path / "o.csv", {"listing": "other"}, grows=grows) == []


@KINDS
def test_the_first_chunks_can_be_kept_alone(tmp_path: Path, grows: bool) -> None:
    out = tmp_path / "o.csv"
    filled(out, (b"a",), (b"b", b"c"), (b"d",), grows=grows)
    with opened(out, FACTS, grows=grows) as ledger:
        ledger.keep(1)
        commit(ledger, b"x")
    assert content(out, grows=grows) == [b"a", b"x"]


def _cut(folder: Path) -> None:
    ledger = folder / "ledger"
    ledger.write_bytes(ledger.read_bytes()[:-5])


def _no_entry(folder: Path) -> None:
    ledger = folder / "ledger"
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:-1]))


def _rest(folder: Path) -> None:
    _no_entry(folder)
    (folder / "chunk-0000001").rename(folder / "chunk-0000001.tmp")


def _damaged(folder: Path) -> None:
    chunk = folder / "chunk-0000001"
    chunk.write_bytes(chunk.read_bytes()[:-1])


def _gone(folder: Path) -> None:
    (folder / "chunk-0000001").unlink()


def _half_written(folder: Path) -> None:
    _no_entry(folder)
    _write(folder, b"a\nha")


def _cut_off(folder: Path) -> None:
    _write(folder, b"a\n")


def _changed(folder: Path) -> None:
    _write(folder, b"a\nx\n")


def _write(folder: Path, content: bytes) -> None:
    (folder / "out").write_bytes(content)


ENDS = [
    ("in the middle of the entry", _cut, False),
    ("between the chunk and its entry", _no_entry, False),
    ("before the chunk was renamed", _rest, False),
    ("the chunk was damaged from outside", _damaged, False),
    ("the chunk was taken away", _gone, False),
    ("in the middle of the entry, growing", _cut, True),
    ("between the chunk and its entry, growing", _no_entry, True),
    ("in the middle of the chunk, growing", _half_written, True),
    ("the chunk was cut off from outside, growing", _cut_off, True),
    ("the chunk was changed from outside, growing", _changed, True),
]


@pytest.mark.parametrize(("end", "grows"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_an_end_costs_only_the_last_chunk(tmp_path: Path, end: Any, grows: bool) -> None:
    out = tmp_path / "o.csv"
    filled(out, (b"a",), (b"b",), grows=grows)
    end(tmp_path / ".o.csv.dlmatch")
    assert content(out, grows=grows) == [b"a"]
    filled(out, (b"c",), grows=grows)
    assert content(out, grows=grows) == [b"a", b"c"]


def test_damage_at_the_start_costs_all(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    filled(out, (b"a",), (b"b",), grows=True)
    _write(tmp_path / ".o.csv.dlmatch", b"x\nb\n")
    assert content(out, grows=True) == []
    assert not (tmp_path / ".o.csv.dlmatch" / "out").exists()


def test_two_runs_to_one_output_keep_apart(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="Windows has no flock")
    with (
        opened(tmp_path / "o.csv", FACTS),
        pytest.raises(UsageError, match="Another run is writing it"),
        opened(tmp_path / "o.csv", FACTS),
    ):
        pass


@KINDS
def test_a_full_disk_is_one_sentence_and_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grows: bool) -> None:
    out = tmp_path / "o.csv"
    with opened(out, FACTS, grows=grows) as ledger:
        commit(ledger, b"a", b"b")

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(UsageError, match=r"No space left on device\. 2 finished documents are kept"):
            commit(ledger, b"c")
        monkeypatch.undo()
    assert content(out, grows=grows) == [b"a", b"b"]


def test_an_unwritable_folder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(UsageError, match="can't be written: Permission denied"), opened(tmp_path / "o.csv", FACTS):
        pass


def made(out: Path, *, grows: bool = False) -> Ledger:
    ledger = Ledger(out, grows=grows)
    ledger.begin(FACTS)
    commit(ledger, b"a")
    if not grows:
        ledger.draft.write_bytes(b"a\n")
    ledger.enter_made({"inputs": 1})
    return ledger


@KINDS
def test_an_end_before_the_output_is_in_its_place(tmp_path: Path, grows: bool) -> None:
    out = tmp_path / "o.csv"
    made(out, grows=grows).release()
    with opened(out, FACTS, grows=grows) as ledger:
        assert (ledger.made, ledger.delivered) == ({"inputs": 1}, False)
        ledger.deliver()
        assert out.read_bytes() == b"a\n"


@KINDS
def test_an_end_while_cleaning_up(tmp_path: Path, grows: bool) -> None:
    out = tmp_path / "o.csv"
    ledger = made(out, grows=grows)
    ledger.deliver()
    ledger.release()
    (ledger.folder / "chunk-0000000").unlink(missing_ok=True)
    with opened(out, FACTS, grows=grows) as again:
        assert (again.made, again.delivered) == ({"inputs": 1}, True)
        again.remove()
    assert not ledger.folder.exists()
    assert out.read_bytes() == b"a\n"


@KINDS
def test_an_output_taken_away_after_it_was_made_is_made_again(tmp_path: Path, grows: bool) -> None:
    out = tmp_path / "o.csv"
    ledger = made(out, grows=grows)
    ledger.deliver()
    ledger.release()
    out.unlink()
    with opened(out, FACTS, grows=grows) as again:
        assert (again.made, list(again.lines())) == (None, [] if grows else [b"a"])


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "o"
    out.mkdir()
    (out / "part-00007.parquet").write_bytes(b"old")
    ledger = Ledger(out)
    ledger.begin(FACTS)
    ledger.draft.mkdir()
    (ledger.draft / "part-00000.parquet").write_bytes(b"new")
    ledger.enter_made({})
    ledger.deliver()
    ledger.remove()
    assert [path.name for path in out.iterdir()] == ["part-00000.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["o"]
