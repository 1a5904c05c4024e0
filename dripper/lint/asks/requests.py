"""Words that make a request, or an indirect ask, wherever they stand in a sentence, unless it is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dripper.lint.asks.conditions import CONDITIONS, INVITATION
from dripper.lint.asks.phrasebook import phrasebook

if TYPE_CHECKING:
    from collections.abc import Sequence


class Phrase(NamedTuple):
    """The words `first` to `last` (inclusive) that make a phrase of a table, and under which conditions."""

    first: int
    last: int
    conditions: frozenset[str]

    @property
    def is_invitation(self) -> bool:
        """Return whether the table says that it invites."""
        return INVITATION in self.conditions


def phrase_in(words: Sequence[str], name: str) -> Phrase | None:
    """Return the first phrase of `words/NAME.txt` that counts; `None` where there is none."""
    for first, last, conditions in phrasebook(name).matches(words):
        if all(CONDITIONS[condition](words, first, last) for condition in conditions):
            return Phrase(first, last, conditions)
    return None
