"""The text of a file as it is written, to tell whether the words that a rule read stand there letter by letter."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dripper.problem import Lines

if TYPE_CHECKING:
    from dripper.lint.rule import Finding
    from dripper.problem import Span


class Source:
    """A file's text, or one line of it; `first` is the number of its first line in the file."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._text = text
        self._first = first

    def at(self, span: Span) -> str:
        """Return what is written at `span`."""
        shift = 1 - self._first
        start = self._lines.offset(span.line + shift, span.column)
        return self._text[start : self._lines.offset(span.end_line + shift, span.end_column)]

    def says(self, finding: Finding, span: Span) -> bool:
        """Whether the very words of `finding` are written at `span`: no escape, no expression, nothing unseen."""
        return self.at(span) == finding.reading.passage.text[finding.start : finding.end]

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self._text)
