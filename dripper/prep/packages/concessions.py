"""The concession plan: from our opening to our target, in shrinking steps, none for nothing and none taken back.

Each step is about half of the one before, which tells them that there is not much left (H. Raiffa, The Art and Science
of Negotiation, 1982, ch. 4). What we give is always against something: what moves our way in the same step, else their
yes to the issue that is worth most to us and still open, and at last the deal itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate, pairwise, product
from typing import TYPE_CHECKING

from dripper.prep.packages.space import Package
from dripper.prep.packages.trades import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.packages.frontier import Point
    from dripper.prep.packages.space import Choice, Issue, Space

# The best shares of the whole way after each step but the last, out of 7: 4, 2 and 1; out of 3: 2 and 1.
_BEST_ENDS = {2: (4 / 7, 6 / 7), 1: (2 / 3,)}
# Of the points of the frontier from the target upward, so many are tried as the end of the plan.
_TRIED = 12
# Of the places where a step could end, those nearest to the best one.
_NEAR = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """One step: what we give, what we take for it, and the package that is then on the table."""

    gives: tuple[Step, ...]
    # What moves our way in the same step.
    gets: tuple[Step, ...]
    # Where nothing does, what they must agree to; `None` stands for the whole deal.
    agree: tuple[Issue, Choice] | None
    package: Package


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where we open, and each step from there."""

    opening: Package
    steps: tuple[Concession, ...]


def plan_of(space: Space, frontier: Sequence[Point], target: int | None) -> Plan | None:
    """Return the plan; `None` where no package serves both, or no step ends at our target or above it.

    It ends on the frontier at the last point that reaches our target and is better for us than no deal, or a little
    above where else all would be given in one step.
    """
    way = [point for point in frontier if space.serves_both(point.ours, point.theirs)]
    if target is None or not way:
        return None
    useful = [point for point in way[1:] if point.ours >= target and point.ours > space.our_floor]
    if not useful:
        return None
    opening, *ends = (point.packages(1)[0] for point in (way[0], *reversed(useful[-_TRIED:])))
    paths = (_path(space, opening, end) for end in ends)
    path = next((path for path in paths if len(path) > 2), [opening, ends[0]])
    return Plan(opening=opening, steps=tuple(_steps(space, path)))


@dataclass(frozen=True, slots=True)
class _Move:
    """The next pick of the issue at `at`, what it costs us and what they have of it."""

    at: int
    pick: int
    cost: int
    worth: int


def _path(space: Space, opening: Package, end: Package) -> list[Package]:
    """Return the packages from the opening to the end, of three shrinking steps, else two, else one."""
    moves = _moves(space, opening, end)
    by_size = sorted(moves, key=lambda move: move.cost, reverse=True)
    by_worth = sorted(moves, key=lambda move: move.worth / max(1, move.cost), reverse=True)
    for cuts in (2, 1):
        for order in (_in_turn(moves, by_worth), _in_turn(moves, by_size)):
            ends = _cut([move.cost for move in order], cuts)
            if ends:
                return _after(space, opening, order, ends)
    return [opening, end]


def _moves(space: Space, opening: Package, end: Package) -> list[_Move]:
    """Return what changes between two packages; on an issue where we give way by way of the options between."""
    moves: list[_Move] = []
    for at, ((issue, was), (_, now)) in enumerate(
        zip(space.chosen(opening.picks), space.chosen(end.picks), strict=True)
    ):
        here = was
        between = [each for each in issue.choices if was.ours > each.ours > now.ours and each.theirs < now.theirs]
        for each in [*sorted(between, key=lambda each: -each.ours), *([now] if now is not was else [])]:
            if each is now or (each.ours < here.ours and each.theirs > here.theirs):
                moves.append(_Move(at, issue.choices.index(each), here.ours - each.ours, each.theirs - here.theirs))
                here = each
    return moves


def _cut(costs: Sequence[int], cuts: int) -> tuple[int, ...]:
    """Return after how many moves each step but the last ends, for steps that shrink; nothing where none do."""
    spent = [0, *accumulate(costs)]
    wanted = [share * spent[-1] for share in _BEST_ENDS[cuts]]
    near = [nsmallest(_NEAR, range(1, len(costs)), key=lambda end: abs(spent[end] - best)) for best in wanted]
    fit = [ends for ends in product(*near) if _shrinks([spent[end] for end in (0, *ends, len(costs))])]

    def off(ends: tuple[int, ...]) -> float:
        return sum(abs(spent[end] - best) for end, best in zip(ends, wanted, strict=True))

    return min(fit, key=off, default=())


def _shrinks(reached: Sequence[int]) -> bool:
    sizes = [after - before for before, after in pairwise(reached)]
    return sizes[-1] > 0 and all(later < earlier for earlier, later in pairwise(sizes))


def _in_turn(moves: Sequence[_Move], order: Sequence[_Move]) -> list[_Move]:
    """Return `order` with the moves of each issue in their own order."""
    waiting: dict[int, list[_Move]] = {}
    for move in moves:
        waiting.setdefault(move.at, []).append(move)
    return [waiting[move.at].pop(0) for move in order]


def _after(space: Space, opening: Package, moves: Sequence[_Move], ends: Sequence[int]) -> list[Package]:
    path, picks = [opening], list(opening.picks)
    for done, move in enumerate(moves, 1):
        picks[move.at] = move.pick
        if done in (*ends, len(moves)):
            path.append(space.package(picks))
    return path


def _steps(space: Space, path: Sequence[Package]) -> Iterator[Concession]:
    asked: set[int] = set()
    for number, (before, after) in enumerate(pairwise(path), 1):
        steps = [
            Step(issue=issue, before=was, after=now)
            for (issue, was), (_, now) in zip(space.chosen(before.picks), space.chosen(after.picks), strict=True)
            if was is not now
        ]
        gets = tuple(step for step in steps if step.ours > 0)
        gives = tuple(step for step in steps if step.ours <= 0)
        is_last = number == len(path) - 1
        agree = None if gets or is_last else _dearest(space, path[number - 1 :], asked)
        yield Concession(gives=gives, gets=gets, agree=agree, package=after)


def _dearest(space: Space, path: Sequence[Package], asked: set[int]) -> tuple[Issue, Choice] | None:
    """Return the issue that is worth most to us as it stays on `path`, and that they would rather have otherwise."""
    package = path[0]
    open_: list[tuple[int, int]] = []
    for at, (issue, choice) in enumerate(space.chosen(package.picks)):
        stays = all(each.picks[at] == package.picks[at] for each in path)
        if stays and at not in asked and choice.theirs < max(each.theirs for each in issue.choices):
            open_.append((choice.ours - min(each.ours for each in issue.choices), -at))
    if not open_:
        return None
    at = -max(open_)[1]
    asked.add(at)
    issue = space.issues[at]
    return issue, issue.choices[package.picks[at]]
