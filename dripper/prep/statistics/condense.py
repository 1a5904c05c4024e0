"""One value a month, grouped by month of the year: so that the same months of different years are compared."""

from __future__ import annotations

from statistics import mean, median
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
        point = (mean(time for time, _ in points), median(value for _, value in points))
        seasons.setdefault(month, []).append(point)
    return list(seasons.values())
