"""A template checked, bounded and compiled, once plain and once with a mark before each piece of the output.

The marks tell which piece of the source each stretch of the output comes from. They are private-use characters, so that
stripping them gives the plain output; where it does not (the text itself uses such characters), there is no map.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from jinja2 import Template, TemplateSyntaxError
from jinja2 import TemplateError as JinjaError

from dripper.text.chunks import Chunk, Chunks, Kind, chunks_of
from dripper.text.missing import CostlyError, MissingNameError, RefusedError
from dripper.text.rewrite import Rewriter, UnfitError, number_of
from dripper.text.sandbox import BUDGET, TAKEN, Budget, Sandbox
from dripper.workspace.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.text.branches import Branch

_LONGEST_SOURCE_CHARS = 20_000
_LONGEST_OUTPUT_CHARS = 100_000
# What a checked template can still run into: the operands of Python's own comparisons, slices and filters.
_FAILURES = (
    MissingNameError, CostlyError, RefusedError, JinjaError,
    ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError,
)  # fmt: skip
_BRACKETS = "names stand in {{ and }}, tags in {% and %}; a tag that opens needs its end, such as {% endif %}"
_SIMPLER = "write it simpler: a message needs a few names, at most a condition or a short loop"


class BrokenError(Exception):
    """A template cannot be compiled or rendered; `start` and `end` are offsets in its source."""

    def __init__(self, fault: Fault, message: str, cure: str, chunk: Chunk) -> None:
        super().__init__(message)
        self.fault = fault
        self.cure = cure
        self.start = chunk.start
        self.end = chunk.end


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the output, and the piece of the source that it comes from."""

    start: int
    end: int
    chunk: Chunk
    # Whether each character stands at the same offset within the piece.
    verbatim: bool


@lru_cache(maxsize=512)
def compiled(source: str) -> Compiled:
    """Return `source` compiled, from memory where it was compiled before; raise `BrokenError`."""
    return Compiled(source)


