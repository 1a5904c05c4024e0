"""The Theil–Sen slope: the median of the slopes of all pairs, with Sen's interval.

Source: P. K. Sen, Journal of the American Statistical Association 63 (1968) 1379–1389. Up to 29% of wild values do not
move it, which least squares cannot say.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

from dripper.prep.statistics.normal import Z_95

if TYPE_CHECKING:
    from collections.abc import Sequence

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """Change per unit of time, with the interval that holds the true one in 95 of 100 cases."""

    value: float
    low: float
    high: float


def theil_sen(*seasons: Sequence[Point], var_s: float) -> Slope:
    """Return the slope over all pairs (time, value) of the same season.

    `var_s` is the variance of Mann–Kendall's S over the same seasons. Ranks are rounded half to even, outward by one.
    """
    slopes = sorted(chain.from_iterable(map(_slopes, seasons)))
    spread = Z_95 * sqrt(var_s)
    low = max(round((len(slopes) - spread) / 2) - 1, 0)
    high = min(round((len(slopes) + spread) / 2), len(slopes) - 1)
    median = (slopes[(len(slopes) - 1) // 2] + slopes[len(slopes) // 2]) / 2
    return Slope(value=median, low=slopes[low], high=slopes[high])


def _slopes(points: Sequence[Point]) -> list[float]:
    return [(y2 - y1) / (x2 - x1) for i, (x1, y1) in enumerate(points, 1) for x2, y2 in points[i:] if x1 != x2]
