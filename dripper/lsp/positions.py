"""Places as a client counts them: lines from 0, columns in UTF-8, UTF-16 or UTF-32 units, as was agreed on."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lsprotocol.types import Position, PositionEncodingKind, Range

from dripper.problem import Lines

if TYPE_CHECKING:
    from dripper.problem import Span

# A lone half of a pair, which UTF-16 can hold and a text cannot.
_LONE = re.compile("[\ud800-\udfff]")


class Sheet:
    """A text and the units in which a client counts its columns."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self.text = _LONE.sub("\ufffd", text)
        self.encoding = encoding

    def offset(self, position: Position) -> int:
        """Return the offset in code points; a column behind the end of its line is that end."""
        start = self.lines.offset(position.line + 1, 1)
        line = self._rest_of_line(start)
        if line.isascii() or self.encoding == PositionEncodingKind.Utf32:
            return start + min(position.character, len(line))
        widths = accumulate((self._units(character) for character in line), initial=0)
        return start + bisect_right(list(widths), position.character) - 1

    def position(self, offset: int) -> Position:
        """Return the client's position of an offset."""
        line, column = self.lines.position(offset)
        before = self.text[offset - column + 1 : offset]
        return Position(line=line - 1, character=self._units(before))

    def range(self, start: int, end: int) -> Range:
        """Return the client's range of `text[start:end]`."""
        return Range(start=self.position(start), end=self.position(end))

    def offsets(self, span: Span) -> tuple[int, int]:
        """Return where a span begins and ends."""
        start = self.lines.offset(span.line, span.column)
        return start, max(start, self.lines.offset(span.end_line, span.end_column))

    def changed(self, text: str, where: Range | None) -> Sheet:
        """Return the sheet with `text` for what stood at `where`; `None`: for everything."""
        if where is None:
            return Sheet(text, self.encoding)
        start, end = self.offset(where.start), self.offset(where.end)
        return Sheet(self.text[:start] + text + self.text[max(start, end) :], self.encoding)

    @cached_property
    def lines(self) -> Lines:
        """Return where the lines begin."""
        return Lines(self.text)

    def line_of(self, offset: int) -> tuple[int, str]:
        """Return where the line of an offset begins, and the line without its end."""
        start = offset - self.lines.position(offset)[1] + 1
        return start, self._rest_of_line(start)

    def _rest_of_line(self, start: int) -> str:
        ends = [end for mark in "\r\n" if (end := self.text.find(mark, start)) >= 0]
        return self.text[start : min(ends, default=len(self.text))]

    def _units(self, text: str) -> int:
        if text.isascii() or self.encoding == PositionEncodingKind.Utf32:
            return len(text)
        if self.encoding == PositionEncodingKind.Utf8:
            return len(text.encode())
        return len(text) + sum(character > "\uffff" for character in text)
