"""Measures a batch on one and two workers against the bare engine, and the memory of run and workers on a long way.

    python tests/tools/measure_batch.py overhead [--texts 3000] [--out .csv .jsonl .parquet] [--rounds 3]
    python tests/tools/measure_batch.py files [--texts 200] [--rounds 3]
    python tests/tools/measure_batch.py memory [--texts 20000] [--workers 2] [-o curve.svg]

`overhead` scores the ads of ../shared beside the checkout, or invented ones, each with a line of its own; `files` its PDF
resumes, again and again. The bare engine, a start (a batch of two) and the batches take turns; of each the least time
counts, since other work on a machine only adds to it, and the start is taken off. `memory` streams a Parquet table and
notes what run and workers hold after every thousandth document.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from drawing import Line, Panel, drawn
from measured_texts import RESUMES, many_ads

from dlmatch.batch.local import Silent, run

BARE = """
import json, sys, time
from dlmatch.engine import Engine
engine = Engine()
kind, name = sys.argv[1:]
if kind == "files":
    from pathlib import Path
    given = sorted(Path(name).iterdir())
    report = engine.resume
else:
    given = [json.loads(line)["text"] for line in open(name, encoding="utf-8")]
    report = engine.job_text
for one in given[:2]:
    report(one)
began, cpu = time.perf_counter(), time.process_time()
for one in given:
    report(one)
