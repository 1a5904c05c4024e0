"""A passage as the rules read it: its sentences and their words, found once and shared by all rules."""

from __future__ import annotations

from functools import cached_property

from dripper.lint.requests import request_in
from dripper.problem import Passage
from dripper.text.words import Token, sentences, token_words, tokens

# Where in a TOML file a text stands; empty for a draft.
Path = tuple[str | int, ...]


class Sentence:
    """One sentence of `text`, from `start` to `end`."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
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

    def is_capital(self, index: int) -> bool:
        """Whether the word `index` begins with a capital."""
        return self._text[self.tokens[index].start].isupper()

    @cached_property
    def request(self) -> tuple[int, int] | None:
        """Return the first and last token (inclusive) of the first request in the sentence, if it makes one."""
        return request_in(self.words)

    @cached_property
    def is_headline(self) -> bool:
        """Whether nearly every long word begins with a capital, as headlines are set."""
        long = [index for index, word in enumerate(self.words) if len(word) > 3 and word[0].isalpha()]
        return len(long) > 2 and sum(map(self.is_capital, long)) > 0.75 * len(long)


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
        return [Sentence(self.text, start, end) for start, end in sentences(self.text)]


def _unveiled(written: Passage) -> Passage:
    from dripper.text.unveil import unveiled

    text, places = unveiled(written.text)
    if places is None:
        return Passage(text, written.locate)
    return Passage(text, lambda start, end: written.locate(places[start], places[end]))
