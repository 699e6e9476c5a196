"""What is missing and what each missing piece is worth: exactly how far naming one more skill lifts the score."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from dlmatch.judging.coverage import DECIMALS, Yardstick
from dlmatch.model.report import Gap
from dlmatch.model.skill import Requirement

PayEffect = Callable[[float, tuple[str, ...]], Mapping[str, Any] | None]


def gaps(yardstick: Yardstick, found: Collection[str], names: Mapping[str, str], pay_effect: PayEffect) -> tuple[Gap, ...]:
    """The requirements not met in full, the largest gain first."""
    met = yardstick.met(found)
    total = yardstick.total(met)
    now = yardstick.score(total)
    rows: list[Gap] = []
    for at, (requirement, counted) in enumerate(zip(yardstick.requirements, met, strict=True)):
        if counted == requirement.enough:
            continue
        missing = tuple(skill for skill in requirement.skills if skill not in found)
        # one more skill is the step; where only all together count, all that are still needed are
        step = 1 if requirement.partial else requirement.enough - (len(requirement.skills) - len(missing))
        more = 1 if requirement.partial else requirement.enough
        gain = round(yardstick.score(total + more * yardstick.step(at)) - now, DECIMALS)
        why = _why(requirement, [names.get(skill, skill) for skill in missing], step, gain)
        effect = pay_effect(gain, missing)
        rows.append(Gap(requirement=requirement.id, missing=missing, gain=gain, pay_effect=effect, why=why))
    return tuple(sorted(rows, key=lambda gap: (-gap.gain, gap.requirement)))


def _why(requirement: Requirement, missing: list[str], step: int, gain: float) -> str:
    several = f"{'any one' if step == 1 else step} of {', '.join(missing)}"
    what = missing[0] if len(missing) == 1 else several
    have = len(requirement.skills) - len(missing)
    so_far = f"; {have} of {requirement.enough} named" if requirement.enough > 1 else ""
    return f"{requirement.name}: {what}: +{gain:g}{so_far}"
