"""Ranking: laws of the order, of trust in an ad and of absolute scores; what becomes of copies and of what can't be read."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "showing"))

from reports import GROUPS, asked, coverage, job_report, resume_report, shown

from dlmatch.judging.match import match
from dlmatch.judging.ranking import JOBS_FORMULA, PRIOR, Candidate, Likeness, judge, rank, sort_key, specificity
from dlmatch.model.ranking import Failure, RankedRow, Ranking
from dlmatch.model.report import Report

HARD = ("python", "pytorch", "tensorflow", "keras", "aws", "azure", "java", "git")
FRAMEWORKS = {"pytorch", "tensorflow", "keras"}
IDS = (*HARD, "communication", "teamwork")
NEEDS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["required", "preferred", "mentioned"]), min_size=1)
LEVELS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["demonstrated", "listed"]))


def category(skill_id: str) -> str:
    return "tools" if skill_id in HARD else "soft-skills"


def job(needs: dict[str, str]) -> Report:
    """An ad that names these skills; any one framework is enough."""
    met = tuple(one for one in IDS if one in needs and one in FRAMEWORKS)
    group = replace(GROUPS[0], enough=1, met=met, missing=())
    skills = tuple(asked(one, one, category(one), need) for one, need in needs.items())
    return job_report(skills=skills, coverage=coverage((group,)))


def resume(levels: dict[str, str]) -> Report:
    """A resume that shows these skills."""
    return resume_report(skills=tuple(shown(one, one, category(one), level) for one, level in levels.items()))


def for_job(name: str, levels: dict[str, str], ad: Report, text: str = "") -> Candidate:
    return Candidate(name=name, match=match(resume(levels), ad), text=text or name)


def for_resume(name: str, needs: dict[str, str], person: Report) -> Candidate:
    ad = job(needs)
    return Candidate(name=name, match=match(person, ad), specificity=specificity(ad), text=name)


def apart(texts: Sequence[str]) -> list[Likeness]:
    """No two texts are alike."""
    return [Likeness(first=at, alike=1.0) for at in range(len(texts))]


def same(texts: Sequence[str]) -> list[Likeness]:
    """Texts are alike that are equal."""
    return [Likeness(first=texts.index(text), alike=1.0) for text in texts]


def score(needs: dict[str, str], levels: dict[str, str]) -> float | None:
    return judge(for_resume("ad", needs, resume(levels))).score


def shape(ranking: Ranking) -> list[tuple[int | None, str]]:
    return [(row.rank, row.name) for row in ranking.rows]


@pytest.mark.parametrize(
    ("needs", "worth"),
    [
        ({}, 0),  # nothing is asked
        ({"python": "required"}, 4),
        ({"python": "preferred"}, 2),
        ({"python": "mentioned"}, 1),
        ({"teamwork": "required"}, 2),  # a soft skill counts half, as in a match
        ({"python": "required", "java": "required", "git": "required"}, 12),
        ({"pytorch": "required", "tensorflow": "required", "keras": "required"}, 4),  # any one is enough: one requirement
        ({"pytorch": "required", "tensorflow": "preferred"}, 6),  # of other needs: no alternatives
    ],
)
def test_what_an_ad_asks(needs: dict[str, str], worth: float) -> None:
    found = specificity(job(needs))
    assert found.asked == worth
    assert found.trust == round(worth / (worth + PRIOR), 4)
    assert found.named == len(needs)


def test_the_formula_states_the_number_used() -> None:
    assert f"asked / (asked + {PRIOR:g})" in JOBS_FORMULA


@given(NEEDS, LEVELS)
def test_an_ad_is_worth_its_match_times_trust_and_no_more_than_trust(needs: dict[str, str], levels: dict[str, str]) -> None:
    ad, person = job(needs), resume(levels)
    row = judge(for_resume("ad", needs, person))
    trust = specificity(ad).trust
    assert row.score == round((match(person, ad).score or 0) * trust, 2)
    assert (row.score or 0) <= round(100 * trust, 2)


@given(NEEDS, st.sampled_from(IDS), st.sampled_from(["required", "preferred", "mentioned"]))
def test_of_ads_met_in_full_the_one_that_asks_more_is_never_behind(needs: dict[str, str], more: str, need: str) -> None:
    assume(more not in needs)
    everything = dict.fromkeys(IDS, "demonstrated")
    assert (score({**needs, more: need}, everything) or 0) >= (score(needs, everything) or 0)


@given(NEEDS, LEVELS, st.sampled_from(IDS), st.sampled_from(["required", "preferred", "mentioned"]))
def test_asking_for_what_is_shown_never_lowers_an_ad(needs: dict[str, str], levels: dict[str, str], more: str, need: str) -> None:
    assume(more not in needs)
    person = {**levels, more: "demonstrated"}
    assert (score({**needs, more: need}, person) or 0) >= (score(needs, person) or 0) - 0.01  # trust is rounded


@given(NEEDS, st.permutations(sorted(FRAMEWORKS)), st.integers(1, 2))
def test_more_names_for_one_requirement_earn_no_trust(needs: dict[str, str], names: list[str], count: int) -> None:
    others = {skill: need for skill, need in needs.items() if skill not in FRAMEWORKS}
    fewer, more = (job({**others, **dict.fromkeys(names[:number], "required")}) for number in (count, count + 1))
    assert specificity(more).trust == specificity(fewer).trust


def test_a_vague_ad_does_not_win_by_asking_nothing() -> None:
    person = resume(dict.fromkeys(HARD[:6], "demonstrated"))
    ads = {
        "empty": {},
        "vague": {"python": "required"},
        "soft": {"communication": "required", "teamwork": "required"},
        "specific": {**dict.fromkeys(HARD, "required"), "teamwork": "preferred"},
    }
    found = rank(person, [for_resume(name, needs, person) for name, needs in ads.items()], fold=apart)
    assert shape(found) == [(1, "specific"), (2, "vague"), (3, "soft"), (None, "empty")]
    assert found.rows[0].match is not None
    assert found.rows[1].match is not None
    assert (found.rows[0].match.score or 0) < (found.rows[1].match.score or 0) == 100


@given(st.integers(0, 4), st.integers(0, 4))
def test_as_many_required_skills_come_before_preferred_before_mentioned(count: int, extra: int) -> None:
    names = [f"skill-{number}" for number in range(12)]
    needs = {name: ("required", "preferred", "mentioned")[number // 4] for number, name in enumerate(names)}
    ad = job_report(skills=tuple(asked(name, name, "tools", need) for name, need in needs.items()), coverage=coverage(()))
    people = {}
    for at, need in enumerate(("required", "preferred", "mentioned")):
        levels = dict.fromkeys(names[4 * at : 4 * at + count], "demonstrated")
        skills = tuple(shown(one, one, "tools", level) for one, level in levels.items())
        people[need] = Candidate(name=f"{3 - at}", match=match(resume_report(skills=skills), ad))
    order = [row.name for row in rank(ad, people.values(), fold=apart).rows]
    assert order == (["3", "2", "1"] if count else ["1", "2", "3"])


def test_equal_scores_go_by_the_required_share_then_the_preferred_then_the_name() -> None:
    ad = job({"python": "required", "java": "preferred", "git": "preferred", "aws": "mentioned", "azure": "mentioned"})
    people = {
        "d": {"java": "demonstrated", "git": "demonstrated"},  # 4 of 10, nothing required
        "c": {"python": "demonstrated"},  # 4 of 10, all that is required
        "b": {"java": "demonstrated", "aws": "demonstrated", "azure": "demonstrated"},  # 4 of 10, half of the preferred
        "a": {"java": "demonstrated", "aws": "demonstrated", "azure": "demonstrated"},
    }
    found = rank(ad, [for_job(name, levels, ad) for name, levels in people.items()], fold=apart)
    assert {row.score for row in found.rows} == {40.0}
    assert shape(found) == [(1, "c"), (2, "d"), (3, "a"), (4, "b")]


def bare(row: RankedRow) -> RankedRow:
    """A row without its place among others."""
    return replace(row, rank=None, group=None)


@given(st.lists(LEVELS, min_size=1, max_size=6), LEVELS, NEEDS)
def test_scores_are_absolute(people: list[dict[str, str]], newcomer: dict[str, str], needs: dict[str, str]) -> None:
    ad = job(needs)
    before = [for_job(f"{number}", levels, ad, str(sorted(levels))) for number, levels in enumerate(people)]
    after = [*before, for_job("new", newcomer, ad, str(sorted(newcomer)))]
    rows = {row.name: bare(row) for row in rank(ad, before, fold=same).rows}
    assert {row.name: bare(row) for row in rank(ad, after, fold=same).rows if row.name != "new"} == rows


@given(st.lists(LEVELS, min_size=2, max_size=6), NEEDS, st.randoms(use_true_random=False))
def test_the_order_of_files_is_irrelevant(people: list[dict[str, str]], needs: dict[str, str], chance: random.Random) -> None:
    ad = job(needs)
    files = [for_job(f"{number}", levels, ad, str(sorted(levels))) for number, levels in enumerate(people)]
    mixed = chance.sample(files, len(files))
    assert rank(ad, files, fold=same) == rank(ad, mixed, fold=same)


@given(st.lists(LEVELS, min_size=1, max_size=8), NEEDS)
def test_every_file_has_one_row_and_firsts_stand_in_order(people: list[dict[str, str]], needs: dict[str, str]) -> None:
    ad = job(needs)
    found = rank(ad, [for_job(f"{n}", levels, ad, str(sorted(levels))) for n, levels in enumerate(people)], fold=same)
    assert sorted(row.name for row in found.rows) == sorted(f"{n}" for n in range(len(people)))
    firsts = [row for row in found.rows if not row.folded]
    assert [row.rank for row in firsts] == list(range(1, len(firsts) + 1))
    assert firsts == sorted(firsts, key=sort_key)
    counts = found.counts
    assert counts.files == counts.ranked + counts.copies + counts.without_score + counts.unread == len(people)
    for before, row in zip(found.rows, found.rows[1:], strict=False):
        if row.folded:  # right behind its first
            assert row.group is not None
            assert before.group is not None
            assert (row.group.first, row.group.place) == (before.group.first, before.group.place + 1)


def test_copies_stand_under_the_first_with_its_rank() -> None:
    ad = job({"python": "required", "java": "required"})
    files = [
        for_job("old", {"python": "listed"}, ad, "mine"),
        for_job("other", {"python": "demonstrated"}, ad, "hers"),
        for_job("new", {"python": "demonstrated", "java": "listed"}, ad, "mine"),
    ]
    found = rank(ad, files, fold=same)
    assert shape(found) == [(1, "new"), (1, "old"), (2, "other")]
    old = found.rows[1]
    assert old.group is not None
    assert (old.group.first, old.group.place, old.group.size, old.folded) == ("new", 2, 2, True)
    assert old.score == 40.0  # a copy keeps its own score
    assert found.rows[2].group is None
    assert (found.counts.ranked, found.counts.copies) == (2, 1)


def test_what_can_not_be_read_stands_at_the_end_whatever_is_wanted() -> None:
    ad = job({"python": "required"})
    broken = [Candidate(name=name, error=Failure(slug="damaged-document", message="It is damaged.")) for name in ("z", "a")]
    files = [*broken, *(for_job(name, {}, ad) for name in ("c", "b"))]
    found = rank(ad, files, fold=apart, top=1)
    assert shape(found) == [(1, "b"), (None, "a"), (None, "z")]
    assert [row.status for row in found.rows] == ["ok", "failed", "failed"]
    assert (found.counts.files, found.counts.ranked, found.counts.unread) == (4, 2, 2)
    assert found.top == 1


def test_a_rank_wanted_comes_with_its_copies() -> None:
    ad = job({"python": "required"})
    files = [for_job(name, {}, ad, text) for name, text in (("a", "x"), ("b", "y"), ("c", "x"))]
    assert shape(rank(ad, files, fold=same, top=1)) == [(1, "a"), (1, "c")]


def test_an_ad_that_asks_nothing_ranks_nobody_and_says_so() -> None:
    ad = job({})
    found = rank(ad, [for_job("b", {"python": "listed"}, ad), for_job("a", {}, ad)], fold=apart)
    assert shape(found) == [(None, "a"), (None, "b")]
    assert found.rows[0].score_reason
    assert found.specificity is not None
    assert found.specificity.trust == 0
    assert found.counts.without_score == 2


def test_nothing_but_broken_files() -> None:
    ad = job({"python": "required"})
    found = rank(ad, [Candidate(name="a", error=Failure(slug="x", message="y"))], fold=apart)
    assert shape(found) == [(None, "a")]
