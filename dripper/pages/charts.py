"""A small honest line chart as SVG: values, baseline, goal, levels, and the fan of what may come.

Lines differ by dash and thickness, not by colour alone, and each is named where it ends; the scale is cut where the
values are, so its ends are written on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dripper.prep.words import bare, day, measured, projected, with_unit, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from dripper.prep.reading import Reading

_WIDTH, _HEIGHT = 232, 136
_LEFT, _RIGHT, _TOP, _BOTTOM = 36, 138, 8, 110
# Three charts stand side by side on A4, 57 mm wide each: these letters are then 7.7 points high.
_LETTERS = 11.0
# Labels keep this distance from each other, and this from what they name; their middle lies so far above their foot.
_LINE, _GAP, _MIDDLE = 14.0, 4, 3.8
# How wide a letter is, as a share of its height: that of the digits in the usual sans-serif letters.
_LETTER_WIDTH = 0.556
_INK, _GOAL, _QUIET = "#1b4f8a", "#a8440a", "#555"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Turns dates and values into places on the drawing."""

    first: date
    days: int
    low: float
    high: float

    def x(self, on: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (on - self.first).days / self.days

    def y(self, value: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (value - self.low) / (self.high - self.low)


def chart(reading: Reading) -> str:
    """Return the chart of a reading with at least one value, as an `<svg>` element that stands alone."""
    scale = _scale(reading)
    parts = [*_fan(reading, scale), *_levels(reading, scale), *_marks(reading, scale), *_line(reading, scale)]
    title = escape(" ".join(alt(reading).split()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}" '
        f'font-family="system-ui, sans-serif" font-size="{_LETTERS:g}"><title>{title}</title>'
        + "".join([*parts, *_labels(reading, scale), *_axis(reading, scale)])
        + "</svg>"
    )


def alt(reading: Reading) -> str:
    """Return the chart in words."""
    values = [value for _, value in reading.points]
    first, last = reading.points[0][0], reading.points[-1][0]
    text = f"Chart of {reading.metric.title}, {day(first)} to {day(last)}: from {measured(values[0], reading)} "
    text += f"to {measured(values[-1], reading)}, lowest {measured(min(values), reading)}, "
    return "; ".join([f"{text}highest {measured(max(values), reading)}", *_beside(reading)]) + "."


def _beside(reading: Reading) -> Iterator[str]:
    """Yield in words what the drawing has beside the values: its levels, its marks and where the fan ends."""
    metric, ahead = reading.metric, reading.outlook
    for step in reading.steps:
        yield f"a step to {measured(step.after, reading)} on {day(step.on)}"
    marks = (("baseline", metric.baseline), ("goal", metric.goal))
    yield from (f"{name} {with_unit(written(value), metric)}" for name, value in marks if value is not None)
    if metric.better.low is not None and metric.better.high is not None:
        yield f"wanted {with_unit(f'{written(metric.better.low)} to {written(metric.better.high)}', metric)}"
    if ahead:
        yield f"expected on {day(ahead.on)} {projected(ahead, reading)}"


def _scale(reading: Reading) -> _Scale:
    metric, projection = reading.metric, reading.ahead
    shown = [float(value) for _, value in reading.points]
    shown += [
        float(value)
        for value in (metric.baseline, metric.goal, metric.better.low, metric.better.high)
        if value is not None
    ]
    shown += [end for each in projection for end in each.interval80 or (each.value,)]
    low, high = min(shown), max(shown)
    room = 0.05 * (high - low) or max(1.0, abs(high) * 0.05)
    first, last = reading.points[0][0], projection[-1].on if projection else reading.points[-1][0]
    return _Scale(first=first, days=max(1, (last - first).days), low=low - room, high=high + room)


def _fan(reading: Reading, scale: _Scale) -> Iterator[str]:
    ahead = reading.ahead
    if not ahead:
        return
    last_on, last = reading.points[-1]
    start = (scale.x(last_on), scale.y(float(last)))
    ends = [(scale.x(each.on), *map(scale.y, each.interval80)) for each in ahead if each.interval80]
    if ends:
        edge = [start, *((x, high) for x, _, high in ends), *((x, low) for x, low, _ in reversed(ends))]
        yield f'<polygon points="{_points(edge)}" fill="#d9d9d9"/>'
    if reading.tells_middle:
        middle = [start, *((scale.x(each.on), scale.y(each.value)) for each in ahead)]
        yield f'<polyline points="{_points(middle)}" fill="none" stroke="{_INK}" stroke-dasharray="1.5 2.5"/>'


def _levels(reading: Reading, scale: _Scale) -> Iterator[str]:
    """Draw the level of each stretch between two steps, as a broad light line under the values."""
    bounds = [reading.points[0][0], *(step.on for step in reading.steps), reading.points[-1][0]]
    levels = [step.before for step in reading.steps[:1]] + [step.after for step in reading.steps]
    for start, end, level in zip(bounds, bounds[1:], levels, strict=False):
        y = scale.y(level)
        yield _stroke(scale.x(start), y, scale.x(end), y, "#b9c7d8", 5)


def _marks(reading: Reading, scale: _Scale) -> Iterator[str]:
    metric = reading.metric
    if metric.baseline is not None:
        y = scale.y(float(metric.baseline))
        yield _stroke(_LEFT, y, _RIGHT, y, _QUIET, 1, "1 3")
    for goal in (metric.goal, metric.better.low, metric.better.high):
        if goal is not None:
            y = scale.y(float(goal))
            yield _stroke(_LEFT, y, _RIGHT, y, _GOAL, 1.2, "6 3")


def _line(reading: Reading, scale: _Scale) -> Iterator[str]:
    places = [(scale.x(on), scale.y(float(value))) for on, value in reading.points]
    line = f'fill="none" stroke="{_INK}" stroke-width="1.7" stroke-linejoin="round"'
    yield f'<polyline points="{_points(places)}" {line}/>'
    x, y = places[-1]
    yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{_INK}"/>'


def _labels(reading: Reading, scale: _Scale) -> Iterator[str]:
    """Name each line at the right, moved apart where they would touch."""
    metric = reading.metric
    named = (
        ("now", reading.points[-1][1], _INK),
        ("baseline", metric.baseline, _QUIET),
        ("goal", metric.goal, _GOAL),
        ("from", metric.better.low, _GOAL),
        ("to", metric.better.high, _GOAL),
    )
    wanted = sorted(
        (scale.y(float(value)), _named(name, value, reading), colour, "bold" if name == "now" else "normal")
        for name, value, colour in named
        if value is not None
    )
    for place, (_, text, colour, weight) in zip(_apart([y for y, *_ in wanted]), wanted, strict=True):
        size = _fitting(text, _WIDTH - _RIGHT - _GAP)
        yield _label(_RIGHT + _GAP, place + _MIDDLE, text, colour, weight=weight, size=size)


def _named(name: str, value: Decimal, reading: Reading) -> str:
    """Return a line's name and value; a unit that would make the letters small is left out, as the words have it."""
    whole = f"{name} {measured(value, reading)}"
    return whole if _fitting(whole, _WIDTH - _RIGHT - _GAP) == _LETTERS else f"{name} {bare(value, reading)}"


def _fitting(text: str, room: float) -> float:
    """Return how large a text can be set: a number is never cut, so one that is too long is written smaller."""
    return max(4.0, min(_LETTERS, room / (_LETTER_WIDTH * len(text))))


def _apart(places: Sequence[float]) -> list[float]:
    """Move sorted places down until they do not touch, then all up where they left the drawing."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + _LINE) if moved else place)
    over = max(0.0, moved[-1] - _BOTTOM)
    return [place - over for place in moved]


def _axis(reading: Reading, scale: _Scale) -> Iterator[str]:
    """Draw the axis of time with the dates of its ends, and beside the values the lowest and the highest."""
    y = _BOTTOM + 4
    yield f'<path d="M{_LEFT} {y + 3}V{y}H{_RIGHT}V{y + 3}" fill="none" stroke="#999" stroke-width="0.6"/>'
    end = reading.ahead[-1].on if reading.ahead else reading.points[-1][0]
    for x, on in ((_LEFT, reading.points[0][0]), (_RIGHT, end)):
        yield _label(x, _HEIGHT - 4, day(on), _QUIET, anchor="middle")
    ends = dict.fromkeys((max(value for _, value in reading.points), min(value for _, value in reading.points)))
    if len(ends) == 2:
        for place, value in zip(_apart([scale.y(float(value)) for value in ends]), ends, strict=True):
            text = bare(value, reading)
            size = _fitting(text, _LEFT - _GAP)
            yield _label(_LEFT - _GAP, place + _MIDDLE, text, _QUIET, anchor="end", size=size)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dash: str = "") -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"{dashes}/>'


def _label(
    x: float, y: float, text: str, colour: str, *, anchor: str = "start", weight: str = "normal", size: float = _LETTERS
) -> str:
    look = f'fill="{colour}" text-anchor="{anchor}" font-weight="{weight}" font-size="{size:.3g}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(text)}</text>'
