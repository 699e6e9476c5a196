"""Coverage and gaps: anybody can recompute them, more skills never lower a score, a gap's gain is exact."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlmatch.judging.coverage import Yardstick, coverage, credit, score
from dlmatch.judging.gaps import Gaps
from dlmatch.knowledge.load import load_taxonomy
from dlmatch.model.report import Gap
from dlmatch.model.skill import Profile, Requirement

TAXONOMY = load_taxonomy(None)
IDS = [skill.id for skill in TAXONOMY.skills]
SOME_SKILLS = st.sets(st.sampled_from(IDS), max_size=60)


def need(name: str, skills: tuple[str, ...], **more: object) -> Requirement:
    return Requirement(id=name, name=name, area="test", skills=skills, **more)  # type: ignore[arg-type]


def gaps_of(profile: Profile, found: set[str]) -> tuple[Gap, ...]:
    yardstick = Yardstick(profile)
    return Gaps(yardstick, {}).of(yardstick.measure(found), None)


CREDITS = [
    (need("one", ("a",)), {"a"}, Fraction(1), "the one skill is named"),
    (need("one", ("a",)), set(), Fraction(0), "it is not"),
    (need("any", ("a", "b", "c")), {"b"}, Fraction(1), "any one of three is enough"),
    (need("two", ("a", "b", "c"), enough=2), {"b"}, Fraction(1, 2), "one of two gives half"),
    (need("two", ("a", "b", "c"), enough=2), {"a", "b", "c"}, Fraction(1), "more than enough gives no more"),
    (need("both", ("a", "b"), enough=2, partial=False), {"a"}, Fraction(0), "all or nothing"),
]


@pytest.mark.parametrize(("requirement", "found", "share", "why"), CREDITS, ids=[row[3] for row in CREDITS])
def test_credit(requirement: Requirement, found: set[str], share: Fraction, why: str) -> None:
    assert credit(requirement, found) == share, why


@given(SOME_SKILLS)
def test_the_score_is_the_sum_of_its_groups(found: set[str]) -> None:
    covered = coverage(TAXONOMY.profile, found)
    parts = [Fraction(str(g.weight)) * min(Fraction(1), Fraction(len(g.met), g.enough)) for g in covered.groups if g.credit]
    assert covered.score == float(round(sum(parts, Fraction(0)), 2))


@given(SOME_SKILLS, st.sampled_from(IDS))
def test_one_more_skill_never_lowers_the_score(found: set[str], more: str) -> None:
    assert score(TAXONOMY.profile, found | {more}) >= score(TAXONOMY.profile, found)


def test_nothing_is_0_and_everything_is_100() -> None:
    assert score(TAXONOMY.profile, set()) == 0
    assert score(TAXONOMY.profile, set(IDS)) == 100


@given(SOME_SKILLS, st.randoms())
def test_the_order_of_requirements_is_irrelevant(found: set[str], chance: object) -> None:
    rows = list(TAXONOMY.profile.requirements)
    chance.shuffle(rows)  # type: ignore[attr-defined]
    other = Profile(role="", requirements=tuple(rows))
    assert score(other, found) == score(TAXONOMY.profile, found)
    one, two = (gaps_of(profile, found) for profile in (TAXONOMY.profile, other))
    assert one == two


@given(SOME_SKILLS)
def test_a_gap_is_worth_exactly_its_gain(found: set[str]) -> None:
    now = score(TAXONOMY.profile, found)
    by_id = {r.id: r for r in TAXONOMY.profile.requirements}
    rows = gaps_of(TAXONOMY.profile, found)
    assert [row.gain for row in rows] == sorted((row.gain for row in rows), reverse=True)
    for row in rows:
        requirement = by_id[row.requirement]
        assert set(row.missing) == set(requirement.skills) - found
        if requirement.partial:
            for skill in row.missing:
                assert score(TAXONOMY.profile, found | {skill}) == pytest.approx(now + row.gain, abs=1e-9)


@given(st.lists(SOME_SKILLS, min_size=2, max_size=5))
def test_what_was_measured_before_changes_nothing(documents: list[set[str]]) -> None:
    yardstick = Yardstick(TAXONOMY.profile)
    gaps = Gaps(yardstick, {})
    for found in documents:
        measured = yardstick.measure(found)
        assert yardstick.coverage(measured) == coverage(TAXONOMY.profile, found)
        assert gaps.of(measured, None) == gaps_of(TAXONOMY.profile, found)
