"""Reads taxonomy/requirements.yaml: the role as a tree of areas and requirements, before any weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from dlmatch.knowledge.faults import Fault
from dlmatch.knowledge.files import REQUIREMENTS, Folders, taxonomy_text
from dlmatch.knowledge.yamllines import Lines, read_yaml

KEYS = frozenset({"id", "name", "skills", "enough", "partial", "specificity"})
WHERE = f"taxonomy/{REQUIREMENTS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A requirement as curated."""

    id: str
    name: str
    area: str
    skills: tuple[str, ...]
    enough: int
    partial: bool
    specificity: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The role as curated."""

    name: str
    specificity: Mapping[str, Fraction]
    asked: tuple[Asked, ...]
    left_out: Mapping[str, str]


def read_role(folders: Folders) -> tuple[Role, tuple[Fault, ...]]:
    """The role and every fault of its file; a faulty requirement is left out."""
    text = taxonomy_text(folders, REQUIREMENTS)
    data, lines = read_yaml(text, WHERE), Lines(text)
    faults: list[Fault] = []
    if not isinstance(data, dict) or not {"role", "specificity", "areas"} <= set(data):
        what = "the file needs `role`, `specificity` and `areas`"
        return Role(name="", specificity={}, asked=(), left_out={}), (Fault(f"{WHERE}:1", what),)
    specificity = {key: Fraction(value) for key, value in data["specificity"].items()}
    asked = tuple(_asked(data["areas"], specificity, lines, faults))
    faults += _twice(asked)
    left_out = data.get("left_out") or {}
    return Role(name=data["role"], specificity=specificity, asked=asked, left_out=left_out), tuple(faults)


def _asked(areas: Any, specificity: Mapping[str, Fraction], lines: Lines, faults: list[Fault]) -> Iterator[Asked]:
    for a, area in enumerate(areas):
        for r, given in enumerate(area.get("requirements") or ()):
            path: tuple[str | int, ...] = ("areas", a, "requirements", r)
            line = lines.of(path)
            wrong = _wrong(given, specificity)
            if wrong:
                faults.append(Fault(f"{WHERE}:{line}", wrong))
                continue
            yield Asked(
                id=given["id"],
                name=given["name"],
                area=area["name"],
                skills=tuple(given["skills"]),
                enough=int(given.get("enough", "1")),
                partial=given.get("partial", "true") == "true",
                specificity=given["specificity"],
                line=line,
            )


def _wrong(given: Any, specificity: Mapping[str, Fraction]) -> str:
    """What is wrong with a requirement; nothing if it is sound."""
    if not isinstance(given, dict) or not {"id", "name", "skills", "specificity"} <= set(given):
        return "a requirement needs id, name, skills and specificity"
    unknown = sorted(set(given) - KEYS)
    if unknown:
        return f"unknown keys {', '.join(unknown)}"
    if not isinstance(given["skills"], list) or not given["skills"]:
        return f"the requirement {given['id']!r} names no skills"
    enough = given.get("enough", "1")
    if not enough.isdecimal() or not 1 <= int(enough) <= len(given["skills"]):
        return f"`enough` of {given['id']!r} is not between 1 and its {len(given['skills'])} skills"
    if given.get("partial", "true") not in ("true", "false"):
        return f"`partial` of {given['id']!r} is neither true nor false"
    if given["specificity"] not in specificity:
        return f"no specificity {given['specificity']!r}; there are: {', '.join(specificity)}"
    return ""


def _twice(asked: tuple[Asked, ...]) -> Iterator[Fault]:
    ids: dict[str, int] = {}
    homes: dict[str, str] = {}
    for one in asked:
        if one.id in ids:
            yield Fault(f"{WHERE}:{one.line}", f"the requirement {one.id!r} stands a second time (first at line {ids[one.id]})")
        ids.setdefault(one.id, one.line)
        for skill in one.skills:
            if skill in homes:
                yield Fault(f"{WHERE}:{one.line}", f"the skill {skill!r} stands in {homes[skill]!r} as well as in {one.id!r}")
            homes.setdefault(skill, one.id)
