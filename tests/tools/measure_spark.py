"""Postings a second: the bare engine, the local engine, and Spark on the same texts, one after the other on one machine.

    python tests/tools/measure_spark.py [ADS.jsonl] [COUNT]

Each figure is of a fresh process, from Parquet to Parquet. Processor time (read from /proc, so Linux only) holds on a busy
machine; the clock does not. Spark is measured once it is up and its engines are built; what that takes is said beside it.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "batch"))
ADS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "ads.jsonl"
TICKS = os.sysconf("SC_CLK_TCK")
PARTS = 12
WAYS = (
    "bare",
    "local, 2 workers",
    "--engine spark, local[2]",
    "score, local[1]",
    "score, local[2]",
    "score, local-cluster[2,1,1024]",
)


def main() -> None:
    ads = Path(sys.argv[1]) if len(sys.argv) > 1 else ADS
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 6000
    with tempfile.TemporaryDirectory() as folder:
        write_table(ads, count, Path(folder) / "ads")
        for way in WAYS:
            command = [sys.executable, "-W", "ignore", __file__, "--at", way, folder, str(count)]
            ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace")
            if ended.returncode:
                sys.exit(f"{way}: ended with {ended.returncode}\n{ended.stderr[-2000:]}")


def write_table(ads: Path, count: int, folder: Path) -> None:
    """COUNT postings, each with a line of its own, in a few parts."""
    import pandas as pd

    rows = [json.loads(line) for line in ads.read_text().splitlines()]
    texts = [f"{rows[number % len(rows)]['description']}\nRequisition {number}" for number in range(count)]
    frame = pd.DataFrame({"id": map(str, range(count)), "description": texts})
    folder.mkdir()
    for part in range(PARTS):
        frame.iloc[part * count // PARTS : (part + 1) * count // PARTS].to_parquet(folder / f"{part:02}.parquet")
    print(f"{count} postings of {sum(map(len, texts)) / count:.0f} characters", flush=True)


def bare(folder: Path) -> None:
    import pandas as pd

    from dlmatch import Engine

    engine = Engine()
    texts = pd.read_parquet(folder / "ads" / "00.parquet").description.tolist()
    for text in texts[:100]:
        engine.job_text(text)
    before, since = time.process_time(), time.perf_counter()
    for text in texts[100:]:
        engine.job_text(text)
    told("bare", len(texts) - 100, time.perf_counter() - since, {"driver": time.process_time() - before})


def local(folder: Path, count: int) -> None:
    from dlmatch.batch.local import run

    since = time.perf_counter()
    run(folder / "ads", folder / "local.parquet", kind="job", workers=2)
    wall = time.perf_counter() - since
    used = {
        "driver": seconds(resource.getrusage(resource.RUSAGE_SELF)),
        "python": seconds(resource.getrusage(resource.RUSAGE_CHILDREN)),
    }
    told("local, 2 workers (with their start)", count, wall, used)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"  peak memory, MB: a worker {most}, the run {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}", flush=True)


class Clock:
    """A watcher that takes the time between the first result and the last."""

    def __init__(self, count: int) -> None:
        self.left = self.count = count
        self.began = self.first = time.perf_counter()
        self.before: dict[str, float] = {}

    def says(self, sentence: str) -> None:
        return

    def begins(self, total: int | None, done: int) -> None:
        return

    def counts(self, read: bool) -> None:
        if not self.before:
            self.before, self.first = processor_seconds(), time.perf_counter()
        self.left -= 1
        if not self.left:
            told("--engine spark, local[2]", self.count, time.perf_counter() - self.first, spent(self.before))
            print(f"  {self.first - self.began:.1f} s to the first result")
            memory()


def command(folder: Path, count: int) -> None:
    """`--engine spark`: the driver hands out the texts and writes what comes back."""
    from dlmatch.batch.spark import run_spark
    from dlmatch.engine import Engine

    engine = Engine()
    before = time.process_time()
    run_spark(folder / "ads", folder / "spark.parquet", engine=engine, kind="job", master="local[2]", watcher=Clock(count))
    print(
        f"  the driver itself, from the start to OUT: {1000 * (time.process_time() - before) / count:.3f} ms a posting",
        flush=True,
    )


def scoring(master: str, folder: Path, count: int) -> None:
    """`score`: the workers read and write."""
    from dlmatch.batch.spark import score

    began = time.perf_counter()
    with session(master) as spark:
        table = spark.read.parquet(f"file://{folder}/ads")
        score(table.sample(0.05, seed=1).repartition(4)).write.format("noop").mode("overwrite").save()  # engines are built here
        before, since = processor_seconds(), time.perf_counter()
        score(table).write.parquet(f"file://{folder}/out-{os.getpid()}")
        told(f"score, {master}", count, time.perf_counter() - since, spent(before))
        print(f"  {since - began:.1f} s until it is warm", flush=True)
        memory()


@contextmanager
def session(master: str) -> Any:
    if not master.startswith("local-cluster"):
        with own(master) as spark:
            yield spark
        return
    from cluster import cluster

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, cluster(Path(home)) as spark:
        yield spark


@contextmanager
def own(master: str) -> Any:
    from dlmatch.batch.sparksession import Session

    made = Session(master)
    try:
        yield made.spark
    finally:
        made.end()


def told(way: str, count: int, wall: float, used: dict[str, float]) -> None:
    shares = ", ".join(f"{name} {value:.1f} s" for name, value in used.items())
    print(
        f"{way}: {count / sum(used.values()):.0f} a second of processor time ({shares}), {count / wall:.0f} a second on the clock"
    )
    sys.stdout.flush()


def memory() -> None:
    told = {name: sorted(values) for name, values in peaks().items()}
    print(f"  peak memory, MB: {told}; load of the machine {os.getloadavg()[0]:.1f}", flush=True)


def seconds(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def below() -> dict[int, tuple[float, str]]:
    """Processor seconds, and what they are, of this process and all below it."""
    seen: dict[int, tuple[int, float, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_text(errors="replace")
            except OSError:
                continue
            name = "driver" if int(entry.name) == os.getpid() else "java" if "java" in command.split("\0")[0] else "python"
            seen[int(entry.name)] = (int(fields[1]), sum(map(int, fields[11:13])) / TICKS, name)

    def ours(pid: int) -> bool:
        while pid > 1 and pid != os.getpid():
            pid = seen[pid][0] if pid in seen else 0
        return pid == os.getpid()

    return {pid: (used, name) for pid, (_, used, name) in seen.items() if ours(pid)}


def processor_seconds() -> dict[str, float]:
    found: dict[str, float] = {}
    for used, name in below().values():
        found[name] = found.get(name, 0.0) + used
    return found


def spent(before: dict[str, float]) -> dict[str, float]:
    return {name: used - before.get(name, 0.0) for name, used in processor_seconds().items()}


def peaks() -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for pid, (_, name) in below().items():
        try:
            status = Path(f"/proc/{pid}/status").read_text(errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        for line in status.splitlines():
            if line.startswith("VmHWM"):
                found.setdefault(name, []).append(int(line.split()[1]) // 1024)
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--at"]:
        way, at, number = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
        if way == "bare":
            bare(at)
        elif way.startswith("local,"):
            local(at, number)
        elif way.startswith("--engine"):
            command(at, number)
        else:
            scoring(way.partition(", ")[2], at, number)
    else:
        main()
