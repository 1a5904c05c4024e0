"""Tables of phrases that are met word by word, however many they are and whatever their choices multiply to.

An entry is the words of a phrase, as `Sentence.said` has them. In it
- `good/great` stands for one of these words, and `i'm/i_am` for one word or two;
- `just?` may be left out, and so may `i/we?`;
- `*` stands for at most two words; no entry begins with it;
- `^` is the beginning of the sentence or the place behind a mark, `$` the end or the place before one.
What stands behind `->` is the entry's value; `use/uses` there goes with the `utilize/utilizes` of the phrase.

The entries stay folded. A text is read in states, each of which is the set of places within entries at which it may
stand; the step from one to the next by a word is worked out when a text first takes it, and kept. One pass of a
sentence, which begins every entry at every word, tells whether any ends there; only then it is found out which.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.wordlists import entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    _Step = Callable[["_State", str], "_State"]

_ANY = "*"
_GAP = 2
# They stand for a word, and for a mark, that no entry names.
_OTHER, _MARK = "", "\0"
_WORD = re.compile(r"[^\s/_]+")
# A table of phrases meets far fewer states in whatever people write.
_MOST_STATES = 20_000
# Steps by words that no entry names are kept for speed alone.
_MOST_OTHERS = 50_000


class Match(NamedTuple):
    """An entry of `table` that stands at the words `first` to `last` (inclusive), with its value."""

    first: int
    last: int
    table: str
    value: str


class _End(NamedTuple):
    """The end of an entry; `begins` and `ends` say that no word may stand before or behind."""

    table: str
    value: str
    begins: bool
    ends: bool
    # How many words the entry may have, at the least and at the most.
    least: int
    most: int


class _Node:
    """A place within an entry, or its `end`."""

    __slots__ = ("edges", "end")

    def __init__(self, end: _End | None = None) -> None:
        self.edges: dict[str, tuple[_Node, ...]] = {}
        self.end = end


class _State(dict[str, "_State"]):
    """The places of all entries at which a text may stand at once; by each word that was met the state behind it."""

    __slots__ = ("_work_out", "begins", "ends", "has_ended", "is_lasting", "nodes")

    def __init__(
        self, work_out: _Step, nodes: frozenset[_Node], *, begins: bool, is_lasting: bool, has_ended: bool = False
    ) -> None:
        self._work_out = work_out
        self.nodes = nodes
        # Whether entries begin at the next word, and at all that follow.
        self.begins = begins
        self.is_lasting = is_lasting
        self.ends = tuple(node.end for node in nodes if node.end is not None)
        # Whether an entry ends here, or ended before.
        self.has_ended = has_ended or bool(self.ends)

    def __missing__(self, word: str) -> _State:
        return self._work_out(self, word)


class Phrasebook:
    """The phrases of some tables, which are read together."""

    def __init__(self, tables: Mapping[str, Iterable[str]]) -> None:
        # By the words that they may begin with; what they are is worked out when a text first has such a word.
        self._entries: dict[str, list[tuple[str, str]]] = {}
        self._alphabet: set[str] = set()
        for table, lines in tables.items():
            for line in lines:
                phrase = line.partition("->")[0]
                self._alphabet.update(_choices(phrase))
                for word in _openings(phrase.split()):
                    self._entries.setdefault(word, []).append((table, line))
        # In a text without one of these words no entry stands.
        self.cues = frozenset(self._entries)
        self._forget()

    def matches(self, words: Sequence[str]) -> list[Match]:
        """Return what stands in a sentence's `words`, from left to right, the longest first where two begin alike."""
        state = self._everywhere
        for word in words:
            state = state[word]
        return self._found(words) if state.has_ended else []

    def _found(self, words: Sequence[str]) -> list[Match]:
        firsts: set[int] = set()
        state = self._everywhere
        for count, word in enumerate(words, 1):
            state = state[word]
            if state.ends:
                firsts.update(_firsts(state, count))
        return [match for first in sorted(firsts) if words[first] in self.cues for match in self._at(words, first)]

    def _at(self, words: Sequence[str], first: int) -> list[Match]:
        """Return what begins at the word `first`, the longest first."""
        matches: list[Match] = []
        state = self._here
        for last in range(first, len(words)):
            state = state[words[last]]
            if not state.nodes:
                break
            for end in state.ends:
                if _is_free(end, words, first, last):
                    matches.insert(0, Match(first, last, end.table, end.value))
        return matches

    def _behind(self, state: _State, word: str) -> _State:
        if word in self._alphabet:
            return self._step(state, word)
        other = _OTHER if word[0].isalnum() else _MARK
        after = state.get(other) or self._step(state, other)
        if self._others < _MOST_OTHERS:
            self._others += 1
            state[word] = after
        return after

    def _step(self, state: _State, word: str) -> _State:
        """Work out the state behind `state` and `word`, which some entry names, or which stands for all others."""
        if len(self._states) > _MOST_STATES:
            self._forget()
        keys = (word, _ANY) if word == _OTHER or word[0].isalnum() else (word,)
        nodes = frozenset(after for node in state.nodes for key in keys for after in node.edges.get(key, ()))
        if state.begins:
            nodes |= self._started(word)
        is_lasting = state.is_lasting
        key = nodes, is_lasting, is_lasting and state.has_ended
        if key not in self._states:
            self._states[key] = _State(
                self._behind, nodes, begins=is_lasting, is_lasting=is_lasting, has_ended=state.has_ended
            )
        state[word] = self._states[key]
        return self._states[key]

    def _forget(self) -> None:
        self._states: dict[tuple[frozenset[_Node], bool, bool], _State] = {}
        self._starts: dict[str, frozenset[_Node]] = {}
        self._others = 0
        # Entries begin at each word that follows; at the next word alone.
        self._everywhere = _State(self._behind, frozenset(), begins=True, is_lasting=True)
        self._here = _State(self._behind, frozenset(), begins=True, is_lasting=False)

    def _started(self, code: str) -> frozenset[_Node]:
        """Return the places at which a text may stand behind `code` as the first word of an entry."""
        if code not in self._starts:
            nodes = (node for table, line in self._entries.get(code, ()) for node in _chain(table, line))
            self._starts[code] = frozenset(after for node in nodes for after in node.edges.get(code, ()))
        return self._starts[code]


