"""Whether a sentence claims something: states how a thing is or went, and does not ask, offer or suppose it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.phrases import phrase_table
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from dripper.lint.phrases import Match
    from dripper.lint.reading import Sentence

TABLE = "en/claims"


def claim_in(sentence: Sentence) -> Match | None:
    """Return the first words by which `sentence` claims something; `None` where it claims nothing."""
    words = sentence.words
    known = phrase_table(TABLE)
    if known.cues.isdisjoint(words) or not table("en/supposed").isdisjoint(words):
        return None
    return next(known.matches(words), None)
