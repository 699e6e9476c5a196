"""The built files: what they hold, that they are the same every time, and that a new sheet needs no new code."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dlmatch.errors import TaxonomyInvalid, UsageError
from dlmatch.judging.paybands import pay_band
from dlmatch.knowledge.build import build, write_built
from dlmatch.knowledge.check import check
from dlmatch.knowledge.files import BUILT, Folders, find_folders
from dlmatch.knowledge.load import load_language, load_taxonomy, read_skills
from dlmatch.knowledge.show import show
from dlmatch.model.report import ResumeFacts
from dlmatch.model.skill import Citation

SPECIFIC = (
    "Deep learning frameworks", "Machine learning libraries", "Machine learning", "Deep learning", "Training and evaluation",
    "Fields of application",
)  # fmt: skip


def test_building_twice_gives_the_same(real: Folders) -> None:
    first, second = build(real), build(real)
    assert first == second
    assert tuple(first) == BUILT


def test_the_project_is_built_and_sound(real: Folders) -> None:
    assert [str(fault) for fault in check(real)] == []


def test_writing_tells_what_changed(small: Folders) -> None:
    files = build(small)
    assert write_built(files, small.taxonomy) == BUILT
    assert write_built(files, small.taxonomy) == ()


def test_weights_sum_to_100_and_lie_where_the_role_is(real: Folders) -> None:
    profile = load_taxonomy(real.taxonomy).profile
    weights = {requirement.id: requirement.weight for requirement in profile.requirements}
    assert round(sum(weights.values()), 2) == 100
    by_area: dict[str, float] = {}
    for requirement in profile.requirements:
        by_area[requirement.area] = by_area.get(requirement.area, 0) + requirement.weight
    of_models = weights["model-deployment"] + weights["model-operations"]
    assert sum(by_area[area] for area in SPECIFIC) + of_models > 60
    assert by_area["Soft skills"] + weights["project-work"] < 10


def test_every_skill_stands_in_one_requirement(real: Folders) -> None:
    taxonomy = load_taxonomy(real.taxonomy)
    homes = [skill for requirement in taxonomy.profile.requirements for skill in requirement.skills]
    assert len(homes) == len(set(homes))
    left_out = yaml.safe_load((real.taxonomy / "requirements.yaml").read_text())["left_out"]
    assert all(len(reason) > 10 for reason in left_out.values())
    assert {skill.id for skill in taxonomy.skills if not skill.extension} <= {*homes, *left_out}


def test_one_of_several_is_enough(real: Folders) -> None:
    by_id = {requirement.id: requirement for requirement in load_taxonomy(real.taxonomy).profile.requirements}
    for one in ("framework", "cloud", "version-control", "second-language"):
        assert by_id[one].enough == 1
        assert len(by_id[one].skills) >= 3


def test_a_small_profile_by_hand(small: Folders) -> None:
    """framework: 1 + 0.5 for PyTorch's two lines and 0.7/3 for Keras's; Python: 1, halved as shared."""
    write_built(build(small), small.taxonomy)
    taxonomy = load_taxonomy(small.taxonomy)
    assert [(one.id, one.weight) for one in taxonomy.profile.requirements] == [("framework", 77.61), ("python", 22.39)]
    assert dict(taxonomy.citations)["pytorch"] == (
        Citation(seed="de-2025.md", line=17, source_lines=(3, 9), strength="essential"),
    )
    assert [skill for skill, _ in taxonomy.premiums] == ["keras"]


def test_a_new_country_needs_no_new_code(real: Folders, sheet_text: str) -> None:
    (real.seeds / "de-2025.md").write_text(sheet_text, encoding="utf-8")
    write_built(build(real), real.taxonomy)
    assert [fault for fault in check(real) if not fault.where.startswith("taxonomy/skills/")] == []
    taxonomy = load_taxonomy(real.taxonomy)
    facts = ResumeFacts(experience_years=6.4, country="DE", city="München", region="Bavaria")
    band, reason = pay_band(facts=facts, tables=taxonomy.pay, region=None, score=50)
    assert reason is None
    assert band is not None
    assert (band.region, band.currency, band.low, band.mid, band.high) == ("DE", "EUR", 88000, 107250, 126500)
    assert [step.source for step in band.steps[:2]] == ["seeds/de-2025.md:30 (L21)", "seeds/de-2025.md:34 (L22)"]
    assert any(citation.seed == "de-2025.md" for citation in dict(taxonomy.citations)["pytorch"])
    assert round(sum(one.weight for one in taxonomy.profile.requirements), 2) == 100


def test_a_requirement_may_be_named_as_a_whole(small: Folders, sheet_text: str) -> None:
    changed = sheet_text.replace("- Python (L4)", "- Python (L4)\n- A framework (L6)")
    (small.seeds / "de-2025.md").write_text(changed, encoding="utf-8")
    write_built(build(small), small.taxonomy)
    framework, python = load_taxonomy(small.taxonomy).profile.requirements
    assert framework.weight > 77.61
    assert framework.sources[-1].source_lines == (6,)
    assert python.sources[-1].source_lines == (4,)


def test_faults_keep_the_files_from_being_built(small: Folders, sheet_text: str) -> None:
    changed = sheet_text.replace("- Python (L4)", "- Pyton (L4)").replace("50 | 60.5", "x | 60.5")
    (small.seeds / "de-2025.md").write_text(changed, encoding="utf-8")
    with pytest.raises(TaxonomyInvalid) as caught:
        build(small)
    assert [fault.split(": ")[0] for fault in caught.value.faults] == ["seeds/de-2025.md:29", "seeds/de-2025.md:18"]


def test_the_compiled_skills_are_those_of_the_yaml(real: Folders) -> None:
    compiled = load_taxonomy(real.taxonomy).skills
    assert compiled == read_skills({path.name: path.read_text("utf-8") for path in sorted((real.taxonomy / "skills").iterdir())})


def test_changed_skills_are_read_anew(small: Folders) -> None:
    write_built(build(small), small.taxonomy)
    path = small.taxonomy / "skills" / "all.yaml"
    path.write_text(path.read_text("utf-8") + "- {id: jax, name: JAX, category: frameworks}\n", encoding="utf-8")
    assert "jax" in {skill.id for skill in load_taxonomy(small.taxonomy).skills}


@pytest.mark.parametrize("name", BUILT)
def test_a_broken_built_file_is_a_located_error_or_read_around(small: Folders, name: str) -> None:
    write_built(build(small), small.taxonomy)
    for text in ("{", "[]", "a: [b", "", "tables: 3\nskills: 3\nrequirements: 3\n", "\x00"):
        (small.taxonomy / name).write_text(text, encoding="utf-8")
        where = ""
        try:
            load_taxonomy(small.taxonomy)
        except TaxonomyInvalid as error:
            where = error.where
        assert where.partition(":")[0] in ("", f"taxonomy/{name}")
        assert check(small)


def test_digests_do_not_hang_on_line_ends(small: Folders) -> None:
    write_built(build(small), small.taxonomy)
    before = load_taxonomy(small.taxonomy)
    for path in (*small.taxonomy.rglob("*.*"), *small.seeds.iterdir()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    after = load_taxonomy(small.taxonomy)
    assert (after.digest, after.seeds_digest) == (before.digest, before.seeds_digest)
    assert after == before


def test_digests_change_with_the_content(small: Folders) -> None:
    write_built(build(small), small.taxonomy)
    before = load_taxonomy(small.taxonomy)
    (small.seeds / "de-2025.md").write_text("other", encoding="utf-8")
    assert load_taxonomy(small.taxonomy).seeds_digest != before.seeds_digest


def test_a_folder_that_is_not_there() -> None:
    with pytest.raises(TaxonomyInvalid):
        find_folders(Path("no-such-folder"))


def test_language_comes_with_the_package(small: Folders) -> None:
    assert load_language(small.taxonomy).headings == load_language().headings


def test_one_skill_in_full(small: Folders) -> None:
    write_built(build(small), small.taxonomy)
    for name in ("pytorch", "PyTorch", "torch"):
        found = show(name, small)
        assert found.skill.id == "pytorch"
        assert found.requirement is not None
        assert found.requirement.id == "framework"
        assert [line.text for line in found.lines] == ["- PyTorch (L3, L9)"]
    assert [line.raises_pay for line in show("keras", small).lines] == [True]


def test_an_unknown_skill_names_the_nearest(small: Folders) -> None:
    write_built(build(small), small.taxonomy)
    with pytest.raises(UsageError, match="pytorch"):
        show("pytorh", small)
