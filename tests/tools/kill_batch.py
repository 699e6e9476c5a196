"""Kills a batch again and again, at random moments and at the worst ones, and compares what comes of it with an undisturbed run.

    python tests/tools/kill_batch.py [--documents 2000] [--kills 200] [--out csv] [--seed 1]

A kill is SIGKILL to the run alone (its workers are left behind), to the run with all its workers, to one worker while the run
goes on, or to the run at the moment when it makes or moves the output. Exits with 1 if an output differs by a byte, or if an
input is lost or double.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "batch"))
from documents import write_documents

HOWS = (*["run"] * 6, *["all"] * 3, *["worker"] * 3, "making")


def start(source: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "dlmatch", "batch", str(source), "-o", str(out), "--format", "json", "--workers", str(workers)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(process: subprocess.Popen[bytes], out: Path) -> None:
    """Wait; anything but an end with 0 or 3 is a fault of the run."""
    _, said = process.communicate()
    if process.returncode not in (0, 3) and not out.exists():
        raise SystemExit(f"exit code {process.returncode}: {said.decode()}")


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def kill(process: subprocess.Popen[bytes], how: str, pick: random.Random, hidden: Path, longest: float) -> str | None:
    """Kill in this way at a random moment; None where the run ended before it came to that."""
    if how == "making":
        until = time.monotonic() + 600
        while not is_making(hidden):
            if process.poll() is not None or time.monotonic() > until:
                return None
            time.sleep(0.0005)
        time.sleep(pick.choice((0, pick.uniform(0, 0.005), pick.uniform(0, 0.5))))
    else:
        time.sleep(pick.uniform(0.1, longest))
    if process.poll() is not None:
        return None
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        if how == "worker":
            found = children(process.pid)
            if not found:
                return None
            os.kill(pick.choice(found), signal.SIGKILL)
            return how
        if how == "all":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
    return how


def is_making(hidden: Path) -> bool:
    """Whether OUT is being made of all chunks, or (where it grew with them) is whole and about to be moved."""
    if not (hidden / "out").exists():
        return False
    with contextlib.suppress(OSError):
        return any(hidden.glob("chunk-*")) or b'"made"' in (hidden / "ledger").read_bytes()[-20_000:]
    return False


def digest(out: Path) -> str:
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    return hashlib.sha256(b"".join(file.name.encode() * out.is_dir() + file.read_bytes() for file in files)).hexdigest()


def ids(out: Path) -> Counter[str]:
    import csv

    with out.open(encoding="utf-8", newline="") as stream:
        return Counter(row["id"] for row in csv.DictReader(stream))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=2000)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--out", default="csv")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--longest", type=float, default=8.0, help="seconds until a kill, at most")
    given = asked.parse_args()
    pick = random.Random(given.seed)
    with tempfile.TemporaryDirectory(prefix="kill-batch-") as name:
        root = Path(name)
        source = root / "in"
        write_documents(source, given.documents)
        whole = root / f"whole.{given.out}".rstrip(".")
        began = time.monotonic()
        finish(start(source, whole, given.workers), whole)
        wanted = digest(whole)
        alone = time.monotonic() - began
        print(f"undisturbed: {given.documents} documents in {alone:.1f} s, {wanted[:16]}", flush=True)
        kills: Counter[str] = Counter()
        runs = wrong = 0
        lost: Counter[str] = Counter()
        while kills.total() < given.kills:
            runs += 1
            out = root / f"run{runs}.{given.out}".rstrip(".")
            hidden = root / f".{out.name}.dlmatch"
            while not out.exists():
                process = start(source, out, given.workers)
                alive = True
                while alive and kills.total() < given.kills:
                    how = kill(process, pick.choice(HOWS), pick, hidden, given.longest)
                    if how is not None:
                        kills[how] += 1
                    alive = process.poll() is None
                if alive or process.returncode is None or process.returncode >= 0:
                    finish(process, out)
                elif process.stderr is not None:
                    process.stderr.close()
            if hidden.exists():  # it was killed while it cleaned up: the next start has to understand that
                finish(start(source, out, given.workers), out)
            wrong += digest(out) != wanted or hidden.exists()
            if given.out == "csv":
                difference = ids(whole)
                difference.subtract(ids(out))
                lost.update(
                    {
                        "lost": sum(n for n in difference.values() if n > 0),
                        "double": -sum(n for n in difference.values() if n < 0),
                    }
                )
            print(f"run {runs}: {kills.total()} kills so far {dict(kills)}, {wrong} outputs wrong, {dict(lost)}", flush=True)
            out.unlink() if out.is_file() else shutil.rmtree(out)
        print(
            f"{kills.total()} kills in {runs} runs of {given.documents} documents: {wrong} outputs differ, {lost['lost']} lost, {lost['double']} double"
        )
        if wrong or lost["lost"] or lost["double"]:
            raise SystemExit(1)


if __name__ == "__main__":
    main()
