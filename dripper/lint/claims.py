"""What a sentence claims: how it states that a thing is or went, where it does not ask, offer or suppose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.phrasebook import apart, phrasebook
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.lint.phrasebook import Match
    from dripper.lint.sentence import Sentence

TABLE = "en/claims"
_MARKS = frozenset(",;:–—-")
_ARTICLES = frozenset({"the", "a", "an"})


def claims_in(sentence: Sentence) -> Iterator[Match]:
    """Yield the words by which each clause of `sentence` claims something; nothing where it supposes or asks."""
    words = sentence.words
    if not table("en/supposed").isdisjoint(words):
        return
    reached = -1
    for match in apart(phrasebook(TABLE).matches(words)):
        begins_anew = reached < 0 or not _MARKS.isdisjoint(words[reached : match.first])
        if begins_anew and not _only_describes(words, match):
            reached = match.last
            yield match


def _only_describes(words: Sequence[str], match: Match) -> bool:
    """Whether the one word stands behind an article, as in "the reduced stock"."""
    return match.first == match.last and words[max(0, match.first - 1)] in _ARTICLES
