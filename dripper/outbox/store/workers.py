"""Who is at work on the store, and until when each is known to be alive; on the real clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import workers

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def alive(connection: Connection, name: str, *, now: datetime, until: datetime) -> None:
    """Say that a worker is there, and will be heard of again before `until`."""
    updated = connection.execute(sa.update(workers).where(workers.c.name == name).values(alive_until=until))
    if not updated.rowcount:
        connection.execute(sa.insert(workers).values(name=name, started_at=now, alive_until=until))


def leave(connection: Connection, name: str) -> None:
    """Say that a worker has ended."""
    connection.execute(sa.delete(workers).where(workers.c.name == name))


def bury(connection: Connection, *, now: datetime) -> None:
    """Forget the workers that have not been heard of in time."""
    connection.execute(sa.delete(workers).where(workers.c.alive_until < now))


def at_work(connection: Connection, *, now: datetime) -> tuple[str, ...]:
    """Return the names of the workers that are alive, the longest at work first."""
    query = sa.select(workers.c.name).where(workers.c.alive_until >= now)
    return tuple(connection.scalars(query.order_by(workers.c.started_at, workers.c.name)))
