"""What `dlmatch taxonomy check` finds: every kind of fault, at its place, all at once."""

# a table of cases reads best with one row a line
from __future__ import annotations

import re
from pathlib import Path

import pytest

from dlmatch.knowledge.build import build, write_built
from dlmatch.knowledge.check import check
from dlmatch.knowledge.files import Folders

SKILLS, ROLE, SEED = "skills/all.yaml", "requirements.yaml", "de-2025.md"
FAULTS = [
    (SKILLS, "id: keras,", "id: pytorch,", "taxonomy/skills/all.yaml:3", "'pytorch' stands a second time", "one id twice"),
    (SKILLS, "name: Keras,", "name: PyTorch,", "taxonomy/skills/all.yaml:3", "name 'pytorch'", "one name twice"),
    (SKILLS, "name: Keras,", "aliases: [x],", "taxonomy/skills/all.yaml:3", "$[1].name: Field required", "no name"),
    (SKILLS, "[torch]", "torch", "taxonomy/skills/all.yaml:2", "$[0].aliases", "a text where a list should be"),
    (SKILLS, "[torch]", "['{torch']", "taxonomy/skills/all.yaml:2", "unclosed", "a phrase against the grammar"),
    (SKILLS, "[torch]", "[torch], colour: red", "taxonomy/skills/all.yaml:2", "$[0].colour", "a key nobody knows"),
    (SKILLS, "[torch]", "[torch", "taxonomy/skills/all.yaml:", "not YAML", "bad YAML"),
    (SKILLS, "name: Keras,", "name: Keras, aliases: [torch],", "taxonomy/skills/all.yaml:3", "of 'pytorch' too", "a shared alias"),
    (SKILLS, "name: Keras,", "name: Keras, shared: [jax],", "taxonomy/skills/all.yaml:3", "no such skill", "shares with nobody"),
    (SEED, "- Python (L4)", "- Cobol (L4)", "seeds/de-2025.md:18", "no skill", "a bullet that names no skill"),
    (SKILLS, "- {id: keras", "- {id: jax, name: JAX, category: x}\n- {id: keras", "taxonomy/skills/all.yaml:3", "no fact sheet", "no source"),
    (SKILLS, "- {id: keras", "- {id: jax, name: JAX, category: x}\n- {id: keras", "taxonomy/skills/all.yaml:3", "no requirement", "no home"),
    (ROLE, "[pytorch, keras]", "[pytorch, karas]", "taxonomy/requirements.yaml:8", "'karas'", "a requirement of an unknown skill"),
    (ROLE, "skills: [python]", "skills: [python, keras]", "taxonomy/requirements.yaml:9", "as well as", "a skill in two requirements"),
    (ROLE, "id: python", "id: framework", "taxonomy/requirements.yaml:9", "second time", "a requirement's id twice"),
    (ROLE, "specificity: shared}", "specificity: rare}", "taxonomy/requirements.yaml:9", "'rare'", "a specificity nobody knows"),
    (ROLE, "specificity: shared}", "specificity: shared, enough: 2}", "taxonomy/requirements.yaml:9", "enough", "more than there are"),
    (ROLE, "skills: [python]", "skill: [python]", "taxonomy/requirements.yaml:9", "needs id", "a key misspelt"),
    (ROLE, "areas:", "areas: [", "taxonomy/requirements.yaml:", "not YAML", "bad YAML"),
    (SEED, "- Python (L4)", "- Python", "seeds/de-2025.md:18", "source lines", "a bullet without a source"),
]  # fmt: skip
# what of the sheet goes, the place, what the fault must say
DELETIONS = [
    ("- PyTorch (L3, L9)\n", "seeds/de-2025.md:17", ("'pytorch'", "'essential'", "L3, L9", "no longer stated"), "a skill"),
    ("- Keras (L12)\n", "seeds/de-2025.md:21", ("'keras'", "pay", "L12"), "a skill said to raise pay"),
    (
        "- Trains models [still part of the text] (L5 [train; models])\n",
        "seeds/de-2025.md:24",
        ("Trains models", "L5"),
        "a statement",
    ),
    ("| entry | 0-1 | 50 | 60.5 | thousand | | L20 |\n", "seeds/de-2025.md:29", ("band 'entry'", "L20"), "a figure of pay"),
    ("> Note: nothing is said of two to four years (L20, L21).\n", "seeds/de-2025.md:36", ("nothing is said", "L20"), "a note"),
]
EDITS = [
    ("(L3, L9)", "(L3)", "seeds/de-2025.md:17", ("'pytorch'", "no longer rests on L9"), "one of two lines"),
    ("(L3, L9)", "(L3, L9, L11)", "seeds/de-2025.md:17", ("'pytorch'", "now rests on L11"), "a line more"),
    ("80,000", "81,000", "seeds/de-2025.md:30", ("band 'senior'", "low 80000", "low 81000"), "another figure"),
]


