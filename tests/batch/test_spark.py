"""Spark on a real cluster of two workers on this machine: the rows of the local engine, whatever happens."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from documents import ad_lines, write_documents

from dlmatch import Engine, MissingExtra, UsageError
from dlmatch.batch import spark as sparks
from dlmatch.batch.local import run
from dlmatch.batch.scoring import row_of
from dlmatch.batch.sources import find_source
from dlmatch.batch.spark import SparkPool, run_spark, score
from dlmatch.batch.sparksession import Session, java_found
from dlmatch.batch.sparkstore import lost
from dlmatch.batch.sparkworker import packed, unpacked
from dlmatch.batch.tables import Columns
from dlmatch.reading.limits import MAX_INPUT_BYTES
from dlmatch.showing.rows import NAMES

pytest.importorskip("pyspark", reason="pyspark is not installed (extra [spark])")
pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra [spark])")
if not java_found():
    pytest.skip("Spark needs Java, and there is no java on PATH or in JAVA_HOME", allow_module_level=True)
pytestmark = [
    # pyspark's own: pandas 3 is new to it, and its gateway closes sockets when Python ends
    pytest.mark.filterwarnings("ignore::FutureWarning:pyspark"),
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),  # Spark 3.5
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CLUSTER = "local-cluster[2,1,1024]"
HARMFUL = [
    (None, "a gap"),
    ("", "an empty text"),
    (" \t\n\u200b\ufeff", "no letter"),
    ("\0" * 1000 + "Python", "zeros"),
    ("Python " * 300_000, "two million characters"),
    ("<div>" * 100_000 + "PyTorch", "markup without end"),
    ("(" * 50_000 + "a" * 50_000 + "!", "what makes patterns go back and forth"),
    ("\U0001f600\u202e\u0301" * 5_000 + " PyTorch", "signs beyond the first plane, turned and heaped"),
    ("2015 - 2016 - " * 20_000, "dates without end"),
    ("Salary $1,000,000,000,000,000,000,000 - $" + "9" * 5_000, "sums without end"),
]  # fmt: skip


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    import pyspark
    from pyspark.sql import SparkSession

    own = {
        "SPARK_HOME": str(spark_home(Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark"))),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "PYSPARK_PYTHON": sys.executable,
    }
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    builder = SparkSession.builder.master(CLUSTER).appName("dlmatch tests").config("spark.ui.enabled", "false")
    session = (
        builder.config("spark.log.level", "OFF")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    yield session
    session.stop()
    for name, value in before.items():
        if value is None:
            os.environ.pop(name)
        else:
            os.environ[name] = value


def spark_home(package: Path, folder: Path) -> Path:
    """PyPI's package has all that a cluster starts its workers from; but it makes SPARK_HOME/work, so links stand in."""
    for entry in package.iterdir():
        if entry.name != "work":
            (folder / entry.name).symlink_to(entry)
    return folder


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def ads(count: int, seed: int = 3) -> list[dict[str, Any]]:
    """Ads, with a harmful text in a hundred."""
    rows = []
    for number in range(count):
        pick = random.Random(seed * 1_000_003 + number)
        text = HARMFUL[number // 100 % len(HARMFUL)][0] if number % 100 == 57 else "\n".join(ad_lines(pick))
        rows.append(
            {
                "id": f"ad {number}",
                "title": f"ML Engineer {number}",
                "place": "Pune, India" if number % 3 else None,
                "description": text,
            }
        )
    return rows


def as_bytes(rows: list[dict[str, Any]]) -> bytes:
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    return "\n".join(json.dumps({name: row[name] for name in NAMES}) for row in ordered).encode()


def differing(rows: list[dict[str, Any]], expected: list[dict[str, Any]]) -> list[Any]:
    """Where two tables differ, to be read when they do."""
    by_id = {row["id"]: row for row in expected}
    return [
        (
            row["id"],
            {
                name: (row[name], by_id.get(row["id"], {}).get(name))
                for name in NAMES
                if row[name] != by_id.get(row["id"], {}).get(name)
            },
        )
        for row in rows
        if row != by_id.get(row["id"])
    ]


def collected(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict() for row in frame.collect()]


def frame_of(spark: Any, rows: list[dict[str, Any]], parts: int = 4) -> Any:
    values = [tuple(row.values()) for row in rows]
    return spark.createDataFrame(spark.sparkContext.parallelize(values, parts), ", ".join(f"{name} string" for name in rows[0]))


# What people call in jobs of their own


def test_texts_give_the_local_rows_byte_for_byte(spark: Any, engine: Engine) -> None:
    given = ads(600)
    expected = [
        row_of(engine, row["description"], kind="job", id=row["id"], title=row["title"], location=row["place"] or "")
        for row in given
    ]
    frame = score(frame_of(spark, given), title="title", location="place")
    assert tuple(frame.columns) == NAMES
    assert as_bytes(collected(frame)) == as_bytes(expected)
    assert sum(row["status"] == "empty" for row in expected) >= 3


@pytest.mark.parametrize(("text", "why"), HARMFUL)
def test_a_harmful_text_is_a_row_as_it_is_locally(spark: Any, engine: Engine, text: str | None, why: str) -> None:
    frame = score(frame_of(spark, [{"description": text, "other": "x"}], 1), kind="auto")
    assert as_bytes(collected(frame)) == as_bytes([row_of(engine, text, kind="auto")])


def test_files_give_the_local_rows_bombs_among_them(spark: Any, engine: Engine, tmp_path: Path) -> None:
    write_documents(tmp_path, 300, bombs=0.02, broken=0.03)
    with (tmp_path / "large.pdf").open("wb") as stream:
        stream.truncate(MAX_INPUT_BYTES + 1)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(f"file://{tmp_path}")
    rows = collected(score(files, text="content", kind="auto"))
    expected = [
        row_of(engine, path.read_bytes(), kind="auto", id=f"file:{path}")
        for path in tmp_path.rglob("*")
        if path.is_file() and path.stat().st_size  # binaryFile passes over files without a byte
    ]
    assert differing(rows, expected) == []
    assert as_bytes(rows) == as_bytes(expected)
    assert 280 < len(rows) < 301
    assert {"ok", "refused", "failed"} <= {row["status"] for row in rows}


def test_a_parquet_table_is_read_by_the_workers(spark: Any, engine: Engine, tmp_path: Path) -> None:
    given = ads(150)
    frame_of(spark, given).write.parquet(f"file://{tmp_path}/ads")
    frame = score(spark.read.parquet(f"file://{tmp_path}/ads"), kind="job", as_of="2020-02-02", region="in")
    local = Engine(as_of="2020-02-02", region="IN")
    assert as_bytes(collected(frame)) == as_bytes([row_of(local, row["description"], kind="job", id=row["id"]) for row in given])


def test_both_workers_work_and_build_one_engine_each(spark: Any, engine: Engine) -> None:
    frame = frame_of(spark, ads(64), 8)
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 4)
    before = python_workers()
    assert score(frame).count() == 64
    assert score(frame).filter("score > 0").count() > 0
    assert len(python_workers() | before) >= 2


