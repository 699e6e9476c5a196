"""Postings a second and core: the bare engine, then Spark local[1] and local[2], by the processor time of all processes.

    python tests/tools/measure_spark.py [ADS.jsonl] [COUNT]

Each figure is of a fresh process. Processor time (read from /proc, so Linux only) holds on a busy machine; the clock does not.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ADS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "ads.jsonl"
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    ads = Path(sys.argv[1]) if len(sys.argv) > 1 else ADS
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 6000
    with tempfile.TemporaryDirectory() as folder:
        write_table(ads, count, Path(folder) / "ads")
        for where in ("bare", "local[1]", "local[2]"):
            subprocess.run(
                [sys.executable, "-W", "ignore", __file__, "--at", where, folder], check=True, stderr=subprocess.DEVNULL
            )


def write_table(ads: Path, count: int, folder: Path) -> None:
    """COUNT postings, each with a line of its own, in 12 parts."""
    import pandas as pd

    rows = [json.loads(line) for line in ads.read_text().splitlines()]
    texts = [f"{rows[number % len(rows)]['description']}\nRequisition {number}" for number in range(count)]
    frame = pd.DataFrame({"id": map(str, range(count)), "description": texts})
    folder.mkdir()
    for part in range(12):
        frame.iloc[part * count // 12 : (part + 1) * count // 12].to_parquet(folder / f"{part:02}.parquet")
    print(f"{count} postings of {sum(map(len, texts)) / count:.0f} characters")


def bare(folder: Path) -> None:
    import pandas as pd

    from dlmatch import Engine

    engine = Engine()
    texts = pd.read_parquet(folder / "ads" / "00.parquet").description.tolist()
    for text in texts[:100]:
        engine.job_text(text)
    before = time.process_time()
    for text in texts[100:]:
        engine.job_text(text)
    print(f"bare engine: {(len(texts) - 100) / (time.process_time() - before):.0f} a second of processor time")


def spark(master: str, folder: Path) -> None:
    from dlmatch.batch.spark import score
    from dlmatch.batch.sparksession import Session

    session = Session(master)
    table = session.spark.read.parquet(f"file://{folder}/ads")
    score(table.sample(0.05, seed=1).repartition(4)).write.format("noop").mode("overwrite").save()  # engines are built here
    before, since = processor_seconds(), time.perf_counter()
    score(table).write.parquet(f"file://{folder}/out-{os.getpid()}")
    wall, used = time.perf_counter() - since, processor_seconds()
    parts = {name: round(used[name] - before.get(name, 0.0), 1) for name in used}
    count = table.count()
    print(
        f"{master}: {count / sum(parts.values()):.0f} a second of processor time, {count / wall:.0f} a second on the clock; {parts}"
    )
    print(f"  Python workers' peak memory, MB: {sorted(peaks())}; load of the machine {os.getloadavg()[0]:.1f}")
    session.end()


def below() -> dict[int, tuple[float, str]]:
    """Processor seconds and command of this process and all below it; those of workers with what they have waited for."""
    seen: dict[int, tuple[int, float, str]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                command = (entry / "cmdline").read_text()
            except OSError:
                continue
            seen[int(entry.name)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / TICKS, command)

    def ours(pid: int) -> bool:
        while pid > 1 and pid != os.getpid():
            pid = seen[pid][0] if pid in seen else 0
        return pid == os.getpid()

    return {pid: (seconds, command) for pid, (_, seconds, command) in seen.items() if ours(pid)}


def processor_seconds() -> dict[str, float]:
    found: dict[str, float] = {}
    for pid, (seconds, command) in below().items():
        name = "driver" if pid == os.getpid() else "java" if "java" in command.split("\0")[0] else "python"
        found[name] = found.get(name, 0.0) + seconds
    return found


def peaks() -> list[int]:
    lines = [
        line
        for pid, (_, command) in below().items()
        if "pyspark.daemon" in command
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
    ]
    return [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--at"]:
        where, at = sys.argv[2], Path(sys.argv[3])
        bare(at) if where == "bare" else spark(where, at)
    else:
        main()
