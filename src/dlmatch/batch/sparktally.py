"""How far a run is whose rows never pass the driver: the workers count, the driver tells whoever watches."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from dlmatch.batch.local import Watcher

EVERY: Final = 0.5  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Two sums that Spark carries from finished tasks to the driver; a task that was run twice may count twice."""

    read: Any  # Accumulator[int]
    unread: Any

    @classmethod
    def of(cls, spark: SparkSession) -> Tally:
        """A tally at nought."""
        return cls(read=spark.sparkContext.accumulator(0), unread=spark.sparkContext.accumulator(0))

    def add(self, read: Iterable[bool]) -> None:
        """So many more are finished; called by the workers."""
        told = list(read)
        self.read.add(sum(told))
        self.unread.add(len(told) - sum(told))

    @contextmanager
    def watched(self, watcher: Watcher) -> Iterator[None]:
        """Tell `watcher` of each that is finished, while the workers are at it."""
        ended = threading.Event()
        told = {True: 0, False: 0}

        def tell() -> None:
            for was_read, sum in ((True, self.read.value), (False, self.unread.value)):
                while told[was_read] < sum:
                    watcher.counts(was_read)
                    told[was_read] += 1

        def follow() -> None:
            while not ended.wait(EVERY):
                tell()

        thread = threading.Thread(target=follow, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            tell()
