"""Bars that show how far each metric came from its baseline to its goal, as one SVG.

Both ends are lines across all bars, each bar has its number; a bar beyond the drawing is cut, and shown to be so.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dripper.prep.words import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.reading import Reading

# More bars than these are a table's work: those that came least far are shown.
MOST = 12
_WIDTH, _ROW, _TOP = 480, 15, 16
_LEFT, _RIGHT = 184, 440
# How far the drawing reaches at most beyond baseline and goal, in parts of the way.
_LOWEST, _HIGHEST = -0.5, 1.5
_BAR, _INK, _GOAL, _QUIET = "#7d94b3", "#16202b", "#a8440a", "#555"
_NAME_CHARS = 34


def bullets(readings: Sequence[Reading]) -> str:
    """Return the drawing of metrics whose attainment is known; a band has no way that a bar could show."""
    shown = _shown(readings)
    low = max(_LOWEST, min(0.0, *(share for _, share in shown)))
    high = min(_HIGHEST, max(1.0, *(share for _, share in shown)))
    height = _TOP + _ROW * len(shown) + 2
    title = escape(bullets_alt(readings))
    parts = [part for row, (name, share) in enumerate(shown) for part in _bar(row, name, share, low, high)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{title}" '
        f'font-family="system-ui, sans-serif" font-size="10"><title>{title}</title>'
        + "".join([*parts, *_ends(low, high, height)])
        + "</svg>"
    )


def bullets_alt(readings: Sequence[Reading]) -> str:
    """Return the drawing in words."""
    shown = _shown(readings)
    less = f" (the {MOST} that came least far)" if len(shown) < len(readings) else ""
    said = ", ".join(f"{name} {percent(share)}" for name, share in shown)
    return f"Bars of how much of the way from baseline to goal is covered{less}: {said}."


def _shown(readings: Sequence[Reading]) -> list[tuple[str, float]]:
    named = [(" ".join(each.metric.title.split()), each.progress.attainment or 0.0) for each in readings]
    least = sorted(named, key=lambda pair: pair[1])[:MOST]
    return [pair for pair in named if pair in least][:MOST]


def _bar(row: int, name: str, share: float, low: float, high: float) -> Iterator[str]:
    y = _TOP + _ROW * row
    start, end = sorted((_x(0.0, low, high), _x(min(high, max(low, share)), low, high)))
    short = name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS - 1].rstrip()}…"
    yield f'<text x="0" y="{y + 9}" fill="{_INK}">{escape(short)}</text>'
    yield f'<rect x="{start:.1f}" y="{y + 2}" width="{max(0.8, end - start):.1f}" height="8" fill="{_BAR}"/>'
    if not low <= share <= high:
        cut = end if share > high else start
        yield f'<path d="M{cut - 3:.1f} {y + 11} l3 -5 l-3 -5" fill="none" stroke="{_INK}" stroke-width="1.2"/>'
    yield f'<text x="{_WIDTH}" y="{y + 9}" fill="{_INK}" text-anchor="end" font-weight="bold">{percent(share)}</text>'


def _ends(low: float, high: float, height: int) -> Iterator[str]:
    for share, name, colour, dash in ((0.0, "baseline", _QUIET, "1 3"), (1.0, "goal", _GOAL, "6 3")):
        x = _x(share, low, high)
        line = f'stroke="{colour}" stroke-width="1.2" stroke-dasharray="{dash}"'
        yield f'<line x1="{x:.1f}" y1="{_TOP - 4}" x2="{x:.1f}" y2="{height}" {line}/>'
        yield f'<text x="{x:.1f}" y="{_TOP - 7}" fill="{colour}" text-anchor="middle">{name}</text>'


def _x(share: float, low: float, high: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * (share - low) / (high - low)
