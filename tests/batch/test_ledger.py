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


def filled(out: Path, *chunks: tuple[bytes, ...]) -> None:
    with opened(out, FACTS) as ledger:
        for chunk in chunks:
            ledger.commit(chunk, 0)


def content(out: Path, facts: dict[str, Any] | None = None) -> list[bytes]:
    with opened(out, facts or FACTS) as ledger:
        return list(ledger.lines())


def test_chunks_come_back_in_order(tmp_path: Path) -> None:
    filled(tmp_path / "o.csv", (b"a", b"b"), (b"c",))
    filled(tmp_path / "o.csv", (b"d",))
    assert content(tmp_path / "o.csv") == [b"a", b"b", b"c", b"d"]


def test_other_facts_start_anew(tmp_path: Path) -> None:
    filled(tmp_path / "o.csv", (b"a",))
    with opened(tmp_path / "o.csv", {"listing": "other"}) as ledger:
        assert (ledger.done, ledger.started_anew) == (0, True)
    assert sorted(path.name for path in (tmp_path / ".o.csv.dlmatch").iterdir()) == ["ledger", "lock"]


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


ENDS = [
    ("in the middle of the entry", _cut),
    ("between the chunk and its entry", _no_entry),
    ("before the chunk was renamed", _rest),
    ("the chunk was damaged from outside", _damaged),
    ("the chunk was taken away", _gone),
]


@pytest.mark.parametrize("end", [row[1] for row in ENDS], ids=[row[0] for row in ENDS])
def test_an_end_costs_only_the_last_chunk(tmp_path: Path, end: Any) -> None:
    out = tmp_path / "o.csv"
    filled(out, (b"a",), (b"b",))
    end(tmp_path / ".o.csv.dlmatch")
    assert content(out) == [b"a"]
    filled(out, (b"c",))
    assert content(out) == [b"a", b"c"]


def test_two_runs_to_one_output_keep_apart(tmp_path: Path) -> None:
    pytest.importorskip("fcntl", reason="Windows has no flock")
    with (
        opened(tmp_path / "o.csv", FACTS),
        pytest.raises(UsageError, match="Another run is writing it"),
        opened(tmp_path / "o.csv", FACTS),
    ):
        pass


def test_a_full_disk_is_one_sentence_and_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "o.csv"
    with opened(out, FACTS) as ledger:
        ledger.commit((b"a", b"b"), 0)

        def full(handle: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(UsageError, match=r"No space left on device\. 2 finished documents are kept"):
            ledger.commit((b"c",), 0)
        monkeypatch.undo()
    assert content(out) == [b"a", b"b"]


def test_an_unwritable_folder_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(UsageError, match="can't be written: Permission denied"), opened(tmp_path / "o.csv", FACTS):
        pass


def made(out: Path) -> Ledger:
    ledger = Ledger(out)
    ledger.begin(FACTS)
    ledger.commit((b"a",), 0)
    ledger.draft.write_bytes(b"whole")
    ledger.enter_made({"inputs": 1})
    return ledger


def test_an_end_before_the_output_is_in_its_place(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    made(out).release()
    with opened(out, FACTS) as ledger:
        assert (ledger.made, ledger.delivered) == ({"inputs": 1}, False)
        ledger.deliver()
        assert out.read_bytes() == b"whole"


def test_an_end_while_cleaning_up(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    ledger = made(out)
    ledger.deliver()
    ledger.release()
    (ledger.folder / "chunk-0000000").unlink()
    with opened(out, FACTS) as again:
        assert (again.made, again.delivered) == ({"inputs": 1}, True)
        again.remove()
    assert not ledger.folder.exists()
    assert out.read_bytes() == b"whole"


def test_an_output_taken_away_after_it_was_made_is_made_again(tmp_path: Path) -> None:
    out = tmp_path / "o.csv"
    ledger = made(out)
    ledger.deliver()
    ledger.release()
    out.unlink()
    with opened(out, FACTS) as again:
        assert (again.made, list(again.lines())) == (None, [b"a"])


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
