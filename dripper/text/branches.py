"""The branches of a template: each way that a condition or a loop may go, and which of them no rendering took."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from dripper.text.chunks import Chunk


class Way(Enum):
    """What makes a rendering take a branch."""

    # The condition of an `if` or an `elif` is met.
    MET = auto()
    # No condition before the `else` is met.
    ELSE = auto()
    # A `for` has something to run over.
    LOOP = auto()


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch, known by the tag or the expression that opens it."""

    way: Way
    chunk: Chunk
    # The number of the branch that it stands in.
    parent: int | None
    # Whether it stands in for a name that is empty or not there: a precaution, which it is right not to need.
    is_fallback: bool


def untaken(branches: Sequence[Branch], taken: Collection[int]) -> Iterator[Branch]:
    """Yield those of `branches` whose number is not among `taken`, but for fallbacks and what stands in another one."""
    for number, branch in enumerate(branches):
        within_reach = branch.parent is None or branch.parent in taken
        if number not in taken and within_reach and not branch.is_fallback:
            yield branch


def else_tags(keywords: Mapping[int, str]) -> dict[int, int]:
    """Return the `else` tag of each `if` and `for` tag that has one; `keywords` are the tags' by number, in order."""
    opened: list[int] = []
    found: dict[int, int] = {}
    for number, keyword in keywords.items():
        if keyword in ("if", "for"):
            opened.append(number)
        elif keyword == "else" and opened:
            found[opened[-1]] = number
        elif keyword in ("endif", "endfor") and opened:
            opened.pop()
    return found


def is_precaution(test: nodes.Node) -> bool:
    """Whether `test` asks only whether a name is empty, or whether there is one at all."""
    if isinstance(test, nodes.Test):
        return test.name in ("defined", "undefined")
    return isinstance(test, nodes.Not) and asks_for_presence(test.node)


def asks_for_presence(test: nodes.Node) -> bool:
    """Whether `test` asks only whether names are there and filled in."""
    if isinstance(test, nodes.And | nodes.Or):
        return asks_for_presence(test.left) and asks_for_presence(test.right)
    if isinstance(test, nodes.Test):
        return test.name == "defined"
    return isinstance(test, nodes.Name | nodes.Getattr | nodes.Getitem)
