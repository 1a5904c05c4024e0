"""The page of `dripper metrics`: a table for the terminal, and JSON.

The JSON, version 1: `{"version", "metrics": [{"metric", "n", "first_on", "last_on", "verdict", "slope_per_year",
"slope_interval": [low, high], "mann_kendall": {"s", "z", "p"}, "lag1", "steps": [{"on", "before", "after", "p"}],
"season", "projection": [{"on", "value", "low80", "high80"}], "attainment", "chance_of_goal", "notes"}]}`. Dates are
ISO 8601, intervals are of 95% unless they are named 80, `null` stands for what the values do not allow one to say. A
step's `on` is the first date of the new level. `verdict` is `unclear` where no direction may be claimed, of which
`notes` say why. `chance_of_goal` is in tenths. With several accounts each metric also has its `account`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dripper.prep.analysis import SeasonState
from dripper.prep.say import attained_words, movement
from dripper.prep.words import chance, counted, day, measured, projected, with_unit, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dripper.prep.reading import Projected, Reading

VERSION = 1
_HEADER = ("metric", "now", "goal", "attained", "what it says")
# A note is indented below its metric, and broken at this width where the terminal is no narrower.
_WIDTH = 100
_INDENT = "    "
# Where less than this is left of a line, what a metric says begins on the next one.
_LEAST = 30


def metrics_json(readings: Iterable[tuple[str, Reading]], *, accounts: bool = False) -> dict[str, Any]:
    """Return the JSON document of (account, reading) pairs; `accounts` adds each metric's account."""
    rows = [({"account": account} if accounts else {}) | reading_json(reading) for account, reading in readings]
    return {"version": VERSION, "metrics": rows}


def reading_json(reading: Reading) -> dict[str, Any]:
    """Return one metric of the JSON document."""
    analysis, progress = reading.analysis if reading.is_comparable else None, reading.progress
    tested = analysis.mann_kendall if analysis else None
    return {
        "metric": reading.id,
        "n": len(reading.points),
        "first_on": reading.first_on.isoformat() if reading.first_on else None,
        "last_on": reading.last_on.isoformat() if reading.last_on else None,
        "verdict": reading.verdict.value,
        "slope_per_year": exact(analysis.slope.value) if analysis else None,
        "slope_interval": [exact(analysis.slope.low), exact(analysis.slope.high)] if analysis else None,
        "mann_kendall": {"s": tested.s, "z": exact(tested.z), "p": exact(tested.p)} if tested else None,
        "lag1": exact(analysis.lag1) if analysis and analysis.lag1 is not None else None,
        "steps": [
            {"on": step.on.isoformat(), "before": exact(step.before), "after": exact(step.after), "p": exact(step.p)}
            for step in reading.steps
        ],
        "season": (analysis.state if analysis else SeasonState.UNKNOWN).value,
        "projection": [projected_json(each) for each in progress.projection],
        "attainment": None if progress.attainment is None else exact(progress.attainment),
        "chance_of_goal": progress.chance,
        "notes": list(reading.notes),
    }


def projected_json(ahead: Projected) -> dict[str, Any]:
    """Return one projected value."""
    low, high = map(exact, ahead.interval80) if ahead.interval80 else (None, None)
    return {"on": ahead.on.isoformat(), "value": exact(ahead.value), "low80": low, "high80": high}


def exact(value: float) -> float:
    """Return `value` to ten digits: beyond them, machines differ."""
    return float(f"{value:.10g}")


def metrics_table(readings: Sequence[Reading], *, every: bool = False, width: int = 120) -> str:
    """Return the table for a terminal, each metric's notes below it; with `every`, each period of its projection."""
    if not readings:
        return "No values yet."
    rows = [_row(reading) for reading in readings]
    widths = [max(len(row[column]) for row in (_HEADER, *rows)) for column in range(len(_HEADER) - 1)]
    lines = [_line(_HEADER, widths, width)]
    for reading, row in zip(readings, rows, strict=True):
        lines += [_line(row, widths, width), *_below(reading, every=every, width=min(width, _WIDTH))]
    return "\n".join(lines)


def _row(reading: Reading) -> tuple[str, ...]:
    metric = reading.metric
    now = measured(reading.now, reading) if reading.now is not None else "–"
    goal = "–" if metric.goal is None else with_unit(written(metric.goal), metric)
    if metric.better.low is not None and metric.better.high is not None:
        goal = with_unit(f"{written(metric.better.low)} to {written(metric.better.high)}", metric)
    return (reading.id, now, goal, attained_words(reading), movement(reading))


def _line(cells: Sequence[str], widths: Sequence[int], width: int) -> str:
    """Return one row; what does not fit hangs below its beginning."""
    from textwrap import wrap

    fixed = [
        cells[0].ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=False)),
    ]
    start = "  ".join([*fixed, ""])
    if len(start) + len(cells[-1]) <= width:
        return (start + cells[-1]).rstrip()
    is_beside = width - len(start) >= _LEAST
    indent = " " * len(start) if is_beside else _INDENT
    first, *rest = wrap(cells[-1], max(_LEAST, width - len(indent)))
    below = [f"{indent}{part}" for part in rest]
    return "\n".join([start + first, *below] if is_beside else [start.rstrip(), indent + first, *below])


def _below(reading: Reading, *, every: bool, width: int) -> Iterator[str]:
    from textwrap import fill

    facts = [*_outlook(reading, every=every), *reading.notes]
    for fact in facts:
        yield fill(fact, width, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _outlook(reading: Reading, *, every: bool) -> Iterator[str]:
    if reading.first_on and reading.last_on:
        until = f" to {day(reading.last_on)}" if reading.last_on > reading.first_on else ""
        yield f"{counted(len(reading.points), 'value')}, {day(reading.first_on)}{until}."
    progress = reading.progress
    for each in progress.projection if every else ():
        yield f"By {day(each.on)}: {projected(each, reading)}."
    ahead = progress.at_goal if every else reading.outlook
    if ahead:
        tenths = "" if progress.chance is None else f"; chance of the goal {chance(progress.chance)}"
        yield f"By {day(ahead.on)}: {projected(ahead, reading)}{tenths}."
