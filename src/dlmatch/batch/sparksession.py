"""The Spark session of a run on the command line, and Spark's failures as one sentence."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dlmatch.errors import DlmatchError, MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME: Final = "dlmatch"
TRIES: Final = 4  # of a task, as clusters have it; Spark's local mode alone would give up at the first
_LOCAL: Final = re.compile(r"local(?:\[(\*|\d+)\])?")
_SUBMITTED: Final = "PYSPARK_GATEWAY_PORT"  # set by spark-submit, whose settings then hold
RECORDS: Final = 64  # of an Arrow batch: a file may have 25 MB


class Session:
    """A session that runs already, or one made for this run and stopped after it."""

    def __init__(self, master: str | None = None, *, progress: bool = False) -> None:
        """`progress`: let Spark draw its own bar on a terminal."""
        builder, local = _builder(master, progress)
        from pyspark.sql import SparkSession

        self._own = SparkSession.getActiveSession() is None
        with failing_as_ours():
            self.spark: SparkSession = builder.getOrCreate()
        if self._own:
            self.spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", RECORDS)
            if local and "PYSPARK_PYTHON" not in os.environ:
                self.spark.sparkContext.pythonExec = sys.executable  # else workers run the first python3 of PATH

    @property
    def cores(self) -> int:
        """How many tasks run at once, as far as the cluster has come up."""
        return max(1, int(self.spark.sparkContext.defaultParallelism))

    def cancel(self) -> None:
        """End the jobs at work, if all of them are ours."""
        if self._own:
            self.spark.sparkContext.cancelAllJobs()

    def end(self) -> None:
        """Stop the session, if it is ours."""
        if self._own:
            self.spark.stop()


def _builder(master: str | None, progress: bool) -> tuple[Any, bool]:
    try:
        import pyarrow  # noqa: F401  # asked for here, so that its absence is told before Spark starts
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtra("Spark needs pyspark and pyarrow.", "--engine spark", "Install dlmatch[spark].") from None
    builder = SparkSession.builder.appName(NAME)
    submitted = _SUBMITTED in os.environ
    if not submitted and not java_found():
        raise MissingExtra(
            "Spark needs Java, and there is no java on PATH or in JAVA_HOME.", "--engine spark", "Install Java 17 or newer."
        )
    if master is None and not submitted:
        master = "local[*]"
    if master is not None:
        builder = builder.master(_patient(master))
    local = master is not None and master.startswith("local")
    if local:  # nothing listens beyond this machine, and no page is served
        builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
    shown = "true" if progress and sys.stderr.isatty() else "false"
    return builder.config("spark.ui.showConsoleProgress", shown).config("spark.log.level", "ERROR"), local


def _patient(master: str) -> str:
    """local, local[2] and local[*] with more than one try for a task: a worker process may be killed for its memory."""
    found = _LOCAL.fullmatch(master)
    return f"local[{found[1] or 1},{TRIES}]" if found else master


def java_found() -> bool:
    """Is there a Java to start Spark with?"""
    home = os.environ.get("JAVA_HOME")
    return bool(home and (Path(home) / "bin" / "java").exists()) or shutil.which("java") is not None


@contextmanager
def failing_as_ours() -> Iterator[None]:
    """Spark's own exceptions as a DlmatchError: their kind alone is told, since their text is pages of Java."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException, ConnectionError) as error:
        said = str(error)
        if "No module named 'dlmatch'" in said:
            what, step = "The workers can't import dlmatch.", "Send it with --py-files or a packed environment; see README."
        elif "is not that of the driver" in said:
            what, step = "The workers' dlmatch is not that of the driver.", "Give driver and workers the same package."
        else:
            what, step = f"Spark could not finish ({type(error).__name__}).", "Its own log says why; a second run goes on."
        raise DlmatchError(what, "Spark", step) from error
