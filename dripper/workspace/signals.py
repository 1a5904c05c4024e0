"""Reads mentions from CSV or JSON lines, with the headers that people use; a bad row is told, the others are taken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from dripper.problem import Problem, Span
from dripper.workspace.cells import CellError
from dripper.workspace.faults import Fault
from dripper.workspace.rows import Row, Rows, shown
from dripper.workspace.signals_cells import Cells, signal_of

if TYPE_CHECKING:
    from dripper.workspace.model.signal import Signal

# Where a workspace keeps its mentions, those of all accounts together.
SIGNALS = "campaigns/signals.csv"
# Column -> the headers that mean it, in small letters with one space for every blank, hyphen and underscore.
SYNONYMS = {
    "date": ("date", "created at", "posted at", "published", "published at", "timestamp", "time", "day", "on"),
    "author": (
        *("author", "user", "username", "user name", "screen name", "handle", "author name", "speaker", "profile"),
        *("outlet", "publication", "name", "from"),
    ),
    "reach": (
        *("reach", "followers", "follower count", "followers count", "author followers", "subscribers", "audience"),
        "circulation",
    ),
    "text": (
        "text",
        "full text",
        "mention",
        "content",
        "post",
        "tweet",
        "message",
        "quote",
        "snippet",
        "body",
        "title",
    ),
    "url": ("url", "link", "permalink", "web address", "address"),
    "account": ("account", "client", "customer", "company", "organisation", "organization"),
    "names": ("names", "mentions", "mentioned", "people", "keywords", "brand", "brands", "about"),
    "kind": ("kind",),
    "for": ("for",),
    "sure": ("sure",),
    "worth": ("worth",),
}
_NEEDED = ("date", "author", "text")
# So many bad rows are told one by one.
MOST_TOLD = 100


@dataclass(slots=True)
class Mentions:
    """What a file said: its mentions in its order, and the problems of the rows that were left out."""

    signals: list[Signal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Bad rows that are only counted.
    more: int = 0

    @property
    def left_out(self) -> int:
        """Return how many rows could not be used."""
        return len(self.problems) + self.more

    @property
    def told(self) -> list[Problem]:
        """Return the problems, and behind them how many more there are."""
        if not self.more:
            return self.problems
        last, rest = self.problems[-1], f"{self.more} more rows of this file cannot be used"
        cure = "cure the rows above first"
        return [*self.problems, Fault.BAD_ROW.problem(file=last.file, span=last.span, message=rest, cure=cure)]

    def tell(self, problem: Problem) -> None:
        """Keep a problem, or count it where there are many already."""
        if len(self.problems) < MOST_TOLD:
            self.problems.append(problem)
        else:
            self.more += 1


def read_csv_signals(lines: Iterable[str], *, file: str) -> Mentions:
    """Read the rows of a CSV text; the first line names the columns."""
    rows, found = Rows(lines, file=file), Mentions()
    columns = columns_of(rows.header.cells)
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        message = f"the first line must name the columns; missing: {', '.join(missing)}"
        found.tell(rows.problem(rows.header, 0, message, "let the file begin with date,author,reach,text,url"))
        return found
    for row in rows:
        if isinstance(row, Problem):
            found.tell(row)
            continue
        cells = {name: row.cells[index] for name, index in columns.items() if index < len(row.cells)}
        _take(found, cells, partial(_in_row, rows, row, columns))
    return found


def read_json_signals(lines: Iterable[str], *, file: str) -> Mentions:
    """Read JSON lines: one object a line; the author may be an object of its own with name and followers."""
    found = Mentions()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            column = getattr(error, "colno", 1)
            found.tell(_in_line(file, number, column, "this line is no JSON", "write one object a line"))
            continue
        if not isinstance(data, dict):
            found.tell(_in_line(file, number, 1, "this line is no object", 'write it as {"author": …, "text": …}'))
            continue
        flat = dict(_flat(data))
        titles = list(flat)
        cells = {name: flat[titles[index]] for name, index in columns_of(titles).items()}
        _take(found, cells, partial(_in_object, file, number))
    return found


def columns_of(titles: Iterable[str]) -> dict[str, int]:
    """Return the place of each column that is there; where two headers mean one, the better known name counts."""
    plain = [re.sub(r"[\s_-]+", " ", title).strip().casefold() for title in titles]
    found: dict[str, int] = {}
    for name, synonyms in SYNONYMS.items():
        at = next((plain.index(synonym) for synonym in synonyms if synonym in plain), None)
        if at is not None and at not in found.values():
            found[name] = at
    return found


def _take(found: Mentions, cells: Mapping[str, str], problem: Callable[[str, CellError], Problem]) -> None:
    """Keep the mention that the cells make, or the problem that they are."""
    cell = Cells(cells)
    try:
        found.signals.append(signal_of(cell))
    except CellError as error:
        found.tell(problem(cell.column, error))


def _in_row(rows: Rows, row: Row, columns: Mapping[str, int], column: str, error: CellError) -> Problem:
    return rows.problem(row, columns.get(column, 0), str(error), error.cure)


def _in_object(file: str, line: int, column: str, error: CellError) -> Problem:
    return _in_line(file, line, 1, f"{column}: {error}", error.cure)


def _in_line(file: str, line: int, column: int, message: str, cure: str) -> Problem:
    span = Span(line=line, column=column, end_line=line, end_column=column + 1)
    return Fault.BAD_ROW.problem(file=file, span=span, message=shown(message), cure=cure)


def _flat(data: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the keys of an object with their values as text; an author of its own gives name and reach."""
    for key, value in data.items():
        if isinstance(value, dict):
            inner = {str(name).casefold(): each for name, each in value.items()}
            names = ("name", "username", "screen_name", "handle")
            yield key, next((str(inner[name]) for name in names if inner.get(name)), "")
            for name in ("followers", "followers_count", "reach", "subscribers"):
                if inner.get(name) is not None:
                    yield "followers", str(inner[name])
        elif isinstance(value, list):
            yield key, ";".join(str(each) for each in value if isinstance(each, str | int))
        elif value is not None:
            yield key, str(value)