@pytest.fixture
def built(small: Folders) -> Folders:
    write_built(build(small), small.taxonomy)
    return small


def path_of(folders: Folders, name: str) -> Path:
    return folders.seeds / name if name == SEED else folders.taxonomy / name


def change(folders: Folders, name: str, right: str, wrong: str) -> None:
    path = path_of(folders, name)
    text = path.read_text("utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")


def test_all_is_well(built: Folders) -> None:
    assert check(built) == ()


@pytest.mark.parametrize(("file", "right", "wrong", "where", "word", "why"), FAULTS)
def test_a_fault_is_found_at_its_place(
    built: Folders, file: str, right: str, wrong: str, where: str, word: str, why: str
) -> None:
    change(built, file, right, wrong)
    faults = check(built)
    assert any(fault.where.startswith(where) and word in fault.what for fault in faults), (why, [str(f) for f in faults])
    assert all(re.search(r"(:\d+|:\$.*|\.yaml|\.json|/)$", fault.where) for fault in faults)


@pytest.mark.parametrize(("gone", "where", "words", "why"), DELETIONS)
def test_a_deleted_line_is_named(built: Folders, gone: str, where: str, words: tuple[str, ...], why: str) -> None:
    change(built, SEED, gone, "")
    faults = check(built)
    told = [fault for fault in faults if fault.where == where and all(word in fault.what for word in words)]
    assert len(told) == 1, (why, [str(f) for f in faults])


@pytest.mark.parametrize(("right", "wrong", "where", "words", "why"), EDITS)
def test_an_edited_line_is_named(built: Folders, right: str, wrong: str, where: str, words: tuple[str, ...], why: str) -> None:
    change(built, SEED, right, wrong)
    told = [fault for fault in check(built) if fault.where == where and all(word in fault.what for word in words)]
    assert len(told) == 1, why


def test_moved_lines_are_one_fault_a_file(built: Folders) -> None:
    change(built, SEED, "## Skills: essential", "\n\n## Skills: essential")
    faults = check(built)
    assert [fault.where for fault in faults] == ["taxonomy/citations.yaml", "taxonomy/pay.yaml"]
    assert all("stand on other lines" in fault.what for fault in faults)


def test_deleted_lines_of_the_real_sheets_are_named(real: Folders) -> None:
    """Each cited bullet and row of the project's own sheets, tried at some places of each."""
    for seed in sorted(real.seeds.iterdir()):
        lines = seed.read_text("utf-8").split("\n")
        cited = [at for at, line in enumerate(lines) if re.search(r"\(L\d|\| L\d", line)]
        for at in cited[:: max(1, len(cited) // 4)]:
            seed.write_text("\n".join(lines[:at] + lines[at + 1 :]), encoding="utf-8")
            faults = check(real)
            told = [
                fault for fault in faults if fault.where == f"seeds/{seed.name}:{at + 1}" and "no longer stated" in fault.what
            ]
            assert told, lines[at]
        seed.write_text("\n".join(lines), encoding="utf-8")


def test_skills_changed_and_not_built_in(built: Folders) -> None:
    change(built, SKILLS, "[torch]", "[torch, lua torch]")
    assert [fault.where for fault in check(built)] == ["taxonomy/skills.json"]


def test_two_skills_may_share_an_alias_by_rule(built: Folders) -> None:
    change(built, SKILLS, "name: Keras,", "name: Keras, aliases: [torch], shared: [pytorch],")
    write_built(build(built), built.taxonomy)
    assert check(built) == ()


def test_an_extension_needs_no_source_and_no_home(built: Folders) -> None:
    change(built, SKILLS, "- {id: keras", "- {id: jax, name: JAX, category: x, extension: asked in ads}\n- {id: keras")
    write_built(build(built), built.taxonomy)
    assert check(built) == ()


def test_exact_forms_of_other_case_do_not_clash(built: Folders) -> None:
    change(built, SKILLS, "name: Keras,", "name: Keras, exact: [Pt],")
    write_built(build(built), built.taxonomy)
    assert check(built) == ()


def test_all_faults_at_once(built: Folders) -> None:
    change(built, SKILLS, "[torch]", "torch")
    change(built, ROLE, "specificity: shared}", "specificity: rare}")
    change(built, SEED, "- Python (L4)", "- Python")
    files = {fault.where.split(":")[0] for fault in check(built)}
    assert {"taxonomy/skills/all.yaml", "taxonomy/requirements.yaml", "seeds/de-2025.md"} <= files
