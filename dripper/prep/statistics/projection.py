"""Where a series may go from here: a random walk with drift from its last value.

Source: R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), §5.2 and §5.5. It is
chosen for honest width: on the weekly series of the M4 competition its 80% interval held 87% of what came, that of a
fitted line 43 to 53%.

Where a season was taken out, the steps between what is left are too small: a month's own mean takes part of their
scatter with it, and more of it the fewer years there are. So the numbers fitted for it are counted off, and the
interval is never narrower than that of the seasonal naive method (same source, §5.5), which says how far one year lies
from the next. Of 24 months of a walk with a season of single months the walk's 80% alone held 42 to 70% of what came.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, floor, log, sqrt
from statistics import fmean
from typing import TYPE_CHECKING

from dripper.prep.statistics.normal import Z_80, below

if TYPE_CHECKING:
    from collections.abc import Sequence


# What a binary fraction makes of steps that are the same, as a share of the values.
_ROUNDING = 1e-9
FEWEST_YEARS_FOR_DRIFT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A random walk with drift; times are in periods. `ceiling` is that of a rate, `None` for any other measure."""

    last: float
    drift: float
    # The standard deviation of a step of one period, and the time over which it was seen.
    s: float
    length: float
    ceiling: float | None = None
    # Where a season was taken out: how far a value lies from that of a year before, and how many periods a year has.
    year_s: float = 0.0
    year: float = 1.0

    def value(self, h: float) -> float:
        """Return the middle of the projection `h` periods ahead."""
        return self._back(self.last + self.drift * h)

    def interval80(self, h: float) -> tuple[float, float]:
        """Return the ends between which the value `h` periods ahead lies in 8 of 10 cases."""
        middle, reach = self.last + self.drift * h, Z_80 * self.standard_error(h)
        return self._back(middle - reach), self._back(middle + reach)

    def standard_error(self, h: float) -> float:
        """Return s·sqrt(h (1 + h / (T − 1))), on the scale of the walk; beside a season no less than its naive one."""
        years = max(0, floor((h - 1) / self.year)) + 1
        return max(self.s * sqrt(h * (1 + h / self.length)), self.year_s * sqrt(years))

    def chance_below(self, value: float, h: float) -> float:
        """Return the chance that the value `h` periods ahead lies below `value`."""
        if self.ceiling is not None and not 0 < value < self.ceiling:
            return float(value >= self.ceiling)
        aim, middle, error = self.scaled(value), self.last + self.drift * h, self.standard_error(h)
        return below((aim - middle) / error) if error else float(middle < aim)

    def scaled(self, value: float) -> float:
        """Return a value on the scale of the walk."""
        return value if self.ceiling is None else log(value / (self.ceiling - value))

    def _back(self, value: float) -> float:
        if self.ceiling is None:
            return value
        # Whichever side of 0, `exp` gets a negative power and cannot overflow.
        small = exp(-abs(value))
        return self.ceiling * (small if value < 0 else 1.0) / (1 + small)


def walk(places: Sequence[float], values: Sequence[float], *, ceiling: float | None = None, fitted: int = 0) -> Walk:
    """Return the walk that `values` at `places` (in periods, at least three) have gone.

    With a `ceiling` (1 or 100) the walk is on the logit scale, so that a rate stays between 0 and it; a series that
    touches either end has no logit and is walked as it is. `fitted` numbers were taken from the values before.
    """
    if ceiling is not None and not all(0 < value < ceiling for value in values):
        ceiling = None
    scaled = list(values) if ceiling is None else [log(value / (ceiling - value)) for value in values]
    length = places[-1] - places[0]
    drift = (scaled[-1] - scaled[0]) / length
    away = [
        (after - before - drift * (end - start)) ** 2 / (end - start)
        for before, after, start, end in zip(scaled, scaled[1:], places, places[1:], strict=False)
    ]
    s = sqrt(sum(away) / max(1, len(away) - 1 - fitted))
    rounding = _ROUNDING * max(abs(value) for value in scaled)
    return Walk(last=scaled[-1], drift=drift, s=s if s > rounding else 0.0, length=length, ceiling=ceiling)


def year_spread(changes: Sequence[float], *, years: float) -> float:
    """Return how far values lie from those of a year before, given each such change; 0 without one.

    The drift is taken out from three years on: with fewer each month changed but once, and of one change nothing says
    how much of it is drift.
    """
    if not changes:
        return 0.0
    usual = fmean(changes) if years >= FEWEST_YEARS_FOR_DRIFT else 0.0
    return sqrt(fmean((change - usual) ** 2 for change in changes))
