"""What becomes of claims that are not tried: held, given back, or kept waiting for a connection."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dripper.outbox import record
from dripper.outbox.books import one_by_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.outcome import Answer
    from dripper.drip.sending import Handled
    from dripper.outbox.taking import Claim


def hold(claim: Claim, connection: Connection, *, reason: str, now: datetime) -> list[Handled]:
    """Hold a delivery that cannot be composed."""
    return one_by_one(connection, [claim], partial(record.hold, reason=reason, now=now))


def release(claims: Sequence[Claim], connection: Connection, *, now: datetime) -> list[Handled]:
    """Give deliveries back untried."""
    return one_by_one(connection, claims, partial(record.release, now=now))


def unconnected(claims: Sequence[Claim], answer: Answer, connection: Connection, *, now: datetime) -> list[Handled]:
    """Write down that there is no connection for the deliveries of a mailbox."""
    until = record.no_connection(connection, claims[0].delivery.mailbox, answer, now=now)
    return one_by_one(connection, claims, partial(record.unconnected, answer=answer, until=until, now=now))
