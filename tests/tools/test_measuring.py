"""The measuring tools run, and what they draw is a picture; how long anything takes is not looked at."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import measure_stages
from drawing import Line, Panel, drawn
from measure_growth import TIMES, by_length, grown, slope
from measured_texts import SHARED, joined

import dlmatch
from dlmatch.engine import Engine
from dlmatch.knowledge.load import load_taxonomy


@pytest.mark.parametrize("even", [False, True])
def test_a_picture_is_well_formed_and_holds_every_point(even: bool) -> None:
    line = Line(name="a < b", points=[(1, 2.5), (10, 30), (100, 400)])
    guide = Line(name="guide", points=[(1, 2.5), (100, 250)], guide=True)
    picture = ElementTree.fromstring(
        drawn([Panel(title="t", across="x", up="y", lines=[line, guide], from_zero=even, even=even)] * 2)
    )
    circles = picture.findall(".//{http://www.w3.org/2000/svg}circle")
    assert len(circles) == 2 * len(line.points)
    assert all(0 < float(circle.attrib["cx"]) < 460 and 0 < float(circle.attrib["cy"]) < 330 for circle in circles)


def test_growth_is_measured_over_all_lengths() -> None:
    points = by_length(len, ["first text", "second text"], rounds=1)
    assert [round(x / points[0][0]) for x, _ in points] == [
        round(len(joined(("first text", "second text"), n)) / 10.5) for n in TIMES
    ]


def test_the_slope_of_what_grows_in_step_is_one() -> None:
    assert slope([(n, 3.0 * n) for n in TIMES]) == pytest.approx(1)
    assert slope([(n, 3.0 * n * n) for n in TIMES]) == pytest.approx(2)


@pytest.mark.skipif(not (SHARED / "reference").exists(), reason="the names of skills are beside the checkout alone")
def test_a_grown_taxonomy_still_finds() -> None:
    own = load_taxonomy(None)
    made, real = grown(own, len(own.skills) + 50)
    assert (len(made.skills), real) == (len(own.skills) + 50, 50)
    found = Engine(taxonomy=made).job_text(f"Requirements\nPyTorch and {made.skills[-1].name}.")
    assert {"pytorch", made.skills[-1].id} <= {skill.id for skill in found.skills}


def test_every_module_has_a_stage() -> None:
    home = Path(dlmatch.__file__).parent
    for path in sorted((*(home / "finding").glob("*.py"), *(home / "judging").glob("cov*.py"), home / "engine.py")):
        module = path.relative_to(home).with_suffix("").as_posix().replace("/", ".")
        assert measure_stages.stage_of(module, False), module


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such clock")
def test_the_sampler_sees_where_the_time_goes() -> None:
    engine = Engine()
    until = time.monotonic() + 0.3
    with measure_stages.Sampler() as sampler:
        while time.monotonic() < until:
            engine.job_text("Requirements\n3+ years of Python and PyTorch in Austin, TX." * 20)
    assert any(module.startswith("finding.") for module, _ in sampler.modules)
