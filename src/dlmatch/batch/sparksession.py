"""The Spark session of a run: one that is there already, or one of our own whose talk goes to a file and not to the screen."""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from dlmatch.batch import sparkfolder
from dlmatch.batch.sparkfailing import as_ours, failures
from dlmatch.errors import MissingExtra, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NAME: Final = "dlmatch"
TRIES: Final = 4  # of a task, as clusters have it; Spark's local mode alone would give up at the first
RECORDS: Final = 64  # of an Arrow batch: a file may have 25 MB
ANSWER_SECONDS: Final = 5.0  # for a master to answer; Spark itself would try for a minute
END_SECONDS: Final = 15.0  # for a session to stop
_LOCAL: Final = re.compile(r"local(?:\[(\*|[1-9]\d*)\])?")
_MASTER: Final = re.compile(
    r"local(\[(\*|N)(,N)?\])?|local-cluster\[N,N,N\]|yarn|(?!spark:)[a-z][a-z0-9+.-]*://\S+".replace("N", r"[1-9]\d*")
)
_STANDALONE: Final = re.compile(r"spark://((?:[^,/\s]+:\d+)(?:,[^,/\s]+:\d+)*)")
_SUBMITTED: Final = "PYSPARK_GATEWAY_PORT"  # set by spark-submit, whose settings then hold
_BEYOND_US: Final = (  # warnings, by how they begin
    "PySpark does not yet fully support pandas",  # what passes between Spark and dlmatch is Arrow
    "Unable to cleanly shutdown Spark JVM",  # in mid-run; Java is ended right afterwards
)


class Session:
    """A session that runs already, or one made for this run and stopped after it."""

    def __init__(self, master: str | None = None) -> None:
        check(master)
        from pyspark import SparkContext
        from pyspark.sql import SparkSession

        self._log: Path | None = None
        self._folder: Path | None = None
        self._scope = ExitStack()
        self._own = SparkContext._active_spark_context is None
        self._java: Any = None
        if self._own:
            self._scope.enter_context(_quiet())
            try:
                self.spark: SparkSession = self._started(master)
            except BaseException:
                self.end()
                raise
        else:
            self.spark = SparkSession.builder.getOrCreate().newSession()  # the same cluster, with settings of its own
        self.spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", RECORDS)

    def _started(self, master: str | None) -> SparkSession:
        from pyspark import SparkConf, SparkContext, java_gateway
        from pyspark.sql import SparkSession

        start: Any = java_gateway.launch_gateway
        settings = _settings(master)
        with _interrupts_unchanged():
            if _SUBMITTED in os.environ or SparkContext._gateway is not None:  # Java is there already, and its talk not ours
                with self.failing():
                    spark = SparkSession.builder.config(map=settings).getOrCreate()
            else:
                handle, name = tempfile.mkstemp(prefix="dlmatch-spark-", suffix=".log")
                self._log = Path(name)
                if settings["spark.master"].startswith("local"):
                    self._folder = sparkfolder.made()
                    settings |= sparkfolder.settings(self._folder)
                with open(handle, "wb") as stream, self.failing():
                    conf = SparkConf().setAll(list(settings.items()))
                    self._java = start(conf, {"stdout": stream, "stderr": stream})
                    context: Any = SparkContext(conf=conf, gateway=self._java)
                    context._accumulatorServer.handle_error = _unsaid  # which would print it
                    spark = SparkSession.builder.getOrCreate()
        if settings.get("spark.master", "").startswith("local") and "PYSPARK_PYTHON" not in os.environ:
            spark.sparkContext.pythonExec = sys.executable  # else workers run the first python3 of PATH
        return spark

    @property
    def cores(self) -> int:
        """How many tasks run at once, as far as the cluster has come up."""
        return max(1, int(self.spark.sparkContext.defaultParallelism))

    @contextmanager
    def failing(self) -> Iterator[None]:
        """What Spark raises, as ours; its log is kept then."""
        try:
            yield
        except failures() as error:
            log, self._log = self._log, None
            raise as_ours(error, log, ended=self._has_ended()) from error

    def _has_ended(self) -> bool:
        """Whether the Java that was started for this run has gone."""
        if self._java is None:
            return False
        with suppress(subprocess.TimeoutExpired):
            self._java.proc.wait(1.0)
        return self._java.proc.poll() is not None

    def cancel(self) -> None:
        """End the jobs at work, if all of them are ours."""
        if self._own:
            with suppress(Exception):  # Spark itself may have gone
                self.spark.sparkContext.cancelAllJobs()

    def end(self) -> None:
        """Stop the session, if it is ours, and all that was started for it."""
        if not self._own:
            return
        self._own = False
        with _unheard():
            stopping = threading.Thread(target=self._stop, daemon=True)
            stopping.start()
            stopping.join(END_SECONDS)
            self._end_java()
            if self._log is not None:
                with suppress(OSError):
                    self._log.unlink()
            if self._folder is not None:
                sparkfolder.remove(self._folder)
        self._scope.close()

    def _stop(self) -> None:
        with suppress(Exception):  # it may not have come up, or have gone
            self.spark.stop()

    def _end_java(self) -> None:
        from pyspark import SparkContext

        if self._java is None:
            return
        with suppress(Exception):
            self._java.shutdown()
        process = self._java.proc
        with suppress(OSError):
            process.stdin.close()  # Java ends by this, and takes what it started with it
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # pyspark would speak to this Java for ever
        SparkContext._gateway = SparkContext._jvm = SparkContext._active_spark_context = None