print(time.perf_counter() - began, time.process_time() - cpu)
"""
STEP = 1000
Took = tuple[float, float]  # seconds on the clock, and of processor time


def write_ads(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(many_ads(count)))


def write_files(folder: Path, count: int) -> None:
    folder.mkdir()
    known = sorted(RESUMES.glob("*.pdf"))
    if not known:
        raise SystemExit("The resumes are in ../shared/corpus, which is not there.")
    for number in range(count):
        shutil.copy(known[number % len(known)], folder / f"{number:05}.pdf")


def bare(kind: str, source: Path) -> Took:
    clock, cpu = subprocess.check_output([sys.executable, "-c", BARE, kind, str(source)]).split()
    return float(clock), float(cpu)


def batch(kind: str, source: Path, out: Path, workers: int) -> Took:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    what = "resume" if kind == "files" else "job"
    command = [sys.executable, "-m", "dlmatch", "batch", str(source), "-o", str(out), "--kind", what, "--workers", str(workers)]
    subprocess.run([*command, "--overwrite"], check=True, stdout=subprocess.DEVNULL)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def overhead(root: Path, kind: str, count: int, outs: Sequence[str], rounds: int) -> None:
    few, many = (root / "few.jsonl", root / "many.jsonl") if kind == "texts" else (root / "few", root / "many")
    for source, number in ((few, 2), (many, count)):
        (write_ads if kind == "texts" else write_files)(source, number)
    least: dict[str, Took] = defaultdict(lambda: (float("inf"), float("inf")))

    def note(key: str, took: Took) -> None:
        least[key] = (min(least[key][0], took[0]), min(least[key][1], took[1]))

    for _ in range(rounds):
        note("bare", bare(kind, many))
        for out in outs:
            for workers in (1, 2):
                for name, source in (("start", few), ("whole", many)):
                    note(f"{name} {out} {workers}", batch(kind, source, root / f"out{out}", workers))
    clock, cpu = (took / count * 1000 for took in least["bare"])
    print(f"{count:,} {kind}; bare engine: {clock:.3f} ms each\n")
    print(
        "| output | one worker, ms | over bare | processor time over bare | two workers, ms | times one |\n|---|---|---|---|---|---|"
    )
    for out in outs:
        (one, work), (two, _) = (
            [
                (whole - start) / (count - 2) * 1000
                for whole, start in zip(least[f"whole {out} {n}"], least[f"start {out} {n}"], strict=True)
            ]
            for n in (1, 2)
        )
        work_over = f"{100 * (work / cpu - 1):+.1f}%" if kind == "texts" else ""  # files are read in processes that are not seen
        print(f"| `{out}` | {one:.3f} | {100 * (one / clock - 1):+.1f}% | {work_over} | {two:.3f} | {one / two:.2f} |")


def write_table(path: Path, count: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, pa.schema([("id", pa.int64()), ("text", pa.string())])) as writer:
        group: list[tuple[int, str]] = []
        for number, text in enumerate(many_ads(count)):
            group.append((number, text))
            if len(group) == 5000 or number == count - 1:
                writer.write_table(pa.table({"id": [one[0] for one in group], "text": [one[1] for one in group]}))
                group = []


class Watching(Silent):
    """Notes after every thousandth document what the run and its workers hold."""

    def __init__(self) -> None:
        self.done = 0
        self.seen: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def counts(self, read: bool) -> None:
        self.done += 1
        if self.done % STEP == 0 or self.done == STEP // 4:
            for pid in (os.getpid(), *_children()):
                self.seen["the run" if pid == os.getpid() else f"worker {pid}"].append((self.done, _megabytes(pid)))


def watch(source: Path, out: Path, workers: int) -> None:
    """A run that prints what it saw; in a process of its own, whose memory is that of the run alone."""
    watcher = Watching()
    began = time.perf_counter()
    run(source, out, kind="job", workers=workers, watcher=watcher)
    took = time.perf_counter() - began
    print(json.dumps({"seconds": took, "most": _megabytes(os.getpid(), "VmHWM"), "seen": watcher.seen}))


def memory(root: Path, count: int, outs: Sequence[str], workers: int, picture: Path | None) -> None:
    source = root / "stream.parquet"
    write_table(source, count)
    lines: list[Line] = []
    for out in outs:
        command = [sys.executable, __file__, "watch", str(source), "--out", str(root / f"o{out}"), "--workers", str(workers)]
        told = json.loads(subprocess.check_output(command))
        print(
            f"\n{count:,} texts, {source.stat().st_size / 1e6:.0f} MB of Parquet, to {out}: {count / told['seconds']:.0f} a second"
        )
        print(
            f"the run at most, also while it made {out}: {told['most']:.0f} MB; MB after {STEP // 4:,}, {STEP:,}, {2 * STEP:,} ...:"
        )
        for name, points in told["seen"].items():
            print(f"{name}: {' '.join(f'{size:.0f}' for _, size in points)}")
            lines.append(Line(name=f"{name}, to {out}", points=points))
    if picture:
        panel = Panel(title="Memory on the way", across="documents", up="MB", lines=lines, from_zero=True, even=True)
        picture.write_text(drawn([panel]), encoding="utf-8")


def _children() -> list[int]:
    """The worker processes, whichever thread started them."""
    return [int(word) for path in Path("/proc/self/task").glob("*/children") for word in path.read_text().split()]


def _megabytes(pid: int, what: str = "VmRSS") -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith(what)), 0) / 1024


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=("overhead", "files", "memory", "watch"))
    asked.add_argument("source", nargs="?", type=Path, help=argparse.SUPPRESS)
    asked.add_argument("--texts", type=int)
    asked.add_argument("--out", nargs="+")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("-o", dest="picture", type=Path)
    given = asked.parse_args()
    if given.what == "watch":
        watch(given.source, Path(given.out[0]), given.workers)
        return
    with tempfile.TemporaryDirectory(prefix="measure-batch-") as name:
        root = Path(name)
        if given.what == "memory":
            memory(root, given.texts or 20_000, given.out or [".jsonl"], given.workers, given.picture)
        elif given.what == "files":
            overhead(root, "files", given.texts or 200, given.out or [".csv"], given.rounds)
        else:
            overhead(root, "texts", given.texts or 3000, given.out or [".csv", ".jsonl", ".parquet"], given.rounds)


if __name__ == "__main__":
    main()
