"""Lets the tests of this folder, and the worker processes they start, import what stands beside them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
for folder in (HERE, HERE.parent / "showing"):
    sys.path.insert(0, str(folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a few inputs."""
    root = tmp_path / "in"
    root.mkdir()
    for number in range(12):
        (root / f"{number:02}.txt").write_text(f"Input number {number} says PyTorch.\n")
    return root
