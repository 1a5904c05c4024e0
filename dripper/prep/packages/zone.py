"""Whether some package serves both sides, and how sure that is, as their points are guesses.

Each is drawn again and again from the range it may lie in, always the same draws: the chance is the share of the draws
that leave a deal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.packages.frontier import Point
    from dripper.prep.packages.space import Package, Space
    from dripper.workspace.model.negotiation import Negotiation

SEED = 2027
DRAWS = 400
# A point of theirs may be off by this share of what its issue matters to them, either way.
_OFF = 5
# Of the packages that serve us, those best for them: who takes none of these takes none.
_CANDIDATES = 16
_BITS = 2**64
_COMMON_ISSUES = (
    "the length of the term",
    "the day of payment",
    "the start",
    "the notice period",
    "a public reference",
    "a named team",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageZone:
    """What the points allow."""

    there: bool
    # In tenths, that a package serves both, as their points are only guessed.
    chance: float
    # The package that comes nearest to serving both; with it, what either side still lacks.
    nearest: Package
    our_lack: int
    their_lack: int
    # What could be added where nothing serves both.
    issues_to_add: tuple[str, ...]


def zone_of(
    space: Space, frontier: Sequence[Point], negotiation: Negotiation, *, draws: int = DRAWS, seed: int = SEED
) -> PackageZone:
    """Return whether there is a zone of agreement in points, and its chance."""
    nearest = max(frontier, key=lambda point: _lacking(space, point))
    lacks = max(0, space.our_floor - nearest.ours), max(0, space.their_floor - nearest.theirs)
    there = not any(lacks)
    return PackageZone(
        there=there,
        chance=_tenths(_chance(space, frontier, draws, seed)),
        nearest=nearest.packages(1)[0],
        our_lack=lacks[0],
        their_lack=lacks[1],
        issues_to_add=() if there else tuple(_to_add(space, negotiation)),
    )


def _lacking(space: Space, point: Point) -> tuple[int, int]:
    """Return what the side that lacks more lacks, and what both lack, as losses: the greatest is the nearest."""
    losses = min(0, point.ours - space.our_floor), min(0, point.theirs - space.their_floor)
    return min(losses), sum(losses)


def _chance(space: Space, frontier: Sequence[Point], draws: int, seed: int) -> float:
    # The frontier begins with our best, so the last that serve us are the best for them.
    serving = [point for point in frontier if point.ours >= space.our_floor][-_CANDIDATES:]
    candidates = [point.packages(1)[0] for point in serving]
    spans = [
        max(each.theirs for each in issue.choices) - min(each.theirs for each in issue.choices)
        for issue in space.issues
    ]
    chance = _uniform(seed)
    met = 0
    for _ in range(draws):
        off = [
            [span * (2 * next(chance) - 1) / _OFF for _ in issue.choices]
            for issue, span in zip(space.issues, spans, strict=True)
        ]
        met += any(
            each.theirs + sum(row[pick] for row, pick in zip(off, each.picks, strict=True)) >= space.their_floor
            for each in candidates
        )
    return met / draws


def _uniform(seed: int) -> Iterator[float]:
    """Yield numbers from 0 up to 1, the same for the same seed (SplitMix64; G. Steele and others, OOPSLA 2014)."""
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) % _BITS
        mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 % _BITS
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % _BITS
        yield (mixed ^ mixed >> 31) / _BITS


def _tenths(chance: float) -> float:
    return round(chance, 1) + 0.0


def _to_add(space: Space, negotiation: Negotiation) -> Iterator[str]:
    """Yield what the file's trades name that has no points yet, then what is often worth more to one side."""
    named = {issue.name.casefold() for issue in space.issues}
    for trade in negotiation.trades:
        yield from (f"“{text}”" for text in (trade.give, trade.get) if not _names(text, named))
    yield from (issue for issue in _COMMON_ISSUES if not _names(issue, named))


def _names(text: str, issues: set[str]) -> bool:
    return any(issue in text.casefold() for issue in issues)
