"""A command line whose engine gives reports made by hand, so that these tests are of the command line alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "showing"))


@dataclass
class StubEngine:
    """Remembers what it was asked; raises `error` if it has one."""

    error: BaseException | None = None
    region: str | None = None
    as_of: str | None = None
    asked: list[tuple[str, Any, str]] = field(default_factory=list)
    taxonomy: Any = field(default_factory=lambda: SimpleNamespace(skills=()))

    def _take(self, kind: str, source: Any, name: str) -> Any:
        from reports import job_report, resume_report

        self.asked.append((kind, source, name))
        if self.error:
            raise self.error
        return resume_report() if kind == "resume" else job_report()

    def resume(self, source: Any, *, name: str = "") -> Any:
        return self._take("resume", source, name)

    def job(self, source: Any, *, name: str = "") -> Any:
        return self._take("job", source, name)

    def match(self, resume: Any, job: Any) -> Any:
        from dlmatch.judging.match import match

        return match(resume, job)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> StubEngine:
    """The engine that the commands of this test use."""
    from dlmatch.cli import document

    stub = StubEngine()

    def build(region: str | None, as_of: str | None) -> StubEngine:
        stub.region, stub.as_of = region, as_of
        return stub

    monkeypatch.setattr(document, "_engine", build)
    return stub


@dataclass(frozen=True)
class Ran:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Runs the program in this process."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "DLMATCH_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def go(*arguments: str) -> Ran:
        from dlmatch.cli.app import main

        code = main(arguments)
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return go
