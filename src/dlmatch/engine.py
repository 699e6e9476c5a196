"""Where the stages meet: a file or a text goes in, a report comes out."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from dlmatch.errors import UsageError
from dlmatch.finding.integrity import honest
from dlmatch.finding.kinds import taken_for
from dlmatch.finding.matcher import Matcher
from dlmatch.finding.sections import sections_of
from dlmatch.finding.skills import job_skills, named_in, resume_skills
from dlmatch.finding.words import words_of
from dlmatch.judging.coverage import Yardstick
from dlmatch.judging.gaps import Gaps, PayEffect
from dlmatch.judging.paybands import pay_band, pay_effect
from dlmatch.knowledge.load import load_language, load_taxonomy
from dlmatch.knowledge.phrasebook import phrasebook_of
from dlmatch.model.document import Document
from dlmatch.model.report import JobFacts, Kind, MadeWith, PayBand, Read, Report, ResumeFacts, Source
from dlmatch.model.skill import Taxonomy
from dlmatch.reading.read import Begun, read, read_text
from dlmatch.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

    from dlmatch.model.match import MatchReport
    from dlmatch.model.ranking import Ranking
    from dlmatch.showing.rows import Row

DEFAULT_AS_OF = "2025-01-01"  # the day after the year that the newest fact sheets tell of; a clock would change results
STRONG = ("demonstrated", "required")
Readable = str | os.PathLike[str] | bytes | BinaryIO | Begun


class Engine:
    """Taxonomy, profile and settings, built once; reads, finds and judges."""

    def __init__(
        self,
        *,
        as_of: str | date | None = None,
        region: str | None = None,
        taxonomy: str | os.PathLike[str] | Taxonomy | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.as_of = _day(as_of)
        self.region = _region(region)
        self.settings = dict(settings or {})
        if self.settings:
            raise UsageError(f"There are no settings named {', '.join(sorted(self.settings))}.", "Engine(settings=...)")
        self._taxonomy_at = None if taxonomy is None or isinstance(taxonomy, Taxonomy) else Path(taxonomy)
        self.taxonomy = taxonomy if isinstance(taxonomy, Taxonomy) else load_taxonomy(self._taxonomy_at)
        self._language = load_language(self._taxonomy_at)
        self._matcher = Matcher(self.taxonomy.skills, self.taxonomy.phrasebook or phrasebook_of(self.taxonomy.skills))
        self._yardstick = Yardstick(self.taxonomy.profile)
        self._premiums = dict(self.taxonomy.premiums)
        self._made_with = MadeWith(
            dlmatch=VERSION,
            taxonomy=self.taxonomy.digest,
            seeds=self.taxonomy.seeds_digest,
            as_of=self.as_of,
            settings={"region": self.region} if self.region else {},
        )
        self._gaps = Gaps(self._yardstick, {skill.id: skill.name for skill in self.taxonomy.skills})

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as what it is made from; spaCy's parts are built anew where it is unpickled."""
        taxonomy = self._taxonomy_at if self._taxonomy_at is not None else None
        given = taxonomy if taxonomy is not None or self.taxonomy == load_taxonomy(None) else self.taxonomy
        return _rebuilt, (self.as_of, self.region, given, self.settings)

    def resume(self, source: Readable, *, name: str = "") -> Report:
        """The report on a resume: a path, bytes or an open binary file."""
        return self._report("resume", taken_for("resume", read(source, name=name)))

    def job(self, source: Readable, *, name: str = "") -> Report:
        """The report on a job ad: a path, bytes or an open binary file."""
        return self._report("job", taken_for("job", read(source, name=name)))

    def resume_text(self, text: str, *, name: str = "") -> Report:
        """The report on a resume's text."""
        return self._report("resume", read_text(_text(text), name=name))

    def job_text(self, text: str, *, name: str = "") -> Report:
        """The report on a job ad's text."""
        return self._report("job", read_text(_text(text), name=name))

    def report(self, kind: Kind, document: Document) -> Report:
        """The report on a document that was read already."""
        return self._report(kind, document)

    def score_frame(
        self,
        df: pd.DataFrame,
        *,
        text: str = "description",
        kind: str = "job",
        title: str | None = None,
        location: str | None = None,
        id: str | None = None,
    ) -> pd.DataFrame:
        """One row of results for each row of a pandas DataFrame, with the same index; texts that say nothing get one too."""
        from dlmatch.batch.scoring import row_of
        from dlmatch.showing.frame import scored

        def row(document: Any, title: str, location: str, id: str) -> Row:
            return row_of(self, document, kind=kind, id=id, title=title, location=location)

        return scored(df, row, kind=kind, text=text, title=title, location=location, id=id)

    def draw(self, source: Readable, report: Report, folder: str | os.PathLike[str]) -> tuple[Path, ...]:
        """Writes pictures of a PDF's pages into a folder, with a box around every piece of the report's evidence."""
        from dlmatch.reading.pictures import Mark, write_pictures

        marks = [
            Mark(page=proof.page, box=proof.bbox, label=skill.name, strong=(skill.shown or skill.need) in STRONG)
            for skill in report.skills
            for proof in skill.evidence
            if proof.page is not None and proof.bbox is not None
        ]
        return write_pictures(source, marks, folder)

    def match(self, resume: Report, job: Report) -> MatchReport:
        """One resume's report against one ad's."""
        from dlmatch.judging.match import match

        return match(resume, job)

    def rank(
        self,
        folder: str | os.PathLike[str],
        *,
        job: Readable | Report | None = None,
        resume: Readable | Report | None = None,
        top: int | None = None,
        leave_out: tuple[str | os.PathLike[str], ...] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> Ranking:
        """The resumes of a folder, best first for one ad (`job`), or its ads, best first for one `resume`."""
        from dlmatch.contest import rank_folder

        given = job if resume is None else resume
        if given is None or (job is not None and resume is not None):
            raise UsageError("It takes either a job or a resume to rank for.", "rank(...)", "Give one of job=, resume=.")
        kind: Kind = "job" if resume is None else "resume"
        target = given if isinstance(given, Report) else self._report(kind, read(given))
        if target.kind != kind:
            raise UsageError(f"This is a report on a {target.kind}.", f"rank({kind}=...)", f"Give it as {target.kind}=.")
        if isinstance(given, (str, os.PathLike)):
            leave_out = (*leave_out, given)
        return rank_folder(self, target, folder, top=top, leave_out=leave_out, progress=progress)

    def _report(self, kind: Kind, document: Document) -> Report:
        words = words_of(document.text)
        sections = sections_of(document, kind, self._language, words)
        reading = named_in(document, words, sections, self._matcher, self._language)
        kept, stuffing = honest(document.text, sections, reading.named, self._language, resume=kind == "resume")
        if len(kept) < len(reading.named):
            reading = replace(reading, named=kept)
        facts: JobFacts | ResumeFacts
        if kind == "job":  # what reads the one kind alone is loaded with its first document: 20 ms of a start each
            from dlmatch.finding.asks import job_facts

            facts = job_facts(document, sections, words)
            skills = job_skills(document, reading)
        else:
            from dlmatch.finding.careers import months_in
            from dlmatch.finding.person import resume_facts

            facts = resume_facts(document, sections, self.as_of, words)
            skills = resume_skills(document, reading, facts.roles, months_in)
        measured = self._yardstick.measure({skill.id for skill in skills})
        covered = self._yardstick.coverage(measured)
        band, reason = self._pay(facts, covered.score)
        return Report(
            kind=kind,
            source=Source(name=document.name, sha256=document.sha256, media_type=document.media_type, bytes=document.size),
            read=Read(
                status=document.status,
                reader=document.reader,
                pages=document.pages,
                characters=len(document.text),
                warnings=document.warnings,
            ),
            facts=facts,
            skills=skills,
            rejected=reading.rejected,
            findings=(*document.findings, *stuffing),
            coverage=covered,
            gaps=self._gaps.of(measured, self._pay_effect(band, covered.score)),
            salary=band,
            salary_reason=reason,
            made_with=self._made_with,
        )

    def _pay_effect(self, band: PayBand | None, score: float) -> PayEffect | None:
        if band is None:
            return None
        return lambda gain, missing: pay_effect(band, gain, missing, self._premiums, score=score)

    def _pay(self, facts: JobFacts | ResumeFacts, score: float) -> tuple[PayBand | None, str | None]:
        return pay_band(facts=facts, tables=self.taxonomy.pay, region=self.region, score=score)


def _rebuilt(as_of: str, region: str | None, taxonomy: Any, settings: Mapping[str, Any]) -> Engine:
    return Engine(as_of=as_of, region=region, taxonomy=taxonomy, settings=settings)


def _day(as_of: str | date | None) -> str:
    if as_of is None:
        return DEFAULT_AS_OF
    try:
        return date.fromisoformat(str(as_of)).isoformat()
    except ValueError:
        raise UsageError(f"{str(as_of)[:20]!r} is no date.", "as_of", "Write it as YYYY-MM-DD, such as 2025-01-01.") from None


def _text(text: str) -> str:
    if not isinstance(text, str):
        what = f"Text is asked for, and this is {type(text).__name__}."
        raise UsageError(what, next_step="Give a str, or a path or bytes to resume() or job().")
    return text


def _region(region: str | None) -> str | None:
    if region is not None and not isinstance(region, str):
        raise UsageError("A region is text.", "region", "Give a country's two letters, such as US or IN.")
    if region is None or not region.strip():
        return None
    code = region.strip().upper()
    if len(code) != 2 or not code.isalpha():
        raise UsageError(f"{region[:20]!r} is no region.", "region", "Give a country's two letters, such as US or IN.")
    return code
