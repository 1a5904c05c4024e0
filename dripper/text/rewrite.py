"""Checks a parsed template against what templates may do here, bounds its loops, and marks its pieces and branches.

The syntax tree is walked once, statement by statement, beside the pieces that the lexer found: both stand in the order
of the source, so each node is known to stand in its piece.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import nodes

from dripper.text.arithmetic import LARGEST_NUMBER
from dripper.text.branches import Branch, Way, asks_for_presence, else_tags, is_precaution
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
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w+)")
_COUNTED_TAGS = ("if", "elif", "for", "set")


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
    """One walk over one tree, which is changed in place; `branches` are those that it came by."""

    def __init__(self, source: str, chunks: Sequence[Chunk], filters: Collection[str], tests: Collection[str]) -> None:
        self._source = source
        self._chunks = chunks
        self._filters = filters
        self._tests = tests
        keywords = self._keywords()
        self._elses = else_tags(keywords)
        tags = (number for number, keyword in keywords.items() if keyword in _COUNTED_TAGS)
        self._numbers = {kind: tags if kind is Kind.TAG else self._numbers_of(kind) for kind in Kind}
        self.branches: list[Branch] = []
        self._within: int | None = None

    def rewrite(self, tree: nodes.Template, *, marked: bool) -> None:
        """Check and bound `tree`; with `marked`, put a mark before the output of each piece."""
        self._marked = marked
        tree.body = self._body(tree.body)

    def _numbers_of(self, kind: Kind) -> Iterator[int]:
        return (number for number, chunk in enumerate(self._chunks) if chunk.kind is kind)

    def _keywords(self) -> dict[int, str]:
        """Return the first word of each tag, by the tag's number."""
        starts = {number: self._chunks[number].start for number in self._numbers_of(Kind.TAG)}
        words = {number: _KEYWORD.match(self._source, start) for number, start in starts.items()}
        return {number: word[1] if word else "" for number, word in words.items()}

    def _body(self, body: list[nodes.Node]) -> list[nodes.Node]:
        return [new for node in body for new in self._statement(node)]

    def _statement(self, node: nodes.Node) -> Iterator[nodes.Node]:
        if isinstance(node, nodes.Output):
            node.nodes = [new for child in node.nodes for new in self._output(child)]
        else:
            number = next(self._numbers[Kind.TAG], len(self._chunks) - 1)
            if self._marked:
                yield nodes.Output([nodes.TemplateData(mark_of(number))])
            self._tag(node, number)
        yield node

    def _output(self, node: nodes.Expr) -> Iterator[nodes.Expr]:
        literal = isinstance(node, nodes.TemplateData)
        number = next(self._numbers[Kind.LITERAL if literal else Kind.EXPRESSION])
        if self._marked:
            yield nodes.TemplateData(mark_of(number))
        yield node if literal else self._expression(node, self._chunks[number])

    def _tag(self, node: nodes.Node, number: int) -> None:
        chunk = self._chunks[number]
        match node:
            case nodes.If():
                self._if(node, number)
            case nodes.For() if not node.recursive:
                bounded = self._expression(node.iter, chunk)
                node.iter = nodes.Filter(bounded, " turns", [], [], None, None)
                node.test = self._expression(node.test, chunk) if node.test else None
                node.body = self._branch(node.body, Way.LOOP, number)
                node.else_ = self._else(node.else_, number, is_fallback=True)
            case nodes.Assign(target=nodes.Name()):
                node.node = self._expression(node.node, chunk)
            case _:
                raise UnfitError(
                    "a template here knows the tags if, for and set only",
                    "write the text out, or choose it with {% if … %}",
                    self._tag_on_line(node.lineno),
                )

    def _if(self, node: nodes.If, number: int) -> None:
        is_fallback = False
        for branch in (node, *node.elif_):
            at = number if branch is node else next(self._numbers[Kind.TAG])
            is_spare, is_presence = is_precaution(branch.test), asks_for_presence(branch.test)
            branch.test = self._expression(branch.test, self._chunks[at])
            branch.body = self._branch(branch.body, Way.MET, at, is_fallback=is_fallback or is_spare)
            is_fallback = is_fallback or is_presence
        node.else_ = self._else(node.else_, number, is_fallback=is_fallback)

    def _else(self, body: list[nodes.Node], opener: int, *, is_fallback: bool) -> list[nodes.Node]:
        if not body and opener not in self._elses:
            return body
        return self._branch(body, Way.ELSE, self._elses.get(opener, opener), is_fallback=is_fallback)

    def _branch(self, body: list[nodes.Node], way: Way, number: int, *, is_fallback: bool = False) -> list[nodes.Node]:
        """Return `body`, which tells in a rendering that it was taken."""
        branch = self._enter(way, self._chunks[number], is_fallback=is_fallback)
        inner = self._body(body)
        self._within = self.branches[branch].parent
        return inner if self._marked else [nodes.ExprStmt(_noting(nodes.Const(None), branch)), *inner]

    def _side(self, node: nodes.Expr, way: Way, chunk: Chunk, *, is_fallback: bool) -> nodes.Expr:
        """Return one side of an inline `if`, which tells that it was taken."""
        branch = self._enter(way, chunk, is_fallback=is_fallback)
        inner = self._rebuilt(node, chunk)
        self._within = self.branches[branch].parent
        return inner if self._marked else _noting(inner, branch)

    def _enter(self, way: Way, chunk: Chunk, *, is_fallback: bool) -> int:
        self.branches.append(Branch(way, chunk, self._within, is_fallback))
        self._within = len(self.branches) - 1
        return self._within

    def _expression(self, node: nodes.Node, chunk: Chunk) -> nodes.Expr:
        for inner in (node, *node.find_all(nodes.Node)):
            self._check(inner, chunk)
        return self._rebuilt(node, chunk)

    def _rebuilt(self, node: nodes.Node, chunk: Chunk) -> nodes.Expr:
        """Return the expression `node` with each `~` as a filter that pays for what it joins."""
        assert isinstance(node, nodes.Expr)
        if isinstance(node, nodes.CondExpr):
            return self._inline_if(node, chunk)
        for field, value in node.iter_fields():
            if isinstance(value, nodes.Expr):
                setattr(node, field, self._rebuilt(value, chunk))
            elif isinstance(value, list):
                value[:] = [self._rebuilt(item, chunk) if isinstance(item, nodes.Expr) else item for item in value]
        if isinstance(node, nodes.Concat):
            return nodes.Filter(nodes.List(node.nodes), " joined", [], [], None, None)
        return node

    def _inline_if(self, node: nodes.CondExpr, chunk: Chunk) -> nodes.CondExpr:
        is_spare, is_presence = is_precaution(node.test), asks_for_presence(node.test)
        node.test = self._rebuilt(node.test, chunk)
        node.expr1 = self._side(node.expr1, Way.MET, chunk, is_fallback=is_spare)
        if node.expr2 is not None:
            node.expr2 = self._side(node.expr2, Way.ELSE, chunk, is_fallback=is_presence)
        return node

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


def _noting(node: nodes.Expr, branch: int) -> nodes.Filter:
    """Return `node` as it is, but that whoever computes it notes the number of its branch."""
    return nodes.Filter(node, " taken", [nodes.Const(branch)], [], None, None)
