"""How often a series has a value: the grid for projections, seasons and the question whether data is old."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR_DAYS = 365.25
BUSINESS_DAY = "business day"

# Name, fewest and most days of the usual gap, the period in days, and in calendar months where it is one.
_KNOWN = (
    ("day", 0.5, 1.5, 1.0, 0),
    ("week", 6, 8, 7.0, 0),
    ("month", 27, 32, YEAR_DAYS / 12, 1),
    ("quarter", 85, 95, YEAR_DAYS / 4, 3),
    ("half-year", 175, 190, YEAR_DAYS / 2, 6),
    ("year", 355, 375, YEAR_DAYS, 12),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """The usual time from one value to the next; `months` is 0 where it is no whole number of calendar months."""

    name: str
    days: float
    months: int
    # Whether every value so far stands at the end of its month.
    month_ends: bool = False

    @property
    def yearly(self) -> bool:
        """Whether a period is a year or nearly one, so that no season can show."""
        return self.days > 0.9 * YEAR_DAYS

    def covered_years(self, dates: Sequence[date]) -> float:
        """Return the time that the values stand for: from the first to the last, and one period."""
        return ((dates[-1] - dates[0]).days + self.days) / YEAR_DAYS

    def places(self, dates: Sequence[date]) -> list[float]:
        """Return where each date stands, in periods since the first; a skipped period leaves a hole of one.

        On a known cadence the places are whole numbers, so that months of 28 and 31 days count alike.
        """
        places = [0.0]
        for before, after in pairwise(dates):
            gap = self.periods_until(before, after)
            places.append(places[-1] + (max(1.0, float(round(gap))) if self.name else gap))
        return places

    def after(self, last: date, periods: int) -> date:
        """Return the date `periods` periods after `last`."""
        if self.name == BUSINESS_DAY:
            week, weekday = divmod(_weekdays(last) + periods, 5)
            return date.fromordinal(1 + 7 * week + weekday)
        if not self.months:
            return last + timedelta(days=round(periods * self.days))
        months = last.year * 12 + last.month - 1 + periods * self.months
        year, month = divmod(months, 12)
        final = monthrange(year, month + 1)[1]
        return date(year, month + 1, final if self.month_ends else min(last.day, final))

    def periods_until(self, last: date, on: date) -> float:
        """Return how many periods lie between `last` and `on`; a weekend holds none where only weekdays have values."""
        if self.name == BUSINESS_DAY:
            return float(_weekdays(on) - _weekdays(last))
        return (on - last).days / self.days


def cadence_of(dates: Sequence[date]) -> Cadence:
    """Return the cadence of `dates` (at least two, in order): the median gap, by name where it is a usual one."""
    gap = float(median((after - before).days for before, after in pairwise(dates)))
    ends = all(day.day == monthrange(day.year, day.month)[1] for day in dates)
    for name, fewest, most, days, months in _KNOWN:
        if fewest <= gap <= most:
            return _of_weekdays(dates) or Cadence(name=name, days=days, months=months, month_ends=ends)
    return Cadence(name="", days=gap, months=0)


def _of_weekdays(dates: Sequence[date]) -> Cadence | None:
    """Return the cadence of business days, where a week or more of days has no weekend in it."""
    is_daily = len(dates) > 5 and (dates[-1] - dates[0]).days < 2 * len(dates)
    if not is_daily or any(day.weekday() >= 5 for day in dates):
        return None
    return Cadence(name=BUSINESS_DAY, days=1.4, months=0)


def _weekdays(on: date) -> int:
    """Return how many Mondays to Fridays there were before a date; a weekend counts as the Friday before it."""
    week, weekday = divmod(on.toordinal() - 1, 7)
    return 5 * week + min(weekday, 4)
