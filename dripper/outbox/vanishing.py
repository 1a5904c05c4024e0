"""Messages that were taken out of a campaign: cancelled for everybody who had not got them, until they are put back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import WAITING, Event, State
from dripper.outbox.store import deliveries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.deliveries import Delivery

GONE = "no longer in the campaign"


def cancel_gone(connection: Connection, revision: Revision, gone: Iterable[str], *, at: datetime) -> None:
    """Write down for everybody enrolled that the messages `gone` will not come, where nothing was decided of them."""
    for message in gone:
        deliveries.open_cancelled(connection, revision, message=message, reply=GONE, at=at)


def cancel_rows(connection: Connection, rows: Iterable[Delivery], ids: Collection[str], *, at: datetime) -> None:
    """Cancel those of a contact's waiting deliveries whose message is not among `ids`, the campaign's own."""
    for row in rows:
        if row.message not in ids and row.state in WAITING:
            deliveries.apply(connection, row, Event.CANCEL, at=at, reply=GONE)


def put_back(connection: Connection, rows: Iterable[Delivery], ids: Collection[str], *, at: datetime) -> None:
    """Make due again what was cancelled because its message was gone, and which now is among `ids`."""
    for row in rows:
        if is_gone(row) and row.message in ids:
            deliveries.apply(connection, row, Event.RETURN_TO_FILE, at=at, reply="")


def is_gone(row: Delivery) -> bool:
    """Whether a delivery was cancelled only because its message was taken out."""
    return row.state is State.CANCELLED and row.reply == GONE
