"""Words that make a request, or an indirect ask, wherever they stand in a sentence, unless it is somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.conditions import CONDITIONS, INVITATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dripper.lint.phrasebook import Match


def first_that_counts(words: Sequence[str], matches: Iterable[Match]) -> Match | None:
    """Return the first of the phrases in `words` whose conditions hold; `None` where there is none."""
    for match in matches:
        if all(CONDITIONS[condition](words, match.first, match.last) for condition in match.value.split()):
            return match
    return None


def is_invitation(request: Match) -> bool:
    """Whether the table says of `request` that it invites."""
    return INVITATION in request.value.split()
