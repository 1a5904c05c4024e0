"""Words that make a request, or an indirect ask, wherever they stand in a sentence, unless it is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.conditions import CONDITIONS
from dripper.lint.asks.phrasebook import phrasebook

if TYPE_CHECKING:
    from collections.abc import Sequence


def phrase_in(words: Sequence[str], name: str) -> tuple[int, int] | None:
    """Return the first and last (inclusive) of the words that make the first phrase of `words/NAME.txt` that counts."""
    for first, last, conditions in phrasebook(name).matches(words):
        if all(CONDITIONS[condition](words, first, last) for condition in conditions):
            return first, last
    return None


def request_in(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and last (inclusive) of a sentence's words that make a request; `None` where it makes none."""
    return phrase_in(words, "en/requests")


def indirect_in(words: Sequence[str]) -> tuple[int, int] | None:
    """Return the first and last (inclusive) of the words that ask indirectly; `None` where there are none."""
    return phrase_in(words, "en/indirect")
