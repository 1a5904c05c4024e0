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
    k: int
    p: float


def pettitt(values: Sequence[float], *, shortest: int = 1) -> Change:
    """Return the most likely change that leaves at least `shortest` values on each side.

    With K = max |2 Σ ranks − t (n + 1)|, p is about 2 exp(−6 K² / (n³ + n²)).
    """
    n = len(values)
    scores = list(map(abs, accumulate(standings(values))))
    likely = scores[shortest - 1 : n - shortest]
    k = max(likely)
    return Change(at=shortest + likely.index(k), k=k, p=min(1.0, 2 * exp(-6 * k * k / (n**3 + n**2))))


def standings(values: Sequence[float]) -> list[int]:
    """Return how many values lie below each, less how many above: twice its rank less n + 1, ties sharing a rank."""
    ordered, scale = sorted(values), range(1 - len(values), len(values), 2)
    highest = dict(zip(ordered, scale, strict=True))
    if len(highest) == len(values):
        return [highest[value] for value in values]
    lowest = dict(zip(reversed(ordered), reversed(scale), strict=True))
    return [(lowest[value] + highest[value]) // 2 for value in values]
