"""Documents at an address (hdfs://, s3a://) to rows at another: the workers read and write, nothing passes the driver."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from dlmatch.batch.lines import was_read
from dlmatch.batch.scoring import row_of
from dlmatch.batch.sparkplace import Place, in_store
from dlmatch.batch.sparksession import Session
from dlmatch.batch.sparktally import Tally
from dlmatch.batch.sparkworker import AT_A_TIME, ROW_SCHEMA, Recipe, RowMaker
from dlmatch.batch.summary import Summary
from dlmatch.batch.tables import Columns, resolved
from dlmatch.errors import UsageError
from dlmatch.reading.limits import MAX_INPUT_BYTES
from dlmatch.showing.rows import Row, error_row

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from dlmatch.batch.local import Watcher
    from dlmatch.engine import Engine

TABLES: Final = (".parquet", ".pq")
_ROOT: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:(?://[^/]*)?")  # hdfs://host:port, file:
# Of one task's share of files, each counted with what opening it costs: 32 small files make a task of a second or two.
BYTES_PER_TASK: Final = 16 * 1024 * 1024
BYTES_TO_OPEN: Final = BYTES_PER_TASK // 32
TASKS_PER_CORE: Final = 3  # of a table that comes in fewer pieces
ROWS_PER_TASK: Final = 500  # at least, or the task is not worth its start
INPUTS: Final = "{[!~]*,~,~[!$]*}"  # names of files, as Hadoop's patterns have it: all but Office's lock files (~$)
_ONE_FILE: Final = "Turn a table of CSV or JSON Lines into Parquet, or give SOURCE and -o as paths."
_REFUSALS: Final = (  # in the words of the local engine, where it has them too
    (r"Permission denied|AccessControlException|AccessDenied|Forbidden", "Permission denied"),
    (r"FileNotFoundException|NoSuchFileException", "No such file or directory"),
)


def run_stored(
    source: str, out: str, *, engine: Engine, kind: str, columns: Columns, master: str | None, overwrite: bool, watcher: Watcher
) -> dict[str, Any]:
    """Score a Parquet data set or a folder of files into a Parquet data set; gives the summary, as local.run does."""
    if PurePosixPath(out).suffix:
        where = "at an address" if "://" in out else "of what is read at an address"
        raise UsageError(f"Only a folder (a Parquet data set) is written {where}.", out, "Give -o a name without an ending.")
    try:
        session = Session(master)
        try:
            with session.failing():
                return _run(session, _address(source), _address(out), engine, kind, columns, overwrite, watcher)
        finally:
            session.end()
    except KeyboardInterrupt:
        raise KeyboardInterrupt("Stopped. Of a run between addresses nothing is kept; the same command begins anew.") from None


def _run(
    session: Session, source: str, out: str, engine: Engine, kind: str, columns: Columns, overwrite: bool, watcher: Watcher
) -> dict[str, Any]:
    spark = session.spark
    place, origin = Place(spark, out), Place(spark, source)
    if not source.lower().endswith(TABLES) and origin.is_file():
        raise UsageError(
            "It is one file, and between addresses a folder of files or a Parquet data set is read.", source, _ONE_FILE
        )
    place.check(origin, overwrite)
    files = _files(spark, source)
    names = files.inputFiles()
    if not names:
        raise UsageError("There is nothing in it to read.", source, "Name a folder of files or a Parquet data set.")
    tally = Tally.of(spark)
    is_table = all(name.lower().endswith(TABLES) for name in names)
    if is_table:
        table = spark.read.option("pathGlobFilter", INPUTS).parquet(source)
        count = table.count()
        wanted = min(TASKS_PER_CORE * session.cores, count // ROWS_PER_TASK)
        rows = _table(table, wanted, columns, source, engine, kind, tally)
        watcher.begins(count, 0)
    else:
        rows = _documents(files, source, engine, kind, tally)
        watcher.begins(len(names), 0)
    if place.begin():
        watcher.says("The last run to this output was ended before it was done: it starts anew.")
    with tally.watched(watcher):
        rows.write.mode("overwrite").parquet(out)
    if not is_table and (missing := lost(files, spark.read.parquet(out), source, engine, kind)):
        values = [tuple(row.values()) for row in missing]
        spark.createDataFrame(values, ROW_SCHEMA).coalesce(1).write.mode("append").parquet(out)
        for row in missing:
            watcher.counts(was_read(row))
    known = {one.id: one.name for one in engine.taxonomy.profile.requirements}
    known |= {skill.id: skill.name for skill in engine.taxonomy.skills}
    summary = summary_of(spark.read.parquet(out)).to_dict(known)
    place.finish()
    return summary


def _table(df: DataFrame, wanted: int, columns: Columns, source: str, engine: Engine, kind: str, tally: Tally) -> DataFrame:
    """The rows of a table. One of too few pieces is spread: a file of one row group would keep one core busy, the others idle."""
    from dlmatch.batch.spark import named, rows_of_frame

    found = resolved(df.columns, columns, source)
    if found.id is None:
        raise UsageError("No column tells its rows apart.", source, "Name one with --id: rows at an address have no numbers.")
    assert found.text is not None
    needed = dict.fromkeys(name for name in (found.text, found.id, found.title, found.location) if name is not None)
    df = df.select(*(named(df, name) for name in needed))
    if df.rdd.getNumPartitions() < wanted:
        df = df.repartition(wanted)
    maker = RowMaker(recipe=Recipe.of(engine), kind=kind, tally=tally)
    return rows_of_frame(df, maker, text=found.text, id=found.id, title=found.title, location=found.location)


def _files(spark: SparkSession, source: str) -> DataFrame:
    """Files below a folder. One that can't be read is passed over, and found missing afterwards (`lost`)."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", BYTES_PER_TASK)
    spark.conf.set("spark.sql.files.openCostInBytes", BYTES_TO_OPEN)
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true").option("pathGlobFilter", INPUTS)
    return reader.option("ignoreCorruptFiles", "true").option("ignoreMissingFiles", "true").load(source)


