"""The exact bytes of what was sent, or may have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import archive

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dripper.outbox.store.deliveries import Delivery


def keep(connection: Connection, delivery: Delivery, content: bytes) -> None:
    """Archive the exact bytes that go out; a later try of the same delivery replaces them."""
    connection.execute(sa.delete(archive).where(archive.c.delivery == delivery.id))
    connection.execute(sa.insert(archive).values(delivery=delivery.id, content=content))


def content_of(connection: Connection, delivery: Delivery) -> bytes | None:
    """Return the archived bytes."""
    return connection.execute(
        sa.select(archive.c.content).where(archive.c.delivery == delivery.id)
    ).scalar_one_or_none()
