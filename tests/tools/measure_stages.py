"""Prints where the time of a report goes, stage by stage, as a Markdown table.

    python tests/tools/measure_stages.py [job|resume|pdf|batch] [--seconds 10] [--modules 12] [--joined 1]

A clock stops the program a thousand times a second and notes which module of dlmatch is at work; so nothing in the product
knows of it, and a module that is new shows up by itself. What a module calls in other packages counts as its own; spaCy, by
the line that calls it, is a stage of its own. `pdf` reads files, whose reader is a process of its own: waiting for it is
`reading`. `batch` is what a worker does with an ad beside the report, for rows and for whole reports. Linux and macOS.
"""

from __future__ import annotations

import argparse
import linecache
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

from measured_texts import RESUMES, ads, joined, resumes

import dlmatch
from dlmatch.engine import Engine

HOME = str(Path(dlmatch.__file__).resolve().parent) + "/"
EVERY = 0.00097  # seconds; not in step with anything
LEAST = 0.005  # of the whole; less is part of the rest
SPACY = re.compile(r"\bDoc\(|_matcher\(")
# The first that a module's name begins with.
STAGES: Sequence[tuple[str, str]] = (
    ("reading", "reading"),
    ("finding.sections", "sections"), ("finding.inline", "sections"),
    ("finding.sentences", "sentences"),
    ("finding.tokens", "words"), ("finding.words", "words"), ("finding.stream", "words"), ("knowledge.spelling", "words"),
    ("finding.matcher", "phrases"), ("finding.gapped", "phrases"), ("finding.standing", "phrases"), ("finding.candidates", "phrases"),
    ("finding.context", "meaning and need"), ("finding.named", "meaning and need"), ("finding.need", "meaning and need"),
    ("finding.skills", "meaning and need"), ("finding.integrity", "meaning and need"), ("finding.sentence", "meaning and need"),
    ("finding", "facts"),
    ("judging.cover", "coverage"), ("judging.gaps", "gaps"), ("judging.pay", "pay"),
    ("engine", "the report itself"), ("model", "the report itself"),
    ("showing", "rows and JSON"), ("batch", "rows and JSON"),
)  # fmt: skip
_NAMES = list(dict.fromkeys(stage for _, stage in STAGES))
ORDER = (*_NAMES[: _NAMES.index("phrases") + 1], "spaCy", *_NAMES[_NAMES.index("phrases") + 1 :])


class Sampler:
    """Notes where the main thread is; use as `with Sampler() as sampler`."""

    def __init__(self) -> None:
        self.modules: Counter[tuple[str, bool]] = Counter()  # module, and whether it was in spaCy

    def __enter__(self) -> Sampler:
        self._before = signal.signal(signal.SIGALRM, self._note)
        signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)

    def _note(self, number: int, frame: FrameType | None) -> None:
        while frame is not None:
            path = frame.f_code.co_filename
            if path.startswith(HOME):
                module = path.removeprefix(HOME).removesuffix(".py").replace("/", ".")
                self.modules[module, bool(SPACY.search(linecache.getline(path, frame.f_lineno or 0)))] += 1
                return
            frame = frame.f_back
        self.modules["", False] += 1


def stage_of(module: str, in_spacy: bool) -> str:
    """The stage of a module; none where the table knows none."""
    if in_spacy:
        return "spaCy"
    return next((stage for start, stage in STAGES if module.startswith(start)), "")


def work(what: str, engine: Engine) -> tuple[list[object], Callable[[object], object]]:
    """The documents, and what is done with each."""
    if what == "job":
        return list(ads()), lambda text: engine.job_text(str(text))
    if what == "resume":
        return list(resumes()), lambda text: engine.resume_text(str(text))
    if what == "batch":
        from dlmatch.batch.items import Item
        from dlmatch.batch.lines import line_of
        from dlmatch.batch.worker import score

        def both(text: object) -> None:
            scored = score(engine, Item(id="1", text=str(text)), "job")
            line_of(scored, reports=False)
            line_of(scored, reports=True)

        return list(ads()), both
    return sorted(RESUMES.glob("*.pdf")), lambda path: engine.resume(str(path))


def rounds(documents: Sequence[object], seconds: float) -> Iterator[object]:
    """The documents again and again, whole rounds."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        yield from documents


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", nargs="?", default="job", choices=("job", "resume", "pdf", "batch"))
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--joined", type=int, default=1, help="so many texts in one")
    asked.add_argument("--modules", type=int, default=0, help="also the modules that take most")
    given = asked.parse_args()
    documents, done = work(given.what, Engine())
    if given.joined > 1:
        documents = [joined(tuple(map(str, documents)), given.joined, first) for first in range(0, len(documents), given.joined)]
    for document in documents[:20]:
        done(document)
    count = 0
    clock = time.perf_counter if given.what == "pdf" else time.process_time  # what else the machine does is not counted
    began = clock()
    with Sampler() as sampler:
        for document in rounds(documents, given.seconds):
            done(document)
            count += 1
    each = (clock() - began) / count * 1000
    stages: Counter[str] = Counter()
    for (module, in_spacy), times in sampler.modules.items():
        stages[stage_of(module, in_spacy)] += times
    total = sampler.modules.total()
    print(f"{count:,} documents ({given.what}), {each:.2f} ms each, {total:,} samples\n\n| stage | ms | share |\n|---|---|---|")
    shown = {stage: times for stage, times in stages.items() if times / total >= LEAST and stage in ORDER}
    for stage, times in (
        *sorted(shown.items(), key=lambda pair: ORDER.index(pair[0])),
        ("the rest", total - sum(shown.values())),
    ):
        print(f"| {stage} | {each * times / total:.2f} | {100 * times / total:.0f}% |")
    if given.modules:
        print("\n| module | ms |\n|---|---|")
        for (module, in_spacy), times in sampler.modules.most_common(given.modules):
            print(f"| {module or '(outside)'}{', in spaCy' if in_spacy else ''} | {each * times / total:.3f} |")


if __name__ == "__main__":
    main()
