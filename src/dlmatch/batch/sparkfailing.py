"""Spark's failures as one sentence of ours: what happened, what to do, and where Spark's own log lies."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from dlmatch.errors import DamagedDocument, DlmatchError, MissingExtra, UsageError

LOG_BYTES: Final = 256 * 1024  # of the log's end, which is where a Java that could not start says why
WHERE: Final = "Spark"


class Reason(NamedTuple):
    """What Spark says, and what we make of it."""

    says: str  # pattern
    kind: type[DlmatchError]
    what: str  # {} is what the pattern's group found
    step: str


# The first that fits is taken: a cause stands before what follows from it.
REASONS: Final = (
    Reason(r"No module named '?dlmatch", DlmatchError, "The workers can't import dlmatch.",
           "Send them a packed environment; README's section on Spark shows how."),
    Reason(r"is not that of the driver", DlmatchError, "The workers' dlmatch is not that of the driver.",
           "Give driver and workers the same package."),
    Reason(r"PYTHON_VERSION_MISMATCH|different minor version", UsageError, "The workers' Python is of another version.",
           "Give them the driver's, and name it in PYSPARK_PYTHON."),
    Reason(r'Cannot run program "[^"]*python', UsageError, "The workers' Python can't be started.",
           "Name one that is on every machine in PYSPARK_PYTHON."),
    Reason(r"No module named '?(?:pyarrow|pyspark|spacy)|PACKAGE_NOT_INSTALLED", DlmatchError,
           "The workers lack a package that dlmatch needs.",
           "Send them a packed environment; README's section on Spark shows how."),
    Reason(r"UnsupportedClassVersionError|Unrecognized option: --add", MissingExtra, "This Java is too old for this Spark.",
           "Install Java 17, or name one in JAVA_HOME."),
    Reason(r"getSubject is (?:not )?supported", MissingExtra, "This Java is too new for this Spark.",
           "Install Java 17, or name one in JAVA_HOME."),
    Reason(r"Unable to locate a Java Runtime|JAVA_HOME is not set|bin/java: No such file", MissingExtra,
           "Spark needs Java, and could not start one.", "Install Java 17, or name one in JAVA_HOME."),
    Reason(r"Master must either be|Could not parse Master URL|Invalid master URL|Invalid Spark URL", UsageError,
           "Spark does not know this master.", "Give --master local[4], spark://HOST:PORT, yarn or k8s://https://HOST:PORT."),
    Reason(r"HADOOP_CONF_DIR or YARN_CONF_DIR", UsageError, "YARN is not set up on this machine.",
           "Name the folder of its settings in HADOOP_CONF_DIR."),
    Reason(r"All masters are unresponsive", UsageError, "No master answers.", "Check --master, and that the cluster is up."),
    Reason(r"KubernetesClientException", UsageError, "Kubernetes does not answer, or refuses.",
           "Check --master and your rights there."),
    Reason(r"Class ([\w.]*(?:S3A|GoogleHadoop|Azure|Aliyun|Secure)[\w.]*FileSystem) not found", MissingExtra,
           "Spark has no driver for this kind of address.",
           "Add its package, such as PYSPARK_SUBMIT_ARGS='--packages org.apache.hadoop:hadoop-aws:VERSION pyspark-shell' for s3a://."),
    Reason(r'No FileSystem for scheme "?([\w+.-]+)', UsageError, "Spark does not know this kind of address.",
           "Use hdfs://, s3a:// or file://."),
    Reason(r"No space left on device", UsageError, "A disk that Spark works on is full.",
           "Make room, or name others in SPARK_LOCAL_DIRS."),
    Reason(r"Failed to create (?:any local dir|a temp directory|directory)", UsageError,
           "Spark can't make the folders that it works in.", "Name others in SPARK_LOCAL_DIRS."),
    Reason(r"Invalid directory or I/O error occurred for dir: ([^\n]+)", UsageError, "The folder {} can't be listed.",
           "Check who may read it."),
    Reason(r"AccessDeniedException: ((?:[a-z][a-z0-9]*:)?/[^\n]*?)(?:: |\n|$)", UsageError, "The store refuses access to {}.",
           "Check who may read SOURCE and write OUT."),
    Reason(r'Permission denied: user=[^\n]*? inode="([^"\n]+)"', UsageError, "The store refuses access to {}.",
           "Check who may read SOURCE and write OUT."),
    Reason(r"AccessControlException|AccessDeniedException|Permission denied", UsageError, "The store refuses access.",
           "Check who may read SOURCE and write OUT."),
    Reason(r"((?:[a-z][a-z0-9]*:)?/[^\n]*?) is not a Parquet file", DamagedDocument, "{} can't be opened as Parquet.",
           "Check the file."),
    Reason(r"UnknownHostException|ConnectException|NoRouteToHost|Connection refused", UsageError,
           "A machine that was named does not answer.", "Check the addresses, and that the machines are up."),
    Reason(r"Python worker exited unexpectedly|ExecutorLostFailure|OutOfMemoryError|maxResultSize", DlmatchError,
           "Workers ended again and again, most often for want of memory.",
           "Give them more: spark.executor.memoryOverhead, or fewer cores in --master."),
)  # fmt: skip
# Said of every Java that ended at its start: taken where the log tells no more.
NO_START: Final = Reason("JAVA_GATEWAY_EXITED", MissingExtra, "Java could not start.",
                         "Install Java 17, or name one in JAVA_HOME; check PYSPARK_SUBMIT_ARGS, if it is set.")  # fmt: skip


def as_ours(error: BaseException, log: Path | None = None, *, ended: bool = False) -> DlmatchError:
    """An exception of Spark as one of ours. Its own text, which is pages of Java, is looked through and not told.

    `ended`: Spark's Java has gone, and the exception tells of no more than that.
    """
    past = _end_of(log)
    _note(error, log)
    told = _in(log, " Spark's log: {}")
    for said in (past,) if ended else (str(error), past):  # the log also tells of what was tried again and done
        for reason in REASONS:
            if found := re.search(reason.says, said):
                return reason.kind(reason.what.format(*found.groups()), WHERE, reason.step + told)
    if NO_START.says in str(error):
        return NO_START.kind(NO_START.what, WHERE, NO_START.step + told)
    if ended:
        return DlmatchError("Its Java process was ended.", WHERE, f"The same command goes on; check the memory first.{told}")
    return DlmatchError(f"It could not finish ({type(error).__name__}).", WHERE, told.strip() or "Its own log says why.")


def failures() -> tuple[type[Exception], ...]:
    """What Spark and the way to it raise."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return Py4JError, PySparkException, ConnectionError, EOFError


def _note(error: BaseException, log: Path | None) -> None:
    """Let the log say what Spark told this process alone."""
    if log is not None:
        with suppress(OSError), log.open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(f"\n{type(error).__name__}: {error}\n")


def _end_of(log: Path | None) -> str:
    if log is None:
        return ""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - LOG_BYTES))
            return stream.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _in(log: Path | None, sentence: str) -> str:
    return sentence.format(log) if log is not None else ""
