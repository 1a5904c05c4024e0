"""Everything that is found about the packages of a negotiation, as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.prep.packages.concessions import Plan, plan_of
from dripper.prep.packages.frontier import Point, frontier_of
from dripper.prep.packages.offers import equal_offers, target_of
from dripper.prep.packages.solutions import MOST_TIES, Solution, greatest_sum, kalai, kalai_smorodinsky, nash
from dripper.prep.packages.space import Package, Space, space_of
from dripper.prep.packages.trades import Swap, trades_of
from dripper.prep.packages.zone import PackageZone, zone_of

if TYPE_CHECKING:
    from dripper.workspace.model.negotiation import Negotiation


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """The packages that matter, and how to move between them."""

    space: Space
    # Each point of the frontier with at most `MOST_TIES` of its packages, our best first.
    frontier: tuple[Package, ...]
    # All packages on it.
    efficient: int
    nash: Solution
    kalai: Solution
    kalai_smorodinsky: Solution
    max_sum: Solution
    # What we aim at, in units; `None` where nothing serves both and the file names none.
    target: int | None
    equal_offers: tuple[Package, ...]
    trades: tuple[Swap, ...]
    plan: Plan | None
    zone: PackageZone

    def below_frontier(self, package: Package) -> int:
        """Return how much more they could have while we have no less."""
        return max(each.theirs for each in self.frontier if each.ours >= package.ours) - package.theirs

    def against_nash(self, package: Package) -> tuple[int, int] | None:
        """Return how much more than in the Nash package either side has; `None` where the floors allow no such one."""
        if not self.space.floors_known or not self.nash.packages:
            return None
        nash = self.nash.packages[0]
        return package.ours - nash.ours, package.theirs - nash.theirs


def packages_of(negotiation: Negotiation) -> Packages | None:
    """Return what the options of a negotiation allow; `None` where it has none.

    `UsageError` where the frontier has more points than anybody can use.
    """
    if not negotiation.options:
        return None
    space = space_of(negotiation)
    frontier = frontier_of(space)
    target = target_of(space, frontier)
    return Packages(
        space=space,
        frontier=_listed(frontier),
        efficient=sum(point.count for point in frontier),
        nash=nash(space, frontier),
        kalai=kalai(space, frontier),
        kalai_smorodinsky=kalai_smorodinsky(space, frontier),
        max_sum=greatest_sum(space, frontier),
        target=target,
        equal_offers=equal_offers(space, frontier, target),
        trades=trades_of(space),
        plan=plan_of(space, frontier, target),
        zone=zone_of(space, frontier, negotiation),
    )


def _listed(frontier: list[Point]) -> tuple[Package, ...]:
    return tuple(package for point in frontier for package in point.packages(MOST_TIES))
