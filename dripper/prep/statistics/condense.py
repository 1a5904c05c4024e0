"""One value a month, grouped by month of the year: so that the same months of different years are compared."""

from __future__ import annotations

from statistics import fmean, median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dripper.prep.statistics.theil_sen import Point


def condensed(dates: Sequence[date], times: Sequence[float], values: Sequence[float]) -> list[list[Point]]:
    """Return for each month of the year its (time, value) points, one a year: the median of that month's values."""
    months: dict[tuple[int, int], list[Point]] = {}
    for day, time, value in zip(dates, times, values, strict=True):
        months.setdefault((day.month, day.year), []).append((time, value))
    seasons: dict[int, list[Point]] = {}
    for (month, _), points in sorted(months.items()):
        point = (fmean(time for time, _ in points), median(value for _, value in points))
        seasons.setdefault(month, []).append(point)
    return list(seasons.values())


def monthly(dates: Sequence[date], values: Sequence[float]) -> tuple[list[date], list[float]]:
    """Return one value a month, the median, at the last date that the month has a value of."""
    months: dict[tuple[int, int], list[tuple[date, float]]] = {}
    for day, value in zip(dates, values, strict=True):
        months.setdefault((day.year, day.month), []).append((day, value))
    return [points[-1][0] for points in months.values()], [median(v for _, v in points) for points in months.values()]
