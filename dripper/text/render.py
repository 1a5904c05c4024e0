"""Template + values -> the text that the reader gets, each of whose characters leads back to its place in the file.

A text without `{{`, `{%` or `{#` is no template: it is passed through, and Jinja2 is not even imported.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dripper.errors import DripperError
from dripper.problem import Passage, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dripper.text.branches import Branch
    from dripper.text.compiled import BrokenError, Compiled, Stretch
    from dripper.workspace.faults import Fault


_NO_BRANCHES: frozenset[int] = frozenset()


class TemplateError(DripperError):
    """A template cannot be rendered: a fault, its place in the file, and the cure."""

    def __init__(self, error: BrokenError, source: Passage) -> None:
        super().__init__(str(error), cure=error.cure)
        self.fault: Fault = error.fault
        self._source = source
        self._start = error.start
        self._end = error.end

    @property
    def span(self) -> Span:
        """Return the place in the file of the expression or tag that is at fault."""
        return self._source.locate(self._start, self._end)


class Template:
    """A passage of a file with names to be filled in."""

    def __init__(self, source: Passage) -> None:
        self.source = _with_plain_line_ends(source)
        text = self.source.text
        self.is_plain = not ("{{" in text or "{%" in text or "{#" in text)
        self._taken: set[int] = set()
        self._was_rendered = self.has_failed = False

    def render(self, values: Mapping[str, object]) -> Passage:
        """Return the text for `values`; raise `TemplateError` where a name is missing or the template is refused.

        A place in the template's own words leads to those words, a place in a value to the expression that put it
        there.
        """
        return self.rendered(values)[0]

    def rendered(self, values: Mapping[str, object]) -> tuple[Passage, frozenset[int]]:
        """Return the text for `values` like `render`, and the numbers of the branches that it took."""
        if self.is_plain:
            return self.source, _NO_BRANCHES
        from dripper.text.compiled import BrokenError

        compiled = self._compiled
        taken: set[int] | None = set() if compiled.branches else None
        self._was_rendered = True
        try:
            text = compiled.render(values, taken)
        except BrokenError as error:
            self.has_failed = True
            raise TemplateError(error, self.source) from error
        passage = Passage(text, _Map(compiled, dict(values), text, self.source).locate)
        if taken is None:
            return passage, _NO_BRANCHES
        self._taken |= taken
        return passage, frozenset(taken)

    @property
    def has_branches(self) -> bool:
        """Whether it has conditions or loops; raise `TemplateError` where it cannot be read."""
        return not self.is_plain and bool(self._compiled.branches)

    def untaken(self) -> list[tuple[Branch, Span]]:
        """Return the branches that no rendering of this template so far took, each with its place in the file.

        Nothing where a rendering failed, or where there was none: what is taken then is not known.
        """
        if not self._was_rendered or self.has_failed:
            return []
        from dripper.text.branches import untaken

        found = untaken(self._compiled.branches, self._taken)
        return [(branch, self.source.locate(branch.chunk.start, branch.chunk.end)) for branch in found]

    def sketch(self) -> Passage | None:
        """Return the template's own words with `…` for each expression, for when there are no values.

        `None` where tags choose among the words; raises `TemplateError` like `render`.
        """
        if self.is_plain:
            return self.source
        from dripper.text.chunks import Kind
        from dripper.text.compiled import Stretch

        pieces = self._compiled.chunks
        if any(piece.kind is Kind.TAG for piece in pieces):
            return None
        stretches: list[Stretch] = []
        text = ""
        for piece in pieces:
            literal = piece.kind is Kind.LITERAL
            words = self.source.text[piece.start : piece.end] if literal else "…"
            stretches.append(Stretch(len(text), len(text) + len(words), piece, literal))
            text += words
        return Passage(text, lambda start, end: _located(stretches, self.source, start, end))

    @cached_property
    def _compiled(self) -> Compiled:
        from dripper.text.compiled import BrokenError, compiled

        try:
            return compiled(self.source.text)
        except BrokenError as error:
            raise TemplateError(error, self.source) from error


class _Map:
    """The way back from one rendered text, made when it is first asked for."""

    def __init__(self, compiled: Compiled, values: Mapping[str, object], text: str, source: Passage) -> None:
        self._compiled = compiled
        self._values = values
        self._text = text
        self._source = source

    def locate(self, start: int, end: int) -> Span:
        return _located(self._stretches, self._source, start, end)

    @cached_property
    def _stretches(self) -> tuple[Stretch, ...]:
        return self._compiled.stretches(self._values, self._text)


def _located(stretches: tuple[Stretch, ...] | list[Stretch], source: Passage, start: int, end: int) -> Span:
    """Return the span in the file of `text[start:end]`, where `stretches` cover the text in order."""
    full = [stretch for stretch in stretches if stretch.end > stretch.start]
    if not full:
        return source.locate(0, len(source.text))
    first = next((stretch for stretch in full if start < stretch.end), full[-1])
    last = next((stretch for stretch in full if end <= stretch.end), full[-1]) if end > start else first
    begin = first.chunk.start + (min(start, first.end) - first.start if first.verbatim else 0)
    stop = last.chunk.start + (min(end, last.end) - last.start) if last.verbatim else last.chunk.end
    return source.locate(begin, max(begin, stop))


def _with_plain_line_ends(source: Passage) -> Passage:
    """Return `source` with every line end as LF, as Jinja2 and the reader see it."""
    text = source.text
    if "\r" not in text:
        return source
    kept = [place for place, character in enumerate(text) if character != "\n" or text[place - 1 : place] != "\r"]
    ends = [*kept[1:], len(text)]
    plain = "".join("\n" if text[place] == "\r" else text[place] for place in kept)

    def locate(start: int, end: int) -> Span:
        begin = kept[start] if start < len(kept) else len(text)
        return source.locate(begin, ends[min(end, len(ends)) - 1] if end > start else begin)

    return Passage(plain, locate)
