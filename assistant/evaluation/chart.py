"""Small charts for the report: bars of plain HTML, and lines in the unit square as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.evaluation.words import both

Bar = tuple[str, float, float, float, str]
"""Label (HTML), value, low, high, and the note to the right ("12 / 13")."""


def bars(rows: Sequence[Bar]) -> str:
    """Horizontal bars between 0 and 1, each with its interval as a whisker."""
    return f'<div class="bars">{"".join(map(_bar, rows))}</div>'


def _bar(row: Bar) -> str:
    label, value, low, high, note = row
    whisker = (
        f'<i class="whisker" style="left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%"></i>'
        if high > low
        else ""
    )
    return (
        f'<div class="label">{label}</div>'
        f'<div class="track"><i class="fill" style="width:{100 * value:.1f}%"></i>{whisker}</div>'
        f'<div class="note">{escape(note)}</div>'
    )


def line(
    points: Sequence[tuple[float, float]],
    x_name: tuple[str, str],
    y_name: tuple[str, str],
    ticks: Sequence[tuple[float, str]],
) -> str:
    """A line of points in the unit square; ``ticks`` are (x, label) below it."""
    left, top, side, tall = 34, 12, 310, 150
    placed = [(left + x * side, top + (1 - y) * tall) for x, y in points]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in placed)
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in placed)
    levels = [(level, top + (1 - level) * tall) for level in (0, 0.25, 0.5, 0.75, 1)]
    grid = "".join(
        f'<path class="grid" d="M{left} {y}h{side}"/>'
        f'<text x="{left - 5}" y="{y + 3}" text-anchor="end">{100 * level:.0f}</text>'
        for level, y in levels
    )
    below = "".join(
        f'<text x="{left + x * side:.1f}" y="{top + tall + 14}" text-anchor="middle">'
        f"{escape(label)}</text>"
        for x, label in ticks
    )
    return (
        f'<figure><figcaption>{both(*y_name)}</figcaption><svg viewBox="0 0 360 182" role="img">'
        f'{grid}{below}<path class="line" d="{path}"/>{dots}</svg>'
        f'<figcaption class="x">{both(*x_name)}</figcaption></figure>'
    )
