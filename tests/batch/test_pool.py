"""The pool gives a result for every input, in order, whatever the inputs do to the workers."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from light import LightEngine

from dlmatch.batch import pool as pools
from dlmatch.batch import process as processes
from dlmatch.batch.items import Item, Spoilt
from dlmatch.batch.lines import row_in
from dlmatch.batch.pool import Pool
from dlmatch.batch.process import Worker
from dlmatch.errors import DlmatchError, TaxonomyInvalid
from dlmatch.showing.rows import Row


def scored(texts: Iterable[str | None], workers: int = 2, start: int = 0, engine: Any = None) -> list[Row]:
    items = [Item(id=f"i{number}", text=text, position=start + number) for number, text in enumerate(texts)]
    pool = Pool(engine or LightEngine(), kind="job", workers=workers, reports=False)
    results = list(pool.results(iter(items)))
    assert [result.position for result in results] == [item.position for item in items]
    return [row_in(result.line) for result in results]


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_order(workers: int) -> None:
    texts = ["SLOW" if number % 17 == 0 else f"number {number}" for number in range(200)]
    rows = scored(texts, workers, start=1000)
    assert [row["id"] for row in rows] == [f"i{number}" for number in range(200)]
    assert [row["title"] for row in rows] == texts


@pytest.mark.parametrize("widened", [True, False], ids=["wide pipes", "narrow pipes"])
def test_texts_and_lines_larger_than_a_pipe_get_through(monkeypatch: pytest.MonkeyPatch, widened: bool) -> None:
    if not widened:
        monkeypatch.setattr(processes, "_widened", lambda pipe: False)
    texts = [f"{number}{'x' * 300_000}" for number in range(40)]
    assert [row["title"] for row in scored(texts, workers=2)] == texts


def test_no_inputs_start_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "started", lambda *_: pytest.fail("a worker was started"))
    assert scored([]) == []


POISON = [
    ("a crash", "DIE", "failed", "damaged-document", "ended the worker, twice (SIGSEGV)"),
    ("more memory than there is", "EAT", "refused", "limit-exceeded", "limit on memory"),
    ("endless recursion", "DEEP", "refused", "limit-exceeded", "limit on nesting"),
    ("a fault of ours", "FAULT", "failed", "dlmatch-error", "a fault in dlmatch (KeyError)"),
    ("no text", None, "empty", "empty-document", "There is no text."),
    ("no letters", " \n", "empty", "empty-document", "not one letter"),
]  # fmt: skip


def test_a_python_that_may_not_be_run_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    start, began = processes.started, []

    def second_fails(*given: Any) -> Worker:
        if began:
            monkeypatch.setattr(sys, "executable", str(tmp_path))
        began.append(start(*given))
        return began[0]

    monkeypatch.setattr(pools, "started", second_fails)
    with pytest.raises(DlmatchError, match=r"Python can't be started for a worker \(Permission denied\)\. Check that"):
        scored(["a"], workers=2)
    assert began[0].process.poll() is not None  # the first did not stay behind


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither these signals nor a limit on memory")
@pytest.mark.parametrize(("text", "status", "slug", "said"), [row[1:] for row in POISON], ids=[row[0] for row in POISON])
def test_poison_becomes_a_row_and_costs_no_other(text: str | None, status: str, slug: str, said: str) -> None:
    rows = scored(["good"] * 20 + [text] + ["good"] * 20)
    bad = rows.pop(20)
    assert (bad["id"], bad["status"], bad["slug"]) == ("i20", status, slug)
    assert said in bad["error"]
    assert {row["status"] for row in rows} == {"ok"}


def test_a_hang_becomes_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "ITEM_SECONDS", 1.5)
    rows = scored(["good"] * 5 + ["HANG"] + ["good"] * 40)
    assert [(row["status"], row["slug"]) for row in rows] == [("ok", None)] * 5 + [("refused", "limit-exceeded")] + [
        ("ok", None)
    ] * 40


def test_what_could_not_be_had_is_a_row() -> None:
    pool = Pool(LightEngine(), kind="auto", workers=1, reports=False)
    (result,) = pool.results(iter([Item(id="x", spoilt=Spoilt("damaged-document", "The line is no valid JSON."))]))
    row = row_in(result.line)
    assert (result.was_read, row["kind"], row["status"], row["slug"]) == (False, None, "failed", "damaged-document")


def test_an_engine_that_can_not_start_says_why() -> None:
    with pytest.raises(TaxonomyInvalid, match="A file holds a fault"):
        scored(["a"], engine=LightEngine(broken=True))


def test_workers_that_die_at_once_do_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_BOOT", "raise SystemExit(9)")
    with pytest.raises(Exception, match="end before they have started"):
        scored(["a"])


def test_no_process_is_left_behind() -> None:
    pool = Pool(LightEngine(), kind="job", workers=2, reports=False)
    results = pool.results(Item(id=str(number), text="SLOW", position=number) for number in range(1000))
    next(results)
    processes_before = [worker.process for worker in pool._workers]
    results.close()
    assert all(process.poll() is not None for process in processes_before)
