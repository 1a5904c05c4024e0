"""What a report is made of: a problem, and the lines of the file that it begins and ends on."""

from __future__ import annotations

from dataclasses import dataclass

from dripper.problem import Problem


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem with the line that it begins on and, where that is another, the line that it ends on.

    A line is empty where it is not known.
    """

    problem: Problem
    line: str = ""
    last: str = ""

    @property
    def end_line(self) -> str:
        """Return the line that the problem ends on."""
        return self.last if self.problem.span.end_line > self.problem.span.line else self.line


def shown_in(lines: list[str], problem: Problem) -> Shown:
    """Return `problem` with its lines among those of its file."""
    return Shown(problem, _line(lines, problem.span.line), _line(lines, problem.span.end_line))


def lines_of(text: str) -> list[str]:
    """Return the lines of `text`, counted as spans count them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def utf16_column(line: str, column: int) -> int:
    """Return the column, counted in UTF-16 code units, of the code point in `column`; both from 1.

    Where the line is not known or shorter, each code point that is missing counts as one unit.
    """
    before = line[: column - 1]
    return column if before.isascii() else column + sum(character > "\uffff" for character in before)


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1] if number <= len(lines) else ""
