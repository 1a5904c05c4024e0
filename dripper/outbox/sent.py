"""What really went out to somebody, as its exact bytes: what a follow-up in a thread answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.outbox.store import archive, deliveries

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.deliveries import Delivery


def sent_to(connection: Connection, campaign: str, contact: str) -> list[bytes]:
    """Return what a campaign sent to the address of `contact`, in the order in which it went out.

    What is in doubt is not among it, nor what went to a former address: the mailbox there has it, this one does not.
    """
    rows = deliveries.of_enrolment(connection, campaign, contact)
    sent = sorted((row for row in rows if row.state is State.SENT), key=_first_tried)
    contents = (archive.content_of(connection, row) for row in sent)
    return [content for content in contents if content is not None]


def _first_tried(row: Delivery) -> datetime:
    """Return when it went out, also of a row that was settled later."""
    return row.first_attempt_at or row.changed_at
