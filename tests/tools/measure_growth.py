"""Measures how the time of a report grows with the length of the text and with the size of the taxonomy, and draws it.

    python tests/tools/measure_growth.py [-o tests/tools/growth.svg] [--rounds 5] [--only length|taxonomy]

Length: 1, 2, 4 ... 64 different ads (or resumes) in one text. Taxonomy: the package's own, and with further skills up to
2,000 and 14,000, which go by real names (ESCO, O*NET) as far as these reach, then by names made of their words; the same ads
each time. Every figure is processor time, the least of some interleaved rounds, since other work on a machine only adds to it.
"""

from __future__ import annotations

import argparse
import gc
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import log
from pathlib import Path

from drawing import Line, Panel, Point, drawn
from measured_texts import ads, joined, names_of_skills, resumes

from dlmatch.engine import Engine
from dlmatch.knowledge.load import load_taxonomy
from dlmatch.model.skill import Skill, Taxonomy

TIMES = (1, 2, 4, 8, 16, 32, 64)
SIZES = (2_000, 14_000)
ANY, ABSENT = "names as they come: more is found", "names that no ad holds"
TEXTS_OF_A_ROUND = 64  # single ones; of those that are as long as n, an nth


def least(work: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least seconds of processor time of each piece of work; the pieces take turns, so that what else the machine does falls on all."""
    found: dict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(rounds):
        for name, piece in work.items():
            gc.collect()
            began = time.process_time()
            piece()
            found[name] = min(found[name], time.process_time() - began)
    return found


def by_length(report: Callable[[str], object], known: Sequence[str], rounds: int) -> list[Point]:
    """Thousands of characters and milliseconds of one text, for each length."""
    texts = {
        n: [joined(tuple(known), n, first) for first in range(0, TEXTS_OF_A_ROUND, n)][: max(2, TEXTS_OF_A_ROUND // n)]
        for n in TIMES
    }
    for text in texts[1][:20]:
        report(text)
    took = least({str(n): lambda some=some: [report(text) and None for text in some] for n, some in texts.items()}, rounds)
    return [(sum(map(len, some)) / len(some) / 1000, took[str(n)] / len(some) * 1000) for n, some in texts.items()]


def slope(points: Sequence[Point]) -> float:
    """The power of the length with which time grows over the longer half: 1 is in step."""
    (x0, y0), (x1, y1) = points[len(points) // 2], points[-1]
    return log(y1 / y0) / log(x1 / x0)


def length(rounds: int) -> Panel:
    engine = Engine()
    lines = []
    for name, report, known in (("ads", engine.job_text, ads()), ("resumes", engine.resume_text, resumes())):
        points = by_length(report, known, rounds)
        print(f"\n{name}: thousands of characters, ms, ms for each thousand")
        for x, y in points:
            print(f"  {x:8.1f} {y:9.2f} {y / x:7.3f}")
        print(f"  time grows with the length to the power {slope(points):.2f}")
        lines.append(Line(name=name, points=points))
    first = lines[0].points[0]
    last = max(line.points[-1][0] for line in lines)
    guide = Line(name="in step with the length", points=[first, (last, first[1] * last / first[0])], guide=True)
    return Panel(title="Time against length", across="thousands of characters", up="ms a text", lines=[*lines, guide])


def grown(taxonomy: Taxonomy, size: int, absent_from: str = "") -> tuple[Taxonomy, int]:
    """The taxonomy with further skills, none of which stands in this text, and how many of those have real names."""
    taken = {label.lower() for skill in taxonomy.skills for label in (skill.name, *skill.labels)}
    names, real = names_of_skills(size - len(taxonomy.skills), taken, absent_from.lower())
    more = tuple(
        Skill(id=f"further-{n}", name=name, category="tools", aliases=(name,), labels=(name,)) for n, name in enumerate(names)
    )
    return replace(taxonomy, skills=(*taxonomy.skills, *more), phrasebook=None), real


def taxonomy(rounds: int) -> Panel:
    own, texts = load_taxonomy(None), ads()
    base = len(own.skills)
    engines: dict[tuple[str, int], Engine] = {(ANY, base): Engine()}
    for names, absent_from in ((ANY, ""), (ABSENT, "\n".join(texts))):
        for size in SIZES:
            before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
            made, real = grown(own, size, absent_from)
            engines[names, size] = Engine(taxonomy=made)
            more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
            took = time.perf_counter() - began
            print(
                f"{size:,} skills, {real:,} of the further ones by real names, {names}: built in {took:.1f} s, {more:.0f} MB more"
            )
    engines[ABSENT, base] = engines[ANY, base]
    took_each = least(
        {f"{key}": lambda engine=engine: [engine.job_text(text) and None for text in texts] for key, engine in engines.items()},
        rounds,
    )
    lines = []
    for names in (ANY, ABSENT):
        print(f"\n{names}: skills, ms an ad, skills found in an ad")
        points = []
        for size in (base, *SIZES):
            found = sum(len(engines[names, size].job_text(text).skills) for text in texts) / len(texts)
            points.append((float(size), took_each[f"{(names, size)}"] / len(texts) * 1000))
            print(f"  {size:6,} {points[-1][1]:7.2f} {found:6.1f}")
        lines.append(Line(name=names, points=points))
    return Panel(
        title="Time against the taxonomy's size", across="skills", up="ms an ad", lines=lines, from_zero=True,
        ticks=[point[0] for point in lines[0].points],
    )  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("-o", "--out", type=Path)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--only", choices=("length", "taxonomy"))
    given = asked.parse_args()
    panels = [measure(given.rounds) for measure in (length, taxonomy) if given.only in (None, measure.__name__)]
    if given.out:
        given.out.write_text(drawn(panels), encoding="utf-8")


if __name__ == "__main__":
    main()
