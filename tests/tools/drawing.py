"""Lines over logarithmic axes as an SVG, without any package: panels side by side, each with its points, ticks and legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 460, 330  # of a panel
LEFT, RIGHT, TOP, BOTTOM = 62, 22, 46, 52
COLOURS = ("#0b6e82", "#b4532a", "#6b4fa0", "#3d7a3a")
INK, SOFT, GRID = "#1d2329", "#66707a", "#e3e6ea"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Points that belong together; a `guide` is drawn thin, without points, to compare with."""

    name: str
    points: Sequence[Point]
    guide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One pair of axes, logarithmic. `from_zero`: the upright one is even and begins at 0; `even`: so is the other."""

    title: str
    across: str
    up: str
    lines: Sequence[Line]
    from_zero: bool = False
    even: bool = False
    ticks: Sequence[float] = field(default=())


def drawn(panels: Sequence[Panel], note: str = "") -> str:
    """The picture."""
    height = HEIGHT + (24 if note else 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH * len(panels)} {height}" '
        f'width="{WIDTH * len(panels)}" height="{height}" font-family="system-ui, sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate({WIDTH * number} 0)">{_panel(panel)}</g>')
    if note:
        parts.append(_text(LEFT, HEIGHT + 10, note, fill=SOFT))
    return "\n".join((*parts, "</svg>")) + "\n"


def _panel(panel: Panel) -> str:
    xs = [x for line in panel.lines for x, _ in line.points]
    ys = [y for line in panel.lines for _, y in line.points]
    low_x, high_x = 0.0 if panel.even else min(xs), max(xs)
    low_y, high_y = (
        (0.0, _round_up(max(ys) * 1.15)) if panel.from_zero else (10 ** floor(log10(min(ys))), 10 ** ceil(log10(max(ys))))
    )

    def place(x: float, y: float) -> Point:
        across = x / high_x if panel.even else (log10(x) - log10(low_x)) / (log10(high_x) - log10(low_x))
        up = y / high_y if panel.from_zero else (log10(y) - log10(low_y)) / (log10(high_y) - log10(low_y))
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    parts = [_text(LEFT, 22, panel.title, fill=INK, weight="600")]
    for y in _ticks(low_y, high_y, even=panel.from_zero):
        _, at = place(low_x, y)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="{GRID}"/>')
        parts.append(_text(LEFT - 8, at + 4, f"{y:g}", anchor="end", fill=SOFT))
    for x in panel.ticks or _ticks(low_x, high_x, even=panel.even):
        at, _ = place(x, high_y)
        parts.append(f'<path d="M{at:.1f} {HEIGHT - BOTTOM}v5" stroke="{SOFT}"/>')
        parts.append(_text(at, HEIGHT - BOTTOM + 19, f"{x:,g}", anchor="middle", fill=SOFT))
    parts.append(f'<path d="M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - RIGHT}" stroke="{SOFT}"/>')
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, panel.across, anchor="middle", fill=INK))
    parts.append(_text(LEFT - 46, TOP - 8, panel.up, fill=INK))
    for number, line in enumerate(panel.lines):
        colour = SOFT if line.guide else COLOURS[number % len(COLOURS)]
        points = [place(x, y) for x, y in line.points]
        path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{1 if line.guide else 2}"{_dashes(line)}/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points if not line.guide]
        parts.append(f'<path d="M{LEFT + 12} {TOP + 10 + 17 * number}h18" stroke="{colour}" stroke-width="2"{_dashes(line)}/>')
        parts.append(_text(LEFT + 36, TOP + 14 + 17 * number, line.name, fill=INK))
    return "".join(parts)


def _dashes(line: Line) -> str:
    return ' stroke-dasharray="4 4"' if line.guide else ""


def _ticks(low: float, high: float, *, even: bool) -> list[float]:
    if even:
        return [high * part / 4 for part in range(5)]
    return [10.0**power for power in range(ceil(log10(low)), floor(log10(high)) + 1)]


def _round_up(value: float) -> float:
    """The next number that four parts of make round ticks."""
    unit = 10 ** floor(log10(value))
    return next(step * unit for step in (1, 2, 4, 6, 8, 10) if step * unit >= value)


def _text(x: float, y: float, text: str, *, anchor: str = "start", fill: str, weight: str = "400") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}" font-weight="{weight}">{escape(text)}</text>'
