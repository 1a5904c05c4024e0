"""The season of a series: what the month of the year alone explains.

Same months are compared with same months; with less than two years there is nothing to compare, and a series under one
year cannot be told from its season (22% of six-month windows of a seasonal series look like a trend).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, sin, tau
from operator import mul
from statistics import fmean, median
from typing import TYPE_CHECKING, TypeAlias

from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.prep.statistics.least_squares import Fit, bic, least_squares

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# The sum of squares that a season leaves, how many numbers were fitted for it, and values whose means by month it is.
_Seasonal: TypeAlias = "tuple[float, int, Callable[[], list[float]]]"


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
    plain = least_squares(columns, values)
    if max(map(abs, plain.rest)) <= plain.dust:
        return None

    def score(rss: float, extra: int) -> float:
        return bic(rss, count=len(values), parameters=len(columns) + extra, total=total)

    best, chosen = score(plain.rss, 0), None
    for rss, extra, parts in (_as_wave(dates, plain), _as_months(dates, values, columns, plain)):
        if score(rss, extra) < best and len(columns) + extra < len(values):
            best, chosen = score(rss, extra), (parts, extra)
    return _centred(dates, chosen[0](), chosen[1]) if chosen else None


def _as_wave(dates: Sequence[date], plain: Fit) -> _Seasonal:
    """Fit one wave a year beside what `plain` explains."""
    wave = _wave(dates)
    fit = least_squares(wave, plain.rest, beside=plain.basis)
    return fit.rss, len(wave), lambda: _sum(fit.coefficients, wave)


def _as_months(
    dates: Sequence[date], values: Sequence[float], columns: Sequence[Sequence[float]], plain: Fit
) -> _Seasonal:
    """Fit each month for itself beside `columns`, which `plain` was fitted by.

    Months beside a constant are means, so the other columns are fitted to what differs from those, as steps are. Where
    the months alone explain a column, it goes before them.
    """
    months = [day.month for day in dates]
    fit = least_squares([_within(column, months) for column in columns[1:]], _within(values, months))
    extra = len(set(months)) - 1
    if all(map(any, fit.basis)):
        weights = [1.0, *(-weight for weight in fit.coefficients)]
        return fit.rss, extra, lambda: _sum(weights, [values, *columns[1:]])
    each = [[float(one == month) for one in months] for month in sorted(set(months))[1:]]
    fit = least_squares(each, plain.rest, beside=plain.basis)
    return fit.rss, extra, lambda: _sum(fit.coefficients, each)


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


def _sum(weights: Sequence[float], columns: Sequence[Sequence[float]]) -> list[float]:
    """Return the weighted sum of `columns`."""
    return [sum(map(mul, weights, row)) for row in zip(*columns, strict=True)]


def _within(values: Sequence[float], months: Sequence[int]) -> list[float]:
    """Return how far each value lies from the mean of its month of the year."""
    means = _means(values, months)
    return [value - means[month] for value, month in zip(values, months, strict=True)]


def _means(values: Sequence[float], months: Sequence[int]) -> dict[int, float]:
    grouped: dict[int, list[float]] = {}
    for value, month in zip(values, months, strict=True):
        grouped.setdefault(month, []).append(value)
    return {month: fmean(group) for month, group in sorted(grouped.items())}


def _centred(dates: Sequence[date], parts: Sequence[float], parameters: int) -> Season:
    """Return the season whose months are the means of `parts`, less the mean of the year."""
    means = _means(parts, [day.month for day in dates])
    middle = sum(means.values()) / len(means)
    return Season(by_month={month: mean - middle for month, mean in means.items()}, parameters=parameters)
