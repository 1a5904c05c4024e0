"""The analysis of one series: cadence, season, shape and tests, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite, sqrt
from typing import TYPE_CHECKING

from dripper.prep.statistics.autocorrelation import lag1
from dripper.prep.statistics.cadence import YEAR_DAYS, Cadence, cadence_of
from dripper.prep.statistics.condense import condensed
from dripper.prep.statistics.least_squares import bic, least_squares
from dripper.prep.statistics.mann_kendall import MannKendall, mann_kendall
from dripper.prep.statistics.model import Model, Shape, best_model, columns_of
from dripper.prep.statistics.pettitt import pettitt
from dripper.prep.statistics.season import Season, is_wave, season_of, without, year_over_year
from dripper.prep.statistics.steps import FEWEST, SHORTEST
from dripper.prep.statistics.theil_sen import Slope, theil_sen

if TYPE_CHECKING:
    from collections.abc import Sequence

# A perfect run of 4 has an exact p of .083, so no test of fewer than 5 values could ever claim anything.
FEWEST_VALUES = 5


class SeasonState(StrEnum):
    """Whether the season was found and taken out, is absent, or cannot be told yet."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A new level: `on` is its first date, `before` and `after` the levels, `p` Pettitt's for the two next to it."""

    on: date
    before: float
    after: float
    p: float

    @property
    def size(self) -> float:
        """Return how far apart the two levels are."""
        return abs(self.after - self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What the methods found in one series of at least two values."""

    dates: tuple[date, ...]
    # In years since the first date; without the season.
    times: tuple[float, ...]
    values: tuple[float, ...]
    cadence: Cadence
    years: float
    state: SeasonState
    season: Season | None
    model: Model
    slope: Slope
    mann_kendall: MannKendall
    # Pettitt's p on the series, and on what a line leaves of it; `None` below 12 values.
    raw_p: float | None
    detrended_p: float | None
    lag1: float | None
    steps: tuple[Step, ...]
    # With one to two years of values: one wave a year explains them as well as the claim would.
    may_be_season: bool

    @property
    def tests(self) -> tuple[float, ...]:
        """Return the p-values that a claim may rest on: none where no claim is possible."""
        if len(self.values) < FEWEST_VALUES or self.under_one_cycle:
            return ()
        return tuple(p for p in (self.mann_kendall.p, self.raw_p, self.detrended_p) if p is not None)

    @property
    def own_p(self) -> float:
        """Return the p-value that this series' verdict rests on."""
        chosen = {Shape.STEPS: self.raw_p, Shape.STEPS_ON_LINE: self.detrended_p}.get(self.model.shape)
        return self.mann_kendall.p if chosen is None else chosen

    @property
    def under_one_cycle(self) -> bool:
        """Whether the series is shorter than a year although a season may be in it."""
        return self.state is SeasonState.UNKNOWN and self.years < 1

    def season_in(self, month: int) -> float | None:
        """Return what the season adds in a month of the year, 0 without one; `None` where none near it was seen.

        Near are, where values come by the quarter or rarer, the months that one of them stands for.
        """
        return 0.0 if self.season is None else self.season.ahead(month, self.cadence.months // 2)

    @property
    def knows_the_year(self) -> bool:
        """Whether it is known of every month what the season adds."""
        return all(self.season_in(month) is not None for month in range(1, 13))

    @property
    def seen(self) -> tuple[float, ...]:
        """Return the values with their season."""
        if self.season is None:
            return self.values
        return tuple(value + self.season.at(on) for on, value in zip(self.dates, self.values, strict=True))

    @property
    def widening(self) -> float:
        """Return the factor by which neighbours that resemble each other widen what is known: (1 + r) / (1 − r)."""
        like = min(0.9, max(0.0, self.lag1 or 0.0))
        return (1 + like) / (1 - like)

    @property
    def plainness(self) -> float:
        """Return how much better the shape explains the values than no change does, in BIC; 10 is very strong.

        Source of the scale: R. E. Kass and A. E. Raftery, Journal of the American Statistical Association 90 (1995)
        773–795. It is divided by `widening`, as values that resemble each other count for fewer.
        """
        count = len(self.values)
        flat = least_squares([[1.0] * count], self.values).rss
        still, moved = (
            bic(rss, count=count, parameters=parameters, total=flat)
            for rss, parameters in ((flat, 1), (self.model.fit.rss, self.model.parameters))
        )
        return (still - moved) / self.widening if isfinite(still) else 0.0

    @property
    def noise(self) -> float:
        """Return the standard deviation of the values about the model."""
        free = max(1, len(self.values) - self.model.parameters)
        return sqrt(self.model.fit.rss / free)


def analyse(dates: Sequence[date], values: Sequence[float]) -> Analysis:
    """Analyse at least two values, in order of date."""
    cadence = cadence_of(dates)
    years = _whole(cadence, dates)
    times = [(day - dates[0]).days / YEAR_DAYS for day in dates]
    season, model = _season_and_model(dates, times, values, searched=not cadence.yearly and years >= 2)
    adjusted = without(season, dates, values)
    groups = condensed(dates, times, values) if season else [list(zip(times, values, strict=True))]
    tested = mann_kendall(*([value for _, value in group] for group in groups))
    line = least_squares([[1.0] * len(times), times], adjusted)
    state = _state(cadence, years, season)
    return Analysis(
        dates=tuple(dates),
        times=tuple(times),
        values=tuple(adjusted),
        cadence=cadence,
        years=years,
        state=state,
        season=season,
        model=model,
        slope=theil_sen(*groups, var_s=tested.var_s),
        mann_kendall=tested,
        raw_p=_pettitt_p(adjusted),
        detrended_p=_pettitt_p(line.rest),
        lag1=lag1(model.fit.rest),
        steps=_steps(dates, adjusted, model),
        may_be_season=state is SeasonState.UNKNOWN and _may_be_season(dates, times, adjusted, model),
    )


def _whole(cadence: Cadence, dates: Sequence[date]) -> float:
    """Return the years covered; a leap day or a tenth of a period more or less makes them whole."""
    covered = cadence.covered_years(dates)
    nearest = round(covered)
    return float(nearest) if abs(covered - nearest) * YEAR_DAYS <= max(1.5, 0.1 * cadence.days) else covered


def _state(cadence: Cadence, years: float, season: Season | None) -> SeasonState:
    if season is not None:
        return SeasonState.KNOWN
    return SeasonState.NONE if cadence.yearly or years >= 2 else SeasonState.UNKNOWN


def _season_and_model(
    dates: Sequence[date], times: Sequence[float], values: Sequence[float], *, searched: bool
) -> tuple[Season | None, Model]:
    """Return season and shape together, for a step a year ago looks like a season, and a season like a step.

    Weighed are the shape alone, and the season beside a line and beside that shape, each with the shape that is left.
    """
    alone = best_model(times, values)
    if not searched:
        return None, alone
    found: list[tuple[Season | None, Model]] = [(None, alone)]
    line = [[1.0] * len(times), list(times)]
    for columns in (line,) if alone.shape is Shape.LINE else (line, columns_of(alone, times)):
        season = season_of(dates, values, columns)
        if season:
            found.append((season, best_model(times, without(season, dates, values))))
    total = least_squares([[1.0] * len(times)], values).rss

    def score(pair: tuple[Season | None, Model]) -> float:
        season, model = pair
        parameters = model.parameters + (season.parameters if season else 0)
        return bic(model.fit.rss, count=len(values), parameters=parameters, total=total)

    return min(found, key=score)


def _pettitt_p(values: Sequence[float]) -> float | None:
    return pettitt(values, shortest=SHORTEST).p if len(values) >= FEWEST else None


def _may_be_season(dates: Sequence[date], times: Sequence[float], values: Sequence[float], model: Model) -> bool:
    """Whether the yearly season that is still unknown could make the shape of the series, or speaks against it.

    A step is believed only where at least four months stand on the other level than a year before.
    """
    changes = year_over_year(dates, values)
    if model.starts:
        at = dates[model.starts[-1]]
        rise = model.fit.fitted[model.starts[-1]] > model.fit.fitted[model.starts[-1] - 1]
        across = [change for month, change in changes if month >= at.replace(day=1) and _year_before(month) < at]
        return len(across) < SHORTEST or sum((change > 0) == rise for change in across) < 0.75 * len(across)
    rises = sum((change > 0) - (change < 0) for _, change in changes)
    if len(changes) >= SHORTEST and rises * (values[-1] - values[0]) < 0:
        return True
    line = [[1.0] * len(times), list(times)]
    return is_wave(dates, values, columns_of(model, times) if model.shape is Shape.CURVE else line)


def _year_before(month: date) -> date:
    return month.replace(year=month.year - 1)


def _steps(dates: Sequence[date], values: Sequence[float], model: Model) -> tuple[Step, ...]:
    bounds = (0, *model.starts, len(values))
    fitted = model.fit.fitted
    # What is left of the values once the line that the steps stand on is taken out.
    slope = model.fit.coefficients[1] if model.shape is Shape.STEPS_ON_LINE else 0.0
    level = [value - slope * (day - dates[0]).days / YEAR_DAYS for day, value in zip(dates, values, strict=True)]
    return tuple(
        Step(on=dates[at], before=fitted[at - 1], after=fitted[at], p=pettitt(level[before:after], shortest=SHORTEST).p)
        for before, at, after in zip(bounds, bounds[1:], bounds[2:], strict=False)
    )