# names of columns, words of the error, why
WRONG = [
    ({"text": "body"}, "no column 'body'", "not there"),
    ({"text": "n"}, "holds values of the type", "a column of numbers"),
    ({"text": "description", "title": "head"}, "no column 'head'", "not there either"),
    ({"text": "description", "kind": "cv"}, "'cv' is no kind", "resume, job or auto"),
    ({"text": "description", "region": "Mars"}, "no region", "wrong settings fail on the driver"),
]


@pytest.mark.parametrize(("arguments", "words", "why"), WRONG)
def test_wrong_use_fails_before_the_cluster_works(spark: Any, arguments: dict[str, str], words: str, why: str) -> None:
    frame = spark.createDataFrame([("Python", 1)], "description string, n int")
    with pytest.raises(UsageError, match=words):
        score(frame, **arguments)


def test_columns_with_odd_names(spark: Any) -> None:
    frame = spark.createDataFrame([("Python and PyTorch", "7")], "`the.text` string, `a ``b``` string")
    rows = collected(score(frame, text="the.text", id="a `b`"))
    assert [(row["id"], row["status"]) for row in rows] == [("7", "ok")]


# dlmatch batch --engine spark


@pytest.mark.parametrize("out", ["out.csv", "out.jsonl", "out.parquet", "parts"])
def test_a_run_gives_the_local_output_byte_for_byte(spark: Any, engine: Engine, tmp_path: Path, out: str) -> None:
    source = tmp_path / "in"
    write_documents(source, 120, bombs=0.02, broken=0.03)
    os.symlink("nowhere", source / "dangling.pdf")
    os.close(os.open(os.fsencode(source) + b"/caf\xe9.txt", os.O_CREAT))  # a name that is not UTF-8
    (tmp_path / "local").mkdir()
    expected = run(source, tmp_path / "local" / out, engine=engine, workers=1)
    assert run_spark(source, tmp_path / out, engine=engine) == expected
    assert content(tmp_path / out) == content(tmp_path / "local" / out)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in", "local", out])


