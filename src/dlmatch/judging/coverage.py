"""How much of the role a set of skills covers: the sum of weight x credit over the role's requirements."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import mul
from typing import NamedTuple

from dlmatch.model.report import Coverage, Group
from dlmatch.model.skill import Profile, Requirement

DECIMALS = 2
STEP = 100  # 10 ** DECIMALS
REMEMBERED = 4_096  # usual ways of meeting a requirement


def credit(requirement: Requirement, found: Collection[str]) -> Fraction:
    """The share of a requirement that is met: skills met of those that are enough; all or nothing if not partial."""
    return Fraction(met_of(requirement, found), requirement.enough)


def met_of(requirement: Requirement, found: Collection[str]) -> int:
    """How many of the skills that are enough are met, as far as they count."""
    return _counted(requirement, sum(skill in found for skill in requirement.skills))


def _counted(requirement: Requirement, met: int) -> int:
    met = min(requirement.enough, met)
    return met if requirement.partial or met == requirement.enough else 0


class Measure(NamedTuple):
    """A set of skills held against the requirements: how many skills count for each, and which stand in those touched."""

    met: list[int]
    touched: Mapping[int, tuple[str, ...]]  # number of the requirement -> its skills that were found
    total: int  # the sum of weight x credit in whole units


class Yardstick:
    """A profile made ready for measuring: sums are kept in whole units, so that nothing is lost before the one rounding.

    A document touches few requirements: what an untouched one looks like, and the usual ways of meeting one, are kept.
    """

    def __init__(self, profile: Profile) -> None:
        self.requirements = profile.requirements
        self._parts: int = lcm(*(requirement.enough for requirement in profile.requirements))
        weights = [int(Fraction(str(requirement.weight)) * STEP) for requirement in profile.requirements]
        self._units = [w * self._parts // r.enough for w, r in zip(weights, profile.requirements, strict=True)]
        self._asked_by: dict[str, list[int]] = {}
        for at, requirement in enumerate(profile.requirements):
            for skill in requirement.skills:
                self._asked_by.setdefault(skill, []).append(at)
        self._nothing_met = [0] * len(self.requirements)
        self._untouched = [_group(requirement, ()) for requirement in self.requirements]
        self._group_of = lru_cache(maxsize=REMEMBERED)(lambda at, met: _group(self.requirements[at], met))

    def measure(self, found: Collection[str]) -> Measure:
        """What a set of skills meets."""
        asked_by = self._asked_by
        touched = {at: () for skill in found if skill in asked_by for at in asked_by[skill]}
        met = self._nothing_met[:]
        have: dict[int, tuple[str, ...]] = {}
        for at in touched:
            requirement = self.requirements[at]
            have[at] = tuple([skill for skill in requirement.skills if skill in found])
            met[at] = _counted(requirement, len(have[at]))
        return Measure(met, have, sum(map(mul, met, self._units)))

    def coverage(self, measured: Measure) -> Coverage:
        """The score and every requirement's part in it."""
        groups = self._untouched[:]
        for at, met in measured.touched.items():
            groups[at] = self._group_of(at, met)
        return Coverage(score=self.score(measured.total), groups=tuple(groups))

    def phase(self, total: int) -> int:
        """All that rounding looks at in a total: what a step is worth depends on this alone."""
        return total % (2 * self._parts)

    def step(self, at: int) -> int:
        """What one more skill of the requirement `at` adds to the total."""
        return self._units[at]

    def score(self, total: int) -> float:
        """A total as a score of 0 to 100, rounded once (half to even)."""
        whole, rest = divmod(total, self._parts)
        if 2 * rest > self._parts or (2 * rest == self._parts and whole % 2):
            whole += 1
        return whole / STEP


def coverage(profile: Profile, found: Collection[str]) -> Coverage:
    """The score of a set of skills and every requirement's part in it."""
    yardstick = Yardstick(profile)
    return yardstick.coverage(yardstick.measure(found))


def score(profile: Profile, found: Collection[str]) -> float:
    """The score of a set of skills, 0 to 100."""
    yardstick = Yardstick(profile)
    return yardstick.score(yardstick.measure(found).total)


def _group(requirement: Requirement, met: tuple[str, ...]) -> Group:
    counted = _counted(requirement, len(met))
    full = counted == requirement.enough
    return Group(
        id=requirement.id,
        name=requirement.name,
        area=requirement.area,
        weight=requirement.weight,
        enough=requirement.enough,
        credit=1.0 if full else round(counted / requirement.enough, 4),
        met=met,
        missing=() if full else tuple(skill for skill in requirement.skills if skill not in met),
    )
