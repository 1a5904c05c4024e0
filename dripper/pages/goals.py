"""Where a metric began and where it is to be, as cells of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.prep.words import with_unit, written

if TYPE_CHECKING:
    from decimal import Decimal

    from dripper.workspace.model.account import Metric

NONE = "–"


def as_written(value: Decimal | None, metric: Metric) -> str:
    """Return a value with the unit of its metric, or a dash."""
    return NONE if value is None else with_unit(written(value), metric)


def goal_of(metric: Metric) -> str:
    """Return the goal, or the band that the values are to lie in, or a dash."""
    low, high = metric.better.low, metric.better.high
    if low is not None and high is not None:
        return with_unit(f"{written(low)} to {written(high)}", metric)
    return as_written(metric.goal, metric)
