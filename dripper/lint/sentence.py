"""One sentence as the rules read it: its words in the forms in which they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.lazy import lazy
from dripper.lint.phrases import phrases_of
from dripper.lint.said import blanked, usual
from dripper.text.words import place, places, written_words

if TYPE_CHECKING:
    from collections.abc import Sequence


class Sentence:
    """One sentence of `text`, from `start` to `end`; `quotes` are where the text quotes somebody."""

    def __init__(self, text: str, start: int, end: int, quotes: Sequence[tuple[int, int]] = ()) -> None:
        self._text = text
        self.start = start
        self.end = end
        # The words, numbers and marks as they are written.
        self.written = written_words(text[start:end])
        # The same in small letters; rules look at these first.
        self.words = [*map(str.lower, self.written)]
        # The same as they turn to the reader: in usual spelling, and blanks where somebody is quoted.
        self.said = usual(self.words)
        if quotes:
            self.said = blanked(self.said, self.places, quotes)
        # By their tables the phrases that stand in it.
        self.phrases = phrases_of(self.said)

    @property
    def text(self) -> str:
        """Return the sentence as written."""
        return self._text[self.start : self.end]

    @lazy
    def places(self) -> list[tuple[int, int]]:
        """Return where each of `words` begins and ends in the whole text; only for what was found."""
        return places(self._text, self.start, self.end)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words `first` to `last` (inclusive) begin and end in the whole text."""
        return place(self._text, self.start, self.end, first, last)

    def is_capital(self, index: int) -> bool:
        """Whether the word `index` begins with a capital."""
        return self.written[index][0].isupper()

    def is_glued(self, mark: int) -> bool:
        """Whether the word `mark` stands between two others without a blank, as the dot of "example.com" does."""
        if not 0 < mark < len(self.words) - 1:
            return False
        before, between, after = self.places[mark - 1 : mark + 2]
        return before[1] == between[0] and between[1] == after[0]

    @lazy
    def is_prose(self) -> bool:
        """Whether it ends as sentences do, or begins as no headline does: in a small letter."""
        return self.words[-1] in (".", "!") or self.written[0][0].islower()

    @lazy
    def is_headline(self) -> bool:
        """Whether nearly every long word begins with a capital, as headlines are set."""
        long = [word for word in self.written if len(word) > 3 and word[0].isalpha()]
        return len(long) > 2 and sum(word[0].isupper() for word in long) > 0.75 * len(long)
