"""Spark on a real cluster of two workers on this machine: the rows of the local engine, whatever happens."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from cluster import (
    HARMFUL,
    Watching,
    ads,
    as_bytes,
    cluster,
    collected,
    content,
    differing,
    executors,
    frame_of,
    killing,
    lack_of_java,
    long_ads,
    parquet,
    python_workers,
)
from documents import write_documents
from light import LightEngine

from dlmatch import DlmatchError, Engine, UsageError
from dlmatch.batch import spark as sparks
from dlmatch.batch import sparkworker
from dlmatch.batch.local import run
from dlmatch.batch.scoring import row_of
from dlmatch.batch.spark import SparkPool, run_spark, score
from dlmatch.reading.limits import MAX_INPUT_BYTES
from dlmatch.showing.rows import NAMES

pytest.importorskip("pyspark", reason="pyspark is not installed (extra [spark])")
pytest.importorskip("pyarrow", reason="pyarrow is not installed (extra [spark])")
from dlmatch.batch.sparkstore import lost

if lack := lack_of_java():
    pytest.skip(lack, allow_module_level=True)
pytestmark = [
    # pyspark's own: pandas 3 is new to it, and its gateway closes sockets when Python ends
    pytest.mark.filterwarnings("ignore::FutureWarning:pyspark"),
    pytest.mark.filterwarnings("ignore:distutils Version classes:DeprecationWarning"),  # Spark 3.5
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
README = Path(__file__).resolve().parents[2] / "README.md"
SHOWING = Path(__file__).resolve().parents[1] / "showing"


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with cluster(tmp_path_factory.mktemp("spark")) as session:
        yield session


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small files of several formats, with bombs, broken ones, and one too large."""
    folder = tmp_path_factory.mktemp("in put")
    write_documents(folder, 60, bombs=0.05, broken=0.1)
    with (folder / "large.pdf").open("wb") as stream:
        stream.truncate(MAX_INPUT_BYTES + 1)
    return folder


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "ads.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ads(400)))
    return path


# What people call in jobs of their own


@pytest.mark.parametrize("parts", [1, 50])
def test_texts_give_the_local_rows_byte_for_byte(spark: Any, engine: Engine, parts: int) -> None:
    given = ads(120)
    expected = [
        row_of(engine, row["description"], kind="job", id=row["id"], title=row["title"], location=row["place"] or "")
        for row in given
    ]
    frame = score(frame_of(spark, given).repartition(parts), title="title", location="place", engine=engine)
    assert tuple(frame.columns) == NAMES
    assert as_bytes(collected(frame)) == as_bytes(expected)
    assert any(row["status"] == "empty" for row in expected)


def test_harmful_texts_are_rows_as_they_are_locally(spark: Any, engine: Engine) -> None:
    given = [{"id": why, "description": text} for text, why in HARMFUL]
    rows = collected(score(frame_of(spark, given, len(given)), kind="auto"))
    assert differing(rows, [row_of(engine, row["description"], kind="auto", id=row["id"]) for row in given]) == []
    assert len(rows) == len(HARMFUL)


def test_files_give_the_local_rows_bombs_among_them(spark: Any, engine: Engine, documents: Path) -> None:
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(f"file://{documents}")
    rows = collected(score(files, text="content", kind="auto"))
    expected = [
        row_of(engine, path.read_bytes(), kind="auto", id=f"file:{path}")
        for path in documents.rglob("*")
        if path.is_file() and path.stat().st_size  # binaryFile passes over files without a byte
    ]
    assert differing(rows, expected) == []
    assert as_bytes(rows) == as_bytes(expected)
    assert {"ok", "refused", "failed"} <= {row["status"] for row in rows}


