"""A passage as the rules read it: its sentences and their words, found once and shared by all rules."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from dripper.lint.asks.analysis import ask_in
from dripper.lint.asks.said import blanked, quotes_in, usual
from dripper.problem import Passage
from dripper.text.words import Token, sentences, token_words, tokens, written_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.asks.ask import Ask

# Where in a TOML file a text stands; empty for a draft.
Path = tuple[str | int, ...]


class Sentence:
    """One sentence of `text`, from `start` to `end`; `quotes` are where the text quotes somebody."""

    def __init__(self, text: str, start: int, end: int, quotes: Sequence[tuple[int, int]] = ()) -> None:
        self._text = text
        self._quotes = quotes
        self.start = start
        self.end = end

    @property
    def text(self) -> str:
        """Return the sentence as written."""
        return self._text[self.start : self.end]

    @cached_property
    def words(self) -> list[str]:
        """Return the words, numbers and marks in small letters; rules look at these first."""
        return token_words(self.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """Return the same as `words`, with their places in the whole text; only for what was found."""
        return tokens(self._text, self.start, self.end)

    @cached_property
    def said(self) -> list[str]:
        """Return `words` as they turn to the reader: in usual spelling, and blanks where somebody is quoted."""
        words = usual(self.words)
        return blanked(words, self.tokens, self._quotes) if self._quotes else words

    def is_capital(self, index: int) -> bool:
        """Whether the word `index` begins with a capital."""
        return self.written[index][0].isupper()

    @cached_property
    def written(self) -> list[str]:
        """Return the same as `words`, with their capitals."""
        return written_words(self.text)

    @cached_property
    def is_headline(self) -> bool:
        """Whether nearly every long word begins with a capital, as headlines are set."""
        long = [word for word in self.written if len(word) > 3 and word[0].isalpha()]
        return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.75 * len(long)


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

    @cached_property
    def as_written(self) -> Reading:
        """Return the text with everything that is in it, seen or not."""
        return Reading(self.written, self.path, is_seen=False)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Return the words, numbers and marks that occur, in small letters; by them a rule knows that it may pass."""
        return frozenset(token_words(self.text))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Return the sentences in their order."""
        quotes = quotes_in(self.text)
        return [Sentence(self.text, start, end, quotes) for start, end in sentences(self.text)]

    @cached_property
    def asks(self) -> list[tuple[Sentence, Ask]]:
        """Return what the text asks of its reader, at most one ask a sentence, each with its sentence."""
        found = (
            (each, ask_in(each, self.sentences[number + 1 : number + 2])) for number, each in enumerate(self.sentences)
        )
        return [(sentence, ask) for sentence, ask in found if ask is not None]


def _unveiled(written: Passage) -> Passage:
    from dripper.text.unveil import unveiled

    text, places = unveiled(written.text)
    if places is None:
        return Passage(text, written.locate)
    return Passage(text, lambda start, end: written.locate(places[start], places[end]))
