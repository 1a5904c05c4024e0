"""Whether a sentence claims something: states how a thing is or went, and does not ask, offer or suppose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.phrases import phrase_table
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dripper.lint.phrases import Match
    from dripper.lint.reading import Sentence

TABLE = "en/claims"
_ARTICLES = frozenset({"the", "a", "an"})


def claim_in(sentence: Sentence) -> Match | None:
    """Return the first words by which `sentence` claims something; `None` where it claims nothing."""
    words = sentence.words
    known = phrase_table(TABLE)
    if known.cues.isdisjoint(words) or not table("en/supposed").isdisjoint(words):
        return None
    return next((match for match in known.matches(words) if not _only_describes(words, match)), None)


def _only_describes(words: Sequence[str], match: Match) -> bool:
    """Whether the one word stands behind an article, as in "the reduced stock"."""
    return match.first == match.last and words[max(0, match.first - 1)] in _ARTICLES
