"""A metric against its goal: attainment, pace, projection and chance, and what cannot be claimed of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dripper.prep.places import places_of
from dripper.prep.reading import Pace, Progress, Projected, Reading
from dripper.prep.statistics.attainment import attainment, share_inside
from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.prep.statistics.chance import chance_above, chance_below, chance_inside
from dripper.prep.statistics.projection import Walk, walk, year_spread
from dripper.prep.statistics.season import year_over_year
from dripper.prep.words import day, percent, points, written
from dripper.workspace.model.account import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from decimal import Decimal

    from dripper.prep.analysis import Analysis
    from dripper.workspace.model.account import Metric

# A walk needs a drift and a spread; below five values the spread is a guess.
FEWEST_TO_PROJECT = 5
# Further periods where neither a goal's date nor the user asks for more, and the most that are listed.
USUAL_HORIZON = 4
LONGEST_HORIZON = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Where a series may go, with its season put back."""

    analysis: Analysis
    walk: Walk
    # Whether every step so far was the same, so that how far it may stray is unknown.
    is_even: bool

    @classmethod
    def of(cls, analysis: Analysis | None, metric: Metric, decimals: int) -> Outlook | None:
        """Return the outlook, or `None` where the series is too short for one; its values have so many `decimals`."""
        if analysis is None or len(analysis.values) < FEWEST_TO_PROJECT:
            return None
        ceiling = None if metric.kind is not Kind.RATE else 100.0 if metric.unit == "%" else 1.0
        places = analysis.cadence.places(analysis.dates)
        # Months of unequal length look like a slight season of even steps, and a year that comes again is even without
        # its season, so both are looked at.
        is_even = any(_is_even(places, values, 10**-decimals) for values in {analysis.seen, analysis.values})
        return cls(analysis=analysis, walk=_walk(analysis, places, ceiling), is_even=is_even)

    def periods(self, horizon: int | None, by: date | None) -> tuple[Projected, ...]:
        """Return one projection a period: `horizon` of them, or up to the goal's date, or a few."""
        last, cadence = self.analysis.dates[-1], self.analysis.cadence
        if horizon is None:
            ahead = cadence.periods_until(last, by) if by else 0.0
            horizon = min(LONGEST_HORIZON, round(ahead)) if ahead >= 1 else USUAL_HORIZON
        ahead_on = ((cadence.after(last, h), h) for h in range(1, horizon + 1))
        return tuple(filter(None, (self.on(on, h) for on, h in ahead_on)))

    def on(self, on: date, h: float) -> Projected | None:
        """Return the projection for a date, `h` periods ahead; `None` in a month whose season was never seen."""
        season = self.analysis.season_in(on.month)
        if season is None:
            return None
        value, low, high = (self._held(end + season) for end in (self.walk.value(h), *self.walk.interval80(h)))
        return Projected(on=on, value=value, interval80=None if self.is_even else (low, high))

    def chance(self, metric: Metric, on: date, h: float) -> float | None:
        """Return the chance, in tenths, that the goal is met on a date.

        `None` without a goal, a way to it or a spread, under one year of a series that may have a season, and in a
        month whose season was never seen.
        """
        season = self.analysis.season_in(on.month)
        if self.is_even or self.analysis.under_one_cycle or season is None or is_no_way(metric):
            return None
        if metric.better.low is not None and metric.better.high is not None:
            return chance_inside(self.walk, float(metric.better.low) - season, float(metric.better.high) - season, h)
        if metric.goal is None:
            return None
        above = metric.better.way == "higher"
        return (chance_above if above else chance_below)(self.walk, float(metric.goal) - season, h)

    def _held(self, value: float) -> float:
        """Return a value of a rate within its ends: the season is added outside the logit scale."""
        ceiling = self.walk.ceiling
        return value if ceiling is None else min(ceiling, max(0.0, value))


def _walk(analysis: Analysis, places: Sequence[float], ceiling: float | None) -> Walk:
    """Return the walk of what the season leaves, whose range keeps room for the season that was taken out."""
    season = analysis.season
    if season is None:
        return walk(places, analysis.values, ceiling=ceiling)
    one = walk(places, analysis.values, ceiling=ceiling, fitted=season.parameters)
    changes = year_over_year(analysis.dates, [one.scaled(value) for value in analysis.values])
    year_s = year_spread([change for _, change in changes], years=analysis.years)
    return replace(one, year_s=year_s, year=YEAR_DAYS / analysis.cadence.days)


