"""Measures a batch: its processor time against the bare engine's on the same texts, and the memory of run and workers.

    python tests/tools/measure_batch.py [--texts 2000] [--stream 20000] [--workers 1]

Texts are the ads of ../shared/corpus beside the checkout, or invented ones. `overhead` compares processor time, since the
clock tells of what else the machine does: that of the run with all its processes, less their start, with that of
`engine.job_text` in a process of its own. `stream` writes a Parquet table of so many texts, scores it, and prints the most
memory that the run and each worker had in each tenth of the way.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "batch"))
from documents import ad_lines  # noqa: E402

ADS = TESTS.parents[1] / "shared" / "corpus" / "ads.jsonl"
BARE = """
import json, sys, time
from dlmatch.engine import Engine
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
engine = Engine()
engine.job_text(texts[0])
clock, cpu = time.perf_counter(), time.process_time()
for text in texts:
    engine.job_text(text)
print(time.perf_counter() - clock, time.process_time() - cpu)
"""


def texts(count: int) -> Iterator[str]:
    """So many different texts."""
    if ADS.exists():
        known = [json.loads(line)["description"] for line in ADS.read_text(encoding="utf-8").splitlines()]
    else:
        known = ["\n".join(ad_lines(random.Random(number))) for number in range(200)]
    for number in range(count):
        yield f"{known[number % len(known)]}\nReference {number}"


def write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts(count)))


def run(source: Path, out: Path, workers: int) -> tuple[float, float]:
    """Seconds on the clock and of processor time, of all processes of the run."""
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "dlmatch", "batch", str(source), "-o", str(out), "--kind", "job", "--workers", str(workers)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def overhead(root: Path, count: int, workers: int, ending: str) -> None:
    few, many = root / "few.jsonl", root / "many.jsonl"
    write(few, 20)
    write(many, count)
    bare = [float(word) for word in subprocess.check_output([sys.executable, "-c", BARE, str(many)]).split()]
    start = run(few, root / f"out-few{ending}", workers)
    whole = run(many, root / f"out-many{ending}", workers)
    clock, cpu = whole[0] - start[0], whole[1] - start[1]
    print(f"bare engine   {count} texts: {bare[0]:.2f} s, {bare[1]:.2f} s of processor time")
    print(
        f"batch {ending}, {workers} worker(s): {clock:.2f} s, {cpu:.2f} s of processor time (start of {start[0]:.2f} s, {start[1]:.2f} s taken off)"
    )
    print(
        f"overhead      {100 * (cpu / bare[1] - 1):.1f} % of processor time, {100 * (clock * workers / bare[0] - 1):.1f} % on the clock"
    )


def stream(root: Path, count: int, workers: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = root / "stream.parquet"
    with pq.ParquetWriter(source, pa.schema([("id", pa.int64()), ("text", pa.string())])) as writer:
        group: list[tuple[int, str]] = []
        for number, text in enumerate(texts(count)):
            group.append((number, text))
            if len(group) == 5000 or number == count - 1:
                writer.write_table(pa.table({"id": [one[0] for one in group], "text": [one[1] for one in group]}))
                group = []
    print(f"stream        {count} texts, {source.stat().st_size / 1e6:.0f} MB of Parquet")
    began = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "dlmatch",
        "batch",
        str(source),
        "-o",
        str(root / "o.parquet"),
        "--kind",
        "job",
        "--workers",
        str(workers),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    seen: dict[int, list[tuple[float, int]]] = defaultdict(list)
    watcher = threading.Thread(target=_watch, args=(process, seen), daemon=True)
    watcher.start()
    process.wait()
    took = time.perf_counter() - began
    watcher.join(timeout=2)
    print(f"              {took:.1f} s, {count / took:.0f} a second with {workers} worker(s)")
    for pid, points in seen.items():
        if len(points) < 5:
            continue
        tenths = [
            max((size for at, size in points if low <= at - began < low + took / 10), default=0)
            for low in (took / 10 * n for n in range(10))
        ]
        print(
            f"              {'run   ' if pid == process.pid else 'worker'} most {max(size for _, size in points) / 1024:.0f} MB; by tenths: {' '.join(f'{size / 1024:.0f}' for size in tenths)}"
        )


def _watch(process: subprocess.Popen[bytes], seen: dict[int, list[tuple[float, int]]]) -> None:
    while process.poll() is None:
        for pid in (process.pid, *_children(process.pid)):
            try:
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue
            size = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
            seen[pid].append((time.perf_counter(), size))
        time.sleep(0.25)


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--texts", type=int, default=2000)
    asked.add_argument("--stream", type=int, default=0)
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--out", default=".csv")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="measure-batch-") as name:
        if given.texts:
            overhead(Path(name), given.texts, given.workers, given.out)
        if given.stream:
            stream(Path(name), given.stream, given.workers)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
