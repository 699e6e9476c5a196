"""Reads taxonomy/skills strictly, with pydantic, so that every slip is found at its own line: for `check`, not for loading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from dlmatch.errors import TaxonomyInvalid
from dlmatch.knowledge.faults import Fault
from dlmatch.knowledge.files import SKILLS
from dlmatch.knowledge.load import skill_of
from dlmatch.knowledge.phrases import PhraseError, expand
from dlmatch.knowledge.yamllines import Lines, read_yaml, written_path
from dlmatch.model.skill import Skill

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Truth = Literal["true", "false"]
EMPTY = ("", "null", "~")


class Shape(BaseModel):
    """Every scalar is text here; no key beyond those named."""

    model_config = ConfigDict(extra="forbid")


class ContextShape(Shape):
    """An ambiguous phrase."""

    phrase: str
    exact: Truth = "false"
    near: list[str] = []
    within: str = Field(default="8", pattern=r"^[1-9]\d?$")
    in_list: Truth = "false"
    sections: list[str] = []
    never_near: list[str] = []
    why: str = ""
    yes: list[str] = []
    no: list[str] = []


class DecoyShape(Shape):
    """A phrase that means something else."""

    phrase: str
    why: str = Field(min_length=1)
    exact: Truth = "false"


class SkillShape(Shape):
    """An entry."""

    id: str = Field(pattern=ID)
    name: str = Field(min_length=1)
    category: str = Field(pattern=r"^[A-Za-z0-9-]+$")
    aliases: list[str] = []
    exact: list[str] = []
    contexts: list[ContextShape] = []
    decoys: list[DecoyShape] = []
    shared: list[str] = []
    personal: Truth = "false"
    note: str = ""
    esco: str | None = Field(default=None, pattern=r"^http://data\.europa\.eu/esco/")
    onet: str | None = None
    extension: str | None = None

    @field_validator("aliases", "exact", "contexts", "decoys", "shared", mode="before")
    @classmethod
    def _no_list(cls, value: Any) -> Any:
        return [] if value in EMPTY else value

    @field_validator("esco", "onet", "extension", mode="before")
    @classmethod
    def _no_text(cls, value: Any) -> Any:
        return None if value in EMPTY else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A skill and where it stands."""

    skill: Skill
    file: str
    at: int
    lines: Lines

    def where(self, *path: str | int) -> str:
        """file:line of the entry or of a part of it."""
        return f"{self.file}:{self.lines.of((self.at, *path))}"


def read_entries(texts: Mapping[str, str]) -> tuple[tuple[Entry, ...], tuple[Fault, ...]]:
    """The sound entries, and every fault of the others."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    for name, text in texts.items():
        file, lines = f"taxonomy/{SKILLS}/{name}", Lines(text)
        try:
            given = read_yaml(text, file)
        except TaxonomyInvalid as error:
            faults.append(Fault(error.where, error.what))
            continue
        if not isinstance(given, list):
            faults.append(Fault(f"{file}:1", "the file is no list of skills"))
            continue
        for at, one in enumerate(given):
            found = tuple(_faults_of(one, file, at, lines))
            faults += found
            if not found:
                entries.append(Entry(skill=skill_of(one), file=file, at=at, lines=lines))
    return tuple(entries), tuple(faults)


def _faults_of(given: Any, file: str, at: int, lines: Lines) -> Iterator[Fault]:
    try:
        shape = SkillShape.model_validate(given)
    except ValidationError as error:
        for one in error.errors():
            path = (at, *(step for step in one["loc"]))
            yield Fault(f"{file}:{lines.of(path)}", f"{written_path(path)}: {one['msg']}")
        return
    for path, phrase in _phrases(shape):
        try:
            expand(phrase)
        except PhraseError as error:
            yield Fault(f"{file}:{lines.of((at, *path))}", f"{error}")


def _phrases(shape: SkillShape) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for key, phrases in (("aliases", shape.aliases), ("exact", shape.exact)):
        for at, phrase in enumerate(phrases):
            yield (key, at), phrase
    for at, context in enumerate(shape.contexts):
        yield ("contexts", at), context.phrase
        for key, cues in (("near", context.near), ("never_near", context.never_near)):
            for number, cue in enumerate(cues):
                yield ("contexts", at, key, number), cue
    for at, decoy in enumerate(shape.decoys):
        yield ("decoys", at), decoy.phrase
