"""Pettitt's test: whether there is one place before and after which the values of a series differ.

Source: A. N. Pettitt, Applied Statistics 28 (1979) 126–135.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import exp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`at` is the index of the first value after the change, `k` the statistic, `p` Pettitt's approximation."""

    at: int
    k: float
    p: float


def pettitt(values: Sequence[float], *, shortest: int = 1) -> Change:
    """Return the most likely change that leaves at least `shortest` values on each side.

    With K = max |2 Σ ranks − t (n + 1)|, p is about 2 exp(−6 K² / (n³ + n²)).
    """
    n = len(values)
    scores = list(map(abs, accumulate(2 * rank - (n + 1) for rank in mid_ranks(values))))
    likely = scores[shortest - 1 : n - shortest]
    k = max(likely)
    return Change(at=shortest + likely.index(k), k=k, p=min(1.0, 2 * exp(-6 * k * k / (n**3 + n**2))))


def mid_ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value, 1 for the smallest; tied values share the mean of their ranks."""
    ordered = sorted(values)
    last = {value: rank for rank, value in enumerate(ordered, start=1)}
    if len(last) == len(values):
        return [float(last[value]) for value in values]
    first = {value: rank for rank, value in zip(range(len(values), 0, -1), reversed(ordered), strict=True)}
    return [(first[value] + last[value]) / 2 for value in values]
