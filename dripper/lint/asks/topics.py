"""What an ask is about, where that makes it one of a kind of its own: to meet, or to buy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.asks.ask import Kind
from dripper.lint.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

# Behind them stands when or about what something is done, not what.
_ASIDES = frozenset({"before", "after", "during", "until", "since", "from", "by", "about", "regarding", "because"})
_WITHIN = 12


def kind_of(words: Sequence[str], first: int, general: Kind) -> Kind:
    """Return the kind of the ask that begins at `first`, `general` where it is about nothing that has its own."""
    commerce, meetings = table("en/commerce"), table("en/meetings")
    for index in range(first, min(first + _WITHIN, len(words))):
        word = words[index]
        if word in _ASIDES:
            break
        if word in commerce:
            return Kind.COMMERCIAL
        if word in meetings and not (word == "call" and words[index - 1] not in _ARTICLES):
            return Kind.INVITATION
    return general


_ARTICLES = frozenset({"a", "the", "quick", "short", "brief", "our", "minute", "phone", "conference", "intro"})
