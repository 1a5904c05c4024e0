"""The concession plan: from our opening to our target along the frontier, in shrinking steps, none for nothing.

Each step is about half of the one before, which tells them that there is not much left (H. Raiffa, The Art and Science
of Negotiation, 1982, ch. 4). What we give is always against something: what the step itself changes for us, else their
yes to the issue that is worth most to us and still open, and at last the deal itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dripper.prep.packages.space import Package
from dripper.prep.packages.trades import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.packages.frontier import Point
    from dripper.prep.packages.space import Choice, Issue, Space

# What is left of the way after the first step and the second: each is half of the one before.
_LEFT = ((3, 7), (1, 7))
# Of the points near a wanted one, and of the ends below the target, so many are tried.
_TRIED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """One step: what we give, what we take for it, and the package that is then on the table."""

    gives: tuple[Step, ...]
    # Changes of the step in our favour.
    gets: tuple[Step, ...]
    # Where there are none, what they must agree to; `None` stands for the whole deal.
    agree: tuple[Issue, Choice] | None
    package: Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where we open, and each step from there."""

    opening: Package
    steps: tuple[Concession, ...]


def plan_of(space: Space, frontier: Sequence[Point], target: int | None) -> Plan | None:
    """Return the plan; `None` where no package serves both, or only one.

    It ends at the point nearest to the target, or a little below where else all would be given in one step.
    """
    way = [point for point in frontier if space.serves_both(point.ours, point.theirs)]
    if target is None or len(way) < 2:
        return None
    nearest = min(range(1, len(way)), key=lambda at: abs(way[at].ours - target))
    tried = (_stops(way[: end + 1]) for end in range(nearest, min(len(way), nearest + _TRIED)))
    stops = next((stops for stops in tried if len(stops) > 2), [way[0], way[nearest]])
    packages = [stop.packages(1)[0] for stop in stops]
    return Plan(opening=packages[0], steps=tuple(_steps(space, packages)))


def _stops(way: Sequence[Point]) -> list[Point]:
    """Return the points from the first to the last of `way` with the most shrinking steps, of at most three."""
    first, last = way[0], way[-1]
    whole = first.ours - last.ours
    wanted = [last.ours + whole * share // of for share, of in _LEFT]
    near = [sorted(way[1:-1], key=lambda point: abs(point.ours - level))[:_TRIED] for level in wanted]
    paths = [[first, one, two, last] for one in near[0] for two in near[1] if two.ours < one.ours]
    paths += [[first, one, last] for one in near[0]]
    return next((path for path in paths if _shrinks(path)), [first, last])


def _shrinks(path: Sequence[Point]) -> bool:
    sizes = [before.ours - after.ours for before, after in pairwise(path)]
    return all(later < earlier for earlier, later in pairwise(sizes))


def _steps(space: Space, packages: Sequence[Package]) -> Iterator[Concession]:
    asked: set[int] = set()
    for number, (before, after) in enumerate(pairwise(packages)):
        steps = [
            Step(issue=issue, before=was, after=now)
            for (issue, was), (_, now) in zip(space.chosen(before.picks), space.chosen(after.picks), strict=True)
            if was is not now
        ]
        gets = tuple(step for step in steps if step.ours > 0)
        agree = None
        if not gets and number < len(packages) - 2:
            agree = _dearest(space, packages[number + 1 :], asked)
        yield Concession(gives=tuple(step for step in steps if step.ours <= 0), gets=gets, agree=agree, package=after)


def _dearest(space: Space, ahead: Sequence[Package], asked: set[int]) -> tuple[Issue, Choice] | None:
    """Return the issue that is worth most to us as it stands, and stays, and that they would rather have otherwise."""
    package = ahead[0]
    open_: list[tuple[int, int]] = []
    for at, (issue, choice) in enumerate(space.chosen(package.picks)):
        stays = all(each.picks[at] == package.picks[at] for each in ahead)
        if stays and at not in asked and choice.theirs < max(each.theirs for each in issue.choices):
            open_.append((choice.ours - min(each.ours for each in issue.choices), -at))
    if not open_:
        return None
    at = -max(open_)[1]
    asked.add(at)
    issue = space.issues[at]
    return issue, issue.choices[package.picks[at]]
