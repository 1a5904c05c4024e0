"""Recovery: what dead workers left behind is due again where it was not tried, and in doubt where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import Event, State
from dripper.outbox.record import look_again
from dripper.outbox.store import deliveries, enrolments, hands, locks

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.deliveries import Delivery


def recover(connection: Connection, *, now: datetime, real_now: datetime) -> tuple[Delivery, ...]:
    """Settle every delivery whose lease has run out; return those that are in doubt by it.

    Whatever phase a try was in, it counts as in doubt: only a living worker knows that the dot was not sent. The
    enrolment is looked at again at once, and goes on to its next message. `real_now` is the real clock's. Whom another
    worker decides about at the moment is left for the next time.
    """
    doubtful = []
    for row in hands.lapsed(connection, now=real_now):
        if not locks.may_hold_person(connection, row.contact):
            continue
        tried = row.state is State.ATTEMPTING
        reply = {"reply": "its worker ended while it was sending"} if tried else {}
        after = deliveries.apply(connection, row, Event.LAPSE, at=now, **reply)
        if tried:
            doubtful.append(after)
            enrolments.wake(connection, row.campaign, row.contact, now)
        else:
            look_again(connection, after, now, now=now)
    return tuple(doubtful)
