"""A passage as the rules read it: its words and sentences, found once and shared by all rules."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dripper.text.words import Token, sentences, tokens

if TYPE_CHECKING:
    from dripper.problem import Passage

# Where in a TOML file a text stands; empty for a draft.
Path = tuple[str | int, ...]


class Sentence:
    """One sentence: its tokens, and where it stands in its text."""

    __slots__ = ("end", "start", "tokens")

    def __init__(self, start: int, end: int, within: list[Token]) -> None:
        self.start = start
        self.end = end
        self.tokens = within


class Reading:
    """A text with its tokens and sentences, made on first use."""

    def __init__(self, passage: Passage, path: Path = ()) -> None:
        self.passage = passage
        self.path = path
        self.text = passage.text

    @cached_property
    def tokens(self) -> list[Token]:
        """Return the words, numbers and marks in their order."""
        return tokens(self.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Return the sentences, each with its tokens."""
        found: list[Sentence] = []
        place, count = 0, len(self.tokens)
        for start, end in sentences(self.text):
            first = place
            while place < count and self.tokens[place].start < end:
                place += 1
            found.append(Sentence(start, end, self.tokens[first:place]))
        return found
