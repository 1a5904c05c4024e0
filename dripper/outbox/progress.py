"""How an enrolment moves from one message to the next; what is passed over is written down, so that counts add up.

Every function works inside the caller's transaction.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dripper.drip.course import Slot
from dripper.drip.delivery import Event, State
from dripper.drip.hours import zone_of
from dripper.drip.plan import Enrolled, advance, day_of_slot
from dripper.drip.replan import replan
from dripper.errors import DripperError
from dripper.outbox.store import campaigns, deliveries, enrolments, events
from dripper.outbox.store.events import Happening, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from sqlalchemy import Connection

    from dripper.drip.course import Course
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.enrolments import Enrolment

DOES_NOT_APPLY = "does not apply to this contact"
_UNDECIDED = (State.DUE, State.DEFERRED)


def undecided(connection: Connection, one: Enrolment, course: Course) -> Course:
    """Return a course without the messages whose fate is decided, which a re-ordered file may put ahead again."""
    known = deliveries.decided(connection, one.campaign, one.contact)
    return without(course, {message for message, state in known.items() if state.is_final} - {one.message})


def without(course: Course, decided: Collection[str]) -> Course:
    """Return a course without the messages `decided`."""
    if not decided:
        return course
    return replace(course, messages=tuple(message for message in course.messages if message.id not in decided))


def slot_of(one: Enrolment) -> Slot:
    """Return the slot of an enrolment's next message."""
    assert one.slot_at is not None
    assert one.zone is not None
    return _slot(one.slot_at, one.zone, one.slot_reason or "")


@lru_cache(maxsize=4096)
def _slot(utc: datetime, zone: str, reason: str) -> Slot:
    return Slot(utc=utc, local=utc.astimezone(zone_of(zone)), zone=zone, reason=reason)


def enrolled_of(one: Enrolment, course: Course) -> Enrolled:
    """Return an enrolment as the plan sees it."""
    assert one.message is not None
    return Enrolled(course=course, message_id=one.message, slot=slot_of(one))


def begin(connection: Connection, one: Enrolment, course: Course, first: Enrolled | None, *, at: datetime) -> None:
    """Give an enrolment its message (`None`: none applies); what stands before it and does not apply is skipped."""
    ids = [message.id for message in course.campaign.messages]
    applying = {message.id for message in course.messages}
    end = len(ids) if first is None else course.position(first.message_id)
    skip(connection, one, [name for name in ids[:end] if name not in applying], reason=DOES_NOT_APPLY, at=at)
    if first is None:
        enrolments.finish(connection, one.campaign, one.contact)
    else:
        give_slot(connection, one, first)


def begin_anew(
    connection: Connection, one: Enrolment, course: Course, *, waiting: Enrolled | None, at: datetime
) -> Enrolled | None:
    """Find an enrolment's place in a course that is not the one it was placed in; return it, `None` at the end.

    `waiting` is its place in the old one, where it had one.
    """
    rows = deliveries.of_enrolment(connection, one.campaign, one.contact)
    decided = {row.message for row in rows if row.state.is_final}
    left = replace(course, messages=tuple(message for message in course.messages if message.id not in decided))
    used = max((row.day for row in rows if row.day is not None and row.message in decided), default=None)
    after = replan(left, waiting=waiting, last_used=used, now=at)
    begin(connection, one, course, after, at=at)
    return after


def give_slot(connection: Connection, one: Enrolment, after: Enrolled) -> None:
    """Write down the next message and its slot."""
    enrolments.place(
        connection,
        one,
        message=after.message_id,
        position=after.course.position(after.message_id),
        slot=after.slot,
        day=day_of_slot(after.course, after.slot),
    )


def move_slot(connection: Connection, one: Enrolment, course: Course, slot: Slot, *, at: datetime) -> None:
    """Write down a later slot for the same message, and why."""
    assert one.message is not None
    give_slot(connection, one, Enrolled(course=course, message_id=one.message, slot=slot))
    text = f"{one.message}: {slot.local:%a %d %b %Y %H:%M}, {slot.reason}"
    events.note(connection, Happening(at=at, kind=Kind.MOVED, campaign=one.campaign, contact=one.contact, text=text))


def go_on(connection: Connection, one: Enrolment, course: Course, *, used: date, at: datetime) -> None:
    """Turn to the message after the one that went out, or was dropped, on the contact's day `used`."""
    now = enrolled_of(one, undecided(connection, one, course))
    try:
        after = advance(now, used=used)
    except DripperError as error:
        following = now.course.after(now.message_id)
        assert following is not None
        hold(connection, one, following.id, reason=said(error), at=at)
        return
    turn_to(connection, one, now, after, at=at)


def turn_to(connection: Connection, one: Enrolment, now: Enrolled, after: Enrolled | None, *, at: datetime) -> None:
    """Write down what follows `now`; what is passed over does not apply, and is skipped with that reason."""
    course = now.course
    ids = [message.id for message in course.campaign.messages]
    if after is None:
        skip(connection, one, ids, reason=DOES_NOT_APPLY, at=at)
        enrolments.finish(connection, one.campaign, one.contact)
        return
    between = ids[course.position(now.message_id) + 1 : course.position(after.message_id)]
    skip(connection, one, between, reason=DOES_NOT_APPLY, at=at)
    give_slot(connection, one, after)


def skip(connection: Connection, one: Enrolment, messages: Iterable[str], *, reason: str, at: datetime) -> None:
    """Write down that messages will not go out to this contact; what is decided already stays."""
    for message in messages:
        row = _row(connection, one, message, at=at)
        if row.state in _UNDECIDED:
            deliveries.apply(connection, row, Event.SKIP, at=at, reply=reason)


def hold(connection: Connection, one: Enrolment, message: str, *, reason: str, at: datetime) -> None:
    """Hold a message, and the enrolment with it, until a person has looked."""
    row = _row(connection, one, message, at=at)
    if row.state in _UNDECIDED:
        deliveries.apply(connection, row, Event.HOLD, at=at, reply=reason)
    enrolments.wait_until(connection, one.campaign, one.contact, None)


def stop(connection: Connection, one: Enrolment, *, reason: str, at: datetime) -> None:
    """Send nothing further to this contact in this campaign; what waits is cancelled, what is in hand stops itself."""
    for row in deliveries.waiting(connection, one.campaign, one.contact):
        deliveries.apply(connection, row, Event.CANCEL, at=at, reply=reason)
    if one.state is not enrolments.Progress.FINISHED:
        enrolments.stop(connection, one.campaign, one.contact, reason)


def said(error: DripperError) -> str:
    """Return an error with its cure on one line, for a row's reason."""
    return f"{error} ({error.cure})" if error.cure else str(error)


def _row(connection: Connection, one: Enrolment, message: str, *, at: datetime) -> Delivery:
    revision = campaigns.current(connection, one.campaign)
    assert revision is not None
    return deliveries.open_or_get(connection, one, message=message, mailbox="", revision=revision.number, at=at)