def test_the_columns_have_the_types_of_the_local_parquet(spark: Any, engine: Engine, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    frame_of(spark, ads(60), 1).write.parquet(f"file://{tmp_path}/ads")
    run(tmp_path / "ads", tmp_path / "local.parquet", engine=engine, kind="job", workers=1)
    score(spark.read.parquet(f"file://{tmp_path}/ads"), title="title", location="place").write.parquet(f"file://{tmp_path}/out")
    local, ours = (pq.read_schema(path) for path in (tmp_path / "local.parquet", next((tmp_path / "out").glob("*.parquet"))))
    assert [(field.name, field.type, field.nullable) for field in ours] == [
        (field.name, field.type, field.nullable) for field in local
    ]
    assert as_bytes(parquet(tmp_path / "out")) == as_bytes(pq.read_table(tmp_path / "local.parquet").to_pylist())


def test_columns_with_odd_names(spark: Any, engine: Engine) -> None:
    frame = spark.createDataFrame(
        [("Python and PyTorch", "7", "ML Engineer")], "`the.text` string, `a ``b``` string, `job title` string"
    )
    rows = collected(score(frame, text="the.text", id="a `b`", title="job title", as_of="2020-02-02", region="in"))
    local = Engine(as_of="2020-02-02", region="IN")
    assert rows == [row_of(local, "Python and PyTorch", kind="job", id="7", title="ML Engineer")]


def test_readme_shows_what_runs(spark: Any, engine: Engine, documents: Path, tmp_path: Path) -> None:
    given = [{"posting_id": row["id"], "title": row["title"], "description": row["description"]} for row in ads(20)]
    frame_of(spark, given).write.parquet(f"file://{tmp_path}/postings")
    (shown,) = re.findall(r"```\n(from dlmatch.batch.spark import score\n.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    ads_part, files_part = shown.replace("s3a://bucket/postings", f"file://{tmp_path}/postings").split("\nfiles = ")
    names: dict[str, Any] = {"spark": spark}
    exec(ads_part, names)
    expected = [row_of(engine, r["description"], kind="job", id=r["posting_id"], title=r["title"]) for r in given]
    assert as_bytes(collected(names["scored"])) == as_bytes(expected)
    exec("files = " + files_part.replace("s3a://bucket/resumes", f"file://{documents}/part 0"), names)
    assert {row["kind"] for row in collected(names["scored"])} == {"resume"}


def test_both_workers_work(spark: Any, engine: Engine) -> None:
    assert score(frame_of(spark, ads(64), 8)).filter("score > 0").count() > 0
    assert len(python_workers()) >= 2


# arguments, words of the error, why
WRONG = [
    ({"text": "body"}, "no column 'body'", "not there"),
    ({"text": "n"}, "holds values of the type", "a column of numbers"),
    ({"text": "description", "title": "head"}, "no column 'head'", "not there either"),
    ({"text": "description", "kind": "cv"}, "'cv' is no kind", "resume, job or auto"),
    ({"text": "description", "region": "Mars"}, "no region", "wrong settings fail on the driver"),
]


@pytest.mark.parametrize(("arguments", "words", "why"), WRONG)
def test_wrong_use_fails_before_the_cluster_works(spark: Any, arguments: dict[str, str], words: str, why: str) -> None:
    frame = spark.createDataFrame([("Python", 1)], "description string, n int")
    with pytest.raises(UsageError, match=words):
        score(frame, **arguments)


def test_workers_with_other_code_give_no_rows(spark: Any, engine: Engine, tmp_path: Path) -> None:
    recipe = sparkworker.Recipe.of(engine)
    other = sparkworker.Recipe(pickled=recipe.pickled, version=recipe.version, taxonomy=recipe.taxonomy, code="another")
    pool = SparkPool(engine, kind="job", reports=False)
    pool._maker = sparkworker.LineMaker(recipe=other, kind="job", reports=False)
    (tmp_path / "one.jsonl").write_text('{"text": "Python"}\n')
    with pytest.raises(DlmatchError, match="workers' dlmatch is not that of the driver"):
        run(tmp_path / "one.jsonl", tmp_path / "out.csv", engine=engine, kind="job", pool=lambda *_: pool)


# dlmatch batch --engine spark


@pytest.mark.parametrize("out", ["out.csv", "out.jsonl", "parts"])
def test_a_run_gives_the_local_output_byte_for_byte(
    spark: Any, engine: Engine, documents: Path, tmp_path: Path, out: str
) -> None:
    source = shutil.copytree(documents, tmp_path / "in")
    os.symlink("nowhere", source / "dangling.pdf")
    os.close(os.open(os.fsencode(source) + b"/caf\xe9.txt", os.O_CREAT))  # a name that is not UTF-8
    (tmp_path / "local").mkdir()
    expected = run(source, tmp_path / "local" / out, engine=engine, workers=2)
    assert run_spark(source, tmp_path / out, engine=engine) == expected
    assert content(tmp_path / out) == content(tmp_path / "local" / out)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in", "local", out])


def test_a_relative_source_is_found_by_the_workers(
    spark: Any, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_documents(tmp_path / "in", 8, bombs=0, broken=0)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text("".join(f"{path.relative_to(tmp_path)}\n" for path in sorted(tmp_path.rglob("=*"))))
    for number, source in enumerate(("in", "list.txt")):
        expected = run(source, f"local{number}.csv", engine=engine, workers=1)
        assert run_spark(source, f"spark{number}.csv", engine=engine) == expected
        assert expected["unread"] == 0
        assert content(tmp_path / f"spark{number}.csv") == content(tmp_path / f"local{number}.csv")


def test_odd_rows_travel_unchanged(spark: Any, engine: Engine, tmp_path: Path) -> None:
    lines = [{"id": 1, "text": ""}, {"id": "\ud800", "text": None}, {"text": "Python \ud800", "title": "x", "location": "y"}, []]
    (tmp_path / "t.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
    expected = run(tmp_path / "t.jsonl", tmp_path / "local.csv", engine=engine, workers=1)
    assert run_spark(tmp_path / "t.jsonl", tmp_path / "spark.csv", engine=engine) == expected
    assert content(tmp_path / "spark.csv") == content(tmp_path / "local.csv")


@pytest.mark.parametrize("name", ["ads.csv", "ads.parquet"])
def test_tables_of_every_kind(spark: Any, engine: Engine, tmp_path: Path, name: str) -> None:
    import pandas as pd

    given = pd.DataFrame(ads(100))
    if name == "ads.csv":
        given.to_csv(tmp_path / name, index=False)
    else:
        given.to_parquet(tmp_path / name)
    expected = run(tmp_path / name, tmp_path / "local.csv", engine=engine, kind="job", workers=1)
    assert run_spark(tmp_path / name, tmp_path / "spark.csv", engine=engine, kind="job") == expected
    assert content(tmp_path / "spark.csv") == content(tmp_path / "local.csv")


def test_a_run_that_was_ended_goes_on(
    spark: Any, engine: Engine, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sparks, "ITEMS_PER_TASK", 25)
    run(table, tmp_path / "local.csv", engine=engine, kind="job", workers=2)
    first, second = Watching(stop_at=150), Watching()
    with pytest.raises(KeyboardInterrupt):
        run_spark(table, tmp_path / "spark.csv", engine=engine, kind="job", watcher=first)
    assert spark.sparkContext.statusTracker().getActiveJobsIds() == []
    run_spark(table, tmp_path / "spark.csv", engine=engine, kind="job", watcher=second)
    assert any("Goes on after" in line for line in second.told)
    assert content(tmp_path / "spark.csv") == content(tmp_path / "local.csv")


# What kills


def test_python_workers_killed_in_mid_run(spark: Any, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparks, "FIRST_PER_TASK", 25)
    source = tmp_path / "ads.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in long_ads(100)))
    expected = run(source, tmp_path / "local.jsonl", engine=engine, kind="job", workers=2)
    with killing(spark) as killed:
        assert run_spark(source, tmp_path / "spark.jsonl", engine=engine, kind="job") == expected
    assert content(tmp_path / "spark.jsonl") == content(tmp_path / "local.jsonl")
    assert killed.failed_tasks > 0


@pytest.fixture(scope="module")
def light(spark: Any) -> Any:
    """An engine that misbehaves on demand, which the workers know too."""
    for module in (Path(__file__).parent / "light.py", SHOWING / "reports.py"):
        spark.sparkContext.addPyFile(str(module))
    return LightEngine()


@pytest.mark.parametrize("found", [python_workers, executors])
def test_workers_killed_under_a_job_of_ones_own(spark: Any, light: Any, found: Callable[[], set[int]]) -> None:
    given = [{"id": f"{number:02}", "description": f"SLOW {number}"} for number in range(60)]
    expected = [row_of(light, row["description"], kind="job", id=row["id"]) for row in given]
    with killing(spark, found) as killed:
        rows = collected(score(frame_of(spark, given, 2), engine=light))
    assert differing(rows, expected) == []
    assert as_bytes(rows) == as_bytes(expected)
    assert killed.failed_tasks > 0


def test_a_document_that_ends_its_worker_costs_its_row_alone(spark: Any, light: Any, tmp_path: Path) -> None:
    given = [{"id": f"{number:02}", "description": "DIE" if number in (7, 31) else f"good {number}"} for number in range(40)]
    rows = sorted(collected(score(frame_of(spark, given, 2), engine=light)), key=lambda row: row["id"])
    assert [(row["id"], row["slug"]) for row in rows if row["status"] != "ok"] == [
        ("07", "damaged-document"),
        ("31", "damaged-document"),
    ]
    (tmp_path / "in").mkdir()
    for row in given[:10]:
        (tmp_path / "in" / f"{row['id']}.txt").write_text(row["description"])
    files = spark.read.format("binaryFile").load(f"file://{tmp_path}/in")
    of_files = collected(score(files, text="content", engine=light))
    assert [(row["id"][-6:], row["error"]) for row in of_files if row["status"] != "ok"] == [("07.txt", rows[7]["error"])]
    expected = run(tmp_path / "in", tmp_path / "local.csv", engine=light, kind="job", workers=1)
    assert run_spark(tmp_path / "in", tmp_path / "spark.csv", engine=light, kind="job") == expected
    assert content(tmp_path / "spark.csv") == content(tmp_path / "local.csv")


# Between addresses


def test_where_reading_is_done_by_the_store(spark: Any, engine: Engine, documents: Path, tmp_path: Path) -> None:
    watching = Watching()
    source = shutil.copytree(documents, tmp_path / "in")
    for name in ("~$open.docx", "~$", "~", "~a$.txt", "a~$b.txt"):  # the first two are Office's lock files
        (source / name).write_text("Python")
    expected = run(source, tmp_path / "local", engine=engine, workers=2)
    assert run_spark(f"file://{source}", f"file://{tmp_path}/out", engine=engine, watcher=watching) == expected
    assert as_bytes(parquet(tmp_path / "out")) == as_bytes(parquet(tmp_path / "local"))
    assert (watching.total, watching.count, watching.unread) == (expected["inputs"], expected["inputs"], expected["unread"])
    with pytest.raises(UsageError, match="is there already"):
        run_spark(source, f"file://{tmp_path}/out", engine=engine)


def test_a_table_in_a_store(spark: Any, engine: Engine, tmp_path: Path) -> None:
    given = [{**row, "jobtitle": row["title"]} for row in ads(100)]
    frame_of(spark, given, 1).write.parquet(f"file://{tmp_path}/ads")
    expected = run(tmp_path / "ads", tmp_path / "local", engine=engine, kind="job", workers=1)
    (tmp_path / ".out.dlmatch").touch()  # as a run leaves it that was killed
    (tmp_path / "out" / "_temporary").mkdir(parents=True)
    watching = Watching()
    assert run_spark(f"file://{tmp_path}/ads", f"file://{tmp_path}/out", engine=engine, kind="job", watcher=watching) == expected
    assert as_bytes(parquet(tmp_path / "out")) == as_bytes(parquet(tmp_path / "local"))
    assert (watching.total, watching.count, watching.unread) == (100, 100, expected["unread"])
    assert any("starts anew" in line for line in watching.told)
    assert not list(tmp_path.glob(".*dlmatch*"))
    assert run_spark(tmp_path / "ads", f"file://{tmp_path}/out", engine=engine, kind="job", overwrite=True) == expected


def test_a_file_that_spark_passes_over_is_a_row(spark: Any, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    for name, text in (("c%20d.txt", "Python"), ("\u00e9=1.txt", "Python"), ("empty.txt", ""), ("refused.txt", "Python")):
        (tmp_path / "a b" / name).write_text(text)
    files = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(f"file://{tmp_path}")
    ids = [("a b/c%20d.txt",), ("a b/\u00e9=1.txt",)]
    found = lost(files, spark.createDataFrame(ids, "id string"), f"file://{tmp_path}", engine, "auto")
    empty = row_of(engine, b"", kind="auto", id="a b/empty.txt")
    assert found[0] == empty
    assert [(row["id"], row["name"], row["status"], row["slug"]) for row in found[1:]] == [
        ("a b/refused.txt", "refused.txt", "failed", "wrong-use")
    ]


def test_a_file_that_went_is_the_row_that_it_is_by_path(spark: Any, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "gone.txt").write_text("Python")
    files = spark.read.format("binaryFile").load(f"file://{tmp_path}")
    none = spark.createDataFrame([], "id string")
    (tmp_path / "gone.txt").unlink()
    (found,) = lost(files, none, f"file://{tmp_path}", engine, "auto")
    assert found == row_of(engine, tmp_path / "gone.txt", kind="auto", id="gone.txt")


# source, out, words of the error, why
REFUSED = [
    ("file:///not/there", "file://{tmp}/out", "not there", "an address that names nothing"),
    ("file://{tmp}/empty", "file://{tmp}/out", "nothing in it", "an empty folder"),
    ("file://{tmp}/plain", "file://{tmp}/out", "No column is named like a text", "a table without texts"),
    ("file://{tmp}/noid", "file://{tmp}/out", "No column tells its rows apart", "rows at an address have no numbers"),
    ("file://{tmp}/noid", "file://{tmp}/out.csv", "Only a folder", "one file is not written by many"),
    ("file://{tmp}/noid", "parts.csv", "of what is read at an address", "OUT is a path"),
    ("file://{tmp}/ads.csv", "file://{tmp}/out", "It is one file", "it would be judged as one document"),
    ("file://{tmp}/noid", "file://{tmp}/noid/out", "lie inside each other", "what is written would be read"),
    ("file://{tmp}/noid", "file://{tmp}", "lie inside each other", "the source would be replaced"),
    ("file://{tmp}/noid", "file://{tmp}/mine", "holds other files", "somebody's own folder"),
    ("nosuch://x/y", "file://{tmp}/out", "does not know this kind of address", "no store"),
]


@pytest.mark.parametrize(("source", "out", "words", "why"), REFUSED)
def test_what_a_store_can_not_do(spark: Any, engine: Engine, tmp_path: Path, source: str, out: str, words: str, why: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").touch()
    (tmp_path / "ads.csv").write_text("id,text\n1,Python\n2,PyTorch\n")
    if "{tmp}" in source and "empty" not in source:
        spark.createDataFrame([(1,)], "n int").coalesce(1).write.parquet(f"file://{tmp_path}/plain")
        spark.createDataFrame([("Python",)], "text string").coalesce(1).write.parquet(f"file://{tmp_path}/noid")
    with pytest.raises(UsageError, match=words):
        run_spark(source.format(tmp=tmp_path), out.format(tmp=tmp_path), engine=engine, overwrite=True)
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".*dlmatch"))


def test_the_pool_is_one_of_two(spark: Any, engine: Engine) -> None:
    pool = SparkPool(engine, kind="job", reports=False)
    assert list(pool.results(iter(()))) == []
    pool.end()
    assert spark.range(3).count() == 3  # a session that is not ours goes on
