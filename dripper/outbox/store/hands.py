"""What lies in the hands of workers, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.drip.delivery import State
from dripper.outbox.store.deliveries import Delivery, where
from dripper.outbox.store.tables import deliveries

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection


def extend(connection: Connection, worker: str, *, lease_until: datetime) -> None:
    """Say that `worker` is alive: everything in its hands stays there until `lease_until`."""
    of = deliveries.c
    connection.execute(sa.update(deliveries).where(_in_hand(), of.worker == worker).values(lease_until=lease_until))


def lapsed(connection: Connection, *, now: datetime) -> tuple[Delivery, ...]:
    """Return what lies in the hands of workers that have not been heard of; `now` is of the real clock."""
    return where(connection, _in_hand() & (deliveries.c.lease_until < now))


def in_hand(connection: Connection, *, mailbox: str) -> tuple[Delivery, ...]:
    """Return what workers hold for a mailbox now."""
    return where(connection, _in_hand() & (deliveries.c.mailbox == mailbox))


def everywhere(connection: Connection) -> tuple[Delivery, ...]:
    """Return what workers hold now, for any mailbox."""
    return where(connection, _in_hand())


def _in_hand() -> ColumnElement[bool]:
    return deliveries.c.state.in_((State.CLAIMED, State.ATTEMPTING))
