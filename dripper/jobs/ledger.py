"""The counts of every campaign, which add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.outbox.store.ledger import ledger as lines_of

if TYPE_CHECKING:
    from dripper.drip.ledger import Line
    from dripper.outbox.store.engine import Store


def ledger(store: Store) -> tuple[Line, ...]:
    """Return one line per scheduled campaign, by id."""
    with store.read() as connection:
        return lines_of(connection)
