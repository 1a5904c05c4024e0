"""Trades: give on an issue that costs us little and is worth much to them, against one where it is the other way.

Both gain by each (logrolling; D. Pruitt, Negotiation Behavior, 1981). A trade needs no package round it: points add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dripper.prep.packages.space import Choice, Issue, Space

MOST_TRADES = 10
# Of each side, those that give most for what they cost; a fee alone may have a hundred.
_MOST_STEPS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One option of an issue instead of another, and what that is worth to either side."""

    issue: Issue
    before: Choice
    after: Choice

    @property
    def ours(self) -> int:
        """Return what we gain by it."""
        return self.after.ours - self.before.ours

    @property
    def theirs(self) -> int:
        """Return what they gain by it."""
        return self.after.theirs - self.before.theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A step towards them against one towards us; both sides have more of the two together."""

    give: Step
    get: Step

    @property
    def ours(self) -> int:
        """Return what we gain."""
        return self.give.ours + self.get.ours

    @property
    def theirs(self) -> int:
        """Return what they gain."""
        return self.give.theirs + self.get.theirs


def trades_of(space: Space) -> tuple[Swap, ...]:
    """Return the best trade of each two issues, the greatest product of both gains first."""
    gives = _cheapest(map(_gives, space.issues), lambda step: (step.theirs, -step.ours))
    gets = _cheapest(map(_gets, space.issues), lambda step: (step.ours, -step.theirs))
    best: dict[tuple[str, str], Swap] = {}
    for give, get in product(gives, gets):
        swap = Swap(give=give, get=get)
        if give.issue is not get.issue and swap.ours > 0 and swap.theirs > 0:
            pair = give.issue.name, get.issue.name
            best[pair] = max(swap, best.get(pair, swap), key=_product)
    return tuple(sorted(best.values(), key=_product, reverse=True)[:MOST_TRADES])


def _product(swap: Swap) -> int:
    return swap.ours * swap.theirs


def _cheapest(steps: Iterable[Iterable[Step]], gain_and_cost: Callable[[Step], tuple[int, int]]) -> list[Step]:
    """Return the steps, over all issues, that give most for what they cost."""
    every = chain.from_iterable(steps)
    return sorted(every, key=lambda step: Fraction(*gain_and_cost(step)), reverse=True)[:_MOST_STEPS]


def _gives(issue: Issue) -> Iterator[Step]:
    """Yield the steps away from our best option that are worth something to them."""
    ours = max(issue.choices, key=lambda choice: (choice.ours, choice.theirs))
    return (Step(issue=issue, before=ours, after=choice) for choice in issue.choices if choice.theirs > ours.theirs)


def _gets(issue: Issue) -> Iterator[Step]:
    """Yield the steps away from their best option that are worth something to us."""
    theirs = max(issue.choices, key=lambda choice: (choice.theirs, choice.ours))
    return (Step(issue=issue, before=theirs, after=choice) for choice in issue.choices if choice.ours > theirs.ours)
