"""What a movement was worth in money: the sum of (actual − counterfactual) × worth over the last year, as a range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING

from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.prep.statistics.normal import Z_80
from dripper.prep.words import rounded
from dripper.workspace.model.account import PERIODS, Contract, Kind, Metric

if TYPE_CHECKING:
    from dripper.prep.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount with the range that the spread of the values leaves (80%); a stated amount has no width."""

    currency: str
    low: float
    middle: float
    high: float
    # How it was computed, and the values that it sums up; empty and `None` for an amount that a file states.
    formula: str = ""
    count: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def excludes_nothing(self) -> bool:
        """Whether the range leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def text(self) -> str:
        """Return it in words, such as `about 205,000 EUR (190,000 to 220,000)`; a range of no width is left out."""
        if self.count is None:
            return f"{rounded(self.middle)} {self.currency}"
        low, high = rounded(self.low), rounded(self.high)
        return f"about {rounded(self.middle)} {self.currency}{f' ({low} to {high})' if low != high else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What would have been instead: the baseline, or without one the middle of the peers."""

    value: float
    name: str


def instead_of(metric: Metric) -> Instead | None:
    """Return what a metric's values are set against; `None` where nothing says it."""
    if metric.baseline is not None:
        return Instead(value=float(metric.baseline), name="baseline")
    if metric.benchmark is not None:
        return Instead(value=float(median(metric.benchmark.values)), name="median of the peers")
    return None


def worth_of(reading: Reading) -> Amount | None:
    """Return what the last year's values were worth, a gain positive; `None` where unknown.

    A rate or a level is worth its unit's worth for the part of the year that has values; the values of a sum add up.
    The spread of the values about their shape gives the range; where neighbours resemble each other it is wider.
    """
    metric, analysis, instead = reading.metric, reading.analysis, instead_of(reading.metric)
    if analysis is None or metric.worth is None or instead is None or metric.better.way == "band":
        return None
    if not reading.is_comparable:
        return None
    last = reading.points[-1][0]
    recent = [(on, float(value)) for on, value in reading.points if (last - on).days < YEAR_DAYS - 1]
    # Values by the month, where there were too many to be taken one by one.
    independent = sum((last - on).days < YEAR_DAYS - 1 for on in analysis.dates)
    sign = 1 if metric.better.way == "higher" else -1
    mean = sum(sign * (value - instead.value) for _, value in recent) / len(recent)
    reach = Z_80 * analysis.noise * sqrt(analysis.widening / independent)
    is_sum = metric.kind is Kind.SUM
    times = len(recent) if is_sum else min(1.0, independent * analysis.cadence.days / YEAR_DAYS)
    low, middle, high = (float(metric.worth.amount) * times * size for size in (mean - reach, mean, mean + reach))
    each = "one unit" if is_sum else "one unit a year × the part of the year with values"
    return Amount(
        currency=metric.worth.currency,
        low=low,
        middle=middle,
        high=high,
        formula=f"{'Σ' if is_sum else 'mean of'} (value − {instead.name}) × worth of {each}; 80% range",
        count=len(recent),
        since=recent[0][0],
        until=last,
    )


def yearly(contract: Contract | None) -> Amount | None:
    """Return what the contract is worth in a year; `None` where there is none or its period is unknown."""
    if contract is None or contract.per not in PERIODS:
        return None
    value = float(contract.value.amount) * PERIODS[contract.per]
    return Amount(currency=contract.value.currency, low=value, middle=value, high=value)


def share_of(amount: Amount | None, contract: Amount | None) -> float | None:
    """Return the size of `amount` as a share of the yearly contract; `None` where they cannot be compared."""
    if amount is None or contract is None or amount.currency != contract.currency or not contract.middle:
        return None
    return abs(amount.middle) / abs(contract.middle)
