"""What a message asks of its reader, as the problems that the D2 rules tell, one rule a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.lint.rule import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.lint.asks.ask import Kind
    from dripper.lint.rule import Writing


def asks_found(writing: Writing, kind: Kind, what: str, cure: str, *, quoted: bool = True) -> Iterator[Finding]:
    """Yield each ask of `kind`, but none where the message is marked as one that asks.

    `what` names it in the message, with the words that make it where they are `quoted`.
    """
    if writing.asks:
        return
    for reading in writing.readings:
        for sentence, ask in reading.asks:
            if ask.kind is kind:
                start, end = sentence.place(ask.first, ask.last)
                message = f'{what}: "{reading.text[start:end]}"' if quoted else what
                yield Finding(reading=reading, start=start, end=end, message=message, cure=cure)
