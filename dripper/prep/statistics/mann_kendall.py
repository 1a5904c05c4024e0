"""The Mann–Kendall test: whether a series goes up or down more often than chance would let it.

Sources: H. B. Mann, Econometrica 13 (1945) 245–259; M. G. Kendall, Rank Correlation Methods (1975), ch. 4 for ties;
R. M. Hirsch, J. R. Slack and R. A. Smith, Water Resources Research 18 (1982) 107–121 for seasons.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from dripper.prep.statistics.normal import two_sided

if TYPE_CHECKING:
    from collections.abc import Sequence

# Up to this many values p is exact; the normal approximation would call a perfect run of 4 (.083) nearly sure.
EXACT_UP_TO = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MannKendall:
    """Rises less falls over all pairs (`s`), its variance without a trend, the score with continuity, two-sided p."""

    s: int
    var_s: float
    z: float
    p: float


def mann_kendall(*seasons: Sequence[float]) -> MannKendall:
    """Test `seasons`, each in order of time: one series, or one per calendar month so that only like is compared."""
    s = sum(_rises_less_falls(values) for values in seasons)
    var_s = sum(_variance(values) for values in seasons)
    z = (s - (s > 0) + (s < 0)) / sqrt(var_s) if var_s else 0.0
    exact = len(seasons) == 1 and len(seasons[0]) <= EXACT_UP_TO
    return MannKendall(s=s, var_s=var_s, z=z, p=_exact_p(seasons[0], s) if exact else two_sided(z))


def _rises_less_falls(values: Sequence[float]) -> int:
    """Return how many pairs rise less how many fall, each value being placed among those before it."""
    total, before = 0, list[float]()
    for value in values:
        lower = bisect_left(before, value)
        higher = len(before) - bisect_right(before, value)
        total += lower - higher
        before.insert(lower, value)
    return total


def _variance(values: Sequence[float]) -> float:
    def part(count: int) -> int:
        return count * (count - 1) * (2 * count + 5)

    return (part(len(values)) - sum(part(tied) for tied in Counter(values).values())) / 18


def _exact_p(values: Sequence[float], s: int) -> float:
    """Return the share of all orders of `values` whose |S| is at least |s|.

    Orders are counted by their inversions: the q-multinomial coefficient [n]! / Π [tied]! (MacMahon, Combinatory
    Analysis, 1915) has as its i-th coefficient the number of distinct orders with i inversions, ties included.
    """
    counts = _q_factorial(len(values))
    for tied in Counter(values).values():
        counts = _divided(counts, _q_factorial(tied))
    most = len(counts) - 1
    extreme = sum(count for inversions, count in enumerate(counts) if abs(most - 2 * inversions) >= abs(s))
    return extreme / sum(counts)


def _q_factorial(n: int) -> list[int]:
    product = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(product) + size - 1)
        for shift in range(size):
            for power, count in enumerate(product):
                longer[power + shift] += count
        product = longer
    return product


def _divided(dividend: Sequence[int], divisor: Sequence[int]) -> list[int]:
    """Divide two polynomials with constant term 1, lowest power first; the division leaves no rest."""
    rest = list(dividend)
    quotient = []
    for power in range(len(dividend) - len(divisor) + 1):
        quotient.append(rest[power])
        for shift, count in enumerate(divisor):
            rest[power + shift] -= quotient[-1] * count
    return quotient
