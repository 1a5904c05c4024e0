"""What an ask is about, where that makes it one of a kind of its own: to meet, or to buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.ask import Kind
from dripper.lint.asks.requests import first_that_counts
from dripper.lint.phrasebook import phrasebook
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

_WITHIN = 12


def kind_of(words: Sequence[str], first: int, general: Kind) -> Kind:
    """Return the kind of the ask that begins at `first`, `general` where it is about nothing that has its own."""
    near = words[first : first + _WITHIN]
    asked = _first_of(table("en/asides"), near, len(near))
    act = first_that_counts(near, phrasebook("en/commerce").matches(near))
    meeting = _meeting_in(near[:asked])
    if act is not None and act.first < asked and (meeting is None or act.first <= meeting):
        return Kind.COMMERCIAL
    return general if meeting is None else Kind.INVITATION


def _first_of(wanted: frozenset[str], words: Sequence[str], default: int) -> int:
    """Return where the first of the `wanted` words stands, `default` where none does."""
    if wanted.isdisjoint(words):
        return default
    return next(index for index, word in enumerate(words) if word in wanted)


def _meeting_in(words: Sequence[str]) -> int | None:
    meetings, articles = table("en/meetings"), table("en/call-articles")
    if meetings.isdisjoint(words):
        return None
    for index, word in enumerate(words):
        if word in meetings and (word != "call" or (index and words[index - 1] in articles)):
            return index
    return None
