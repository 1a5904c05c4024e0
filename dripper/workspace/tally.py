"""The points of series as they are gathered row by row, whatever they are read from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dripper.workspace.alike import Alike, doubted
from dripper.workspace.cells import CellError, SpellingError
from dripper.workspace.faults import Fault
from dripper.workspace.model.workspace import Series
from dripper.workspace.rows import shown

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from dripper.problem import Problem, Span

# More would bury the other problems; the rest is counted.
_SHOWN_PROBLEMS = 50

Key = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """What was read so far, by account and metric, and the problems of its rows."""

    # By date: the value, and where it stands.
    points: dict[Key, dict[date, tuple[Decimal, str]]] = field(default_factory=lambda: defaultdict(dict))
    bad: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    problems: list[Problem] = field(default_factory=list)
    _hidden: int = 0
    _alike: Alike = field(default_factory=Alike)

    def fresh(self, key: Key, on: date) -> None:
        """Raise `CellError` where the series has a value for the date already."""
        if on in self.points[key]:
            where = self.points[key][on][1]
            raise CellError(f"a second value of {shown(key[1])} for {on}; the first, in {where}, is taken", "keep one")

    def take(self, key: Key, on: date, value: Decimal, where: str) -> None:
        """Add a point; `where` names its row, such as `line 2`."""
        self.points[key][on] = (value, where)

    def spoil(self, key: Key, error: CellError, problem: Problem) -> None:
        """Count a bad row of a series, and tell it: at once, or at the end where others may be spelled like it."""
        self.bad[key] += 1
        if isinstance(error, SpellingError):
            self._alike.add(key, error, problem)
        else:
            self.tell(problem)

    def tell(self, problem: Problem) -> None:
        """Keep a problem; from the fiftieth on they are counted."""
        if len(self.problems) >= _SHOWN_PROBLEMS:
            self._hidden += 1
        else:
            self.problems.append(problem)

    def end(self, *, of: str, dotted: Problem | None = None) -> None:
        """Tell what could not be told before the last row, and how many are not shown; sort the problems.

        `dotted` is the first cell such as 1.234 of a source that may mark thousands so.
        """
        found = [*self._alike.told(self.points, self.bad), *self.problems]
        found += doubted(self.points, self.bad, dotted) if dotted else ()
        self._hidden += self._alike.untold + len(found[_SHOWN_PROBLEMS:])
        self.problems = sorted(found[:_SHOWN_PROBLEMS], key=lambda problem: problem.sort_key)
        if self._hidden:
            last = self.problems[-1]
            more = f"{self._hidden} more rows of {of} cannot be used"
            self.problems.append(bad_row(last.file, last.span, more, "cure the rows above first"))
            self._hidden = 0

    def series(self, source: str) -> dict[Key, Series]:
        """Return every series, also one of bad rows alone."""
        return {key: self._series(key, source) for key in sorted({*self.points, *self.bad})}

    def _series(self, key: Key, source: str) -> Series:
        points = tuple((on, value) for on, (value, _) in sorted(self.points[key].items()))
        return Series(account=key[0], metric=key[1], points=points, bad_rows=self.bad[key], source=source)


def bad_row(file: str, span: Span, message: str, cure: str) -> Problem:
    """Return the problem of one row."""
    return Fault.BAD_ROW.problem(file=file, span=span, message=message, cure=cure)
