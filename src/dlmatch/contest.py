"""The files of a folder, each read, reported on and matched with one target, into a ranking; the engine lends its stages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol

from dlmatch.errors import DlmatchError, UsageError
from dlmatch.finding.kinds import taken_for
from dlmatch.judging.duplicates import PERCENT, fold
from dlmatch.judging.ranking import Candidate, rank, specificity
from dlmatch.model.document import Document
from dlmatch.model.match import MatchReport
from dlmatch.model.ranking import Failure, Ranking
from dlmatch.model.report import Kind, Report
from dlmatch.reading.folder import Found, files_in, read_all

Progress = Callable[[int, int], None]  # documents done, documents in all
UNFORESEEN = "internal-fault"


class Judge(Protocol):
    """What an engine lends."""

    def report(self, kind: Kind, document: Document) -> Report:
        """The report on a document."""

    def match(self, resume: Report, job: Report) -> MatchReport:
        """One resume's report against one ad's."""


def rank_folder(
    judge: Judge,
    target: Report,
    folder: str | os.PathLike[str],
    *,
    top: int | None = None,
    leave_out: tuple[str | os.PathLike[str], ...] = (),
    progress: Progress | None = None,
) -> Ranking:
    """Every document of the folder against the target: resumes against an ad, ads against a resume."""
    if top is not None and top < 1:
        raise UsageError("At least one row must be wanted.", "top", "Give 1 or more, or leave it out for all.")
    files = files_in(folder, leave_out)
    alike = partial(fold, percent=PERCENT["resume" if target.kind == "job" else "job"])
    return rank(target, _candidates(judge, target, files, progress), fold=alike, top=top)


def _candidates(judge: Judge, target: Report, files: tuple[Found, ...], progress: Progress | None) -> Iterator[Candidate]:
    for done, (file, document) in enumerate(read_all(files), 1):
        yield _candidate(judge, target, file.name, document)
        if progress:
            progress(done, len(files))


def _candidate(judge: Judge, target: Report, name: str, document: Document | Exception) -> Candidate:
    if isinstance(document, Exception):
        return Candidate(name=name, error=_failure(document))
    try:
        return _judged(judge, target, name, document)
    except Exception as error:  # one document's fault must not lose the others
        return Candidate(name=name, error=_failure(error))


def _judged(judge: Judge, target: Report, name: str, document: Document) -> Candidate:
    of_resumes = target.kind == "job"
    kind: Kind = "resume" if of_resumes else "job"
    report = judge.report(kind, taken_for(kind, document))
    return Candidate(
        name=name,
        text=document.text,
        status="ok" if report.read.status == "ok" else "partial",
        findings=report.findings,
        match=judge.match(report, target) if of_resumes else judge.match(target, report),
        specificity=None if of_resumes else specificity(report),
    )


def _failure(error: Exception) -> Failure:
    """The sentence of an error without its place, which the row names; of an unforeseen one its kind alone."""
    if isinstance(error, DlmatchError):
        return Failure(slug=error.slug, message=f"{error.what} {error.next_step}".strip())
    return Failure(slug=UNFORESEEN, message=f"This is a fault in dlmatch ({type(error).__name__}). Please report it.")