def test_a_relative_source_is_found_by_the_workers(
    spark: Any, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_documents(tmp_path / "in", 12, bombs=0, broken=0)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text("".join(f"{path.relative_to(tmp_path)}\n" for path in sorted(tmp_path.rglob("=*"))))
    for number, source in enumerate(("in", "in/**/*.txt", "list.txt")):
        expected = run(source, f"local{number}.csv", engine=engine, workers=1)
        assert run_spark(source, f"spark{number}.csv", engine=engine) == expected
        assert expected["unread"] == 0
        assert content(tmp_path / f"spark{number}.csv") == content(tmp_path / f"local{number}.csv")


def test_tables_of_every_kind(spark: Any, engine: Engine, tmp_path: Path) -> None:
    import pandas as pd

    given = pd.DataFrame(ads(300))
    given.to_json(tmp_path / "ads.jsonl", orient="records", lines=True)
    given.to_csv(tmp_path / "ads.csv", index=False)
    given.to_parquet(tmp_path / "ads.parquet")
    for name in ("ads.jsonl", "ads.csv", "ads.parquet"):
        expected = run(tmp_path / name, tmp_path / f"{name}.local.csv", engine=engine, kind="job", workers=1)
        assert run_spark(tmp_path / name, tmp_path / f"{name}.spark.csv", engine=engine, kind="job") == expected
        assert content(tmp_path / f"{name}.spark.csv") == content(tmp_path / f"{name}.local.csv")


def test_an_input_travels_unchanged(tmp_path: Path) -> None:
    write_documents(tmp_path / "in", 9)
    os.close(os.open(os.fsencode(tmp_path) + b"/in/\xff\xfe.txt", os.O_CREAT))
    lines = [{"id": 1, "text": ""}, {"id": "\ud800", "text": None}, {"text": "Python", "title": "x", "location": "y"}, []]
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    for source in (tmp_path / "in", tmp_path / "t.jsonl"):
        for item in find_source(str(source), Columns()).items():
            assert unpacked(packed(item), item.position) == item


def test_python_workers_killed_in_mid_run(spark: Any, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparks, "ITEMS_PER_TASK", 60)
    (tmp_path / "ads.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ads(1500)))
    expected = run(tmp_path / "ads.jsonl", tmp_path / "local.jsonl", engine=engine, kind="job", workers=1)
    with killing(spark) as killed:
        assert run_spark(tmp_path / "ads.jsonl", tmp_path / "spark.jsonl", engine=engine, kind="job") == expected
    assert content(tmp_path / "spark.jsonl") == content(tmp_path / "local.jsonl")
    assert killed.failed_tasks > 0


def test_python_workers_killed_under_a_job_of_ones_own(spark: Any, engine: Engine) -> None:
    given = ads(1500, seed=5)
    expected = [row_of(engine, row["description"], kind="job", id=row["id"]) for row in given]
    with killing(spark) as killed:
        rows = collected(score(frame_of(spark, given, 6)))
    assert differing(rows, expected) == []
    assert as_bytes(rows) == as_bytes(expected)
    assert killed.failed_tasks > 0


def test_a_run_that_was_ended_goes_on(spark: Any, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparks, "ITEMS_PER_TASK", 25)
    (tmp_path / "ads.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ads(500)))
    run(tmp_path / "ads.jsonl", tmp_path / "local.csv", engine=engine, kind="job", workers=1)
    told: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        run_spark(tmp_path / "ads.jsonl", tmp_path / "spark.csv", engine=engine, kind="job", watcher=Watching(told, 150))
    run_spark(tmp_path / "ads.jsonl", tmp_path / "spark.csv", engine=engine, kind="job", watcher=Watching(told))
    assert any("Goes on after" in line for line in told)
    assert content(tmp_path / "spark.csv") == content(tmp_path / "local.csv")


def test_where_reading_is_done_by_the_store(spark: Any, engine: Engine, tmp_path: Path) -> None:
    source = tmp_path / "in put"
    write_documents(source, 60, bombs=0.03, broken=0.05)
    with (source / "large.pdf").open("wb") as stream:
        stream.truncate(MAX_INPUT_BYTES + 1)
    expected = run(source, tmp_path / "local", engine=engine, workers=1)
    assert run_spark(f"file://{source}", f"file://{tmp_path}/out", engine=engine) == expected
    assert as_bytes(parquet(tmp_path / "out")) == as_bytes(parquet(tmp_path / "local"))
    with pytest.raises(UsageError, match="is there already"):
        run_spark(source, f"file://{tmp_path}/out", engine=engine)
    assert run_spark(source, f"file://{tmp_path}/out", engine=engine, overwrite=True) == expected


def test_a_table_in_a_store(spark: Any, engine: Engine, tmp_path: Path) -> None:
    given = [{**row, "jobtitle": row["title"]} for row in ads(200)]
    frame_of(spark, given).write.parquet(f"file://{tmp_path}/ads")
    expected = run(tmp_path / "ads", tmp_path / "local", engine=engine, kind="job", workers=1)
    assert run_spark(f"file://{tmp_path}/ads", f"file://{tmp_path}/out", engine=engine, kind="job") == expected
    assert as_bytes(parquet(tmp_path / "out")) == as_bytes(parquet(tmp_path / "local"))


def test_a_file_that_spark_passes_over_is_a_row(spark: Any, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    for name, text in (("c%20d.txt", "Python"), ("\u00e9=1.txt", "Python"), ("empty.txt", ""), ("refused.txt", "Python")):
        (tmp_path / "a b" / name).write_text(text)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(f"file://{tmp_path}")
    ids = [("a b/c%20d.txt",), ("a b/\u00e9=1.txt",)]
    found = lost(files, spark.createDataFrame(ids, "id string"), f"file://{tmp_path}", engine, "auto")
    empty = row_of(engine, b"", kind="auto", id="a b/empty.txt")
    assert found[0] == empty
    assert [(row["id"], row["name"], row["status"], row["slug"]) for row in found[1:]] == [
        ("a b/refused.txt", "refused.txt", "failed", "document-error")
    ]


# source, out, words of the error, why
REFUSED = [
    ("file:///not/there", "file://{tmp}/out", "not there", "an address that names nothing"),
    ("file://{tmp}/empty", "file://{tmp}/out", "nothing in it", "an empty folder"),
    ("file://{tmp}/plain", "file://{tmp}/out", "No column is named like a text", "a table without texts"),
    ("file://{tmp}/noid", "file://{tmp}/out", "No column tells its rows apart", "rows at an address have no numbers"),
    ("file://{tmp}/noid", "file://{tmp}/out.csv", "Only a folder", "one file is not written by many"),
]


@pytest.mark.parametrize(("source", "out", "words", "why"), REFUSED)
def test_what_a_store_can_not_do(spark: Any, engine: Engine, tmp_path: Path, source: str, out: str, words: str, why: str) -> None:
    (tmp_path / "empty").mkdir()
    spark.createDataFrame([(1,)], "n int").write.parquet(f"file://{tmp_path}/plain")
    spark.createDataFrame([("Python",)], "text string").write.parquet(f"file://{tmp_path}/noid")
    with pytest.raises(UsageError, match=words):
        run_spark(source.format(tmp=tmp_path), out.format(tmp=tmp_path), engine=engine)


def test_without_java_or_pyspark_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "which", lambda name: None)
        with pytest.raises(MissingExtra, match="Java"):
            Session("local[1]")
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MissingExtra, match=r"dlmatch\[spark\]"):
        Session("local[1]")


def test_the_pool_is_one_of_two(spark: Any, engine: Engine, tmp_path: Path) -> None:
    pool = SparkPool(engine, kind="job", reports=False)
    assert list(pool.results(iter(()))) == []
    pool.end()
    assert spark.range(3).count() == 3  # a session that is not ours goes on


def content(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(path.iterdir())] if path.is_dir() else [path.read_bytes()]


def parquet(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return [row for part in sorted(path.glob("*.parquet")) for row in pq.read_table(part).to_pylist()]


class Watching:
    """Listens to a run, and interrupts it after so many results."""

    def __init__(self, told: list[str], stop_at: int | None = None) -> None:
        self.told, self.stop_at, self.count = told, stop_at, 0

    def says(self, sentence: str) -> None:
        self.told.append(sentence)

    def begins(self, total: int | None, done: int) -> None:
        return

    def counts(self, read: bool) -> None:
        self.count += 1
        if self.count == self.stop_at:
            raise KeyboardInterrupt


def python_workers() -> set[int]:
    """Processes that Spark forked off its Python daemons, below this very process."""
    parents: dict[int, int] = {}
    daemons: set[int] = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                if b"pyspark.daemon" in (entry / "cmdline").read_bytes():
                    daemons.add(int(entry.name))
            except OSError:  # it has ended meanwhile
                continue

    def ours(pid: int) -> bool:
        while pid > 1 and pid != os.getpid():
            pid = parents.get(pid, 0)
        return pid == os.getpid()

    return {pid for pid in daemons if parents[pid] in daemons and ours(pid)}


class killing:  # noqa: N801
    """While tasks are at work, kill all Python workers of the cluster once: those in a task, and those that wait for one.

    Each of them fails at most one task, and a task may fail three times.
    """

    def __init__(self, spark: Any) -> None:
        self.tracker = spark.sparkContext.statusTracker()
        self.killed: set[int] = set()
        self.stages: set[int] = set()
        self.failed_tasks = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._kill)

    def __enter__(self) -> killing:
        if not Path("/proc/self/stat").exists():
            pytest.skip("there is no /proc to find Spark's Python workers in")
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self.thread.join()

    def _kill(self) -> None:
        while not self.ended.is_set():
            if self._watch(lambda info: info.numActiveTasks > 0) and not self.killed:
                time.sleep(0.3)  # in the middle of a task
                self.killed = python_workers()
                for pid in self.killed:
                    os.kill(pid, signal.SIGKILL)
            self.ended.wait(0.1)
        self._watch(lambda info: False)

    def _watch(self, wanted: Callable[[Any], bool]) -> bool:
        self.stages.update(self.tracker.getActiveStageIds())
        infos = [info for stage in self.stages if (info := self.tracker.getStageInfo(stage)) is not None]
        self.failed_tasks = max(self.failed_tasks, sum(info.numFailedTasks for info in infos))
        return any(wanted(info) for info in infos)
