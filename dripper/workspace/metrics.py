"""Reads series of metrics from CSV; a bad row is told and counted, never silently dropped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dripper.problem import Problem, Span
from dripper.workspace.alike import DOTTED
from dripper.workspace.cells import CellError, check_name, number_of
from dripper.workspace.dates import Order, UnclearDateError, date_of, order_of
from dripper.workspace.disk import open_lines, unreadable
from dripper.workspace.faults import Fault
from dripper.workspace.rows import Row, Rows, shown
from dripper.workspace.tally import Key, Tally

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path
    from typing import TextIO

    from dripper.workspace.model.workspace import Series

_SYNONYMS = {
    "account": ("account", "client", "customer"),
    "metric": ("metric", "kpi", "measure", "metric_id"),
    "date": ("date", "day", "week", "month", "on"),
    "value": ("value", "amount", "val"),
}


# 24,5 among commas would be read as 24.
_CURE_OF_SURPLUS = "write decimals with a point, such as 24.5, or name a column for each cell in the first line"


@dataclass(slots=True)
class Readings:
    """What one file said: series by account and metric, and the problems of its rows."""

    series: dict[Key, Series] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, others: Readings, *, file: str) -> None:
        """Take in what another file, called `file`, said; a series that is there already stays as it is."""
        twice = sorted(metric for account, metric in others.series if (account, metric) in self.series)
        self.series = {**others.series, **self.series}
        self.problems += others.problems
        if twice:
            self.problems.append(
                Fault.DUPLICATE_ID.problem(
                    file=file,
                    span=Span(line=1, column=1, end_line=1, end_column=1),
                    message=f"these series stand in another file already: {', '.join(map(shown, twice))}",
                    cure="keep each series in one file",
                )
            )


def read_csv(path: Path) -> tuple[tuple[Series, ...], tuple[Problem, ...]]:
    """Read a file of `date,value` or `metric,date,value` that belongs to no workspace.

    A metric without a name is called by the file's name; an account column may be there. Two columns are date and
    value whatever they are called, and a date may be a year or a month.
    """
    name = str(path)
    readings = read_metrics(open_lines(path, name=name), name=name, account="", metric=path.stem, bare=True)
    return tuple(readings.series.values()), tuple(readings.problems)


def read_metrics(
    lines: TextIO | Problem, *, name: str, account: str | None, metric: str | None = None, bare: bool = False
) -> Readings:
    """Read an open file, which the user calls `name`, line by line, and close it; a problem is passed on.

    `account` and `metric` are those of rows that name none; `None`: every row must name its own. `bare`: the file was
    not written for a workspace, see `read_csv`.
    """
    if isinstance(lines, Problem):
        return Readings(problems=[lines])
    try:
        with lines:
            return read_series(lines, file=name, account=account, metric=metric, bare=bare)
    except OSError as error:
        return Readings(problems=[unreadable(name, f"cannot be read: {error.strerror or error}", "try a copy of it")])


def read_series(
    lines: Iterable[str], *, file: str, account: str | None, metric: str | None = None, bare: bool = False
) -> Readings:
    """Read series from the lines of a CSV text; see `read_metrics`."""
    rows = Rows(lines, file=file)
    columns = columns_of(rows.header.cells)
    is_pair = bare and len(rows.header.cells) == 2 and not {"date", "value"} <= columns.keys()
    if is_pair and not _is_dated(rows.header.cells[0]):
        columns = {"date": 0, "value": 1}
    given = {"account": account, "metric": metric}
    missing = [name for name in _SYNONYMS if name not in columns and given.get(name) is None]
    if missing:
        return Readings(problems=[_headless(rows, missing, columns)])
    readings = _Collector(rows, columns, given, periods=bare).readings()
    readings.problems[:0] = _twice(rows, columns)
    return readings


class _Collector:
    """Gathers the points of every series of one file."""

    def __init__(self, rows: Rows, columns: dict[str, int], given: dict[str, str | None], *, periods: bool) -> None:
        self._rows = rows
        self._columns = columns
        self._given = given
        # Whether a year or a month may stand for its first day.
        self._periods = periods
        self._tally = Tally()
        # Which orders of day and month the file's dates prove, and the rows that wait for it.
        self._orders: set[Order] = set()
        self._unclear: list[Row] = []
        # The first value such as 1.234 among semicolons: who writes decimal commas marks thousands so.
        self._dotted: Problem | None = None

    def readings(self) -> Readings:
        """Read all rows."""
        for row in self._rows:
            if isinstance(row, Problem):
                self._tally.tell(row)
            else:
                self._take(row)
        order = next(iter(self._orders)) if len(self._orders) == 1 else None
        for row in self._unclear:
            self._take(row, order, is_last=True)
        self._tally.end(of="this file", dotted=self._dotted)
        return Readings(series=self._tally.series("metrics.csv"), problems=self._tally.problems)

    def _take(self, row: Row, order: Order | None = None, *, is_last: bool = False) -> None:
        account, metric = self._cell(row, "account"), self._cell(row, "metric")
        key = (account, metric)
        column = "account"
        try:
            if key not in self._tally.points:
                if account or self._given["account"] != "":
                    check_name(account, "account")
                column = "metric"
                check_name(metric, "metric")
            column = "date"
            on = self._date(row, order)
            self._tally.fresh(key, on)
            column = "value"
            self._tally.take(key, on, self._value(row), f"line {row.line}")
        except UnclearDateError as error:
            if is_last:
                self._spoil(key, row, column, error)
            else:
                self._unclear.append(row)
        except CellError as error:
            self._spoil(key, row, column, error)

    def _value(self, row: Row) -> Decimal:
        cell = self._cell(row, "value")
        if any(row.cells[len(self._rows.header.cells) :]):
            raise CellError("more cells follow than there are columns, so this value may be cut", _CURE_OF_SURPLUS)
        if row.delimiter == ";" and self._dotted is None and DOTTED.fullmatch(cell):
            cure = f"write {cell.replace('.', '')} where thousands are meant, {cell}0 where decimals are"
            self._dotted = self._rows.problem(row, self._columns["value"], f'"{cell}"', cure)
        return number_of(cell)

    def _date(self, row: Row, order: Order | None) -> date:
        cell = self._cell(row, "date")
        proved = order_of(cell)
        if proved is not None:
            self._orders.add(proved)
        return date_of(cell, periods=self._periods, order=order)

    def _spoil(self, key: Key, row: Row, column: str, error: CellError) -> None:
        """Count a bad row of its metric, where it names one, and tell it."""
        if [*map(str.lower, row.cells)] == [*map(str.lower, self._rows.header.cells)]:
            # Files that were joined have it several times.
            error = CellError("the header stands here once more", "delete this line")
            column = ""
        problem = self._rows.problem(row, self._columns.get(column, 0), str(error), error.cure)
        if column in ("", "account", "metric"):
            self._tally.tell(problem)
        else:
            self._tally.spoil(key, error, problem)

    def _cell(self, row: Row, name: str) -> str:
        index = self._columns.get(name)
        if index is None or (index < len(row.cells) and not row.cells[index] and self._given.get(name)):
            return self._given.get(name) or ""
        return row.cells[index] if index < len(row.cells) else ""


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, by the usual names of each."""
    titles = [title.lower().replace(" ", "_") for title in header]
    return {
        name: next(titles.index(synonym) for synonym in synonyms if synonym in titles)
        for name, synonyms in _SYNONYMS.items()
        if any(synonym in titles for synonym in synonyms)
    }


def _twice(rows: Rows, columns: dict[str, int]) -> list[Problem]:
    """Return the problem of each column that stands there twice under one name: the first one counts."""
    titles = [title.lower() for title in rows.header.cells]
    problems = []
    for place in columns.values():
        if titles[place] in titles[place + 1 :]:
            again = titles.index(titles[place], place + 1)
            message = f'a second column is called "{shown(titles[place])}"; the first is read'
            cure = "keep one of the two, or give the other another name"
            problems.append(rows.problem(rows.header, again, message, cure))
    return problems


def _is_dated(title: str) -> bool:
    """Tell whether the first cell of a file is a date, or meant as one, and so no name of a column."""
    try:
        date_of(title, periods=True)
    except CellError:
        return title[:1].isdigit()
    return True


def _headless(rows: Rows, missing: list[str], columns: Collection[str]) -> Problem:
    wanted = ",".join(name for name in _SYNONYMS if name in missing or name in columns)
    message = f"the first line must name the columns; missing: {', '.join(missing)}"
    return rows.problem(rows.header, 0, message, f"let the file begin with {wanted}")
