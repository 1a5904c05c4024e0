"""Rows of a CSV file, each with its line and the columns of its cells; quick until a place is asked for."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.problem import Lines, Problem, Span
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells without outer blanks, and the raw lines that they came from."""

    line: int
    cells: tuple[str, ...]
    raw: tuple[str, ...]
    delimiter: str

    def span(self, index: int) -> Span:
        """Return the place of a cell; behind the last one, the end of the row."""
        text = "".join(self.raw).rstrip("\r\n")
        plain = [] if '"' in text or len(self.raw) != 1 else text.split(self.delimiter)
        if index < len(plain):
            start = sum(map(len, plain[:index])) + index + 1
            return Span(line=self.line, column=start, end_line=self.line, end_column=start + len(plain[index]))
        cell = re.compile(rf'(?:[ \t]*"(?:[^"]|"")*"?[^{re.escape(self.delimiter)}]*|[^{re.escape(self.delimiter)}]*)')
        start, end = 0, 0
        for number in range(index + 1):
            start = min(end + 1, len(text)) if number else 0
            match = cell.match(text, start)
            end = match.end() if match else start
        place = Lines(text).span(start, end)
        down = self.line - 1
        return Span(
            line=place.line + down, column=place.column, end_line=place.end_line + down, end_column=place.end_column
        )


class Rows:
    """The rows below the header of a CSV text, given line by line; the header tells the delimiter."""

    def __init__(self, lines: Iterable[str], *, file: str) -> None:
        self.file = file
        self._lines = iter(lines)
        self._taken: list[str] = []
        self._count = 0
        first = next(self._tape(), "")
        self._delimiter = max(_DELIMITERS, key=first.count)
        try:
            cells = next(csv.reader([first], delimiter=self._delimiter), [])
        except csv.Error:
            # It names no columns, which whoever needs some will tell.
            cells = []
        self.header = self._row(cells, 1)

    def __iter__(self) -> Iterator[Row | Problem]:
        """Yield each row that says anything, or the problem that it cannot be told into cells."""
        reader = csv.reader(self._tape(), delimiter=self._delimiter, strict=True, skipinitialspace=True)
        while True:
            self._taken.clear()
            line = self._count + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield self._broken(line, error)
            else:
                row = self._row(cells, line)
                if any(row.cells):
                    yield row

    def problem(self, row: Row, index: int, message: str, cure: str, *, fault: Fault = Fault.BAD_ROW) -> Problem:
        """Return the problem that is in one cell of `row`."""
        return fault.problem(file=self.file, span=row.span(index), message=message, cure=cure)

    def _row(self, cells: list[str], line: int) -> Row:
        return Row(line, tuple(map(str.strip, cells)), tuple(self._taken), self._delimiter)

    def _broken(self, line: int, error: csv.Error) -> Problem:
        row = Row(line, (), tuple(self._taken[:1]), "\n")
        unclosed = "unexpected end" in str(error)
        return self.problem(
            row,
            0,
            "a quote opens here and is never closed" if unclosed else f"this row cannot be told into cells: {error}",
            "close the quote, or double a quote that belongs to the text",
        )

    def _tape(self) -> Iterator[str]:
        for line in self._lines:
            self._taken.append(line)
            self._count += 1
            yield line


def shown(cell: str) -> str:
    """Return `cell` fit for a message: short, on one line, every character printable."""
    text = "".join(character if character.isprintable() else "\ufffd" for character in cell)
    return text if len(text) <= 60 else text[:59] + "…"
