"""A place of a text that names a skill."""

from __future__ import annotations

from typing import NamedTuple

from dlmatch.finding.sections import Section
from dlmatch.finding.sentence import Sentence
from dlmatch.model.skill import Skill


class Named(NamedTuple):
    """A skill named at one place of the text."""

    skill: Skill
    start: int
    end: int
    section: Section
    sentence: Sentence
