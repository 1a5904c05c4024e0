"""Tells one fault of a whole column once: what a program saved in a spelling of its own is mended there, not by row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from dripper.workspace.cells import Spelling
from dripper.workspace.rows import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from dripper.problem import Problem
    from dripper.workspace.cells import SpellingError

    # The account and the metric of a series.
    Key: TypeAlias = tuple[str, str]
    Points: TypeAlias = dict[Key, dict[date, tuple[Decimal, str]]]

# So many of a spelling are kept, in case they are told one by one.
_MOST_KEPT = 50
# 1.234 is read as it stands; among decimal commas, and where semicolons part the cells, its point may mark thousands.
DOTTED = re.compile(r"-?[1-9]\d{0,2}\.\d{3}", re.ASCII)
# How a program is brought to save the others rightly.
_WAYS = {
    Spelling.COMMA: '; Excel saves a point after Options, Advanced, Decimal separator "."',
    Spelling.MARK: "; take the marks out of the column's number format, and save again",
    Spelling.SIGN: "; give the column a plain number format, and save again",
    Spelling.SERIAL: "; give the column a date format, and save again",
}


@dataclass(slots=True)
class _Spelled:
    """The bad cells of one spelling: how many, the first ones, and in which series."""

    first: SpellingError
    count: int = 0
    problems: list[Problem] = field(default_factory=list)
    keys: set[Key] = field(default_factory=set)

    def add(self, key: Key, problem: Problem) -> None:
        self.count += 1
        self.keys.add(key)
        if len(self.problems) < _MOST_KEPT:
            self.problems.append(problem)

    def take(self, others: _Spelled) -> None:
        self.count += others.count
        self.keys |= others.keys
        self.problems += others.problems[: _MOST_KEPT - len(self.problems)]


class Alike:
    """The bad cells of one source that are spelled alike, until the last row shows whether all of their column are."""

    def __init__(self) -> None:
        self._spelled: dict[Spelling, _Spelled] = {}
        # How many problems were found beyond those that `told` yields.
        self.untold = 0

    def add(self, key: Key, error: SpellingError, problem: Problem) -> None:
        """Keep a bad cell of the series `key`."""
        self._spelled.setdefault(error.spelling, _Spelled(error)).add(key, problem)

    def told(self, points: Points, bad: dict[Key, int]) -> Iterator[Problem]:
        """Yield one problem for each spelling that a whole column has, and those of the others one by one.

        Beside decimal commas a value such as 1.234 may be a thousand: it goes from `points` and is counted in `bad`.
        """
        commas, either = self._spelled.get(Spelling.COMMA), self._spelled.get(Spelling.EITHER)
        if commas and either and Spelling.MARK not in self._spelled:
            commas.take(self._spelled.pop(Spelling.EITHER))
        for spelling, spelled in self._spelled.items():
            if spelled.count == 1 or _is_denied(spelling, spelled, points):
                yield from spelled.problems
                self.untold += spelled.count - len(spelled.problems)
            else:
                dropped = _drop_dotted(points, bad) if spelling is Spelling.COMMA else 0
                yield _whole(spelling, spelled, dropped)


def doubted(points: Points, bad: dict[Key, int], first: Problem) -> Iterator[Problem]:
    """Yield the problem that the point of values such as 1.234 may mark thousands, where nothing tells; they go.

    `first` is the first of them, its message the cell. Nothing tells where all others are whole and below 1,000: where
    marks are in use, larger ones have them, and where they are not, larger ones would stand there without.
    """
    if any(abs(value) >= 1000 or (_has_point(value) and not DOTTED.fullmatch(str(value))) for value in _values(points)):
        return
    count, either = _drop_dotted(points, bad), "a point that may mark decimals or thousands"
    if count == 1:
        yield first._replace(message=f"{first.message} has {either}")
    elif count:
        message = f"{count:,} values have {either}, the first of them {first.message}"
        yield first._replace(message=message, cure=f"{first.cure}, and the others likewise")


def _is_denied(spelling: Spelling, spelled: _Spelled, points: Points) -> bool:
    """Whether good values show that the bad ones are single slips, and not how their column was saved."""
    if spelling is Spelling.COMMA:
        return any(_has_point(value) and not DOTTED.fullmatch(str(value)) for value in _values(points))
    if spelling is Spelling.MARK:
        return any(abs(value) >= 1000 for value in _values(points))
    return any(points.get(key) for key in spelled.keys)


def _values(points: Points) -> Iterator[Decimal]:
    return (value for series in points.values() for value, _ in series.values())


def _has_point(value: Decimal) -> bool:
    return int(value.as_tuple().exponent) < 0


def _drop_dotted(points: Points, bad: dict[Key, int]) -> int:
    """Take out the values whose point may mark thousands; return how many there were."""
    found = [
        (key, on) for key, series in points.items() for on, (value, _) in series.items() if DOTTED.fullmatch(str(value))
    ]
    for key, on in found:
        del points[key][on]
        bad[key] += 1
    return len(found)


def _whole(spelling: Spelling, spelled: _Spelled, dropped: int) -> Problem:
    """Return the one problem of all the cells, at the first of them."""
    error = spelled.first
    message = f'{spelled.count:,} {spelling.value}, the first of them "{shown(error.cell)}"'
    if dropped:
        message += f"; in {dropped:,} more a point may mark thousands"
    cure = f"{error.cure}, and the others likewise{_WAYS.get(spelling, '')}"
    return spelled.problems[0]._replace(message=message, cure=cure)
