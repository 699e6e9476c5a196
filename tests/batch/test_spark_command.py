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

pytest.importorskip("pyspark", reason="pyspark is not installed (extra [spark])")
pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra [spark])")

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
def test_a_run_between_addresses_stopped_leaves_nothing_that_others_may_read(place: Path) -> None:
    import pandas as pd

    given = {"id": map(str, range(20_000)), "text": [f"{number} Python, {number} years" for number in range(20_000)]}
    pd.DataFrame(given).to_parquet(place / "ads.parquet")  # one piece, which is spread: shuffle files hold its texts
    addresses = [f"file://{place}/{name}" for name in ("ads.parquet", "out")]
    run = started(place, addresses[0], "-o", addresses[1], "--kind", "job", "--engine", "spark", "--master", "local[2]")
    deadline = time.monotonic() + 120
    while not list((place / "temporary").glob("*/blockmgr-*/*/shuffle_*.data")):
        assert (run.poll(), time.monotonic() < deadline) == (None, True)
        time.sleep(0.02)
    modes = {path.stat().st_mode & 0o77 for path in (place / "temporary").iterdir()}
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (130, "")
    assert err == "dlmatch: Stopped. Of a run between addresses nothing is kept; the same command begins anew.\n"
    assert modes == {0}
    wait_for_the_end(run.pid)
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
    ("local", {"JAVA_HOME": "{place}/ends"}, "Java could not start", "it ends at once and says nothing"),
    ("local", {"SPARK_LOCAL_DIRS": "/proc/none"}, "Spark can't make the folders that it works in", "a disk that is not there"),
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
    shutil.copytree(place / "old", place / "ends")
    (place / "ends" / "bin" / "java").write_text("#!/bin/sh\nexit 1\n")
    given = {name: value.format(place=place) for name, value in more.items()}
    if "PYTHONPATH" in given:
        given["PYTHONPATH"] = os.pathsep.join([given["PYTHONPATH"], os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    code, out, err = call(place, "ads.jsonl", "-o", "o.csv", "--engine", "spark", "--master", master, **given)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
    assert not list(place.glob("*o.csv*"))
    logs = list((place / "temporary").iterdir())  # and nothing else stays
    assert re.findall(r"Spark's log: (\S+)", err) == [str(log) for log in logs]


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
