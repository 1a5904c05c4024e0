"""Resuming: what was held or deferred is due again, and is checked anew when a worker next looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import Event
from dripper.outbox.store import deliveries, enrolments, pauses
from dripper.outbox.store.pauses import Pause, Paused

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def release_held(connection: Connection, kind: Paused, name: str, *, now: datetime) -> int:
    """Put back in the queue what is held of one campaign, contact, account or domain, or of all; return how many."""
    rows = [row for row in deliveries.all_held(connection) if kind is Paused.ALL or getattr(row, kind) == name]
    for row in rows:
        deliveries.apply(connection, row, Event.RESUME, at=now, reply="")
        enrolments.wake(connection, row.campaign, row.contact, now)
    return len(rows)


def retry_deferred(connection: Connection, mailbox: str, *, now: datetime) -> int:
    """Have tried again at once whatever of a mailbox waits for its next try; return how many."""
    rows = deliveries.all_deferred(connection, mailbox)
    deliveries.retry(connection, mailbox, at=now)
    for row in rows:
        enrolments.wake(connection, row.campaign, row.contact, now)
    return len(rows)


def still_paused(connection: Connection, kind: Paused, name: str) -> tuple[Pause, ...]:
    """Return the pauses that still keep back what was resumed, or a part of it; oldest first."""
    concerned = {(Paused.ALL, "")}
    if kind is Paused.CONTACT:
        for one in enrolments.of_contact(connection, name):
            if one.state is enrolments.Progress.ACTIVE:
                concerned |= {(Paused.CAMPAIGN, one.campaign), (Paused.ACCOUNT, one.account)}
                concerned.add((Paused.DOMAIN, one.domain))
    return tuple(pause for pause in pauses.in_force(connection) if (pause.kind, pause.name) in concerned)
