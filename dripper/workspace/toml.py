"""A TOML text as data, with the place of every key, value and character; pure, and quick until a place is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import tomli

from dripper.problem import Lines, Passage, Problem, Severity, Span
from dripper.workspace.places import Places, pieces, places_of
from dripper.workspace.syntax import syntax_problem

if TYPE_CHECKING:
    from dripper.workspace.faults import Fault
    from dripper.workspace.places import Path, Stretch

# A message quotes the file, which may say anything at any length.
_LONGEST_MESSAGE = 300


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, from its `#` to the end of its line."""

    text: str
    span: Span

    @property
    def line(self) -> int:
        """Return the line it stands on."""
        return self.span.line


class Document:
    """One TOML file: what it says (`data`, floats as `Decimal`), and where it says it.

    A path is a tuple of keys and indices, such as `("message", 0, "text")`. A path without a place of its own (a key
    that is not there, a table made by a dotted key) gets that of the nearest table round it.
    """

    def __init__(self, file: str, text: str, data: dict[str, Any], stand_ins: frozenset[Path] = frozenset()) -> None:
        self.file = file
        self.text = text
        self.data = data
        # Where `data` does not hold what the file says, because that is wrong or missing.
        self.stand_ins = stand_ins
        self._strings: dict[Path, list[Stretch]] = {}

    @classmethod
    def parse(cls, file: str, text: str) -> Document | Problem:
        """Return the document, or the problem where `text` is no TOML."""
        text = text.removeprefix("\ufeff")
        try:
            return cls(file, text, tomli.loads(text, parse_float=Decimal))
        except tomli.TOMLDecodeError as error:
            return syntax_problem(file, error.msg, line=error.lineno, column=error.colno)
        except RecursionError:
            # The parser names no place for this one and the next.
            return syntax_problem(file, "lists or tables nest too deep")
        except (ValueError, ArithmeticError):
            return syntax_problem(file, "a number is too long to be read")

    def mended(self, data: dict[str, Any], stand_ins: frozenset[Path]) -> Document:
        """Return the same text with `data` that differ from it at `stand_ins`."""
        return Document(self.file, self.text, data, stand_ins)

    def is_own(self, *paths: Path) -> bool:
        """Whether what stands at each of `paths` is the file's own in full: no stand-in is there, above or within."""
        return not any(path[: len(each)] == each[: len(path)] for path in paths for each in self.stand_ins)

    def stands_in(self, path: Path) -> bool:
        """Whether what stands at `path` is a stand-in, or within one."""
        return any(path[: len(each)] == each for each in self.stand_ins)

    def key_span(self, path: Path) -> Span:
        """Return the place of the key that `path` ends with; for an item of a list, that of the list."""
        return self._span_of(self._nearest(self._places.keys, path) or self._nearest(self._places.values, path))

    def value_span(self, path: Path) -> Span:
        """Return the place of the value; for a table, its header or its braces."""
        return self._span_of(self._nearest(self._places.values, path))

    def source(self, path: Path) -> str:
        """Return the value as it is written, empty where it has no place of its own."""
        start, end = self._places.values.get(path, (0, 0))
        return self.text[start:end]

    def passage(self, path: Path) -> Passage:
        """Return the string at `path` with the place of each of its characters."""
        text: Any = self.data
        for step in path:
            text = text[step]
        return Passage(text, lambda start, end: self._within(path, start, end))

    def first_header_below(self, path: Path) -> int | None:
        """Return the line of the first header of a table inside the table at `path`; `None` where there is none."""
        for header in self._places.headers:
            if len(header) > len(path) and header[: len(path)] == path:
                return self.value_span(header).line
        return None

    def first_line_of(self, line: int) -> int:
        """Return the line with the key whose value reaches over `line`; `line` itself where none does."""
        lines = (
            self._lines.position(begin)[0]
            for path, (begin, _) in self._places.keys.items()
            if path in self._places.values and self._lines.position(self._places.values[path][1])[0] >= line
        )
        return max((each for each in lines if each <= line), default=line)

    def has_header(self, path: Path) -> bool:
        """Whether the table at `path` stands under a header of its own."""
        return path in self._places.headers

    def problem(
        self, fault: Fault, path: Path, message: str, cure: str, *, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return the problem that `fault` is at the value of `path`."""
        if len(message) > _LONGEST_MESSAGE:
            message = message[: _LONGEST_MESSAGE - 1] + "…"
        return fault.problem(file=self.file, span=self.value_span(path), message=message, cure=cure, severity=severity)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Return every comment, in the file's order."""
        if "#" not in self.text:
            return ()
        stretches = sorted(self._places.comments)
        return tuple(Comment(self.text[start:end], self._lines.span(start, end)) for start, end in stretches)

    @cached_property
    def _places(self) -> Places:
        return places_of(self.text)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)

    def _within(self, path: Path, start: int, end: int) -> Span:
        if path not in self._places.values:
            return self.value_span(path)
        stretches = self._characters(path)
        if not stretches:
            return self._lines.span(*self._places.values[path])
        end = min(end, len(stretches))
        begin = stretches[start][0] if start < len(stretches) else stretches[-1][1]
        return self._lines.span(begin, stretches[end - 1][1] if end > start else begin)

    def _characters(self, path: Path) -> list[Stretch]:
        """Return the place of each character of the string at `path`; a long one may have many faults, so keep them."""
        if path not in self._strings:
            first, last = self._places.values[path]
            self._strings[path] = [(first + begin, first + stop) for begin, stop in pieces(self.text[first:last])]
        return self._strings[path]

    def _nearest(self, places: dict[Path, Stretch], path: Path) -> Stretch | None:
        while path and path not in places:
            path = path[:-1]
        return places.get(path)

    def _span_of(self, stretch: Stretch | None) -> Span:
        return self._lines.span(*(stretch or (0, 0)))
