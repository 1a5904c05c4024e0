"""What a message asks of its reader, as the problems that the D2 rules tell, one rule a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.lint.asks.ask import Ask, Kind
    from dripper.lint.rule import Writing
    from dripper.lint.sentence import Sentence

# The marks that hold a link or an address together.
_LINKING = (".", ":", "/", "@")


def asks_found(writing: Writing, kind: Kind, what: str, cure: str, *, quoted: bool = True) -> Iterator[Finding]:
    """Yield each ask of `kind`, but none where the message is marked as one that asks.

    `what` names it in the message, with the words that make it where they are `quoted`.
    """
    if writing.asks:
        return
    for reading in writing.readings:
        for sentence, ask in reading.asks:
            if ask.kind is kind:
                start, end = sentence.place(ask.first, _last_plain(sentence, ask))
                message = f'{what}: "{reading.text[start:end]}"' if quoted else what
                yield Finding(reading=reading, start=start, end=end, message=message, cure=cure)


def _last_plain(sentence: Sentence, ask: Ask) -> int:
    """Return the last word of an ask before a link in it: half of a link says nothing, and D301 tells the whole."""
    for mark in range(ask.first + 2, min(ask.last + 2, len(sentence.words))):
        if sentence.words[mark] in _LINKING and sentence.is_glued(mark):
            begin = mark - 1
            while begin > ask.first + 1 and sentence.is_glued(begin - 1):
                begin -= 2
            return max(ask.first, begin - 1)
    return ask.last
