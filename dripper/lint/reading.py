"""A passage as the rules read it: its sentences and their words, found once and shared by all rules."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.asks.analysis import ask_in
from dripper.lint.lazy import lazy
from dripper.lint.phrasebook import apart
from dripper.lint.said import quotes_in
from dripper.lint.sentence import Sentence
from dripper.problem import Passage
from dripper.text.words import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.lint.asks.ask import Ask

# Where in a TOML file a text stands; empty for a draft.
Path = tuple[str | int, ...]


class Found(NamedTuple):
    """An entry of a table of phrases that stands at `text[start:end]` of a reading, with its value."""

    start: int
    end: int
    value: str


class Reading:
    """A text as it is seen, and its words and sentences, made on first use.

    Offsets count in `text`, from which invisible characters are taken and where look-alikes are the letters that they
    look like; `as_written` has all of them.
    """

    def __init__(self, passage: Passage, path: Path = (), *, is_seen: bool = True) -> None:
        self.written = passage
        self.path = path
        self.passage = _unveiled(passage) if is_seen and not passage.text.isascii() else passage
        self.text = self.passage.text

    @lazy
    def as_written(self) -> Reading:
        """Return the text with everything that is in it, seen or not."""
        return Reading(self.written, self.path, is_seen=False)

    @lazy
    def vocabulary(self) -> frozenset[str]:
        """Return the words, numbers and marks that occur, in small letters; by them a rule knows that it may pass."""
        return frozenset().union(*[sentence.words for sentence in self.sentences])

    def has(self, words: frozenset[str]) -> bool:
        """Whether one of `words`, in small letters, stands in it."""
        return any(not words.isdisjoint(sentence.words) for sentence in self.sentences)

    @lazy
    def sentences(self) -> list[Sentence]:
        """Return the sentences in their order."""
        quotes = quotes_in(self.text)
        return [Sentence(self.text, start, end, quotes) for start, end in sentences(self.text)]

    def phrases(self, table: str) -> Iterator[Found]:
        """Yield the entries of `table` that stand in the text, from left to right, but for what it quotes."""
        for sentence in self.sentences:
            for match in apart(sentence.phrases.get(table, ())):
                yield Found(*sentence.place(match.first, match.last), match.value)

    @lazy
    def asks(self) -> list[tuple[Sentence, Ask]]:
        """Return what the text asks of its reader, at most one ask a sentence, each with its sentence."""
        found = []
        for sentence, behind in zip_longest(self.sentences, self.sentences[1:]):
            ask = ask_in(sentence, behind)
            if ask is not None:
                found.append((sentence, ask))
        return found


def _unveiled(written: Passage) -> Passage:
    from dripper.text.unveil import unveiled

    text, places = unveiled(written.text)
    if places is None:
        return Passage(text, written.locate)
    return Passage(text, lambda start, end: written.locate(places[start], places[end]))
