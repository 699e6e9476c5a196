"""What is missing and what each missing piece is worth: exactly how far naming one more skill lifts the score."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from dlmatch.judging.coverage import DECIMALS, REMEMBERED, Measure, Yardstick
from dlmatch.model.report import Gap
from dlmatch.model.skill import Requirement

PayEffect = Callable[[float, tuple[str, ...]], Mapping[str, Any] | None]


class Gaps:
    """The requirements not met in full. The usual gaps are kept: few of them change from document to document."""

    def __init__(self, yardstick: Yardstick, names: Mapping[str, str]) -> None:
        self._yardstick = yardstick
        self._names = names
        self._gap = lru_cache(maxsize=REMEMBERED)(self._made)

    def of(self, measured: Measure, pay_effect: PayEffect | None) -> tuple[Gap, ...]:
        """The gaps of what was measured, the largest gain first; `pay_effect` says what a gain does to the pay."""
        phase, touched = self._yardstick.phase(measured.total), measured.touched
        rows = [
            self._gap(at, touched.get(at, ()), phase)
            for at, (requirement, met) in enumerate(zip(self._yardstick.requirements, measured.met, strict=True))
            if met != requirement.enough
        ]
        if pay_effect is not None:
            rows = [replace(gap, pay_effect=pay_effect(gap.gain, gap.missing)) for gap in rows]
        return tuple(sorted(rows, key=_largest_first))

    def _made(self, at: int, have: tuple[str, ...], phase: int) -> Gap:
        yardstick = self._yardstick
        requirement = yardstick.requirements[at]
        missing = tuple(skill for skill in requirement.skills if skill not in have)
        # one more skill is the step; where only all together count, all that are still needed are
        step = 1 if requirement.partial else requirement.enough - len(have)
        more = 1 if requirement.partial else requirement.enough
        gain = round(yardstick.score(phase + more * yardstick.step(at)) - yardstick.score(phase), DECIMALS)
        why = _why(requirement, [self._names.get(skill, skill) for skill in missing], step, gain)
        return Gap(requirement=requirement.id, missing=missing, gain=gain, pay_effect=None, why=why)


def _largest_first(gap: Gap) -> tuple[float, str]:
    return -gap.gain, gap.requirement


def _why(requirement: Requirement, missing: list[str], step: int, gain: float) -> str:
    several = f"{'any one' if step == 1 else step} of {', '.join(missing)}"
    what = missing[0] if len(missing) == 1 else several
    have = len(requirement.skills) - len(missing)
    so_far = f"; {have} of {requirement.enough} named" if requirement.enough > 1 else ""
    return f"{requirement.name}: {what}: +{gain:g}{so_far}"
