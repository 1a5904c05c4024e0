"""A problem: what is wrong in a user's file, where, and what cures it."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE_END = re.compile(r"\r\n|\r|\n")


class Severity(StrEnum):
    """How much a problem weighs; errors stop `schedule` and, by default, make `lint` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    def reaches(self, threshold: Severity) -> bool:
        """Whether this severity is at or above `threshold`."""
        order = list(Severity)
        return order.index(self) <= order.index(threshold)


class Span(NamedTuple):
    """A stretch of a file: 1-based lines and columns, counted in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Problem(NamedTuple):
    """One finding, ready to be printed as `file:line:column CODE message`."""

    # As the user would name it: relative to the workspace or as given on the command line; `-` for stdin.
    file: str
    span: Span
    code: str
    name: str
    severity: Severity
    message: str
    cure: str
    message_id: str | None = None
    # The address of the contact for whom the rendered text is wrong, where only some are concerned.
    contact: str | None = None
    # What cures it when it stands at `span` instead; `None` where a person decides.
    replacement: str | None = None

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """Order by file, then place, then code."""
        return (self.file, self.span, self.code, self.message)

    def __str__(self) -> str:
        return f"{self.file}:{self.span.line}:{self.span.column} {self.code} {self.message}"


class Lines:
    """The line starts of a text, to turn offsets (in code points) into lines and columns.

    Only LF, CRLF and CR end a line, as in TOML and in editors; form feeds and U+2028 do not.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(ending.end() for ending in _LINE_END.finditer(text))]
        self._length = len(text)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of a 0-based offset (the end of the text included)."""
        offset = max(0, min(offset, self._length))
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the 0-based offset of a line and column; what lies behind the text's end becomes its end."""
        if line > len(self._starts):
            return self._length
        return min(self._starts[line - 1] + column - 1, self._length)

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`."""
        line, column = self.position(start)
        end_line, end_column = self.position(max(start, end))
        return Span(line=line, column=column, end_line=end_line, end_column=end_column)


class Passage(NamedTuple):
    """A text together with the places in a file that its characters come from.

    `locate(start, end)` returns the span of `text[start:end]`; it is called only when something is to be shown, so it
    may be as costly as parsing the file again.
    """

    text: str
    locate: Callable[[int, int], Span]

    @classmethod
    def of_file(cls, text: str) -> Passage:
        """Return a file's whole text as a passage."""
        return cls(text, lambda start, end: Lines(text).span(start, end))
