"""Label files: what is taken, and the one sentence with its place that each slip gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from dlmatch.errors import LabelsInvalid, UsageError
from dlmatch.knowledge.labels import looked_for, read_labels
from dlmatch.model.labels import Labelled, LabelledPay, LabelledRole

SKILLS = ("python", "pytorch", "sql")


def labels_of(folder: Path, **files: str) -> tuple[Labelled, ...]:
    """The labels of files written by name."""
    for name, text in files.items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    return read_labels(folder, SKILLS)


def test_a_whole_label_is_read(tmp_path: Path) -> None:
    (found,) = labels_of(
        tmp_path,
        ad1="""{"kind": "job", "skills": [{"id": "python", "need": "required", "quote": "Python"}, {"id": "sql"}],
        "unsure": ["pytorch"], "seniority": "unknown", "years_min": 3, "degree_min": "none", "country": "US", "city": "Austin",
        "salary": {"min": 90000, "max": 120000.5, "currency": "USD", "period": "year"}, "note": "read twice"}""",
    )
    assert found == Labelled(
        id="ad1",
        kind="job",
        skills={"python": "required", "sql": None},
        unsure=frozenset({"pytorch"}),
        years_min=3,
        degree_min="none",
        country="US",
        city="Austin",
        pay=LabelledPay(min=90000, max=120000.5, currency="USD", period="year"),
    )


def test_what_a_resume_says_of_no_degree_and_of_its_roles(tmp_path: Path) -> None:
    (found,) = labels_of(
        tmp_path,
        cv="""{"id": "cv-7", "kind": "resume", "skills": [], "degree_max": null,
        "roles": [{"start": "2016", "end": "2018-03"}, {"start": "2018-04", "end": "present"}, {"start": null}]}""",
    )
    assert (found.id, found.degree_max, found.states_no_pay) == ("cv-7", "none", False)
    assert found.roles[0] == LabelledRole(start="2016", end="2018-03")


def test_pay_that_is_said_to_be_absent_is_not_pay_left_out(tmp_path: Path) -> None:
    said, silent = labels_of(tmp_path, a='{"kind": "job", "skills": [], "salary": null}', b='{"kind": "job", "skills": []}')
    assert said.states_no_pay
    assert not silent.states_no_pay


@pytest.mark.parametrize(
    ("text", "fault", "why"),
    [
        ('{"kind": "job",\n "skills": [}', "a.json:2: this is not JSON: expecting value", "not JSON, with the line"),
        ("[]", "a.json:1: this must be an object, {...}", "a list of labels in one file"),
        ('{"skills": []}', "a.json:1: $.kind: field required", "no kind"),
        ('{"kind": "ad", "skills": []}', "a.json:1: $.kind: input should be 'resume' or 'job'", "another kind"),
        ('{"kind": "job"}', "a.json:1: $.skills: field required", "no skills: an empty list says that there are none"),
        (
            '{"kind": "job",\n "skills": [\n  {"id": "pythn"}]}',
            "a.json:3: $.skills[0].id: the taxonomy has no skill 'pythn'; 'python' is meant?",
            "a skill that is not there, on its line",
        ),
        (
            '{"kind": "job", "skills": [{"id": "sql"}, {"id": "sql"}]}',
            "a.json:1: $.skills[1].id: the skill 'sql' stands a second time",
            "two needs of one skill",
        ),
        (
            '{"kind": "job", "skills": [{"id": "sql", "need": "must"}]}',
            "a.json:1: $.skills[0].need: input should be 'required', 'preferred' or 'mentioned'",
            "another word for a need",
        ),
        (
            '{"kind": "job", "skills": [{"id": "sql", "shown": "listed"}]}',
            "a.json:1: $.skills[0].shown: the skills of an ad have a `need`; `shown` is for resumes",
            "a word for resumes in an ad",
        ),
        (
            '{"kind": "resume", "skills": [{"id": "sql", "need": "required"}]}',
            "a.json:1: $.skills[0].need: the skills of a resume have a `shown`; `need` is for ads",
            "and the other way round",
        ),
        ('{"kind": "job", "skills": [], "years_mn": 3}', "there is no key 'years_mn'; 'years_min' is meant?", "a slip in a key"),
        ('{"kind": "job", "skills": [], "years_min": "3"}', "$.years_min: input should be a valid integer", "years as text"),
        ('{"kind": "job", "skills": [], "country": "USA"}', "$.country: string should match pattern", "three letters"),
        (
            '{"kind": "resume", "skills": [], "roles": [{"start": "03/2018"}]}',
            "$.roles[0].start: string should match pattern",
            "a day in another form",
        ),
        ('{"kind": "job",\t"skills": [{"id": "x"}]}', "the taxonomy has no skill 'x'", "tabs, which YAML would not take"),
    ],
)
def test_a_slip_gets_a_sentence_with_its_place(tmp_path: Path, text: str, fault: str, why: str) -> None:
    with pytest.raises(LabelsInvalid) as caught:
        labels_of(tmp_path, a=text)
    assert fault in caught.value.faults[0], why
    assert len(caught.value.faults) == 1, why


def test_every_fault_of_every_file_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_bytes(b"\xff\xfe{}")
    with pytest.raises(LabelsInvalid, match="4 faults") as caught:
        labels_of(tmp_path, a='{"kind": "job", "skills": [{"id": "x"}, {"id": "y"}]}', b="{")
    assert [fault.split(":")[0] for fault in caught.value.faults] == ["a.json", "a.json", "b.json", "c.json"]


def test_an_id_stands_once(tmp_path: Path) -> None:
    text = '{"id": "one", "kind": "job", "skills": []}'
    with pytest.raises(LabelsInvalid) as caught:
        labels_of(tmp_path, a=text, b=text)
    assert caught.value.faults == ("b.json: the id 'one' stands in a.json already",)


@pytest.mark.parametrize(("folder", "said"), [("nowhere", "no such folder"), (".", "no label file")])
def test_a_folder_without_labels(tmp_path: Path, folder: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_labels(tmp_path / folder, SKILLS)


@pytest.mark.parametrize(
    ("text", "ids", "why"),
    [
        ("python\nsql\n", {"python", "sql"}, "one a line"),
        ("id\tname\npython\tPython\n", {"python"}, "a table with a heading"),
        ("# of 2024\n\nsql\n", {"sql"}, "remarks and empty lines"),
    ],
)
def test_the_list_of_skills_looked_for(tmp_path: Path, text: str, ids: set[str], why: str) -> None:
    (tmp_path / "skills.tsv").write_text(text, encoding="utf-8")
    assert looked_for(tmp_path / "skills.tsv", SKILLS) == ids, why


def test_an_unknown_skill_in_the_list_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "skills.tsv").write_text("python\nsqll\n", encoding="utf-8")
    with pytest.raises(LabelsInvalid) as caught:
        looked_for(tmp_path / "skills.tsv", SKILLS)
    assert caught.value.faults == ("skills.tsv:2: the taxonomy has no skill 'sqll'; 'sql' is meant?",)
