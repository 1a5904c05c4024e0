"""How many messages are due and not yet settled: what a worker may still have to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.outbox.store import campaigns, hands, waiting

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.outbox.store.engine import Store


def left(store: Store, *, now: datetime) -> int:
    """Return how many may leave by `now`, with those that workers have in their hands."""
    with store.read() as connection:
        names = campaigns.mailboxes_in_use(connection)
        due = sum(waiting.due_count(connection, mailbox=name, now=now) for name in names)
        return due + len(hands.everywhere(connection))