def check(master: str | None) -> None:
    """Raise what can be told before Spark starts, in a moment: what is not installed, and a master that can't be."""
    try:
        import pyarrow
        import pyspark
    except ImportError:
        raise MissingExtra("Spark needs pyspark and pyarrow.", "--engine spark", "Install dlmatch[spark].") from None
    del pyarrow, pyspark
    if _SUBMITTED not in os.environ:
        if not java_found():
            place = "JAVA_HOME holds no bin/java" if os.environ.get("JAVA_HOME") else "there is no java on PATH or in JAVA_HOME"
            raise MissingExtra(f"Spark needs Java, and {place}.", "--engine spark", "Install Java 17.")
        home = os.environ.get("SPARK_HOME")
        if home is not None and not (Path(home) / "bin").is_dir():
            raise UsageError("SPARK_HOME names a folder in which there is no Spark.", home, "Mend it, or unset it.")
    if master is not None:
        _check_master(master)


def java_found() -> bool:
    """Is there a Java to start Spark with? Where JAVA_HOME is set, Spark looks nowhere else."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin") if home else None) is not None


def _check_master(master: str) -> None:
    found = _STANDALONE.fullmatch(master)
    if not found and not _MASTER.fullmatch(master):
        advice = "Give local[4], spark://HOST:PORT, yarn or k8s://https://HOST:PORT."
        raise UsageError(f"{master!r} is no master of Spark.", "--master", advice)
    if found and not any(_answers(*one.rsplit(":", 1)) for one in found[1].split(",")):
        raise UsageError(f"No master answers at {master}.", "--master", "Check the address, and that the cluster is up.")


def _answers(host: str, port: str) -> bool:
    try:
        socket.create_connection((host.strip("[]"), int(port)), ANSWER_SECONDS).close()
    except (OSError, OverflowError, UnicodeError):
        return False
    return True


def _settings(master: str | None) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "spark.app.name": NAME,
        "spark.ui.showConsoleProgress": "false",  # there is a bar of our own
        "spark.python.task.killTimeout": "200ms",  # Ctrl-C need not wait for workers: what they are at is not kept
    }
    if _SUBMITTED in os.environ:
        settings["spark.log.level"] = "ERROR"  # its talk goes to the screen that the bar is on
    elif master is None:
        master = "local[*]"
    if master is not None:
        settings["spark.master"] = _patient(master)
    if master is not None and master.startswith("local"):  # nothing listens beyond this machine, and no page is served
        settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false"}
    return settings


def _patient(master: str) -> str:
    """local, local[2] and local[*] with more than one try for a task: a worker process may be killed for its memory."""
    found = _LOCAL.fullmatch(master)
    return f"local[{found[1] or 1},{TRIES}]" if found else master


@contextmanager
def _quiet() -> Iterator[None]:
    """Unsaid: warnings that nobody need act on, and tracebacks that py4j prints where Java or the user ends a call."""

    def not_theirs(record: logging.LogRecord) -> bool:
        return f"{os.sep}py4j{os.sep}" not in record.pathname

    root = logging.getLogger()  # to which py4j speaks of calls that ended
    root.addFilter(not_theirs)
    theirs, nowhere = logging.getLogger("py4j"), logging.NullHandler()
    passed_on, theirs.propagate = theirs.propagate, False
    theirs.addHandler(nowhere)
    try:
        with warnings.catch_warnings():
            for beginning in _BEYOND_US:
                warnings.filterwarnings("ignore", beginning)
            yield
    finally:
        root.removeFilter(not_theirs)
        theirs.removeHandler(nowhere)
        theirs.propagate = passed_on


def _unsaid(request: Any, address: Any) -> None:
    """Java closed a connection."""


@contextmanager
def _interrupts_unchanged() -> Iterator[None]:
    """Spark sets a handler for Ctrl-C that speaks to Java from wherever this process is: take it away again."""
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        if before is not None and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, before)


@contextmanager
def _unheard() -> Iterator[None]:
    """Ctrl-C while Spark ends would leave half of it behind: it is heard again afterwards."""
    before = signal.getsignal(signal.SIGINT)
    if before is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
