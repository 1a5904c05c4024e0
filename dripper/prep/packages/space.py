"""The issues with their options, in whole points; and a package, one option of each issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cached_property
from math import prod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dripper.workspace.model.negotiation import Negotiation, Option

# Wide enough for the sum of any number of points that a file may hold.
_EXACT = Context(prec=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of an issue: what it is worth to either side."""

    name: str
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What is to be settled; its choices in the order of the file."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One choice of each issue, by its place, and what all of them are worth together."""

    picks: tuple[int, ...]
    ours: int
    theirs: int


_FLOORS = ("our_walk_away_points", "their_walk_away_points")


@dataclass(frozen=True, kw_only=True)
class Space:
    """Everything that can be agreed; points count units of `10 ** -decimals`."""

    issues: tuple[Issue, ...]
    decimals: int
    # What no deal is worth to either side; 0 where the file does not say.
    our_floor: int
    their_floor: int
    our_target: int | None
    # The keys of what no deal is worth to either side that the file does not name.
    unnamed_floors: tuple[str, ...]

    @property
    def floors_known(self) -> bool:
        """Whether the file says what no deal is worth to both."""
        return not self.unnamed_floors

    @cached_property
    def count(self) -> int:
        """Return how many packages there are."""
        return prod(len(issue.choices) for issue in self.issues)

    @cached_property
    def our_span(self) -> int:
        """Return what lies between the worst and the best package for us."""
        return sum(_span(choice.ours for choice in issue.choices) for issue in self.issues)

    @cached_property
    def their_span(self) -> int:
        """Return what lies between the worst and the best package for them."""
        return sum(_span(choice.theirs for choice in issue.choices) for issue in self.issues)

    def points(self, units: int, factors: int = 1) -> Decimal:
        """Return units as points, exact; those of a product of two have two `factors`."""
        return Decimal(units).scaleb(-self.decimals * factors, _EXACT).normalize(_EXACT)

    def package(self, picks: Sequence[int]) -> Package:
        """Return the package with these choices."""
        chosen = list(self.chosen(picks))
        return Package(
            picks=tuple(picks), ours=sum(each.ours for _, each in chosen), theirs=sum(each.theirs for _, each in chosen)
        )

    def chosen(self, picks: Sequence[int]) -> Iterator[tuple[Issue, Choice]]:
        """Yield each issue with the choice that was made."""
        return ((issue, issue.choices[pick]) for issue, pick in zip(self.issues, picks, strict=True))

    def serves_both(self, ours: int, theirs: int) -> bool:
        """Whether nobody would rather walk away."""
        return ours >= self.our_floor and theirs >= self.their_floor

    def nash_product(self, ours: int, theirs: int) -> int:
        """Return the product of both gains over no deal; 0 where one of them would rather walk away."""
        return (ours - self.our_floor) * (theirs - self.their_floor) if self.serves_both(ours, theirs) else 0


def space_of(negotiation: Negotiation) -> Space:
    """Return the space that the options of `negotiation` span; options of one issue belong together by its name."""
    floors = negotiation.our_walk_away_points, negotiation.their_walk_away_points
    target = negotiation.our_target_points
    points = [point for option in negotiation.options for point in (option.ours, option.theirs)]
    stated = [point for point in (*points, *floors, target) if point is not None]
    decimals = max((-_exponent(point) for point in stated), default=0)

    def units(points: Decimal | None) -> int:
        return 0 if points is None else int(points.scaleb(decimals, _EXACT))

    def choice(option: Option) -> Choice:
        return Choice(name=option.is_, ours=units(option.ours), theirs=units(option.theirs))

    grouped: dict[str, list[Option]] = {}
    for option in negotiation.options:
        grouped.setdefault(option.issue.casefold(), []).append(option)
    return Space(
        issues=tuple(Issue(name=group[0].issue, choices=tuple(map(choice, group))) for group in grouped.values()),
        decimals=decimals,
        our_floor=units(floors[0]),
        their_floor=units(floors[1]),
        our_target=None if target is None else units(target),
        unnamed_floors=tuple(key for key, floor in zip(_FLOORS, floors, strict=True) if floor is None),
    )


def _exponent(points: Decimal) -> int:
    exponent = points.normalize(_EXACT).as_tuple().exponent
    assert isinstance(exponent, int), "a file holds no infinite number"
    return min(0, exponent)


def _span(points: Iterable[int]) -> int:
    found = tuple(points)
    return max(found) - min(found)
