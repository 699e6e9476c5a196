"""A place at an address, by Hadoop's file systems: whether OUT may be written there, and whether a run to it was ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dlmatch.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OF_A_DATA_SET: Final = ("part-", "_", ".")  # how the names of its files begin


class Place:
    """A folder at an address. While a run writes it, a mark stands beside it, `.OUT.dlmatch`."""

    def __init__(self, spark: SparkSession, address: str) -> None:
        self.address = address
        self._path, self._store = in_store(spark, address)
        self._full = str(self._store.makeQualified(self._path).toString()).rstrip("/")
        mark = f"{self._full.rpartition('/')[0]}/.{self._full.rpartition('/')[2]}.dlmatch"
        self._mark, _ = in_store(spark, mark)

    def exists(self) -> bool:
        """Whether something is there."""
        return bool(self._store.exists(self._path))

    def is_file(self) -> bool:
        """Whether what is there is one file, and no folder."""
        return self.exists() and bool(self._store.getFileStatus(self._path).isFile())

    def check(self, source: Place, overwrite: bool) -> None:
        """Raise unless this may be written with what `source` gives."""
        if not source.exists():
            raise UsageError("It is not there.", source.address, "Check the address.")
        if f"{self._full}/".startswith(f"{source._full}/") or f"{source._full}/".startswith(f"{self._full}/"):
            raise UsageError("and the source lie inside each other; nothing was touched.", self.address, "Give -o another place.")
        if not self.exists() or self._store.exists(self._mark):
            return
        if not overwrite:
            raise UsageError("is there already and was not touched.", self.address, "Give -o another name, or --overwrite.")
        names = [status.getPath().getName() for status in self._store.listStatus(self._path)]
        if any(not name.startswith(_OF_A_DATA_SET) for name in names):
            raise UsageError(
                "holds other files than parts of a data set.", self.address, "Give -o another name, or empty it yourself."
            )

    def begin(self) -> bool:
        """Set the mark; gives whether one stood there, of a run that was ended."""
        stood = bool(self._store.exists(self._mark))
        self._store.create(self._mark, True).close()
        return stood

    def finish(self) -> None:
        """Take the mark away."""
        self._store.delete(self._mark, False)


def in_store(spark: SparkSession, address: str) -> tuple[Any, Any]:
    """The path and the store it lies in, as Hadoop knows them."""
    gateway: Any = spark.sparkContext
    path = gateway._jvm.org.apache.hadoop.fs.Path(address)
    return path, path.getFileSystem(gateway._jsc.hadoopConfiguration())
