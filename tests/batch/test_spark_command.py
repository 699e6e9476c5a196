"""dlmatch batch --engine spark as people call it: what the screen shows, what errors say, and what a kill leaves."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from cluster import ads, content, lack_of_java
from documents import write_documents

from dlmatch import DlmatchError, MissingExtra, UsageError

pytest.importorskip("pyspark", reason="pyspark is not installed (extra [spark])")
pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra [spark])")
from dlmatch.batch.sparkfailing import REASONS, as_ours
from dlmatch.batch.sparksession import check

pytestmark = pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning")  # Spark 3.5
TESTS = Path(__file__).parent
needs_java = pytest.mark.skipif(bool(lack_of_java()), reason=lack_of_java())
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="these signals are of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "temporary").mkdir()
    (tmp_path / "ads.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ads(60)))
    return tmp_path


def environment(place: Path, **more: str) -> dict[str, str]:
    """That of a user: nothing of another test's Spark, and temporary files where they can be counted."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK", "PYSPARK", "HADOOP", "YARN"))}
    return {**ours, "TMPDIR": str(place / "temporary"), **more}


def started(place: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "dlmatch", "batch", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=place,
        env=environment(place, **more),
        start_new_session=True,
    )


def call(place: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    process = started(place, *arguments, **more)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


@needs_java
def test_the_screen_shows_the_summary_and_nothing_of_java(place: Path) -> None:
    write_documents(place / "docs", 40, bombs=0.05, broken=0.1)
    (place / "local").mkdir()
    code, shown, err = call(place, "docs", "-o", "local/o.xlsx")
    told = call(place, "docs", "-o", "o.xlsx", "--engine", "spark", "--master", "local[2]")
    assert told == (code, shown.replace("local/o.xlsx", "o.xlsx"), err)
    assert (code, err) == (3, "")
    assert content(place / "o.xlsx") == content(place / "local" / "o.xlsx")
    assert list((place / "temporary").iterdir()) == []


@needs_java
@needs_posix
def test_killed_then_stopped_it_goes_on_and_leaves_no_process(place: Path) -> None:
    (place / "many.jsonl").write_text(
        "".join(json.dumps({"id": n, "text": f"{n} Python, {n} years"}) + "\n" for n in range(8000))
    )
    given = ["many.jsonl", "-o", "o.csv", "--kind", "job"]
    spark = [*given, "--engine", "spark", "--master", "local[2]"]
    killed = started(place, *spark)
    wait_for_chunks(place / ".o.csv.dlmatch", 1)
    killed.kill()
    assert killed.communicate()[1] == ""
    wait_for_the_end(killed.pid)
    before = chunks(place / ".o.csv.dlmatch")
    stopped = started(place, *spark)
    wait_for_chunks(place / ".o.csv.dlmatch", before + 1)
    stopped.send_signal(signal.SIGINT)
    out, err = stopped.communicate(timeout=60)
    assert (stopped.returncode, out) == (130, "")
    assert re.fullmatch(r"dlmatch: Goes on after [\d,]+ documents .*\ndlmatch: Stopped\. [\d,]+ documents are finished .*\n", err)
    wait_for_the_end(stopped.pid)
    code, _, err = call(place, *given)  # the local engine: who finishes what Spark began is all the same
    assert code == 0
    assert err.startswith("dlmatch: Goes on after")
    (place / "local").mkdir()
    call(place, "many.jsonl", "-o", "local/o.csv", "--kind", "job")
    assert content(place / "o.csv") == content(place / "local" / "o.csv")


@needs_java
@needs_posix
def test_spark_itself_killed_is_one_sentence(place: Path) -> None:
    (place / "many.jsonl").write_text(
        "".join(json.dumps({"id": n, "text": f"{n} Python, {n} years"}) + "\n" for n in range(8000))
    )
    run = started(place, "many.jsonl", "-o", "o.csv", "--kind", "job", "--engine", "spark", "--master", "local[2]")
    wait_for_chunks(place / ".o.csv.dlmatch", 1)
    for pid, command in of_session(run.pid):
        if "org.apache.spark.deploy.SparkSubmit" in command:
            os.kill(pid, signal.SIGKILL)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, out, err.count("\n")) == (2, "", 1)
    assert "Its Java process was ended. The same command goes on" in err
    wait_for_the_end(run.pid)


