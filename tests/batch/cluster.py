"""A Spark cluster of two workers on this machine, tables to give it, and what kills its processes in mid-run."""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from documents import ad_lines

from dlmatch.batch.sparkfolder import SWIFT
from dlmatch.batch.sparksession import java_found
from dlmatch.showing.rows import NAMES

MASTER = "local-cluster[2,1,1024]"
LONG = 400  # times an ad of half a kilobyte
HARMFUL = [
    (None, "a gap"),
    ("", "an empty text"),
    (" \t\n\u200b\ufeff", "no letter"),
    ("\0" * 1000 + "Python", "zeros"),
    ("Python " * 30_000, "one word for ever"),
    ("<div>" * 100_000 + "PyTorch", "markup without end"),
    ("(" * 50_000 + "a" * 50_000 + "!", "what makes patterns go back and forth"),
    ("\U0001f600\u202e\u0301" * 5_000 + " PyTorch", "signs beyond the first plane, turned and heaped"),
    ("2015 - 2016 - " * 20_000, "dates without end"),
    ("Salary $1,000,000,000,000,000,000,000 - $" + "9" * 5_000, "sums without end"),
]  # fmt: skip


def lack_of_java() -> str:
    """Why Spark can't run here; empty where it can."""
    if not java_found():
        return "Spark needs Java 17, and there is no java on PATH or in JAVA_HOME"
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else "java"
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r' version "(\d+)', said)
    return "" if found and int(found[1]) >= 17 else f"Spark needs Java 17, and here is: {said.partition(chr(10))[0]}"


@contextmanager
def cluster(folder: Path) -> Iterator[Any]:
    """A session on two workers, each a Java process with one core and a gigabyte."""
    import pyspark
    from pyspark.sql import SparkSession

    own = {
        "SPARK_HOME": str(_spark_home(Path(pyspark.__file__).parent, folder)),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "localhost",
        "PYSPARK_PYTHON": sys.executable,
    }
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    own_files = folder / "files"
    own_files.mkdir()
    java = f"{SWIFT} {shlex.quote(f'-Djava.io.tmpdir={own_files}')}"
    settings = {
        "spark.local.dir": str(own_files),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "OFF",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.extraJavaOptions": java,
        "spark.executor.extraJavaOptions": f"{java} -XX:+UseSerialGC",
        "spark.python.task.killTimeout": "200ms",
        "spark.ui.liveUpdate.period": "0ms",  # `killing` must hear of a task as it starts
    }
    session = SparkSession.builder.master(MASTER).appName("dlmatch tests").config(map=settings).getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        for name, value in before.items():
            if value is None:
                os.environ.pop(name)
            else:
                os.environ[name] = value


def _spark_home(package: Path, folder: Path) -> Path:
    """PyPI's package has all that a cluster starts its workers from; but it makes SPARK_HOME/work, so links stand in."""
    for entry in package.iterdir():
        if entry.name != "work":
            (folder / entry.name).symlink_to(entry)
    return folder


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


def long_ads(count: int) -> list[dict[str, Any]]:
    """Ads of which every fifth is long, so that a task takes a second or more."""
    rows = ads(count, seed=5)
    for row in rows[4::5]:
        row["description"] = f"{row['description']}\n" * LONG
    return rows


def frame_of(spark: Any, rows: list[dict[str, Any]], parts: int = 4) -> Any:
    values = [tuple(row.values()) for row in rows]
    return spark.createDataFrame(spark.sparkContext.parallelize(values, parts), ", ".join(f"{name} string" for name in rows[0]))


def collected(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict() for row in frame.collect()]


def as_bytes(rows: list[dict[str, Any]]) -> bytes:
    ordered = sorted(rows, key=lambda row: str(row["id"]))
    return "\n".join(json.dumps({name: row[name] for name in NAMES}) for row in ordered).encode()


def differing(rows: list[dict[str, Any]], expected: list[dict[str, Any]]) -> list[Any]:
    """Where two tables differ, to be read when they do."""
    by_id = {row["id"]: row for row in expected}
    return [
        (row["id"], {name: (row[name], other.get(name)) for name in NAMES if row[name] != other.get(name)})
        for row in rows
        if row != (other := by_id.get(row["id"], {}))
    ]


def content(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(path.iterdir())] if path.is_dir() else [path.read_bytes()]


def parquet(path: Path) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    return [row for part in sorted(path.glob("*.parquet")) for row in pq.read_table(part).to_pylist()]


class Watching:
    """Listens to a run, and interrupts it after so many results."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.told: list[str] = []
        self.total: int | None = None
        self.stop_at, self.count, self.unread = stop_at, 0, 0

    def says(self, sentence: str) -> None:
        self.told.append(sentence)

    def begins(self, total: int | None, done: int) -> None:
        self.total = total

    def counts(self, read: bool) -> None:
        self.count += 1
        self.unread += not read
        if self.count == self.stop_at:
            raise KeyboardInterrupt


def python_workers() -> set[int]:
    """Processes that Spark forked off its Python daemons, below this very process."""
    below = _below()
    daemons = {pid for pid, (_, command) in below.items() if "pyspark.daemon" in command}
    return {pid for pid in daemons if below[pid][0] in daemons}


def executors() -> set[int]:
    """The Java processes that are the workers of the cluster."""
    return {pid for pid, (_, command) in _below().items() if "CoarseGrainedExecutorBackend" in command}


def _below() -> dict[int, tuple[int, str]]:
    """Parent and command of every process below this one."""
    seen: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                seen[int(entry.name)] = (parent, (entry / "cmdline").read_text(errors="replace"))
            except OSError:  # it has ended meanwhile
                continue

    def ours(pid: int) -> bool:
        while pid > 1 and pid != os.getpid():
            pid = seen[pid][0] if pid in seen else 0
        return pid == os.getpid()

    return {pid: told for pid, told in seen.items() if pid != os.getpid() and ours(pid)}


class killing:  # noqa: N801
    """While tasks are at work, kill processes that `found` finds, until a task has failed by it; no more than three times.

    A task may fail three times, and a process that only waited for a task dies without failing one.
    """

    def __init__(self, spark: Any, found: Callable[[], set[int]] = python_workers) -> None:
        self.tracker, self.found = spark.sparkContext.statusTracker(), found
        self.stages: set[int] = set()
        self.failed_tasks = 0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._kill)

    def __enter__(self) -> killing:
        if not Path("/proc/self/stat").exists():
            pytest.skip("there is no /proc to find Spark's processes in")
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self.thread.join()
        self._is_active()

    def _kill(self) -> None:
        rounds = 0
        while rounds < 3 and not self.failed_tasks and not self.ended.wait(0.05):
            victims = self.found() if self._is_active() else set()
            for pid in victims:
                os.kill(pid, signal.SIGKILL)
            rounds += bool(victims)
            self.ended.wait(0.5 if victims else 0)  # a failure is told a moment later
            self._is_active()

    def _is_active(self) -> bool:
        self.stages.update(self.tracker.getActiveStageIds())
        infos = [info for stage in self.stages if (info := self.tracker.getStageInfo(stage)) is not None]
        self.failed_tasks = max(self.failed_tasks, sum(info.numFailedTasks for info in infos))
        return any(info.numActiveTasks > 0 for info in infos)
