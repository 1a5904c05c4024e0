"""The season of a series: what the month of the year alone explains.

Same months are compared with same months; with less than two years there is nothing to compare, and a series under one
year cannot be told from its season (22% of six-month windows of a seasonal series look like a trend).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, sin, tau
from statistics import median
from typing import TYPE_CHECKING

from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.prep.statistics.least_squares import bic, least_squares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """How far each calendar month lies above the mean of the year."""

    by_month: Mapping[int, float]
    # How many numbers had to be fitted for it.
    parameters: int

    def ahead(self, month: int, reach: int) -> float | None:
        """Return what the season adds in a month to come; `None` where none within `reach` months of it was seen."""
        near = min(self.by_month, key=lambda seen: (_apart(seen, month), seen))
        return self.by_month[near] if _apart(near, month) <= reach else None

    def at(self, on: date) -> float:
        """Return what the season adds on a date; 0 in a month that was never seen."""
        return self.by_month.get(on.month, 0.0)


def _apart(one: int, other: int) -> int:
    """Return how many months lie between two months of the year, the shorter way round."""
    return min((one - other) % 12, (other - one) % 12)


def season_of(dates: Sequence[date], values: Sequence[float], columns: Sequence[Sequence[float]]) -> Season | None:
    """Return the season beside `columns` (the constant, and the line or steps), or `None` where there is none.

    One wave a year, or each month for itself, must beat no season by BIC.
    """
    mean = sum(values) / len(values)
    total = sum((value - mean) ** 2 for value in values)
    plain = bic(least_squares(columns, values).rss, count=len(values), parameters=len(columns), total=total)
    best, chosen = plain, None
    for extra in (_wave(dates), _months(dates)):
        fit = least_squares([*columns, *extra], values)
        score = bic(fit.rss, count=len(values), parameters=len(columns) + len(extra), total=total)
        if score < best and len(columns) + len(extra) < len(values):
            best, chosen = score, (extra, fit.coefficients[len(columns) :])
    return None if chosen is None else _by_month(dates, *chosen)


def without(season: Season | None, dates: Sequence[date], values: Sequence[float]) -> list[float]:
    """Return `values` less their season."""
    return [value - season.at(day) for day, value in zip(dates, values, strict=True)] if season else list(values)


def is_wave(dates: Sequence[date], values: Sequence[float], columns: Sequence[Sequence[float]]) -> bool:
    """Whether one wave a year explains `values` as well as `columns` (the constant and a line or steps) do."""
    constant = [1.0] * len(values)
    wave = least_squares([constant, *_wave(dates)], values)
    claimed = least_squares(columns, values)
    total = least_squares([constant], values).rss
    as_wave = bic(wave.rss, count=len(values), parameters=3, total=total)
    return as_wave <= bic(claimed.rss, count=len(values), parameters=len(columns), total=total)


def year_over_year(dates: Sequence[date], values: Sequence[float]) -> list[tuple[date, float]]:
    """Return for each month that has a value a year before: the first day of that month and the change.

    A month with several values counts by their median.
    """
    months: dict[tuple[int, int], list[float]] = {}
    for day, value in zip(dates, values, strict=True):
        months.setdefault((day.year, day.month), []).append(value)
    return [
        (date(year, month, 1), median(later) - median(months[year - 1, month]))
        for (year, month), later in sorted(months.items())
        if (year - 1, month) in months
    ]


def _wave(dates: Sequence[date]) -> list[list[float]]:
    angles = [tau * day.toordinal() / YEAR_DAYS for day in dates]
    return [[sin(angle) for angle in angles], [cos(angle) for angle in angles]]


def _months(dates: Sequence[date]) -> list[list[float]]:
    present = sorted({day.month for day in dates})
    return [[float(day.month == month) for day in dates] for month in present[1:]]


def _by_month(dates: Sequence[date], columns: Sequence[Sequence[float]], weights: Sequence[float]) -> Season:
    parts = [sum(w * x for w, x in zip(weights, row, strict=True)) for row in zip(*columns, strict=True)]
    grouped: dict[int, list[float]] = {}
    for day, part in zip(dates, parts, strict=True):
        grouped.setdefault(day.month, []).append(part)
    means = {month: sum(group) / len(group) for month, group in grouped.items()}
    middle = sum(means.values()) / len(means)
    by_month = {month: mean - middle for month, mean in sorted(means.items())}
    return Season(by_month=by_month, parameters=len(columns))