def _is_even(places: Sequence[float], values: Sequence[float], unit: float) -> bool:
    """Whether the steps differ by no more than rounding to `unit` makes them: what is seen of their spread is its own.

    Two rounded values make a step wrong by one unit at most, and by 1/√6 of it as a rule.
    """
    seen = walk(places, values)
    if seen.s > unit / 2:
        return False
    steps = zip(values, values[1:], places, places[1:], strict=False)
    most = max(abs(after - before - seen.drift * (end - start)) for before, after, start, end in steps)
    return seen.s == 0 or most <= unit


def attainment_of(metric: Metric, values: Sequence[Decimal]) -> float | None:
    """Return how far the way to the goal has been gone, or the share of values inside the band."""
    if metric.better.low is not None and metric.better.high is not None:
        band = {"low": float(metric.better.low), "high": float(metric.better.high)}
        return share_inside([float(value) for value in values], **band)
    if metric.baseline is None or metric.goal is None or not values or _contradicts(metric):
        return None
    return attainment(baseline=float(metric.baseline), goal=float(metric.goal), now=float(values[-1]))


def progress_of(
    metric: Metric,
    points: Sequence[tuple[date, Decimal]],
    analysis: Analysis | None,
    horizon: int | None,
    *,
    today: date,
) -> Progress:
    """Return how far the metric has come on its way, and how far it may go: up to its goal's date or `horizon`.

    A goal whose date was before `today` is not looked ahead to.
    """
    values = [value for _, value in points]
    attained = attainment_of(metric, values)
    outlook = Outlook.of(analysis, metric, places_of(values))
    if analysis is None or outlook is None:
        return Progress(attainment=attained)
    last, now = points[-1]
    projection = outlook.periods(horizon, metric.by)
    if metric.by is None or metric.by <= last or metric.by < today:
        return Progress(attainment=attained, projection=projection)
    h = analysis.cadence.periods_until(last, metric.by)
    years = (metric.by - last).days / YEAR_DAYS
    pace = None
    if metric.goal is not None and not is_reached(metric, now) and not is_no_way(metric):
        pace = Pace(needed=float(metric.goal - now) / years, actual=analysis.slope.value)
    return Progress(
        attainment=attained,
        pace=pace,
        projection=projection,
        at_goal=outlook.on(metric.by, h),
        chance=outlook.chance(metric, metric.by, h),
    )


def is_reached(metric: Metric, now: Decimal) -> bool:
    """Whether a value is at the goal, or beyond it on the better side; without a goal it is not."""
    if metric.goal is None:
        return False
    return now <= metric.goal if metric.better.way == "lower" else now >= metric.goal


def is_no_way(metric: Metric) -> bool:
    """Whether there is no way from the baseline to the goal: they are the same, or the goal is on the worse side."""
    if metric.goal is None or metric.better.way == "band":
        return False
    return metric.baseline == metric.goal or _contradicts(metric)


def goal_notes(metric: Metric, today: date) -> Iterator[str]:
    """Yield why attainment or the chance of the goal cannot be claimed."""
    if metric.better.way == "band":
        if metric.goal is not None:
            yield f"Its band is its goal; the goal of {written(metric.goal)} beside it counts for nothing."
    elif metric.baseline is not None and metric.baseline == metric.goal:
        yield "The goal equals the baseline, so there is no way to measure: no attainment and no chance is claimed."
    elif _contradicts(metric):
        way = metric.better.way.capitalize()
        yield f"{way} is better, but the goal lies the other way: no attainment and no chance is claimed."
    elif metric.goal is not None and metric.baseline is None:
        yield "No baseline, so no attainment is claimed."
    if metric.by is not None and metric.by < today:
        yield f"The goal's date, {day(metric.by)}, has passed."


def season_notes(reading: Reading) -> Iterator[str]:
    """Yield what of the attainment is the season's: December's orders are no progress."""
    metric, analysis, attained = reading.metric, reading.analysis, reading.progress.attainment
    if analysis is None or analysis.season is None or attained is None or metric.better.way == "band":
        return
    usual = analysis.season.at(analysis.dates[-1])
    way = float((metric.goal or 0) - (metric.baseline or 0))
    without = attained - usual / way
    if percent(without) != percent(attained):
        month = f"Its last month is usually {points(usual, reading, sign=True)}"
        yield f"{month}; without that {percent(without)} are attained."


def _contradicts(metric: Metric) -> bool:
    if metric.baseline is None or metric.goal is None or metric.better.way == "band":
        return False
    return (metric.goal - metric.baseline) * (1 if metric.better.way == "higher" else -1) < 0
