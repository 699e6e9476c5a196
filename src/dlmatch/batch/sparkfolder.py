"""A folder for what Spark lays down on this machine in mid-run, parts of documents among it: no other user may look into it."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final

# For Java that hands documents to Python and is up for a minute: to compile its code once is enough. A run of 1,000 ads takes
# half the processor time, and a long one no more than before.
SWIFT: Final = "-XX:TieredStopAtLevel=1"
_LOCAL_DIR: Final = "spark.local.dir"


def made() -> Path:
    """A new folder that is this user's alone: what a run leaves there that was killed can't be read by others."""
    return Path(tempfile.mkdtemp(prefix="dlmatch-spark-"))


def settings(folder: Path) -> dict[str, Any]:
    """What starts a Java of ours, and makes Spark and it keep their files there; where the user has named a place, that holds."""
    java = {"spark.driver.extraJavaOptions": f"{SWIFT} {shlex.quote(f'-Djava.io.tmpdir={folder}')}"}
    return java if _is_named() else {**java, _LOCAL_DIR: str(folder)}


def remove(folder: Path) -> None:
    """Take it away, with all that is in it."""
    shutil.rmtree(folder, ignore_errors=True)


def _is_named() -> bool:
    """Whether SPARK_LOCAL_DIRS or spark.local.dir is set, where people set them."""
    if "SPARK_LOCAL_DIRS" in os.environ:
        return True
    folder = os.environ.get("SPARK_CONF_DIR") or os.path.join(os.environ.get("SPARK_HOME", ""), "conf")
    try:
        defaults = Path(folder, "spark-defaults.conf").read_text(encoding="utf-8", errors="replace")
    except OSError:
        defaults = ""
    lines = [line for line in defaults.splitlines() if not line.lstrip().startswith("#")]
    return any(_LOCAL_DIR in given for given in (os.environ.get("PYSPARK_SUBMIT_ARGS", ""), *lines))
