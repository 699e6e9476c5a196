"""A process that holds much itself reads the same: the limits of the reading worker are its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "samples" / "resumes" / "us_senior_two_columns.pdf"
CODE = """
import sys, time
from dlmatch.reading import read
held = bytearray(600 * 1024 * 1024)  # more than a reading worker may take
for position in range(0, len(held), 4096):
    held[position] = 1
for _ in range(2):
    assert read(sys.argv[1]).text
    time.sleep(0.8)  # past the worker's own look at itself
"""


def test_the_caller_may_be_larger_than_a_reading_worker_may() -> None:
    done = subprocess.run([sys.executable, "-c", CODE, str(SAMPLE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-300:]
