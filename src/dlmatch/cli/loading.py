"""Builds the engine for a command, and spares the process what a start has no use for."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlmatch.engine import Engine

_held: list[bool] = []


def prepare_process() -> None:
    """Make the start of a process that is this program alone as short as it can be."""
    # NumPy's matrix library starts a thread for each processor; they spin at first, and nobody here multiplies matrices
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # what loading makes stays to the end: each look for garbage among it is in vain
    if gc.isenabled():
        gc.disable()
        _held.append(True)


def release_collector() -> None:
    """Look for garbage again where that was held back, but never through what is there by now."""
    if _held:
        _held.clear()
        gc.freeze()
        gc.enable()


def built_engine(region: str | None = None, as_of: str | None = None) -> Engine:
    """The engine of a command."""
    from dlmatch.engine import Engine

    engine = Engine(region=region, as_of=as_of)
    release_collector()
    return engine
