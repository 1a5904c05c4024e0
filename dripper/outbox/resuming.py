"""Resuming: what was held is due again, and is checked anew when a worker next looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import Event
from dripper.outbox.store import deliveries, enrolments
from dripper.outbox.store.pauses import Paused

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
