"""What in a metric is news: each finder takes a reading that may be told and yields what it found, with its words.

They rest on a movement in the wanted direction that the statistics claim; chance alone gives none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dripper.prep.dated import dated
from dripper.prep.ideas_said import Wording, at, begun, title, when, wordings, yours
from dripper.prep.reading import Verdict
from dripper.prep.statistics.model import Shape
from dripper.prep.words import day, measured, month_name, p_value, points, with_unit, written

if TYPE_CHECKING:
    from decimal import Decimal

    from dripper.prep.reading import Reading

# Fewer values have no record worth the word.
_FEWEST_FOR_RECORD = 12
# Among fewer peers a place could tell what one of them reaches.
_FEWEST_PEERS = 5
# A step, or a goal met, longer ago is no news.
_NEWS_DAYS = 730
# A goal that is met sooner than this is met early.
_EARLY_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece of news; `mark` stays the same as long as it is the same news."""

    on: date
    mark: str
    wordings: tuple[Wording, ...]
    source: str


def step(reading: Reading) -> Iterator[Found]:
    """Find the largest step; it is a new level where it is the only one, else a jump."""
    analysis = reading.analysis
    if not _moved(reading) or analysis is None or not reading.steps:
        return
    largest = max(reading.steps, key=lambda each: each.size)
    before, after = measured(largest.before, reading), measured(largest.after, reading)
    if before == after or (reading.today - largest.on).days > _NEWS_DAYS:
        return
    name, start, on = yours(reading), when(largest.on, reading), at(largest.on, reading)
    if analysis.model.shape is Shape.STEPS and len(reading.steps) == 1:
        period = analysis.cadence.name or "value"
        told: tuple[str, ...] = (
            f"until then {before}, from {start} on {after}: {name} found a new level, not one good {period}.",
            f"{start} parts two levels of {name}: {before} on average before it, {after} from then on.",
            f"{title(reading)}, on average: {before} before {start}, {after} since. Chance seldom draws such a line.",
            f"{title(reading)}: {before} on average before {start}, {after} since.",
        )
    else:
        told = (
            f"one step {on} moved {name} from {before} to {after}.",
            f"{on}, {name} went from {before} to {after} at one go. Chance seldom draws such a line.",
        )
    yield Found(
        on=largest.on,
        mark=f"{largest.on}",
        wordings=wordings(reading, f"What changed {on}", *told),
        source=source_of(reading, f"levels by Pettitt's test, {p_value(largest.p)}"),
    )


def goal(reading: Reading) -> Iterator[Found]:
    """Find a goal that is met, and how long before its date."""
    metric, now, last = reading.metric, reading.now, reading.last_on
    if not _moved(reading) or metric.goal is None or now is None or last is None or not _meets(reading, now):
        return
    first = _met_since(reading)
    if (reading.today - first).days > _NEWS_DAYS:
        return
    aim, reached, name = with_unit(written(metric.goal), metric), measured(now, reading), yours(reading)
    told = [f"the goal for {name} was {aim}. {when(last, reading)} stands at {reached}."]
    subject = "The goal is met"
    if metric.by and (metric.by - first).days >= _EARLY_DAYS:
        subject = "A goal met early"
        due = f"{month_name(metric.by.month)} {metric.by.year}"
        told = [
            f"{aim} was the goal for {due}. {begun(at(first, reading))} {name} got there: {reached} now.",
            f"the goal for {name} was {aim} by {due}. {when(last, reading)} is there already, with {reached}.",
            *told,
        ]
    yield Found(
        on=first,
        mark=f"{written(metric.goal)}",
        wordings=wordings(reading, subject, *told),
        source=source_of(reading, f"goal of {aim} as agreed"),
    )


def peers(reading: Reading) -> Iterator[Found]:
    """Find that the metric passed the middle of its peers: behind it at the baseline, ahead now."""
    metric, now = reading.metric, reading.now
    if not _moved(reading) or now is None or metric.benchmark is None or metric.baseline is None:
        return
    everybody = len(metric.benchmark.values)
    behind, once = _behind(reading, now), _behind(reading, metric.baseline)
    if everybody < _FEWEST_PEERS or once * 2 > everybody or behind * 2 <= everybody:
        return
    base, name, value = with_unit(written(metric.baseline), metric), yours(reading), measured(now, reading)
    few = "none" if not once else f"{once}"
    assert reading.last_on is not None, "there is a value"
    yield Found(
        on=reading.last_on,
        mark=f"{behind} of {everybody}",
        wordings=wordings(
            reading,
            f"Ahead of {behind} of {everybody}",
            f"{behind} of {everybody} peers lie behind {name} of {value}. Behind the {base} of the baseline: {few}.",
            f"among {everybody} peers, the {base} where {name} began beat {few}. The {value} of today beats {behind}.",
            f"{title(reading)}: {value} beats {behind} of {everybody} peers, the baseline of {base} beat {few}.",
        ),
        source=source_of(reading, _benchmark(reading)),
    )


