"""How much of the role a set of skills covers: the sum of weight x credit over the role's requirements."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from math import lcm

from dlmatch.model.report import Coverage, Group
from dlmatch.model.skill import Profile, Requirement

DECIMALS = 2
STEP = 100  # 10 ** DECIMALS


def credit(requirement: Requirement, found: Collection[str]) -> Fraction:
    """The share of a requirement that is met: skills met of those that are enough; all or nothing if not partial."""
    return Fraction(met_of(requirement, found), requirement.enough)


def met_of(requirement: Requirement, found: Collection[str]) -> int:
    """How many of the skills that are enough are met, as far as they count."""
    met = min(requirement.enough, sum(skill in found for skill in requirement.skills))
    return met if requirement.partial or met == requirement.enough else 0


class Yardstick:
    """A profile made ready for measuring: sums are kept in whole units, so that nothing is lost before the one rounding."""

    def __init__(self, profile: Profile) -> None:
        self.requirements = profile.requirements
        self._parts: int = lcm(*(requirement.enough for requirement in profile.requirements))
        weights = [int(Fraction(str(requirement.weight)) * STEP) for requirement in profile.requirements]
        self._units = [w * self._parts // r.enough for w, r in zip(weights, profile.requirements, strict=True)]

    def coverage(self, found: Collection[str]) -> Coverage:
        """The score and every requirement's part in it."""
        met = self.met(found)
        groups = tuple(_group(r, number, found) for r, number in zip(self.requirements, met, strict=True))
        return Coverage(score=self.score(self.total(met)), groups=groups)

    def met(self, found: Collection[str]) -> list[int]:
        """For each requirement, how many skills of it count."""
        return [met_of(requirement, found) for requirement in self.requirements]

    def total(self, met: Iterable[int]) -> int:
        """The sum of weight x credit in whole units."""
        return sum(number * units for number, units in zip(met, self._units, strict=True))

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
    return Yardstick(profile).coverage(found)


def score(profile: Profile, found: Collection[str]) -> float:
    """The score of a set of skills, 0 to 100."""
    yardstick = Yardstick(profile)
    return yardstick.score(yardstick.total(yardstick.met(found)))


def _group(requirement: Requirement, counted: int, found: Collection[str]) -> Group:
    full = counted == requirement.enough
    return Group(
        id=requirement.id,
        name=requirement.name,
        area=requirement.area,
        weight=requirement.weight,
        enough=requirement.enough,
        credit=1.0 if full else round(counted / requirement.enough, 4),
        met=tuple(skill for skill in requirement.skills if skill in found),
        missing=() if full else tuple(skill for skill in requirement.skills if skill not in found),
    )
