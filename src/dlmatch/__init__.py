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


def resume(source: str | os.PathLike[str] | bytes | BinaryIO, *, name: str = "") -> Report:
    """The report on a resume: a path, bytes or an open binary file."""
    return _engine().resume(source, name=name)


def job(source: str | os.PathLike[str] | bytes | BinaryIO, *, name: str = "") -> Report:
    """The report on a job ad: a path, bytes or an open binary file."""
    return _engine().job(source, name=name)


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
