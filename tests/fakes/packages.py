"""Small negotiations over several issues, and the naive way to score them: every package, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

from dripper.workspace.model.negotiation import Negotiation, Option
from dripper.workspace.model.values import Points

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Table = dict[str, dict[str, tuple[Any, Any]]]
Picks = tuple[str, ...]

HOUSE: Table = {
    "fee": {"low": (10, 45), "middle": (32, 30), "high": (50, 10)},
    "term": {"one year": (0, 20), "two years": (25, 12)},
    "start": {"April": (25, 22), "later": (5, 8)},
    "report": {"monthly": (0, 5), "weekly": (-6, 13)},
}


def negotiation_over(table: Mapping[str, Mapping[str, tuple[Any, Any]]], **changes: Any) -> Negotiation:
    """Return a negotiation with points of both sides by issue and option; the changes may name numbers as text."""
    options = tuple(
        Option(issue=issue, is_=name, ours=Points(str(ours)), theirs=Points(str(theirs)))
        for issue, choices in table.items()
        for name, (ours, theirs) in choices.items()
    )
    known: dict[str, Any] = {
        key: Points(str(value)) if key.endswith("_points") else value for key, value in changes.items()
    }
    return Negotiation(title="Renewal", on=date(2027, 2, 10), options=options, **known)


@dataclass(frozen=True, slots=True)
class Scored:
    """A package with its points, as the naive way finds it."""

    picks: Picks
    ours: Decimal
    theirs: Decimal


class Naive:
    """Every package of a table, scored; what is wanted is found by looking at all of them."""

    def __init__(self, table: Table, our_floor: Any = 0, their_floor: Any = 0) -> None:
        self.floors = Decimal(str(our_floor)), Decimal(str(their_floor))
        self.all = [
            Scored(
                tuple(name for name, _ in picked),
                sum((Decimal(str(worth[0])) for _, worth in picked), Decimal()),
                sum((Decimal(str(worth[1])) for _, worth in picked), Decimal()),
            )
            for picked in product(*(choices.items() for choices in table.values()))
        ]

    def frontier(self) -> set[Picks]:
        """Return the packages that no other beats."""
        worths = {(each.ours, each.theirs) for each in self.all}
        efficient = {one for one in worths if not any(_beats(other, one) for other in worths)}
        return {each.picks for each in self.all if (each.ours, each.theirs) in efficient}

    def nash(self) -> set[Picks]:
        """Return the efficient packages that serve both with the greatest product of gains."""
        return self._best(lambda ours, theirs: ours * theirs)

    def kalai(self) -> set[Picks]:
        """Return the packages with the largest smaller gain, then the largest sum."""
        return self._best(lambda ours, theirs: (min(ours, theirs), ours + theirs))

    def kalai_smorodinsky(self) -> set[Picks]:
        """Return the packages with the largest smaller share of the best gain, then the largest sum of shares."""
        gains = [self._gains(each) for each in self._serving()]
        best = [max((gain[side] for gain in gains), default=Decimal()) for side in (0, 1)]

        def shares(*of: Decimal) -> tuple[Fraction, Fraction]:
            both = [
                Fraction(gain) / Fraction(most) if most else Fraction(1) for gain, most in zip(of, best, strict=True)
            ]
            return min(both), sum(both, Fraction())

        return self._best(shares)

    def greatest_sum(self) -> set[Picks]:
        """Return the packages with the greatest sum of points."""
        return _highest(self.all, lambda each: each.ours + each.theirs)

    def _serving(self) -> list[Scored]:
        return [each for each in self.all if min(self._gains(each)) >= 0]

    def _gains(self, each: Scored) -> tuple[Decimal, Decimal]:
        return each.ours - self.floors[0], each.theirs - self.floors[1]

    def _best(self, score: Callable[..., Any]) -> set[Picks]:
        efficient = self.frontier()
        serving = [each for each in self._serving() if each.picks in efficient]
        return _highest(serving, lambda each: score(*self._gains(each)))


def _beats(other: tuple[Decimal, Decimal], one: tuple[Decimal, Decimal]) -> bool:
    return other[0] >= one[0] and other[1] >= one[1] and other != one


def _highest(scored: Iterable[Scored], score: Callable[[Scored], Any]) -> set[Picks]:
    known = [(score(each), each.picks) for each in scored]
    highest = max((value for value, _ in known), default=None)
    return {picks for value, picks in known if value == highest}
