"""Tables of phrases that are met word by word, whatever their choices multiply to.

An entry is written as in `dripper.lint.phrases`: `can/could you`, `just?` may be left out, `i/i_am` is one word or two,
`*` is up to two words, `^` and `$` are the edges. Behind `->` stand the conditions under which it counts. Where that
module spells out each form of an entry, here the forms stay folded: a step from one word to the next is worked out when
a text first takes it, and kept, so that each word of a text costs one look.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dripper.lint.wordlists import entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ANY = "*"
_GAP = 2
# They stand for a word, and for a mark, that no entry names.
_OTHER, _MARK = "", "\0"


class _Node:
    """A place within an entry; `conditions` are set where the entry ends."""

    __slots__ = ("conditions", "edges")

    def __init__(self, conditions: frozenset[str] | None = None) -> None:
        self.edges: dict[str, tuple[_Node, ...]] = {}
        self.conditions = conditions


class _State:
    """The places of all entries at which a text may stand at once."""

    __slots__ = ("ends", "nodes", "steps")

    def __init__(self, nodes: frozenset[_Node]) -> None:
        self.nodes = nodes
        self.ends = tuple(node.conditions for node in nodes if node.conditions is not None)
        self.steps: dict[str, _State | None] = {}


class Phrasebook:
    """The phrases of one table."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._alphabet: set[str] = set()
        self._states: dict[frozenset[_Node], _State] = {}
        starts: dict[str, set[_Node]] = {}
        for line in lines:
            for node in self._chain(line):
                for word, after in node.edges.items():
                    starts.setdefault(word, set()).update(after)
        self._first = {word: self._state(frozenset(nodes)) for word, nodes in starts.items()}

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
        """Yield first and last word (inclusive) and the conditions of each entry that stands in `words`.

        From left to right, and of those that begin with the same word the longest first.
        """
        first, alphabet = self._first, self._alphabet
        for start, begun in enumerate(map(first.get, words)):
            if begun is None:
                continue
            state = begun
            found = [(start, conditions) for conditions in begun.ends] if begun.ends else []
            for index in range(start + 1, len(words)):
                word = words[index]
                if word not in alphabet:
                    word = _OTHER if word[0].isalnum() else _MARK
                steps = state.steps
                after = steps[word] if word in steps else self._step(state, word)
                if after is None:
                    break
                state = after
                if state.ends:
                    found += [(index, conditions) for conditions in state.ends]
            for last, conditions in reversed(found):
                yield start, last, conditions

    def _step(self, state: _State, word: str) -> _State | None:
        """Work out the step from `state` by `word`, which is of the alphabet, or stands for all that is not."""
        keys = (word, _ANY) if word == _OTHER or word[0].isalnum() else (word,)
        nodes = frozenset(after for node in state.nodes for key in keys for after in node.edges.get(key, ()))
        state.steps[word] = self._state(nodes) if nodes else None
        return state.steps[word]

    def _state(self, nodes: frozenset[_Node]) -> _State:
        return self._states.setdefault(nodes, _State(nodes))

    def _chain(self, line: str) -> tuple[_Node, ...]:
        """Return the places at which the entry of `line` may begin."""
        phrase, _, conditions = line.partition("->")
        parts = phrase.split()
        edges = {name for mark, name in (("^", "begins"), ("$", "ends")) if mark in parts}
        following: tuple[_Node, ...] = (_Node(frozenset((*conditions.split(), *edges))),)
        for part in reversed([part for part in parts if part not in ("^", "$")]):
            following = self._part(part, following)
        return following

    def _part(self, part: str, following: tuple[_Node, ...]) -> tuple[_Node, ...]:
        if part == _ANY:
            for _ in range(_GAP):
                node = _Node()
                node.edges[_ANY] = following
                following = (node, *following)
            return following
        node = _Node()
        is_optional = len(part) > 1 and part.endswith("?")
        for choice in part[:-1].split("/") if is_optional else part.split("/"):
            first, *rest = choice.split("_")
            after = following
            for word in reversed(rest):
                between = _Node()
                between.edges[word] = after
                after = (between,)
            node.edges[first] = (*node.edges.get(first, ()), *after)
            self._alphabet.update((first, *rest))
        return (node, *following) if is_optional else (node,)


@cache
def phrasebook(name: str) -> Phrasebook:
    """Return the phrases of `words/NAME.txt`."""
    return Phrasebook(entries(name))