def _documents(files: DataFrame, source: str, engine: Engine, kind: str, tally: Tally) -> DataFrame:
    """The rows of files. Those beyond the limit are never loaded: their size alone travels."""
    from pyspark.sql import functions

    from dlmatch.batch.spark import rows_of_frame

    small = files.filter(files["length"] <= MAX_INPUT_BYTES).select("path", "length", "content")
    large = files.filter(files["length"] > MAX_INPUT_BYTES).select("path", "length", functions.lit(None).alias("content"))
    both = small.unionByName(large.withColumn("content", functions.col("content").cast("binary")))
    maker = RowMaker(recipe=Recipe.of(engine), kind=kind, tally=tally)
    return rows_of_frame(_relative(both, source), maker, text="content", id="path")


def lost(files: DataFrame, rows: DataFrame, source: str, engine: Engine, kind: str) -> list[Row]:
    """The rows of files that are there and gave none: Spark leaves out empty ones, and those that the store refuses."""
    spark = files.sparkSession
    addresses = [(unquote(address),) for address in files.inputFiles()]
    if not addresses:
        return []
    listed = _relative(spark.createDataFrame(addresses, "path string").selectExpr("path AS address", "path"), source)
    missing = listed.join(rows.select("id"), listed["path"] == rows["id"], "left_anti").sort("path").collect()
    return [_lost(engine, kind, row["path"], _refusal(spark, row["address"])) for row in missing]


def _lost(engine: Engine, kind: str, id: str, refusal: str | None) -> Row:
    """The row that a file gives by its path: an empty one, or one that can't be opened."""
    if refusal is None:
        return row_of(engine, b"", kind=kind, id=id)
    error = UsageError(f"It can't be opened ({refusal}).", "", "Check the path.")
    return error_row(error, id=id, name=PurePosixPath(id).name, kind=None if kind == "auto" else kind)


def _refusal(spark: SparkSession, address: str) -> str | None:
    """Why the store does not give a file's bytes; None where it has none to give."""
    from py4j.protocol import Py4JJavaError

    try:
        path, store = in_store(spark, address)
        if store.getFileStatus(path).getLen() == 0:
            return None
        store.open(path).close()
    except Py4JJavaError as error:
        said = str(error)
        return next((words for pattern, words in _REFUSALS if re.search(pattern, said)), "the store refused")
    return "the store did not give its bytes"


def summary_of(rows: DataFrame) -> Summary:
    """The summary of rows wherever they lie: each task counts its own, the driver adds up."""
    total = Summary()
    for part in rows.mapInArrow(_counted, "part binary").toLocalIterator():
        total.merge(pickle.loads(bytes(part[0])))
    return total


def _counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    summary = Summary()
    for batch in batches:
        for start in range(0, batch.num_rows, AT_A_TIME):
            for row in batch.slice(start, AT_A_TIME).to_pylist():
                summary.add(row)
    yield pa.RecordBatch.from_arrays([pa.array([pickle.dumps(summary)], pa.binary())], names=["part"])


def _relative(df: DataFrame, source: str) -> DataFrame:
    """`path` within SOURCE, as the local engine's ids are."""
    from pyspark.sql import functions

    root = _ROOT.sub("", source).rstrip("/") + "/"
    bare = functions.regexp_replace("path", _ROOT.pattern, "")
    inside = functions.substring(bare, len(root) + 1, 1 << 30)
    return df.withColumn("path", functions.when(functions.startswith(bare, functions.lit(root)), inside).otherwise(bare))


def _address(given: str) -> str:
    """A path of this machine as an address: Spark would look for it in the cluster's own file system."""
    return given if "://" in given else f"file://{os.path.abspath(given)}"
