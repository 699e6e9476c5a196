"""Documents at an address (hdfs://, s3a://) to rows at another: the workers read and write, nothing passes the driver."""

from __future__ import annotations

import os
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from dlmatch.batch.scoring import row_of
from dlmatch.batch.sparksession import Session, failing_as_ours
from dlmatch.batch.sparkworker import AT_A_TIME, ROW_SCHEMA
from dlmatch.batch.summary import Summary
from dlmatch.batch.tables import Columns, resolved
from dlmatch.errors import DocumentError, UsageError
from dlmatch.reading.limits import MAX_INPUT_BYTES
from dlmatch.showing.rows import Row, error_row

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from dlmatch.engine import Engine

TABLES: Final = (".parquet", ".pq")
_ROOT: Final = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:(?://[^/]*)?")  # hdfs://host:port, file:
# Of one task's share of files: many small files make a task of some seconds.
BYTES_PER_TASK: Final = 16 * 1024 * 1024


def run_stored(
    source: str, out: str, *, engine: Engine, kind: str, columns: Columns, master: str | None, overwrite: bool
) -> dict[str, Any]:
    """Score a Parquet data set or a folder of files into a Parquet data set; gives the summary, as local.run does."""
    if PurePosixPath(out).suffix:
        raise UsageError("Only a folder (a Parquet data set) is written at an address.", out, "Give -o a name without an ending.")
    session = Session(master, progress=True)
    try:
        with failing_as_ours():
            return _run(session.spark, _address(source), _address(out), engine, kind, columns, overwrite)
    finally:
        session.end()


def _run(
    spark: SparkSession, source: str, out: str, engine: Engine, kind: str, columns: Columns, overwrite: bool
) -> dict[str, Any]:
    if _exists(spark, out) and not overwrite:
        raise UsageError("is there already and was not touched.", out, "Give -o another name, or --overwrite.")
    if not _exists(spark, source):
        raise UsageError("It is not there.", source, "Check the address.")
    files = _files(spark, source)
    names = files.inputFiles()
    if not names:
        raise UsageError("There is nothing in it to read.", source, "Name a folder of files or a Parquet data set.")
    mode = "overwrite" if overwrite else "error"
    if all(name.lower().endswith(TABLES) for name in names):
        _table(spark.read.parquet(source), columns, source, engine, kind).write.mode(mode).parquet(out)
    else:
        _documents(files, source, engine, kind).write.mode(mode).parquet(out)
        if missing := lost(files, spark.read.parquet(out), source, engine, kind):
            values = [tuple(row.values()) for row in missing]
            spark.createDataFrame(values, ROW_SCHEMA).coalesce(1).write.mode("append").parquet(out)
    known = {one.id: one.name for one in engine.taxonomy.profile.requirements}
    known |= {skill.id: skill.name for skill in engine.taxonomy.skills}
    return summary_of(spark.read.parquet(out)).to_dict(known)


def _table(df: DataFrame, columns: Columns, source: str, engine: Engine, kind: str) -> DataFrame:
    from dlmatch.batch.spark import score

    found = resolved(df.columns, columns, source)
    if found.id is None:
        raise UsageError("No column tells its rows apart.", source, "Name one with --id: rows at an address have no numbers.")
    assert found.text is not None
    return score(df, text=found.text, kind=kind, id=found.id, title=found.title, location=found.location, engine=engine)


def _files(spark: SparkSession, source: str) -> DataFrame:
    """Files below a folder. One that can't be read is passed over, and found missing afterwards (`lost`)."""
    spark.conf.set("spark.sql.files.maxPartitionBytes", BYTES_PER_TASK)
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    return reader.option("ignoreCorruptFiles", "true").option("ignoreMissingFiles", "true").load(source)


def _documents(files: DataFrame, source: str, engine: Engine, kind: str) -> DataFrame:
    """The rows of files. Those beyond the limit are never loaded: their size alone travels."""
    from pyspark.sql import functions

    from dlmatch.batch.spark import score

    small = files.filter(files["length"] <= MAX_INPUT_BYTES).select("path", "length", "content")
    large = files.filter(files["length"] > MAX_INPUT_BYTES).select("path", "length", functions.lit(None).alias("content"))
    both = small.unionByName(large.withColumn("content", functions.col("content").cast("binary")))
    return score(_relative(both, source), text="content", kind=kind, id="path", engine=engine)


def lost(files: DataFrame, rows: DataFrame, source: str, engine: Engine, kind: str) -> list[Row]:
    """The rows of files that are there and gave none: Spark leaves out empty ones, and those that the store refuses."""
    spark = files.sparkSession
    addresses = [(unquote(address),) for address in files.inputFiles()]
    if not addresses:
        return []
    listed = _relative(spark.createDataFrame(addresses, "path string").selectExpr("path AS address", "path"), source)
    missing = listed.join(rows.select("id"), listed["path"] == rows["id"], "left_anti").sort("path").collect()
    refused = DocumentError("The store did not give its bytes.", "", "Check who may read it, and that it is whole.")
    return [
        row_of(engine, b"", kind=kind, id=row["path"])
        if _is_empty(spark, row["address"])
        else error_row(refused, id=row["path"], name=PurePosixPath(row["path"]).name, kind=None if kind == "auto" else kind)
        for row in missing
    ]


def _is_empty(spark: SparkSession, address: str) -> bool:
    from py4j.protocol import Py4JJavaError

    try:
        path, store = _in_store(spark, address)
        return bool(store.getFileStatus(path).getLen() == 0)
    except Py4JJavaError:  # it went, or may not be looked at
        return False


def summary_of(rows: DataFrame) -> Summary:
    """The summary of rows wherever they lie: each task counts its own, the driver adds up."""
    total = Summary()
    for part in rows.mapInArrow(_counted, "part binary").toLocalIterator():
        _add(total, pickle.loads(bytes(part[0])))
    return total


def _counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    summary = Summary()
    for batch in batches:
        for start in range(0, batch.num_rows, AT_A_TIME):
            for row in batch.slice(start, AT_A_TIME).to_pylist():
                summary.add(row)
    yield pa.RecordBatch.from_arrays([pa.array([pickle.dumps(summary)], pa.binary())], names=["part"])


def _add(total: Summary, part: Summary) -> None:
    for field in fields(Summary):
        ours, theirs = getattr(total, field.name), getattr(part, field.name)
        if isinstance(ours, Counter):
            ours.update(theirs)
        elif isinstance(ours, dict):
            for unit, counts in theirs.items():
                ours.setdefault(unit, Counter()).update(counts)
        else:
            setattr(total, field.name, ours + theirs)


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


def _exists(spark: SparkSession, address: str) -> bool:
    path, store = _in_store(spark, address)
    return bool(store.exists(path))


def _in_store(spark: SparkSession, address: str) -> tuple[Any, Any]:
    """The path and the store it lies in, as Hadoop knows them."""
    gateway: Any = spark.sparkContext
    path = gateway._jvm.org.apache.hadoop.fs.Path(address)
    return path, path.getFileSystem(gateway._jsc.hadoopConfiguration())
