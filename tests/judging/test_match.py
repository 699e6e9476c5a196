"""A resume against an ad: the score follows from its parts, and showing more never lowers it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "showing"))

from reports import GROUPS, asked, coverage, job_report, resume_report, shown

from dlmatch.errors import UsageError
from dlmatch.judging.match import FORMULA, NEED_WEIGHTS, SHOWN_CREDITS, SOFT_SHARE, match
from dlmatch.model.document import Finding
from dlmatch.model.match import AskedSkill, MatchReport
from dlmatch.model.report import JobFacts, Report, ResumeFacts
from dlmatch.showing.match_outline import outline_match

IDS = ("python", "pytorch", "tensorflow", "keras", "aws", "azure", "gcp", "communication", "java")
SOFT = {"communication"}
FRAMEWORKS, CLOUDS = {"pytorch", "tensorflow", "keras"}, {"aws", "azure", "gcp"}


def category(skill_id: str) -> str:
    return "soft-skills" if skill_id in SOFT else "tools"


def job(needs: dict[str, str]) -> Report:
    """An ad that names these skills; any one framework and any one cloud is enough."""
    groups = tuple(
        replace(GROUPS[0], id=name, enough=1, met=tuple(one for one in IDS if one in needs and one in ids), missing=())
        for name, ids in (("frameworks", FRAMEWORKS), ("cloud", CLOUDS))
    )
    return job_report(
        skills=tuple(asked(one, one, category(one), need) for one, need in needs.items()), coverage=coverage(groups)
    )


def resume(levels: dict[str, str]) -> Report:
    """A resume that shows these skills."""
    return resume_report(skills=tuple(shown(one, one, category(one), level) for one, level in levels.items()))


def by_id(report: MatchReport) -> dict[str, AskedSkill]:
    return {skill.id: skill for skill in report.asked}


NEEDS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["required", "preferred", "mentioned"]), min_size=1)
LEVELS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["demonstrated", "listed"]))


@pytest.mark.parametrize(
    ("needs", "levels", "score"),
    [
        ({"python": "required"}, {"python": "demonstrated"}, 100),
        ({"python": "required"}, {"python": "listed"}, 80),
        ({"python": "required"}, {"java": "demonstrated"}, 0),
        ({"python": "required", "java": "preferred"}, {"python": "demonstrated"}, 66.67),  # 4 of 6
        ({"python": "required", "java": "preferred"}, {"java": "demonstrated"}, 33.33),  # 2 of 6
        ({"python": "required", "communication": "required"}, {"python": "demonstrated"}, 66.67),  # a soft skill weighs half
        ({"aws": "required", "azure": "required", "gcp": "required"}, {"azure": "demonstrated"}, 100),  # any one is enough
        ({"aws": "required", "azure": "preferred"}, {"aws": "demonstrated"}, 66.67),  # a plus is not met by what is required
        ({"aws": "required"}, {"azure": "demonstrated"}, 0),  # the ad names one only
    ],
)
def test_score(needs: dict[str, str], levels: dict[str, str], score: float) -> None:
    assert match(resume(levels), job(needs)).score == score


def test_what_stands_in_is_named() -> None:
    skills = by_id(match(resume({"azure": "listed"}), job({"aws": "required", "azure": "required"})))
    assert (skills["aws"].credit, skills["aws"].shown, skills["aws"].instead) == (0.8, None, ("azure",))
    assert skills["azure"].instead == ()


def test_evidence_stands_on_both_sides() -> None:
    skill = by_id(match(resume({"python": "listed"}), job({"python": "required"})))["python"]
    assert [item.section for item in (*skill.asked_in, *skill.shown_in)] == ["requirements", "skills"]


def test_required_comes_first() -> None:
    report = match(resume({}), job({"aws": "mentioned", "communication": "required", "java": "preferred", "python": "required"}))
    assert [skill.id for skill in report.missing] == ["python", "communication", "java", "aws"]


def test_an_ad_that_names_nothing_has_no_score() -> None:
    report = match(resume({"python": "listed"}), job({}))
    assert report.score is None
    assert report.score_reason
    assert report.beyond == ("python",)


def test_the_formula_states_the_weights_used() -> None:
    assert all(f"{need} {weight:g}" in FORMULA for need, weight in NEED_WEIGHTS.items())
    assert all(f"{level} {credit:g}" in FORMULA for level, credit in SHOWN_CREDITS.items())
    assert SOFT_SHARE == 0.5


@pytest.mark.parametrize(
    ("asked_years", "shown_years", "met"), [(5, 5.0, True), (5, 4.9, False), (None, 4.0, None), (5, None, None)]
)
def test_years(asked_years: int | None, shown_years: float | None, met: bool | None) -> None:
    report = match(
        resume_report(facts=ResumeFacts(experience_years=shown_years)), job_report(facts=JobFacts(years_min=asked_years))
    )
    assert report.years.met is met


@pytest.mark.parametrize(
    ("asked_degree", "shown_degree", "met"),
    [("bachelor", "phd", True), ("phd", "master", False), ("none", None, True), (None, "phd", None), ("master", None, None)],
)
def test_degree(asked_degree: str | None, shown_degree: str | None, met: bool | None) -> None:
    facts = ResumeFacts(degree_max=shown_degree)  # type: ignore[arg-type]
    ad = JobFacts(degree_min=asked_degree)  # type: ignore[arg-type]
    assert match(resume_report(facts=facts), job_report(facts=ad)).degree.met is met


def test_what_was_found_in_either_document_is_told() -> None:
    unseen = Finding(code="hidden-text", message="Text that can't be seen was left out.", quote="PyTorch")
    report = match(replace(resume({"python": "listed"}), findings=(unseen,)), job({"python": "required"}))
    assert (report.findings.resume, report.findings.job) == ((unseen,), ())
    assert "PyTorch" in str(outline_match(report))


def test_reports_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(UsageError):
        match(job_report(), resume_report())


@given(NEEDS, LEVELS)
def test_the_score_can_be_computed_from_the_parts(needs: dict[str, str], levels: dict[str, str]) -> None:
    report = match(resume(levels), job(needs))
    whole = sum(skill.weight for skill in report.asked)
    assert report.score == round(100 * sum(skill.weight * skill.credit for skill in report.asked) / whole, 2)
    assert {skill.id for skill in report.asked} == set(needs)
    assert all(skill.credit > 0 for skill in report.met)
    assert all(skill.credit == 0 for skill in report.missing)


@given(NEEDS, LEVELS, st.sampled_from(IDS), st.sampled_from(["demonstrated", "listed"]))
def test_one_more_skill_never_lowers_the_score(needs: dict[str, str], levels: dict[str, str], more: str, level: str) -> None:
    before = match(resume(levels), job(needs)).score
    after = match(resume({more: level, **levels}), job(needs)).score
    assert before is not None
    assert after is not None
    assert after >= before


@given(NEEDS, LEVELS)
def test_a_gain_is_exact(needs: dict[str, str], levels: dict[str, str]) -> None:
    report = match(resume(levels), job(needs))
    for skill in report.asked:
        lifted = match(resume({**levels, skill.id: "demonstrated"}), job(needs)).score
        assert lifted == pytest.approx((report.score or 0) + skill.gain, abs=1e-9)


@given(NEEDS, LEVELS)
def test_the_order_of_skills_is_irrelevant(needs: dict[str, str], levels: dict[str, str]) -> None:
    forth = match(resume(levels), job(needs))
    back = match(resume(dict(reversed(levels.items()))), job(dict(reversed(needs.items()))))
    assert (forth.score, forth.met, forth.missing) == (back.score, back.met, back.missing)
