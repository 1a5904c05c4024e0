"""The efficient frontier, exact and with every tie, found issue by issue.

Points add up over issues, so a part of a package that is worse for one side and no better for the other can never
become part of an efficient one: after each issue the parts that another one beats are left out, and those of equal
worth are merged (stage-wise merging with dominance; G. Nemhauser and Z. Ullmann, Management Science 15, 1969).
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.prep.packages.space import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dripper.prep.packages.space import Issue, Space

# Nobody reads so many; to find more would take minutes.
MOST_POINTS = 50_000


class Point:
    """A worth to both sides that nothing beats, with all ways to reach it: a choice, and the point of what is left."""

    __slots__ = ("count", "ours", "theirs", "ways")

    def __init__(self, ours: int, theirs: int, ways: tuple[tuple[int, Point], ...] = (), count: int = 1) -> None:
        self.ours = ours
        self.theirs = theirs
        self.ways = ways
        # How many packages are worth just this.
        self.count = count

    def packages(self, most: int) -> list[Package]:
        """Return at most so many of the packages that are worth this, in the order of the file."""
        found: list[Package] = []
        # What was picked on the way down; each way overwrites what lies deeper.
        picks: list[int] = []
        waiting = [(0, choice, rest) for choice, rest in reversed(self.ways)]
        while waiting and len(found) < most:
            depth, choice, point = waiting.pop()
            picks[depth:] = [choice]
            if point.ways:
                waiting += [(depth + 1, choice, rest) for choice, rest in reversed(point.ways)]
            else:
                found.append(Package(picks=tuple(picks), ours=self.ours, theirs=self.theirs))
        return found


def frontier_of(space: Space) -> list[Point]:
    """Return the frontier, our best point first; `UsageError` where it has more points than anybody can use."""
    points = [Point(0, 0)]
    for issue in reversed(space.issues):
        points = _pruned(_merged(points, issue))
        if len(points) > MOST_POINTS:
            raise UsageError(
                f"more than {MOST_POINTS:,} packages are efficient, each worth something else",
                cure="write the points as whole numbers, or settle some of the issues apart",
            )
    return points


def packages_at(points: Iterable[Point], most: int) -> tuple[Package, ...]:
    """Return at most so many of the packages of `points` together."""
    found: list[Package] = []
    for point in points:
        found += point.packages(most - len(found))
    return tuple(found)


_Part = tuple[int, int, int, Point]


def _merged(points: Sequence[Point], issue: Issue) -> list[_Part]:
    """Return every point with every choice of one more issue: worth to us and to them, the choice, the point."""
    parts = [
        (point.ours + choice.ours, point.theirs + choice.theirs, at, point)
        for at, choice in enumerate(issue.choices)
        for point in points
    ]
    # Each choice brings the points in order, so that sorting only merges.
    parts.sort(key=itemgetter(0, 1), reverse=True)
    return parts


def _pruned(parts: list[_Part]) -> list[Point]:
    """Return the points that no other beats; of equal ones all ways."""
    kept: list[Point] = []
    for ours, theirs, at, rest in parts:
        if not kept or theirs > kept[-1].theirs:
            kept.append(Point(ours, theirs, ((at, rest),), rest.count))
        elif theirs == kept[-1].theirs and ours == kept[-1].ours:
            kept[-1].ways += ((at, rest),)
            kept[-1].count += rest.count
    return kept
