"""Checks a parsed template against what templates may do here, bounds its loops, and marks its pieces.

The syntax tree is walked once, statement by statement, beside the pieces that the lexer found: both stand in the order
of the source, so each node is known to stand in its piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from dripper.text.arithmetic import LARGEST_NUMBER
from dripper.text.chunks import Chunk, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_EXPRESSIONS = (
    nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Getattr, nodes.Getitem, nodes.Slice,
    nodes.Filter, nodes.Test, nodes.Keyword, nodes.Compare, nodes.Operand, nodes.CondExpr,
    nodes.And, nodes.Or, nodes.Not, nodes.Neg, nodes.Pos, nodes.Concat,
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow,
)  # fmt: skip
_FIRST_MARK = 0x100000


class UnfitError(Exception):
    """A construct that templates here do not know, or (`costly`) that may cost too much."""

    def __init__(self, message: str, cure: str, chunk: Chunk, *, costly: bool = False) -> None:
        super().__init__(message)
        self.cure = cure
        self.chunk = chunk
        self.costly = costly


def mark_of(number: int) -> str:
    """Return the mark of the piece `number`."""
    return chr(_FIRST_MARK + number)


def number_of(character: str) -> int | None:
    """Return the number of the piece that `character` marks; `None` for any other character."""
    number = ord(character) - _FIRST_MARK
    return number if number >= 0 else None


class Rewriter:
    """One walk over one tree; `tree` is changed in place."""

    def __init__(self, source: str, chunks: Sequence[Chunk], filters: Collection[str], tests: Collection[str]) -> None:
        self._source = source
        self._chunks = chunks
        self._filters = filters
        self._tests = tests
        self._numbers = {kind: self._numbers_of(kind) for kind in Kind}

    def rewrite(self, tree: nodes.Template, *, marked: bool) -> None:
        """Check and bound `tree`; with `marked`, put a mark before the output of each piece."""
        self._marked = marked
        tree.body = self._body(tree.body)

    def _numbers_of(self, kind: Kind) -> Iterator[int]:
        for number, chunk in enumerate(self._chunks):
            if chunk.kind is kind and (kind is not Kind.TAG or self._keyword(chunk) in ("if", "elif", "for", "set")):
                yield number

    def _keyword(self, chunk: Chunk) -> str:
        return self._source[chunk.start : chunk.end].lstrip("{%-+").split(maxsplit=1)[0].rstrip("%}-+")

    def _body(self, body: list[nodes.Node]) -> list[nodes.Node]:
        return [new for node in body for new in self._statement(node)]

    def _statement(self, node: nodes.Node) -> Iterator[nodes.Node]:
        if isinstance(node, nodes.Output):
            node.nodes = [new for child in node.nodes for new in self._output(child)]
        else:
            number = next(self._numbers[Kind.TAG], len(self._chunks) - 1)
            if self._marked:
                yield nodes.Output([nodes.TemplateData(mark_of(number))])
            self._tag(node, self._chunks[number])
        yield node

    def _output(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        literal = isinstance(node, nodes.TemplateData)
        number = next(self._numbers[Kind.LITERAL if literal else Kind.EXPRESSION])
        if self._marked:
            yield nodes.TemplateData(mark_of(number))
        yield node if literal else self._expression(node, self._chunks[number])

    def _tag(self, node: nodes.Node, chunk: Chunk) -> None:
        match node:
            case nodes.If():
                self._if(node, chunk)
            case nodes.For() if not node.recursive:
                bounded = self._expression(node.iter, chunk)
                node.iter = nodes.Filter(bounded, " turns", [], [], None, None)
                node.test = self._expression(node.test, chunk) if node.test else None
                node.body = self._body(node.body)
                node.else_ = self._body(node.else_)
            case nodes.Assign(target=nodes.Name()):
                node.node = self._expression(node.node, chunk)
            case _:
                raise UnfitError(
                    "a template here knows the tags if, for and set only",
                    "write the text out, or choose it with {% if … %}",
                    self._tag_on_line(node.lineno),
                )

    def _if(self, node: nodes.If, chunk: Chunk) -> None:
        node.test = self._expression(node.test, chunk)
        node.body = self._body(node.body)
        for branch in node.elif_:
            self._if(branch, self._chunks[next(self._numbers[Kind.TAG])])
        node.else_ = self._body(node.else_)

    def _expression(self, node: nodes.Node, chunk: Chunk) -> nodes.Expr:
        for inner in (node, *node.find_all(nodes.Node)):
            self._check(inner, chunk)
        return _with_bounded_joins(node)

    def _check(self, node: nodes.Node, chunk: Chunk) -> None:
        if isinstance(node, nodes.Call):
            raise UnfitError("a template here cannot call anything", "use a filter: {{ name | upper }}", chunk)
        if not isinstance(node, _EXPRESSIONS):
            raise UnfitError("a template here cannot do this", "use names, filters and conditions", chunk)
        if isinstance(node, nodes.Filter):
            _known(node.name, "filter", self._filters, chunk)
        if isinstance(node, nodes.Test):
            _known(node.name, "test", self._tests, chunk)
        if isinstance(node, nodes.Const) and isinstance(node.value, int | float) and abs(node.value) > LARGEST_NUMBER:
            raise UnfitError("a number in the template is too large", "write it out as text", chunk, costly=True)

    def _tag_on_line(self, line: int) -> Chunk:
        for chunk in self._chunks:
            if chunk.kind is Kind.TAG and self._source.count("\n", 0, chunk.end) + 1 >= line:
                return chunk
        return self._chunks[-1]


def _known(name: str, what: str, names: Collection[str], chunk: Chunk) -> None:
    if name in names and not name.startswith(" "):
        return
    from difflib import get_close_matches

    public = sorted(known for known in names if not known.startswith(" "))
    near = get_close_matches(name, public, n=1)
    cure = f"did you mean {near[0]}?" if near else f"known are {', '.join(public)}"
    raise UnfitError(f"no {what} {name}", cure, chunk)


def _with_bounded_joins(node: nodes.Node) -> nodes.Expr:
    """Return the expression `node` with each `~` as a filter that pays for what it joins."""
    assert isinstance(node, nodes.Expr)
    for field, value in node.iter_fields():
        if isinstance(value, nodes.Expr):
            setattr(node, field, _with_bounded_joins(value))
        elif isinstance(value, list):
            value[:] = [_with_bounded_joins(item) if isinstance(item, nodes.Expr) else item for item in value]
    if isinstance(node, nodes.Concat):
        return nodes.Filter(nodes.List(node.nodes), " joined", [], [], None, None)
    return node
