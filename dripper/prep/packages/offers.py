"""Equal offers: three packages worth the same to us that differ for them, so that their choice tells what they want.

All lie within a narrow band round our target and differ in at least two issues from each other; theirs are as high
and as even as possible, for a third that nobody would take is no choice (multiple equivalent simultaneous offers;
V. Medvec and A. Galinsky, Negotiation 8(4), 2005).
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nlargest
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING

from dripper.prep.packages.frontier import packages_at
from dripper.prep.packages.space import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dripper.prep.packages.frontier import Point
    from dripper.prep.packages.space import Space

OFFERS = 3
_FEWEST_ISSUES = 2
# How far an offer may be off our target, and how far behind the best of them for them, in percent of what lies between
# the worst package and the best: the first pair that holds three offers is taken. Further behind is a straw man.
_NARROW_TO_WIDE = ((2, 10), (5, 10), (10, 10), (10, 20))
# So many packages are all looked at; of more, those near the frontier.
_MOST_LOOKED_AT = 30_000
_STARTS, _MOST_CHANGES, _POOL = 6, 120, 120


def target_of(space: Space, frontier: Sequence[Point]) -> int | None:
    """Return our target: as the file has it, else of the frontier what is nearest to three quarters of the way up.

    The way is from no deal to our best that they would take; `None` where no package serves both.
    """
    if space.our_target is not None:
        return space.our_target
    serving = [point.ours for point in frontier if space.serves_both(point.ours, point.theirs)]
    wanted = space.our_floor + (serving[0] - space.our_floor) * 3 // 4 if serving else 0
    return min(serving, key=lambda ours: abs(ours - wanted), default=None)


def equal_offers(space: Space, frontier: Sequence[Point], target: int | None) -> tuple[Package, ...]:
    """Return three equal offers, best for them first; fewer where there are none that are no straw men."""
    if target is None:
        return ()
    widest, _ = _NARROW_TO_WIDE[-1]
    sketches = _serving(space, _sketches(space, frontier, target), target, widest)
    found = []
    for band, behind in _NARROW_TO_WIDE:
        best = nlargest(_POOL * _STARTS, _serving(space, sketches, target, band), key=itemgetter(1, 0))
        ordered = sorted({_built(each) for each in best}, key=lambda each: (-each.theirs, -each.ours, each.picks))
        offers = _evenest(ordered[:_POOL], space.their_span * behind // 100)
        if len(offers) == OFFERS:
            return offers
        found.append(offers)
    # Two are only shown where both are good.
    return found[-2]


def differing(one: Package, other: Package) -> int:
    """Return in how many issues two packages differ."""
    return sum(mine != theirs for mine, theirs in zip(one.picks, other.picks, strict=True))


def _evenest(ordered: Sequence[Package], behind: int) -> tuple[Package, ...]:
    """Return the three offers, else two, else one, whose worst is best for them; `ordered` by what they are worth."""
    pair: tuple[Package, ...] = tuple(ordered[:1])
    for at, last in enumerate(ordered):
        fit = [
            each
            for each in ordered[:at]
            if each.theirs - last.theirs <= behind and differing(each, last) >= _FEWEST_ISSUES
        ]
        if fit and len(pair) < OFFERS - 1:
            pair = (fit[0], last)
        for first, second in combinations(fit, 2):
            if differing(first, second) >= _FEWEST_ISSUES:
                return first, second, last
    return pair


@dataclass(frozen=True, slots=True)
class _Change:
    """Another pick of the issue at `at`, and what either side gains by it."""

    at: int
    pick: int
    ours: int
    theirs: int


# What a package is worth to us and to them; where it starts from, and what is changed.
_Sketch = tuple[int, int, tuple[int, ...], tuple[_Change, ...]]


def _serving(space: Space, sketches: Iterable[_Sketch], target: int, band: int) -> list[_Sketch]:
    """Return those that nobody would walk away from and that are near the target."""
    reach = space.our_span * band // 100
    low, high = max(target - reach, space.our_floor), target + reach
    return [each for each in sketches if low <= each[0] <= high and each[1] >= space.their_floor]


def _sketches(space: Space, frontier: Sequence[Point], target: int) -> Iterator[_Sketch]:
    """Yield every package, or of very many those near the frontier and the target."""
    if space.count <= _MOST_LOOKED_AT:
        yield from _every(space)
        return
    nearest = sorted(frontier, key=lambda point: abs(point.ours - target))[:_STARTS]
    for start in packages_at(nearest, _STARTS):
        for changes in _changes(space, start):
            ours = start.ours + sum(change.ours for change in changes)
            yield ours, start.theirs + sum(change.theirs for change in changes), start.picks, changes


def _every(space: Space) -> Iterator[_Sketch]:
    parts: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    for issue in space.issues:
        worths = [(at, choice.ours, choice.theirs) for at, choice in enumerate(issue.choices)]
        parts = [
            (ours + mine, theirs + other, (*picks, at)) for ours, theirs, picks in parts for at, mine, other in worths
        ]
    return ((ours, theirs, picks, ()) for ours, theirs, picks in parts)


def _changes(space: Space, start: Package) -> Iterator[tuple[_Change, ...]]:
    """Yield every way to change no issue of a package, one, or two; of very many changes those that cost least."""
    changes = [
        _Change(at, pick, choice.ours - chosen.ours, choice.theirs - chosen.theirs)
        for at, (issue, chosen) in enumerate(space.chosen(start.picks))
        for pick, choice in enumerate(issue.choices)
        if choice is not chosen
    ]
    changes.sort(key=lambda change: change.ours * space.their_span + change.theirs * space.our_span, reverse=True)
    yield ()
    yield from ((change,) for change in changes)
    yield from (pair for pair in combinations(changes[:_MOST_CHANGES], 2) if pair[0].at != pair[1].at)


def _built(sketch: _Sketch) -> Package:
    ours, theirs, start, changes = sketch
    picks = list(start)
    for change in changes:
        picks[change.at] = change.pick
    return Package(picks=tuple(picks), ours=ours, theirs=theirs)