def chunks(folder: Path) -> int:
    try:
        return (folder / "ledger").read_text().count('"chunk":')
    except FileNotFoundError:
        return 0


def wait_for_chunks(folder: Path, count: int) -> None:
    deadline = time.monotonic() + 120
    while chunks(folder) < count:
        assert time.monotonic() < deadline, "nothing was finished"
        time.sleep(0.02)


def wait_for_the_end(session: int) -> None:
    """Of every process that this run started, wherever in the tree it is by now."""
    deadline = time.monotonic() + 30
    while left := list(of_session(session)):
        assert time.monotonic() < deadline, left
        time.sleep(0.1)


def of_session(session: int) -> Iterator[tuple[int, str]]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                yield int(entry.name), (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:  # it has ended meanwhile
            continue


# master, what is set, words of the sentence, why
REFUSED = [
    ("local[x]", {}, "'local[x]' is no master of Spark", "a slip"),
    ("spark://127.0.0.1:1", {}, "No master answers at spark://127.0.0.1:1", "nobody listens there"),
    ("local", {"JAVA_HOME": "{place}"}, "JAVA_HOME holds no bin/java. Install Java 17.", "a wrong JAVA_HOME"),
    ("local", {"PATH": "{place}", "JAVA_HOME": ""}, "there is no java on PATH", "no Java"),
    ("local", {"SPARK_HOME": "{place}"}, "SPARK_HOME names a folder in which there is no Spark", "a wrong SPARK_HOME"),
    ("local", {"PYTHONPATH": "{place}/none"}, "Install dlmatch[spark]", "no pyspark"),
    ("local", {"JAVA_HOME": "{place}/old"}, "This Java is too old for this Spark", "Java 11, as it says so"),
    ("yarn", {}, "YARN is not set up on this machine", "no settings of YARN"),
    ("nosuch://host:1", {}, "Spark does not know this master", "none that Spark has"),
    ("local", {"PYSPARK_PYTHON": "/not/there/python"}, "The workers' Python can't be started", "it fails in mid-run"),
]


@needs_java
@needs_posix
@pytest.mark.parametrize(("master", "more", "said", "why"), REFUSED, ids=[row[3] for row in REFUSED])
def test_what_goes_wrong_is_one_sentence(place: Path, master: str, more: dict[str, str], said: str, why: str) -> None:
    (place / "none" / "pyspark").mkdir(parents=True)
    (place / "none" / "pyspark" / "__init__.py").write_text("raise ImportError")
    java = place / "old" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text('#!/bin/sh\necho "Error: LinkageError\n\tjava.lang.UnsupportedClassVersionError: x" >&2\nexit 1\n')
    java.chmod(0o755)
    given = {name: value.format(place=place) for name, value in more.items()}
    if "PYTHONPATH" in given:
        given["PYTHONPATH"] = os.pathsep.join([given["PYTHONPATH"], os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    code, out, err = call(place, "ads.jsonl", "-o", "o.csv", "--engine", "spark", "--master", master, **given)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not (place / "o.csv").exists()
    logs = list((place / "temporary").glob("dlmatch-spark-*.log"))
    assert re.findall(r"Spark's log: (\S+)", err) == [str(log) for log in logs]


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
    "master", ["", "locl", "local[", "local[x]", "local[2", "spark://host", "spark://", "spark://h:x", "k8s"]
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


@needs_posix
def test_a_document_that_hangs_ends_its_worker() -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(TESTS)!r}, {str(TESTS.parent / 'showing')!r}]\n"
        "from dlmatch.batch import sparkguard\n"
        "from dlmatch.batch.items import Item\n"
        "from light import LightEngine\n"
        "sparkguard.ITEM_SECONDS = 0.5\n"
        "for result in sparkguard.lines_of(LightEngine(), 'job', False, [Item(id='1', text='ok'), Item(id='2', text='HANG')]):\n"
        "    print('done', flush=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (-signal.SIGALRM, "done\n")


def test_an_error_of_ours_passes_as_it_is() -> None:
    assert isinstance(as_ours(EOFError("All masters are unresponsive")), UsageError)
    assert type(as_ours(EOFError("OutOfMemoryError"))) is DlmatchError
