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
    sums = accumulate(mid_ranks(values))
    scores = [abs(2 * total - t * (n + 1)) for t, total in enumerate(sums, start=1)]
    at = max(range(shortest, n - shortest + 1), key=lambda t: (scores[t - 1], -t))
    k = scores[at - 1]
    return Change(at=at, k=k, p=min(1.0, 2 * exp(-6 * k * k / (n**3 + n**2))))


def mid_ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value, 1 for the smallest; tied values share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            ranks[place] = (start + end) / 2 + 1
        start = end + 1
    return ranks
