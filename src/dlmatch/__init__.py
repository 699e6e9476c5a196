"""dlmatch reads a resume or a job ad and says, with proof, which skills of a deep learning engineer it names.

    import dlmatch

    report = dlmatch.resume("cv.pdf")
    report.coverage.score

`import dlmatch` loads nothing heavy; the first use of an engine loads spaCy.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO

from dlmatch import version as _version
from dlmatch.errors import (
    DamagedDocument,
    DlmatchError,
    DocumentError,
    DocumentTooLarge,
    EmptyDocument,
    EncryptedDocument,
    LimitExceeded,
    MissingExtra,
    NoTextLayer,
    TaxonomyInvalid,
    UnsupportedFormat,
    UsageError,
)

if TYPE_CHECKING:
    from dlmatch.engine import Engine
    from dlmatch.model.match import MatchReport
    from dlmatch.model.ranking import Ranking
    from dlmatch.model.report import Report
    from dlmatch.reading.read import Begun

__all__ = [
    "DamagedDocument",
    "DlmatchError",
    "DocumentError",
    "DocumentTooLarge",
    "EmptyDocument",
    "EncryptedDocument",
    "Engine",
    "LimitExceeded",
    "MatchReport",
    "MissingExtra",
    "NoTextLayer",
    "Ranking",
    "Report",
    "TaxonomyInvalid",
    "UnsupportedFormat",
    "UsageError",
    "__version__",
    "job",
    "match",
    "rank",
    "resume",
]

_HOMES = {
    "Engine": "dlmatch.engine",
    "Report": "dlmatch.model.report",
    "MatchReport": "dlmatch.model.match",
    "Ranking": "dlmatch.model.ranking",
}
__version__ = _version.VERSION
_shared: dict[str, Engine] = {}
Source = str | os.PathLike[str] | bytes | BinaryIO


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'dlmatch' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _engine() -> Engine:
    """The engine that resume(), job() and match() share, built at first use."""
    if "engine" not in _shared:
        from dlmatch.engine import Engine

        _shared["engine"] = Engine()
    return _shared["engine"]


def _begun(source: Source, name: str) -> Source | Begun:
    """The source; before the first use of the engine a path whose file a worker reads while spaCy loads."""
    if "engine" in _shared or not isinstance(source, str | os.PathLike):
        return source
    from dlmatch.reading.read import Begun

    return Begun(source, name=name)


def resume(source: Source, *, name: str = "") -> Report:
    """The report on a resume: a path, bytes or an open binary file."""
    begun = _begun(source, name)
    return _engine().resume(begun, name=name)


def job(source: Source, *, name: str = "") -> Report:
    """The report on a job ad: a path, bytes or an open binary file."""
    begun = _begun(source, name)
    return _engine().job(begun, name=name)


def match(resume: Report, job: Report) -> MatchReport:
    """One resume's report against one ad's."""
    return _engine().match(resume, job)


def rank(
    folder: str | os.PathLike[str],
    *,
    job: str | os.PathLike[str] | bytes | BinaryIO | Report | None = None,
    resume: str | os.PathLike[str] | bytes | BinaryIO | Report | None = None,
    top: int | None = None,
) -> Ranking:
    """The resumes of a folder, best first for one ad (`job`), or its ads, best first for one `resume`."""
    return _engine().rank(folder, job=job, resume=resume, top=top)
