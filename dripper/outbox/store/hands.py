"""What lies in the hands of workers, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.deliveries import Delivery, Lock, where
from dripper.outbox.store.tables import deliveries, in_hand

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def extend(connection: Connection, worker: str, *, lease_until: datetime) -> None:
    """Say that `worker` is alive: everything in its hands stays there until `lease_until`."""
    of = deliveries.c
    connection.execute(sa.update(deliveries).where(in_hand(), of.worker == worker).values(lease_until=lease_until))


def lapsed(connection: Connection, *, now: datetime) -> tuple[Delivery, ...]:
    """Return what lies in the hands of workers that have not been heard of; `now` is of the real clock.

    Nobody else gets the same rows to settle, and who is settling one himself keeps it.
    """
    return where(connection, in_hand() & (deliveries.c.lease_until < now), lock=Lock.SKIP)


def of_mailbox(connection: Connection, *, mailbox: str) -> tuple[Delivery, ...]:
    """Return what workers hold for a mailbox now."""
    return where(connection, in_hand() & (deliveries.c.mailbox == mailbox))


def everywhere(connection: Connection) -> tuple[Delivery, ...]:
    """Return what workers hold now, for any mailbox."""
    return where(connection, in_hand())
