"""What a movement was worth in money: the sum of (actual − baseline) × worth over the last year, as a range."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import TYPE_CHECKING

from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.prep.statistics.normal import Z_80
from dripper.prep.words import rounded
from dripper.workspace.model.account import Contract

if TYPE_CHECKING:
    from dripper.prep.reading import Reading

_PER_YEAR = {"year": 1, "half-year": 2, "quarter": 4, "month": 12, "week": 52}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount with the range that the spread of the values leaves (80%); a stated amount has no width."""

    currency: str
    low: float
    middle: float
    high: float
    # The values that it sums up; `None` for an amount that a file states.
    count: int | None = None
    since: date | None = None
    until: date | None = None

    @property
    def excludes_nothing(self) -> bool:
        """Whether the range leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def text(self) -> str:
        """Return it in words, such as `about 205,000 EUR (190,000 to 220,000)`."""
        if self.count is None:
            return f"{rounded(self.middle)} {self.currency}"
        return f"about {rounded(self.middle)} {self.currency} ({rounded(self.low)} to {rounded(self.high)})"


def worth_of(reading: Reading) -> Amount | None:
    """Return what the last year's values were worth against the baseline, a gain positive; `None` where unknown.

    The spread of the values about their shape gives the range; where neighbours resemble each other it is wider, by the
    usual factor sqrt((1 + r) / (1 − r)).
    """
    metric, analysis = reading.metric, reading.analysis
    if analysis is None or metric.worth is None or metric.baseline is None or metric.better.way == "band":
        return None
    last = reading.points[-1][0]
    recent = [(on, float(value)) for on, value in reading.points if (last - on).days < YEAR_DAYS - 1]
    sign = 1 if metric.better.way == "higher" else -1
    effects = [sign * (value - float(metric.baseline)) for _, value in recent]
    scale = float(metric.worth.amount) * min(1.0, len(recent) * analysis.cadence.days / YEAR_DAYS)
    mean = sum(effects) / len(effects)
    like = min(0.9, max(0.0, analysis.lag1 or 0.0))
    reach = Z_80 * analysis.noise * sqrt((1 + like) / (1 - like) / len(recent))
    return Amount(
        currency=metric.worth.currency,
        low=(mean - reach) * scale,
        middle=mean * scale,
        high=(mean + reach) * scale,
        count=len(recent),
        since=recent[0][0],
        until=last,
    )


def yearly(contract: Contract | None) -> Amount | None:
    """Return what the contract is worth in a year; `None` where there is none or its period is unknown."""
    if contract is None or contract.per not in _PER_YEAR:
        return None
    value = float(contract.value.amount) * _PER_YEAR[contract.per]
    return Amount(currency=contract.value.currency, low=value, middle=value, high=value)


def share_of(amount: Amount | None, contract: Amount | None) -> float | None:
    """Return the size of `amount` as a share of the yearly contract; `None` where they cannot be compared."""
    if amount is None or contract is None or amount.currency != contract.currency or not contract.middle:
        return None
    return abs(amount.middle) / abs(contract.middle)