def apart(matches: Iterable[Match]) -> Iterator[Match]:
    """Yield the `matches` from left to right; where two overlap, the first and longest."""
    reached = -1
    for match in matches:
        if match.first > reached:
            reached = match.last
            yield match


def _firsts(state: _State, count: int) -> Iterator[int]:
    """Yield at which words the entries may begin that end where `count` words led to `state`."""
    for end in state.ends:
        yield from range(max(0, count - end.most), count - end.least + 1)


def _is_free(end: _End, words: Sequence[str], first: int, last: int) -> bool:
    """Whether no word stands before or behind, where the entry asks for none."""
    if end.begins and first and words[first - 1][0].isalnum():
        return False
    return not (end.ends and last + 1 < len(words) and words[last + 1][0].isalnum())


def _choices(phrase: str) -> Iterator[str]:
    """Yield the words and marks that `phrase` may have."""
    for part in phrase.split():
        if len(part) == 1:
            yield part
        else:
            yield from _WORD.findall(part.removesuffix("?"))


def _openings(parts: Sequence[str]) -> Iterator[str]:
    """Yield the words that a phrase of these `parts` may begin with."""
    for part in parts:
        if part != "^":
            yield from (choice.split("_")[0] for choice in _alternatives(part))
            if not _is_optional(part):
                return


def _is_optional(part: str) -> bool:
    return len(part) > 1 and part.endswith("?")


def _alternatives(part: str) -> list[str]:
    return [part] if len(part) == 1 else part.removesuffix("?").split("/")


def _lengths(part: str) -> list[int]:
    """Return of how many words the choices of `part` are."""
    if part == _ANY:
        return [0, _GAP]
    return [len(choice.split("_")) for choice in _alternatives(part)] + [0] * _is_optional(part)


def _is_twin(part: str) -> bool:
    return len(part) > 1 and "/" in part and not part.endswith("?")


@cache
def _chain(table: str, line: str) -> tuple[_Node, ...]:
    """Return the places at which the entry of `line` may begin."""
    phrase, _, value = line.partition("->")
    parts = phrase.split()
    begins, ends = parts[0] == "^", len(parts) > 1 and parts[-1] == "$"
    chains: list[_Node] = []
    for words, meant in _variants(parts[begins : len(parts) - ends], value.split()):
        lengths = [*map(_lengths, words)]
        end = _End(table, " ".join(meant), begins, ends, sum(map(min, lengths)), sum(map(max, lengths)))
        following: tuple[_Node, ...] = (_Node(end),)
        for part in reversed(words):
            following = _part(part, following)
        chains += following
    return tuple(chains)


def _variants(parts: list[str], value: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield phrase and value with each choice of the phrase that the value has one for."""
    slots = [index for index, word in enumerate(value) if "/" in word]
    twins = [index for index, part in enumerate(parts) if _is_twin(part)][: len(slots)]
    for numbers in product(*(range(len(_alternatives(parts[twin]))) for twin in twins)):
        words, meant = list(parts), list(value)
        for slot, twin, number in zip(slots, twins, numbers, strict=True):
            words[twin] = _alternatives(parts[twin])[number]
            meant[slot] = _alternatives(value[slot])[number] + "?" * _is_optional(value[slot])
        yield words, meant


def _part(part: str, following: tuple[_Node, ...]) -> tuple[_Node, ...]:
    """Return the places before `part`, behind which `following` are."""
    if part == _ANY:
        for _ in range(_GAP):
            node = _Node()
            node.edges[_ANY] = following
            following = (node, *following)
        return following
    node = _Node()
    for choice in _alternatives(part):
        first, *rest = choice.split("_")
        after = following
        for word in reversed(rest):
            between = _Node()
            between.edges[word] = after
            after = (between,)
        node.edges[first] = (*node.edges.get(first, ()), *after)
    return (node, *following) if _is_optional(part) else (node,)


@cache
def phrasebook(*names: str) -> Phrasebook:
    """Return the phrases of the tables `words/NAME.txt`, each name such as `en/wordy`."""
    return Phrasebook({name: entries(name) for name in names})
