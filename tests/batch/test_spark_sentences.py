"""What can be told before Spark starts, what its failures become, and where its files lie: all of it without a Spark."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from dlmatch import DlmatchError, MissingExtra, UsageError

pytest.importorskip("pyspark", reason="pyspark is not installed (extra [spark])")
pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra [spark])")
from dlmatch.batch import sparkfolder
from dlmatch.batch.sparkfailing import REASONS, as_ours
from dlmatch.batch.sparksession import check

pytestmark = pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning")  # Spark 3.5


# what Spark says, words of our sentence, why
SAID = [
    ("ModuleNotFoundError: No module named 'dlmatch'", "can't import dlmatch", "a cluster without it"),
    ("ModuleNotFoundError: No module named 'dlmatch.batch'", "can't import dlmatch", "an older one"),
    ("No module named 'pyarrow'", "lack a package", "a cluster without Arrow"),
    ("[PYTHON_VERSION_MISMATCH] Python in worker has different version", "of another version", "two Pythons"),
    ("java.lang.UnsupportedOperationException: getSubject is not supported", "too new", "Java 24"),
    ("All masters are unresponsive! Giving up.", "No master answers", "a master that went away"),
    ("io.fabric8.kubernetes.client.KubernetesClientException: Forbidden", "Kubernetes", "no rights"),
    ("Class org.apache.hadoop.fs.s3a.S3AFileSystem not found", "no driver for this kind", "hadoop-aws is missing"),
    ('UnsupportedFileSystemException: No FileSystem for scheme "x"', "does not know this kind", "a slip"),
    ("org.apache.hadoop.security.AccessControlException: Permission denied", "refuses access", "no rights"),
    ('AccessControlException: Permission denied: user=a, access=READ_EXECUTE, inode="/a b/c":x', "access to /a b/c.", "HDFS"),
    (": java.nio.file.AccessDeniedException: /a b/c: Permission denied\n\tat", "access to /a b/c.", "a folder, closed"),
    ("java.nio.file.AccessDeniedException: s3a://b/c: getFileStatus: Forbidden", "access to s3a://b/c.", "a bucket, closed"),
    ("Invalid directory or I/O error occurred for dir: /a b/c\n", "The folder /a b/c can't be listed.", "Spark 3.5 has it so"),
    (": x: file:/a/b.parquet is not a Parquet file. Expected", ": file:/a/b.parquet can't be opened as Parquet", "text in it"),
    ("Failed to create directory /x\njava.io.IOException: No space left on device", "is full", "the cause goes first"),
    ("java.io.IOException: No space left on device", "is full", "shuffle files"),
    ("java.net.ConnectException: Connection refused", "does not answer", "no name node"),
    ("Python worker exited unexpectedly (crashed)", "want of memory", "killed by the kernel"),
    ("the stars were wrong", "could not finish (EOFError). Spark's log: ", "anything else"),
]


@pytest.mark.parametrize(("said", "words", "why"), SAID, ids=[row[2] for row in SAID])
def test_what_spark_says_becomes_a_sentence(tmp_path: Path, said: str, words: str, why: str) -> None:
    log = tmp_path / "spark.log"
    log.write_text("at java.base/java.lang.Thread.run(Thread.java:840)\n")
    error = as_ours(EOFError(said), log)
    assert words in str(error)
    assert str(log) in str(error)
    assert said in log.read_text()  # the log tells what this process alone heard


def test_every_reason_names_what_to_do() -> None:
    assert all(reason.what.endswith(".") and reason.step for reason in REASONS)
    assert str(as_ours(EOFError("x"))) == "Spark: It could not finish (EOFError). Its own log says why."


MASTERS = ["local", "local[2]", "local[*]", "local[2,4]", "local-cluster[2,1,1024]", "yarn", "k8s://https://host:6443", "own://x"]


@pytest.mark.parametrize("master", [None, *MASTERS])
def test_masters_that_may_be(master: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_GATEWAY_PORT", "1")  # spark-submit has found its Java
    check(master)


@pytest.mark.parametrize(
    "master",
    [
        "",
        "locl",
        "local[0]",
        "local[2,0]",
        "local-cluster[0,1,1]",
        "local[",
        "local[x]",
        "local[2",
        "spark://host",
        "spark://",
        "spark://h:x",
        "k8s",
    ],
)
def test_masters_that_can_not_be(master: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYSPARK_GATEWAY_PORT", "1")
    with pytest.raises(UsageError, match="no master of Spark"):
        check(master)


def test_without_java_or_pyspark_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "which", lambda name, path=None: None)
        with pytest.raises(MissingExtra, match="Java"):
            check("local[1]")
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingExtra, match=r"dlmatch\[spark\]"):
        check("local[1]")


def test_an_error_of_ours_passes_as_it_is() -> None:
    assert isinstance(as_ours(EOFError("All masters are unresponsive")), UsageError)
    assert type(as_ours(EOFError("OutOfMemoryError"))) is DlmatchError


# what is set, whether spark.local.dir is ours, why
PLACES = [
    ({}, True, "nothing"),
    ({"SPARK_LOCAL_DIRS": "/disk"}, False, "the user's disk"),
    ({"PYSPARK_SUBMIT_ARGS": "--conf spark.local.dir=/disk pyspark-shell"}, False, "in the arguments"),
    ({"SPARK_CONF_DIR": "{tmp}"}, False, "in the file of settings"),
    ({"SPARK_HOME": "{tmp}"}, True, "a file of settings with a remark"),
]


@pytest.mark.parametrize(("given", "is_ours", "why"), PLACES, ids=[row[2] for row in PLACES])
def test_files_of_spark_lie_where_the_user_says_or_hidden(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], is_ours: bool, why: str
) -> None:
    (tmp_path / "spark-defaults.conf").write_text("spark.local.dir  /disk\n")
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "spark-defaults.conf").write_text("# spark.local.dir  /disk\n")
    for name in ("SPARK_LOCAL_DIRS", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value.format(tmp=tmp_path))
    assert sparkfolder.settings(tmp_path).get("spark.local.dir") == (str(tmp_path) if is_ours else None)
