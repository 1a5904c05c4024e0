"""What theory calls fair, among the packages that serve both sides: each counts gains over no deal.

Nash: the greatest product of both gains (J. Nash, Econometrica 18, 1950). Kalai: the largest smaller gain (E. Kalai,
Econometrica 45, 1977). Kalai-Smorodinsky: the largest smaller share of what each could gain at best in a deal that
the other still takes (E. Kalai and M. Smorodinsky, Econometrica 43, 1975); ties of both go to the greater sum. All of
them lie on the frontier, as does the greatest sum of points, which needs no floors.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dripper.prep.packages.frontier import packages_at
from dripper.prep.packages.space import Package

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dripper.prep.packages.frontier import Point
    from dripper.prep.packages.space import Space

MOST_TIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The packages that a rule chooses; none where no package serves both."""

    packages: tuple[Package, ...]
    # All of them, of which at most `MOST_TIES` are listed.
    ties: int


def nash(space: Space, frontier: Sequence[Point]) -> Solution:
    """Return the packages with the greatest product of gains."""
    return _best(_serving(space, frontier), lambda gains: gains[0] * gains[1], space)


def kalai(space: Space, frontier: Sequence[Point]) -> Solution:
    """Return the packages whose smaller gain is the largest."""
    return _best(_serving(space, frontier), lambda gains: (min(gains), sum(gains)), space)


def kalai_smorodinsky(space: Space, frontier: Sequence[Point]) -> Solution:
    """Return the packages in which the smaller share of the best gain is the largest.

    Who can gain nothing at all has the whole of it.
    """
    serving = _serving(space, frontier)
    ours = max((point.ours - space.our_floor for point in serving), default=0)
    theirs = max((point.theirs - space.their_floor for point in serving), default=0)

    def shares(gains: tuple[int, int]) -> tuple[int, int]:
        mine = (gains[0] if ours else 1) * (theirs or 1)
        other = (gains[1] if theirs else 1) * (ours or 1)
        return min(mine, other), mine + other

    return _best(serving, shares, space)


def greatest_sum(space: Space, frontier: Sequence[Point]) -> Solution:
    """Return the packages with the greatest sum of points, whoever gets them."""
    return _best(frontier, sum, space)


def _serving(space: Space, frontier: Sequence[Point]) -> list[Point]:
    return [point for point in frontier if space.serves_both(point.ours, point.theirs)]


def _best(points: Sequence[Point], score: Callable[[tuple[int, int]], Any], space: Space) -> Solution:
    """Return the packages of the points whose gains score highest."""
    scores = [score((point.ours - space.our_floor, point.theirs - space.their_floor)) for point in points]
    highest = max(scores, default=None)
    chosen = [point for point, each in zip(points, scores, strict=True) if each == highest]
    return Solution(packages=packages_at(chosen, MOST_TIES), ties=sum(point.count for point in chosen))