def record(reading: Reading) -> Iterator[Found]:
    """Find that the newest value is the best of all."""
    count = len(reading.points)
    if not _moved(reading) or count < _FEWEST_FOR_RECORD or reading.analysis is None:
        return
    (last, now), earlier = reading.points[-1], reading.points[:-1]
    best = max if reading.metric.better.way == "higher" else min
    held_on, held = best(earlier, key=lambda point: point[1])
    if held == now or best(held, now) != now:
        return
    word = "highest" if best is max else "lowest"
    unit = {"month": "months", "week": "weeks", "quarter": "quarters", "year": "years"}
    many = unit.get(reading.analysis.cadence.name, "values")
    name, value, before, held_at = yours(reading), measured(now, reading), measured(held, reading), at(held_on, reading)
    yield Found(
        on=last,
        mark=f"{last}",
        wordings=wordings(
            reading,
            f"The {word} of {count} {many}",
            f"{value} {at(last, reading)}: never before in {count} {many} has there been a better mark for {name}.",
            f"{when(last, reading)} holds the record for {name}: {value}. The best before was {before}, {held_at}.",
            f"{title(reading)}: {value} {at(last, reading)}, the {word} of {count} {many}.",
        ),
        source=source_of(reading, f"the {word} of {count} {many}"),
    )


def trend(reading: Reading) -> Iterator[Found]:
    """Find a steady way in the wanted direction, where first and last value show it too."""
    analysis = reading.analysis
    if not _moved(reading) or analysis is None or reading.verdict not in (Verdict.RISING, Verdict.FALLING):
        return
    (first_on, first), (last_on, now) = reading.points[0], reading.points[-1]
    size = points(abs(analysis.slope.value), reading)
    if (now - first) * reading.verdict.direction <= 0 or not any(map(size.__contains__, "123456789")):
        return
    verb = "rose" if reading.verdict is Verdict.RISING else "fell"
    name, then, value = yours(reading), measured(first, reading), measured(now, reading)
    start, end = when(first_on, reading), when(last_on, reading)
    yield Found(
        on=last_on,
        mark=f"{last_on.year}",
        wordings=wordings(
            reading,
            f"The way since {start}",
            f"{then} in {start}, {value} in {end}: {name} {verb} by about {size} a year.",
            f"about {size} a year: that is how {name} {verb} since {start}, from {then} to {value}.",
            f"since {start} {name} {verb} from {then} to {value}, about {size} in a year.",
        ),
        source=source_of(reading, f"Theil–Sen slope, Mann–Kendall {p_value(analysis.mann_kendall.p)}"),
    )


def _moved(reading: Reading) -> bool:
    """Whether it moved the wanted way, and far enough out of its scatter to speak of it."""
    return reading.good is True and reading.is_plain


def _meets(reading: Reading, value: Decimal) -> bool:
    assert reading.metric.goal is not None, "asked for only where there is one"
    return value >= reading.metric.goal if reading.metric.better.way == "higher" else value <= reading.metric.goal


def _met_since(reading: Reading) -> date:
    """Return the date from which on every value meets the goal."""
    since = reading.points[-1][0]
    for on, value in reversed(reading.points):
        if not _meets(reading, value):
            break
        since = on
    return since


def _behind(reading: Reading, value: Decimal) -> int:
    assert reading.metric.benchmark is not None, "asked for only where there is one"
    higher = reading.metric.better.way == "higher"
    return sum(value > peer if higher else value < peer for peer in reading.metric.benchmark.values)


def _benchmark(reading: Reading) -> str:
    benchmark = reading.metric.benchmark
    assert benchmark is not None, "asked for only where there is one"
    return dated(benchmark.source, benchmark.on) if benchmark.on else benchmark.source


def source_of(reading: Reading, how: str) -> str:
    """Return where a piece of news comes from: its rows, their dates, and the method."""
    assert reading.first_on is not None, "told only of metrics with values"
    assert reading.last_on is not None, "told only of metrics with values"
    season_out = ", season taken out" if reading.analysis and reading.analysis.season else ""
    stretch = f"{day(reading.first_on)} to {day(reading.last_on)}"
    return f"{reading.source}, {reading.id}, {len(reading.points)} values, {stretch}; {how}{season_out}"
