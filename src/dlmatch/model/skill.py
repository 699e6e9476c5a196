"""What dlmatch knows: skills with their names, the role's requirements with their weights, pay, and the lines behind each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dlmatch.model.phrasebook import Phrasebook

Strength = Literal["essential", "core", "in demand", "beneficial", "mentioned"]
STRENGTHS: tuple[Strength, ...] = ("essential", "core", "in demand", "beneficial", "mentioned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A line of a fact sheet in seeds/, and the lines of the source document that it rests on."""

    seed: str  # file name within seeds/
    line: int  # line of that file, from 1
    source_lines: tuple[int, ...]  # lines of the original document
    strength: str = "mentioned"

    def __str__(self) -> str:
        return f"seeds/{self.seed}:{self.line} ({', '.join(f'L{n}' for n in self.source_lines)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """An ambiguous phrase: it names the skill only beside certain words, in a list of skills, or in certain sections."""

    phrase: str
    exact: bool = False
    near: tuple[str, ...] = ()  # phrases, one of which must stand within `within` words
    within: int = 8
    in_list: bool = False  # or: it is an item of a list in which another skill stands beside it
    sections: tuple[str, ...] = ()  # or: it stands in one of these sections
    never_near: tuple[str, ...] = ()  # and none of these within `within` words
    whole_item: bool = False  # or: it is all that an item of a list in a skills section says
    why: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoy:
    """A phrase that holds a skill's words and means something else."""

    phrase: str
    why: str
    exact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """One skill with every surface form that names it."""

    id: str
    name: str
    category: str
    aliases: tuple[str, ...] = ()  # phrases in the alias grammar (README, "How a skill is written")
    exact: tuple[str, ...] = ()  # phrases that count only in exactly this case
    contexts: tuple[Context, ...] = ()
    decoys: tuple[Decoy, ...] = ()
    shared: tuple[str, ...] = ()  # ids of skills that may name an alias of this one as well
    personal: bool = False  # a trait: counts only where it is said of a person
    note: str = ""
    esco: str | None = None
    onet: str | None = None
    extension: str | None = None  # why it is here though no source document names it
    labels: tuple[str, ...] = ()  # every surface form as plain text, expanded from the phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A leaf of the role's tree: any `enough` of `skills` meet it; fewer give part of the credit if `partial`."""

    id: str
    name: str
    area: str
    skills: tuple[str, ...]
    enough: int = 1
    partial: bool = True
    weight: float = 0.0  # share of 100
    sources: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRow:
    """One figure of a fact sheet's pay tables, with the line it stands on."""

    kind: str  # band, degree, city, percentile, average, beside, raise, industry ...
    name: str  # entry, mid, senior; bachelor; San Francisco; bonus ...
    low: float | None
    high: float | None  # None: open or single
    unit: str  # USD, INR, %
    years_from: int | None = None
    years_to: int | None = None  # inclusive; None: open
    open_ended: bool = False  # the document writes "+", "or more"
    period: str = "year"
    note: str = ""
    source: Citation | None = None
    aliases: tuple[str, ...] = ()  # other names: NYC; master, phd for a postgraduate degree
    states: tuple[str, ...] = ()  # of a city: the state or province it lies in, code and name


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTable:
    """The pay of one region in one year, from one fact sheet."""

    region: str  # ISO-2 country
    year: int
    currency: str
    seed: str
    rows: tuple[PayRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The role: its requirements, whose weights sum to 100."""

    role: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """Everything the matcher and the judges know."""

    skills: tuple[Skill, ...]
    profile: Profile
    pay: tuple[PayTable, ...]
    citations: tuple[tuple[str, tuple[Citation, ...]], ...] = ()  # skill id -> the lines that name it
    premiums: tuple[tuple[str, tuple[Citation, ...]], ...] = ()  # skill id -> the lines that say it raises pay
    digest: str = ""  # of the files of taxonomy/
    seeds_digest: str = ""  # of the files of seeds/
    phrasebook: Phrasebook | None = None  # the skills' phrases spelled out, where they were built beforehand

    def skill(self, skill_id: str) -> Skill:
        """The skill with this id; KeyError if there is none."""
        for skill in self.skills:
            if skill.id == skill_id:
                return skill
        raise KeyError(skill_id)
