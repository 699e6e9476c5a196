"""An engine without a taxonomy, which starts in a moment and misbehaves on demand."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from reports import job_report, resume_report

from dlmatch.errors import TaxonomyInvalid
from dlmatch.model.document import Document
from dlmatch.model.report import Coverage, Read, Report, Source


class LightEngine:
    """Its score is the length of the text. DIE, HANG, EAT, FAULT and DEEP in a text do what they say; SLOW takes a moment."""

    def __init__(self, *, as_of: str = "2025-01-01", broken: bool = False) -> None:
        self.as_of, self.region, self.settings = as_of, None, dict[str, Any]()
        self.broken = broken
        self.taxonomy = SimpleNamespace(
            skills=(SimpleNamespace(id="pytorch", name="PyTorch"),),
            digest="t" * 64,
            seeds_digest="s" * 64,
            profile=SimpleNamespace(requirements=(SimpleNamespace(id="cloud", name="A cloud platform"),)),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return (_broken, ()) if self.broken else (_light, (self.as_of,))

    def report(self, kind: str, document: Document) -> Report:
        text = document.text
        if "DIE" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "HANG" in text:
            time.sleep(3600)
        if "EAT" in text:
            bytearray(8 << 30)
        if "DEEP" in text:
            raise RecursionError
        if "FAULT" in text:
            raise KeyError(text)
        if "SLOW" in text:
            time.sleep(0.05)
        made = job_report() if kind == "job" else resume_report()
        return replace(
            made,
            source=Source(name=document.name, sha256=document.sha256, media_type=document.media_type, bytes=document.size),
            read=Read(status=document.status, reader=document.reader, pages=None, characters=len(text)),
            coverage=Coverage(score=float(len(text) % 100), groups=()),
            facts=replace(made.facts, title=str(document.stated.get("title") or text.split("\n")[0])),
        )


def _light(as_of: str) -> LightEngine:
    return LightEngine(as_of=as_of)


def _broken() -> LightEngine:
    raise TaxonomyInvalid("A file holds a fault.", "taxonomy/")
