"""The reliability plot: said against true, as SVG without any tool."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

_SIZE, _EDGE = 420, 50


def _at(share: float) -> float:
    """Probabilities on a log-odds axis from 0.001 to 0.999: what matters lies near the ends."""
    inside = min(0.9995, max(0.0005, share))
    span = math.log(0.9995 / 0.0005)
    return (math.log(inside / (1 - inside)) + span) / (2 * span)


def plot(bins: Sequence[Mapping[str, Any]]) -> str:
    """One circle a bin, its area by the queries in it; the diagonal is where said is true."""
    most = max((one["queries"] for one in bins), default=1)
    whole = _SIZE + 2 * _EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" font-family="sans" font-size="12">',
        f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIZE}" height="{_SIZE}" fill="white" stroke="#444"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tick in (0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999):
        lines.append(f'<text x="{_x(tick):.1f}" y="{_EDGE + _SIZE + 18}" text-anchor="middle">{tick:g}</text>')
        lines.append(f'<text x="{_EDGE - 6}" y="{_y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for one in bins:
        radius = 3 + 13 * math.sqrt(one["queries"] / most)
        place = f'cx="{_x(one["said"]):.1f}" cy="{_y(one["true"]):.1f}"'
        label = f"said {one['said']:.4f}, true {one['true']:.4f}, {one['queries']} queries"
        lines.append(
            f'<circle {place} r="{radius:.1f}" fill="#1a7f5a" fill-opacity="0.6"><title>{label}</title></circle>'
        )
    middle = _EDGE + _SIZE / 2
    lines += [
        f'<text x="{middle}" y="{whole - 8}" text-anchor="middle">score of the top candidate</text>',
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">share right</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _x(share: float) -> float:
    return _EDGE + _SIZE * _at(share)


def _y(share: float) -> float:
    return _EDGE + _SIZE * (1 - _at(share))
