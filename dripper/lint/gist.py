"""What a text is about, and whether two texts say nearly the same: to find a message that repeats another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

from dripper.lint.wordlists import table
from dripper.text.words import token_words

# With fewer telling words two texts are the same only where they are equal.
LEAST_WORDS = 5
# So much of the shorter text's words the other one must have before the two are compared at all.
_SHARE = 0.5
# From here on two texts are nearly the same, of 100. Found by trying: reworded copies score 85 and more, different
# insights about the same thing in the same form 80 and less.
_SAME = 84.0


class Gist:
    """The telling words of a text, each once, in the singular where that is easily told."""

    def __init__(self, text: str) -> None:
        self.words = frozenset(_stem(word) for word in token_words(text) if word[0].isalnum()) - table("en/small-words")

    @cached_property
    def line(self) -> str:
        """Return the words in their order of letters."""
        return " ".join(sorted(self.words))

    def likeness(self, other: Gist) -> float:
        """Return how much this text and `other` say the same, of 100; 0 where it is not nearly the same.

        What the longer one says beside counts for nothing.
        """
        if self.words == other.words:
            return 100.0 if self.words else 0.0
        if min(len(self.words), len(other.words)) < LEAST_WORDS or not _may_be_same(self.words, other.words):
            return 0.0
        from rapidfuzz.fuzz import token_set_ratio

        return float(token_set_ratio(self.line, other.line, score_cutoff=_SAME))


class Shelf:
    """Gists by their words, to find those that may say the same as another without looking at all of them."""

    def __init__(self, gists: Iterable[frozenset[str]]) -> None:
        self._sizes: list[int] = []
        self._places: dict[str, list[int]] = {}
        for number, words in enumerate(gists):
            self._sizes.append(len(words))
            for word in words:
                self._places.setdefault(word, []).append(number)

    def near(self, words: frozenset[str]) -> Sequence[int]:
        """Return the numbers of the gists that may say nearly the same as `words`, in their order."""
        shared = Counter(chain.from_iterable(self._places.get(word, ()) for word in words))
        least = len(words)
        return sorted(number for number, count in shared.items() if count >= _SHARE * min(least, self._sizes[number]))


def _may_be_same(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return len(ours & theirs) >= _SHARE * min(len(ours), len(theirs))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
