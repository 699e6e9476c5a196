"""Reads a folder of label files, one JSON file a document, strictly: every slip is found at its own line."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StrictFloat, StrictInt, ValidationError, model_validator

from dlmatch.errors import LabelsInvalid, UsageError
from dlmatch.knowledge.faults import Fault
from dlmatch.knowledge.yamllines import Lines, written_path
from dlmatch.model.labels import Labelled, LabelledPay, LabelledRole
from dlmatch.model.report import Degree, Kind, Level, Need, Shown

Day = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2]))?$")]
LIKE = 0.85  # how like a known key an unknown one must be to be taken for a slip: years_mn, skils


class Shape(BaseModel):
    """Keys beyond those named are the labeller's own notes, unless they look like a slip of a known one."""

    model_config = ConfigDict(extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _no_slips(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            raise ValueError("this must be an object, {...}")
        known = list(cls.model_fields)
        for key in given:
            near = get_close_matches(key, known, 1, LIKE) if key not in known else []
            if near and near[0] not in given:
                raise ValueError(f"there is no key {key!r}; {near[0]!r} is meant?")
        return given


class SkillShape(Shape):
    """A skill that the document names."""

    id: str
    need: Need | None = None
    shown: Shown | None = None


class UnsureShape(Shape):
    """A skill that a reader could argue about."""

    id: str


class PayShape(Shape):
    """The base pay as stated."""

    min: StrictInt | StrictFloat | None = None
    max: StrictInt | StrictFloat | None = None
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    period: Literal["year", "month", "week", "day", "hour"] = "year"


class RoleShape(Shape):
    """A dated role."""

    start: Day | None = None
    end: Day | Literal["present"] | None = None


class LabelShape(Shape):
    """One document's labels as written."""

    id: str = ""
    kind: Kind
    skills: list[SkillShape]
    unsure: list[UnsureShape | str] = []
    seniority: Level | Literal["unknown"] | None = None
    years_min: StrictInt | None = None
    degree_min: Degree | None = None
    degree_max: Degree | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    city: str | None = None
    salary: PayShape | None = None
    roles: list[RoleShape] = []


@dataclass(frozen=True, slots=True)
class _File:
    """One label file's text, and the lines of its parts."""

    name: str
    text: str

    def fault(self, path: tuple[str | int, ...], what: str) -> Fault:
        """What is wrong at a part of it, with the line where one can be told."""
        try:
            line = f":{Lines(self.text).of(path)}"
        except yaml.YAMLError:  # JSON that YAML does not take, such as one with tabs
            line = ""
        where = f"{written_path(path)}: " if path else ""
        return Fault(f"{self.name}{line}", f"{where}{what}")


def read_labels(folder: Path, skills: Collection[str]) -> tuple[Labelled, ...]:
    """Every label of a folder by file name; LabelsInvalid with each fault, UsageError where there are no labels."""
    if not folder.is_dir():
        raise UsageError("There is no such folder.", str(folder), "Give the folder that holds the label files, NAME.json.")
    found: list[Labelled] = []
    faults: list[Fault] = []
    homes: dict[str, str] = {}
    for path in sorted(folder.glob("*.json")):
        label = _label(path, skills, faults)
        if label is None:
            continue
        if label.id in homes:
            faults.append(Fault(path.name, f"the id {label.id!r} stands in {homes[label.id]} already"))
        homes.setdefault(label.id, path.name)
        found.append(label)
    if faults:
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise LabelsInvalid(f"{number} in the labels.", str(folder), faults=tuple(map(str, dict.fromkeys(faults))))
    if not found:
        raise UsageError(
            "There is no label file, NAME.json, in it.", str(folder), "README, Measuring, shows what one looks like."
        )
    return tuple(found)


def looked_for(file: Path, skills: Collection[str]) -> frozenset[str]:
    """The skills that a labeller looked for: the first word of each line of a file, save a heading `id`."""
    try:
        lines = file.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"can't be read: {error.strerror or 'the system refused'}.", str(file), "Check the path.") from None
    except UnicodeDecodeError:
        raise LabelsInvalid("The file is not UTF-8.", str(file)) from None
    rows = [(at, line.split()[0]) for at, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    ids = rows[1:] if rows and rows[0][1] == "id" else rows
    faults = tuple(f"{file.name}:{at}: {_unknown(skill, skills)}" for at, skill in ids if skill not in skills)
    if faults:
        raise LabelsInvalid("The list names skills that are not there.", str(file), faults=faults)
    return frozenset(skill for _, skill in ids)


def _unknown(skill: str, skills: Collection[str]) -> str:
    near = get_close_matches(skill, sorted(skills), 1)
    return f"the taxonomy has no skill {skill!r}" + (f"; {near[0]!r} is meant?" if near else "")


def _label(path: Path, skills: Collection[str], faults: list[Fault]) -> Labelled | None:
    """One file's labels; None, and its faults, where it holds any."""
    try:
        file = _File(path.name, path.read_bytes().decode("utf-8-sig"))
        given = json.loads(file.text)
    except json.JSONDecodeError as error:
        faults.append(Fault(f"{path.name}:{error.lineno}", f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"))
        return None
    except (UnicodeDecodeError, RecursionError):
        faults.append(Fault(path.name, "this is not JSON in UTF-8"))
        return None
    except OSError as error:
        faults.append(Fault(path.name, f"the file can't be read: {error.strerror or 'the system refused'}"))
        return None
    try:
        shape = LabelShape.model_validate(given)
    except ValidationError as error:
        faults += [file.fault(tuple(one["loc"]), _worded(one["msg"])) for one in error.errors()]
        return None
    wrong = [file.fault(place, what) for place, what in _meaningless(shape, skills)]
    faults += wrong
    return None if wrong else _labelled(shape, path.stem, given)


def _worded(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _meaningless(shape: LabelShape, skills: Collection[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What has the right shape and can't be meant."""
    seen: set[str] = set()
    for at, skill in enumerate(shape.skills):
        if skill.id not in skills:
            yield ("skills", at, "id"), _unknown(skill.id, skills)
        if skill.id in seen:
            yield ("skills", at, "id"), f"the skill {skill.id!r} stands a second time"
        seen.add(skill.id)
        if shape.kind == "job" and skill.shown is not None:
            yield ("skills", at, "shown"), "the skills of an ad have a `need`; `shown` is for resumes"
        if shape.kind == "resume" and skill.need is not None:
            yield ("skills", at, "need"), "the skills of a resume have a `shown`; `need` is for ads"


def _labelled(shape: LabelShape, stem: str, given: Mapping[str, Any]) -> Labelled:
    pay = shape.salary
    return Labelled(
        id=shape.id or stem,
        kind=shape.kind,
        skills={skill.id: skill.need if shape.kind == "job" else skill.shown for skill in shape.skills},
        unsure=frozenset(one if isinstance(one, str) else one.id for one in shape.unsure),
        seniority=None if shape.seniority == "unknown" else shape.seniority,
        years_min=shape.years_min,
        degree_min=shape.degree_min,
        # a resume whose label names no degree says that there is none
        degree_max=shape.degree_max or ("none" if "degree_max" in given else None),
        country=shape.country,
        city=shape.city,
        pay=LabelledPay(min=pay.min, max=pay.max, currency=pay.currency, period=pay.period) if pay else None,
        states_no_pay="salary" in given and pay is None,
        roles=tuple(LabelledRole(start=role.start, end=role.end) for role in shape.roles),
    )