class Compiled:
    """One source, compiled when it is made; the version with marks only when a map is asked for."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._sandbox = Sandbox()
        if len(source) > _LONGEST_SOURCE_CHARS:
            message = f"the template has {len(source)} characters, more than {_LONGEST_SOURCE_CHARS}"
            raise BrokenError(Fault.COSTLY_TEMPLATE, message, _SIMPLER, self._whole)
        self._lexed: Chunks = chunks_of(self._sandbox, source)
        self.branches: tuple[Branch, ...] = ()
        self._plain = self._compile(marked=False)

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """Return the pieces of the source."""
        return self._lexed.pieces

    def render(self, values: Mapping[str, object], taken: set[int] | None) -> str:
        """Return the output for `values`, and add the branches taken; raise `BrokenError` at the piece that fails."""
        try:
            return "".join(_run(self._plain, values, taken))
        except _FAILURES as error:
            raise self._failure(error, values) from error

    def stretches(self, values: Mapping[str, object], output: str) -> tuple[Stretch, ...]:
        """Return where the stretches of `output`, rendered from `values`, come from; empty where that is unknown."""
        pieces = list(self._pieces("".join(_run(self._marked, values))))
        if "".join(text for _, text in pieces) != output:
            return ()
        found: list[Stretch] = []
        place = 0
        for chunk, text in pieces:
            verbatim = chunk.kind is Kind.LITERAL and text == self.source[chunk.start : chunk.end]
            found.append(Stretch(place, place + len(text), chunk, verbatim))
            place += len(text)
        return tuple(found)

    @cached_property
    def _marked(self) -> Template:
        return self._compile(marked=True)

    @property
    def _whole(self) -> Chunk:
        return Chunk(Kind.TAG, 0, len(self.source))

    def _compile(self, *, marked: bool) -> Template:
        try:
            if self._lexed.error:
                raise self._lexed.error
            tree = self._sandbox.parse(self.source)
            rewriter = Rewriter(self.source, self.chunks, self._sandbox.filters, self._sandbox.tests)
            rewriter.rewrite(tree, marked=marked)
            self.branches = tuple(rewriter.branches)
            return Template.from_code(self._sandbox, self._sandbox.compile(tree), {})
        except TemplateSyntaxError as error:
            raise self._misspelled(error) from error
        except UnfitError as error:
            fault = Fault.COSTLY_TEMPLATE if error.costly else Fault.SYNTAX
            raise BrokenError(fault, str(error), error.cure, error.chunk) from error
        except (RecursionError, MemoryError, SyntaxError, OverflowError, ValueError) as error:
            message = "the template is nested too deeply or has too large a number"
            raise BrokenError(Fault.COSTLY_TEMPLATE, message, _SIMPLER, self._whole) from error

    def _misspelled(self, error: TemplateSyntaxError) -> BrokenError:
        if self._lexed.error:
            chunk = self.chunks[-1]
        else:
            line = error.lineno
            on_line = [piece for piece in self.chunks if piece.kind is not Kind.LITERAL and self._touches(piece, line)]
            chunk = next(filter(self._is_unparsable, on_line), on_line[-1] if on_line else self._whole)
        message = str(error.message).partition(". ")[0].rstrip(".")
        cure = (
            "an expression stands in {{ and }}, a tag in {% and %}; a tag that opens needs its end, such as {% endif %}"
        )
        return BrokenError(
            Fault.SYNTAX, f"the template cannot be read: {message[:1].lower()}{message[1:]}", cure, chunk
        )

    def _touches(self, chunk: Chunk, line: int) -> bool:
        first = self.source.count("\n", 0, chunk.start) + 1
        return first <= line <= first + self.source.count("\n", chunk.start, chunk.end)

    def _is_unparsable(self, chunk: Chunk) -> bool:
        if chunk.kind is not Kind.EXPRESSION:
            return False
        try:
            self._sandbox.parse(self.source[chunk.start : chunk.end])
        except TemplateSyntaxError:
            return True
        return False

    def _failure(self, error: Exception, values: Mapping[str, object]) -> BrokenError:
        chunk = self._failing_chunk(values)
        if isinstance(error, MissingNameError):
            return _missing(error, values, chunk)
        if isinstance(error, CostlyError | RecursionError | MemoryError):
            return BrokenError(Fault.COSTLY_TEMPLATE, "the template takes too long or makes too much", _SIMPLER, chunk)
        why = str(error) if isinstance(error, RefusedError) else "its values do not fit what it does with them"
        return BrokenError(Fault.SYNTAX, f"the template fails: {why}", "correct the expression", chunk)

    def _failing_chunk(self, values: Mapping[str, object]) -> Chunk:
        """Return the piece that was being put out when the rendering failed."""
        seen = None
        try:
            for text in _run(self._marked, values):
                marks = [number for number in map(number_of, text) if number is not None]
                seen = marks[-1] if marks else seen
        except _FAILURES:
            return self.chunks[seen] if seen is not None and seen < len(self.chunks) else self._whole
        return self._whole

    def _pieces(self, marked: str) -> Iterator[tuple[Chunk, str]]:
        number, start = None, 0
        for place, character in enumerate(marked + "\U0010fffd"):
            following = number_of(character)
            if following is not None:
                if number is not None and number < len(self.chunks):
                    yield self.chunks[number], marked[start:place]
                number, start = following, place + 1


def _run(template: Template, values: Mapping[str, object], taken: set[int] | None = None) -> Iterator[str]:
    left = _LONGEST_OUTPUT_CHARS
    for text in template.root_render_func(template.new_context({**values, BUDGET: Budget(), TAKEN: taken})):
        left -= len(text)
        if left < 0:
            raise CostlyError
        yield text


def _missing(error: MissingNameError, values: Mapping[str, object], chunk: Chunk) -> BrokenError:
    owner = next((name for name, value in values.items() if value is error.owner), "")
    name = f"{owner}.{error.name}" if owner else error.name
    if not error.name:
        return BrokenError(Fault.MISSING_NAME, str(error), "add an else", chunk)
    if error.blank:
        instead = "there" if error.name in ("name", "first_name") else "…"
        cure = f"fill it in, or write {{{{ {name} or '{instead}' }}}}"
        return BrokenError(Fault.MISSING_NAME, f"{name} is empty", cure, chunk)
    known = values[owner] if owner else values
    names = sorted(map(str, known)) if isinstance(known, Mapping) else []
    near = get_close_matches(error.name, names, n=1)
    if near:
        cure = f"did you mean {f'{owner}.' if owner else ''}{near[0]}?"
    else:
        cure = f"known here: {', '.join(names) or 'nothing'}"
    return BrokenError(Fault.MISSING_NAME, f"there is no {name}", cure, chunk)
