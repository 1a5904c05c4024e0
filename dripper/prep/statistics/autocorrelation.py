"""How much a value resembles the one before it: where it does, tests that take values for independent are too sure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def lag1(residuals: Sequence[float]) -> float | None:
    """Return the lag-1 autocorrelation of what is left once trend, step and season are taken out.

    Source: Box and Jenkins, Time Series Analysis (1970), §2.1.5. `None` below three values or where nothing varies.
    """
    if len(residuals) < 3:
        return None
    mean = sum(residuals) / len(residuals)
    away = [value - mean for value in residuals]
    total = sum(value * value for value in away)
    if total <= 1e-18 * max(1.0, mean * mean):
        return None
    return sum(before * after for before, after in pairwise(away)) / total
