"""Settling what is in doubt by the word of a person: it arrived, or it did not and goes out again.

Every function works inside the caller's transaction, which no worker's runs beside. The raised token shuts out the
worker whose try it was: should it come back with an answer, that changes nothing any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dripper.drip.course import Slot
from dripper.drip.delivery import Event, State
from dripper.drip.hours import zone_of
from dripper.drip.plan import day_of_slot, is_late, shifted
from dripper.outbox.store import archive, attempts, campaigns, deliveries, enrolments, events, workers
from dripper.outbox.store.enrolments import Progress
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.vanishing import GONE

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from dripper.drip.course import Course
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.enrolments import Enrolment

ARRIVED = "it arrived, as a person found out"
AGAIN = "sent again, as it did not arrive"


def is_open(connection: Connection, row: Delivery, *, real_now: datetime) -> bool:
    """Whether the worker whose try it was is at work, and has not told how it ended; `real_now` is the real clock's."""
    tries = attempts.of_delivery(connection, row)
    return not (tries and tries[-1].ended_at) and row.worker in workers.at_work(connection, now=real_now)


def arrived(connection: Connection, seen: Delivery, *, now: datetime) -> Delivery:
    """Settle a delivery as sent, at the time of its try; `StaleDeliveryError` where it was settled before."""
    tries = attempts.of_delivery(connection, seen)
    tried_at = tries[-1].started_at if tries else seen.changed_at
    row = deliveries.apply(
        connection, seen, Event.ACCEPT, at=tried_at, token=seen.token + 1, code=None, reply=ARRIVED, retry_at=None
    )
    _note(connection, row, "it arrived", now=now)
    return row


def is_in_hand(connection: Connection, seen: Delivery) -> bool:
    """Whether a worker has another message of the same contact and campaign in its hands just now."""
    rows = deliveries.of_enrolment(connection, seen.campaign, seen.contact)
    return any(row.state in (State.CLAIMED, State.ATTEMPTING) for row in rows)


def send_again(connection: Connection, seen: Delivery, course: Course | None, *, now: datetime) -> Delivery:
    """Have a delivery sent again; it is cancelled where its contact was stopped or its message taken out.

    Like any other it keeps to hours, caps and limits. `course` is the contact's way through the campaign, `None` where
    that cannot be said at the moment. Raises `StaleDeliveryError` where it was settled before. Nothing of the enrolment
    may be in hand.
    """
    one = enrolments.get(connection, seen.campaign, seen.contact)
    revision = campaigns.current(connection, seen.campaign)
    assert one is not None
    assert revision is not None
    # The five days of deferring begin anew, and so does the record of what went out.
    anew = {"token": seen.token + 1, "first_attempt_at": None, "retry_at": None, "code": None, "reply": ""}
    row = deliveries.apply(connection, seen, Event.RESEND, at=now, **anew)
    archive.drop(connection, row)
    _note(connection, row, "it did not arrive, and is to go out again", now=now)
    if one.state is Progress.STOPPED:
        return deliveries.apply(connection, row, Event.CANCEL, at=now, reply=one.reason)
    if row.message not in revision.message_ids:
        return deliveries.apply(connection, row, Event.CANCEL, at=now, reply=GONE)
    if _turns_back(connection, one, row, revision.message_ids, now=now):
        slot, day = _slot(one, row, course, tried_at=seen.first_attempt_at or seen.changed_at, now=now)
        position = revision.message_ids.index(row.message)
        enrolments.place(connection, one, message=row.message, position=position, slot=slot, day=day)
    return row


def _turns_back(connection: Connection, one: Enrolment, row: Delivery, ids: tuple[str, ...], *, now: datetime) -> bool:
    """Whether an enrolment is to turn back to a message, and does not come to it by itself."""
    if one.state is Progress.ACTIVE and one.message not in ids:
        # Placed in another revision: its worker fits it in, from the first message on that is not decided.
        enrolments.wake(connection, one.campaign, one.contact, now)
        return False
    if one.state is Progress.ACTIVE and one.message is not None and ids.index(one.message) < ids.index(row.message):
        # What stands before it in the file goes first, and leads on to it.
        return False
    for other in deliveries.waiting(connection, one.campaign, one.contact):
        if other.state is State.HELD:
            deliveries.apply(connection, other, Event.RESUME, at=now, reply="")
    return True


def _slot(
    one: Enrolment, row: Delivery, course: Course | None, *, tried_at: datetime, now: datetime
) -> tuple[Slot, date]:
    """Return the slot of a message that is sent again, and its day: as if it had been waiting since its first try."""
    assert one.zone is not None
    assert row.day is not None
    slot = Slot(utc=tried_at, local=tried_at.astimezone(zone_of(one.zone)), zone=one.zone, reason=AGAIN)
    if course is None or not is_late(course, slot, now=now):
        return slot, row.day
    later = replace(shifted(course, message_id=row.message, slot=slot, now=now, is_tried=True), reason=AGAIN)
    return later, day_of_slot(course, later)


def _note(connection: Connection, row: Delivery, what: str, *, now: datetime) -> None:
    text = f"{row.message}: {what}"
    events.note(connection, Happening(at=now, kind=Kind.SETTLED, campaign=row.campaign, contact=row.contact, text=text))
