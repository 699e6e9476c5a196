"""Everything the taxonomy knows of one skill, with the lines it rests on: what `dlmatch taxonomy show` prints."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from dlmatch.errors import UsageError
from dlmatch.knowledge.build import names_of
from dlmatch.knowledge.files import Folders, find_folders, seed_texts
from dlmatch.knowledge.load import load_taxonomy
from dlmatch.model.skill import Citation, Requirement, Skill, Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedLine:
    """A line of a fact sheet that names the skill."""

    citation: Citation
    text: str  # the line as it stands in the fact sheet
    raises_pay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillSheet:
    """One skill in full."""

    skill: Skill
    requirement: Requirement | None  # its weight is the whole requirement's
    lines: tuple[SeedLine, ...]


def show(name: str, folders: Folders | None = None, taxonomy: Taxonomy | None = None) -> SkillSheet:
    """The skill of this id, name or alias; UsageError that names the nearest ones where there is none."""
    folders = folders or find_folders()
    taxonomy = taxonomy or load_taxonomy(folders.taxonomy, folders.seeds)
    known = names_of(taxonomy.skills)
    skill_id = known.get(name.strip().casefold())
    if skill_id is None:
        near = difflib.get_close_matches(name.strip().casefold(), known, n=3)
        step = f"The nearest are: {', '.join(dict.fromkeys(known[one] for one in near))}." if near else ""
        raise UsageError("There is no skill of this id, name or alias.", name[:60], step)
    texts = {seed: text.split("\n") for seed, text in seed_texts(folders).items()}
    home = next((one for one in taxonomy.profile.requirements if skill_id in one.skills), None)
    lines = [_line(one, texts) for one in dict(taxonomy.citations).get(skill_id, ())]
    lines += [_line(one, texts, raises_pay=True) for one in dict(taxonomy.premiums).get(skill_id, ())]
    return SkillSheet(skill=taxonomy.skill(skill_id), requirement=home, lines=tuple(lines))


def _line(citation: Citation, texts: Mapping[str, list[str]], *, raises_pay: bool = False) -> SeedLine:
    lines = texts.get(citation.seed, [])
    text = lines[citation.line - 1].strip() if citation.line <= len(lines) else ""
    return SeedLine(citation=citation, text=text, raises_pay=raises_pay)
