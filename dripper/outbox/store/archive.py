"""The exact bytes of what was sent, or may have been."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from dripper.drip.delivery import State
from dripper.outbox.store.tables import archive, deliveries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from sqlalchemy import Connection

    from dripper.outbox.store.deliveries import Delivery

# How many contacts are asked for at once: below what any database takes in one statement.
_AT_ONCE = 500


class Sent(NamedTuple):
    """A message that was sent: the ids of its campaign and of itself, to whom, on which day, and its exact bytes."""

    campaign: str
    message: str
    contact: str
    on: date | None
    content: bytes


def keep(connection: Connection, delivery: Delivery, content: bytes) -> None:
    """Archive the exact bytes that go out; a later try of the same delivery replaces them."""
    drop(connection, delivery)
    connection.execute(sa.insert(archive).values(delivery=delivery.id, content=content))


def drop(connection: Connection, delivery: Delivery) -> None:
    """Forget the bytes of a delivery that did not arrive."""
    connection.execute(sa.delete(archive).where(archive.c.delivery == delivery.id))


def content_of(connection: Connection, delivery: Delivery) -> bytes | None:
    """Return the archived bytes."""
    return connection.execute(
        sa.select(archive.c.content).where(archive.c.delivery == delivery.id)
    ).scalar_one_or_none()


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever sent."""
    return connection.execute(sa.select(archive.c.delivery).limit(1)).first() is None


def sent_to(connection: Connection, contacts: Collection[str]) -> Iterator[Sent]:
    """Yield everything that was sent to `contacts` (by their keys), each contact's in the order of sending."""
    wanted = sorted(contacts)
    of = deliveries.c
    columns = (of.campaign, of.message, of.contact, of.day, archive.c.content)
    query = sa.select(*columns).join(archive, archive.c.delivery == of.id).where(of.state == State.SENT)
    for start in range(0, len(wanted), _AT_ONCE):
        mine = query.where(of.contact.in_(wanted[start : start + _AT_ONCE]))
        for row in connection.execute(mine.order_by(of.changed_at, of.id)):
            yield Sent(*row)
