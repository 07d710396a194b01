"""Small inline SVG charts for the report: bars with intervals, and lines in the unit square."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

Bar = tuple[str, float, float, float, str]
"""Label, value, low, high, and the note to the right ("12 / 13")."""

_ROW, _LABEL, _WIDTH = 26, 190, 680


def bars(rows: Sequence[Bar]) -> str:
    """Horizontal bars between 0 and 1, each with its interval as a whisker."""
    scale = _WIDTH - _LABEL - 90
    parts = []
    for index, (label, value, low, high, note) in enumerate(rows):
        top, left = index * _ROW, _LABEL
        ends = (left + low * scale, left + high * scale)
        middle = top + _ROW / 2
        parts.append(
            f'<text x="{left - 8}" y="{middle + 4}" text-anchor="end">{escape(label)}</text>'
            f'<rect class="track" x="{left}" y="{top + 5}" width="{scale}" height="16" rx="3"/>'
            f'<rect class="bar" x="{left}" y="{top + 5}" width="{value * scale:.1f}" height="16" '
            'rx="3"/>'
            f'<path class="whisker" d="M{ends[0]:.1f} {middle}H{ends[1]:.1f}"/>'
            f'<text x="{left + scale + 8}" y="{middle + 4}">{escape(note)}</text>'
        )
    height = len(rows) * _ROW
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="img">{"".join(parts)}</svg>'


def line(points: Sequence[tuple[float, float]], x_name: str, y_name: str) -> str:
    """A line of points in the unit square, with both axes named."""
    left, top, side, tall = 50, 10, 560, 170
    placed = [(left + x * side, top + (1 - y) * tall) for x, y in points]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in placed) if placed else ""
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in placed)
    levels = [(level, top + (1 - level) * tall) for level in (0, 0.25, 0.5, 0.75, 1)]
    grid = "".join(
        f'<path class="grid" d="M{left} {y}h{side}"/>'
        f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{level:g}</text>'
        for level, y in levels
    )
    names = (
        f'<text x="{left + side}" y="{top + tall + 24}" text-anchor="end">{escape(x_name)}</text>'
        f'<text x="{left + 6}" y="{top + 12}">{escape(y_name)}</text>'
    )
    drawn = f'<path class="line" d="{path}"/>' if path else ""
    return f'<svg viewBox="0 0 680 210" role="img">{grid}{drawn}{dots}{names}</svg>'
