"""Admission: whether a due message may go now; where not, what is in the way is written down and moves it.

Suppressions, conditions, a changed zone, lateness, the end of a campaign and the caps, in this order. It runs inside
the transaction that claims, so nothing can come between the question and the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dripper.drip.caps import held_back
from dripper.drip.delivery import DECIDED, WRITTEN
from dripper.drip.plan import day_of_slot, fits, is_late, pass_over, shifted
from dripper.drip.replan import in_zone
from dripper.errors import DripperError
from dripper.outbox import progress
from dripper.outbox.stopping import stop_contact
from dripper.outbox.store import campaigns, deliveries, enrolments, suppressions, waiting
from dripper.outbox.vanishing import cancel_rows
from dripper.workspace.model.settings import Late

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from dripper.drip.caps import Pending, Written
    from dripper.drip.course import Course, Slot
    from dripper.drip.delivery import State
    from dripper.drip.plan import Enrolled
    from dripper.outbox.approved import Approved
    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.enrolments import Enrolment

# When a contact is asked for again whom the files do not know at the moment.
_UNKNOWN_CONTACT_WAIT = timedelta(hours=1)
# When it is asked again whether a message to the same person, now in a worker's hands, went out.
_UNDER_WAY_WAIT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A due message that may go now."""

    course: Course
    revision: Revision


def admit(connection: Connection, approved: Approved, one: Enrolment, *, now: datetime) -> Admitted | None:
    """Return what is needed to claim a due enrolment's message; `None` where it was moved out of the way."""
    revision = campaigns.current(connection, one.campaign)
    assert revision is not None
    assert one.message is not None
    reason = unwanted(connection, approved, one.contact)
    if reason is not None:
        stop_contact(connection, one.contact, reason=reason, at=now)
        return None
    try:
        course = approved.course(revision, one.contact)
        if course is None:
            enrolments.wait_until(connection, one.campaign, one.contact, now + _UNKNOWN_CONTACT_WAIT)
            return None
        may_go = _may_go(connection, one, course, now=now)
    except DripperError as error:
        progress.hold(connection, one, one.message, reason=progress.said(error), at=now)
        return None
    return Admitted(course=course, revision=revision) if may_go else None


def unwanted(connection: Connection, approved: Approved, contact: str) -> str | None:
    """Return why nobody may write to `contact`; `None` where nothing speaks against it."""
    reason = suppressions.reason_for(connection, contact)
    if reason is None and approved.is_suppressed(contact):
        reason = "suppressed.txt"
    return None if reason is None else f"suppressed: {reason}"


def _may_go(connection: Connection, one: Enrolment, course: Course, *, now: datetime) -> bool:
    """Whether the plan lets the message go now; where not, its new place is written down."""
    assert one.message is not None
    ids = frozenset(message.id for message in course.campaign.messages)
    row = deliveries.get(connection, one.campaign, one.contact, one.message)
    if not one.slot_reason or one.message not in ids or (row is not None and row.state.is_final):
        # Never placed; placed in another revision; or its worker died over it and the sequence goes on.
        if row is not None:
            cancel_rows(connection, [row], ids, at=now)
        progress.begin_anew(connection, one, course, waiting=None, at=now)
        return False
    waiting = progress.enrolled_of(one, progress.undecided(connection, one, course))
    message_id, slot = waiting.message_id, waiting.slot
    if message_id not in {message.id for message in course.messages}:
        progress.skip(connection, one, [message_id], reason=progress.DOES_NOT_APPLY, at=now)
        progress.turn_to(connection, one, waiting, pass_over(waiting), at=now)
        return False
    if slot.zone != course.recipient.timezone:
        progress.move_slot(connection, one, course, in_zone(waiting).slot, at=now)
        return False
    if is_late(course, slot, now=now):
        tried = row is not None and row.attempts > 0
        _settle_late(connection, one, waiting, tried=tried, now=now)
        return False
    if not fits(course, slot):
        _drop(connection, one, waiting, reason="no day was left before the negotiation", now=now)
        return False
    return _caps_allow(connection, one, course, slot, now=now)


def _caps_allow(connection: Connection, one: Enrolment, course: Course, slot: Slot, *, now: datetime) -> bool:
    """Whether no cap is in the way; where one is, the message moves, or waits for what is under way to be decided."""
    assert one.message is not None
    day = day_of_slot(course, slot)
    others = others_near(connection, one, course, day)
    written = written_near(connection, one, course, day, states=DECIDED)
    later = held_back(course, one.message, slot, written=written, others=others)
    if later is not None:
        progress.move_slot(connection, one, course, later, at=now)
        return False
    promised = written_near(connection, one, course, day)
    if held_back(course, one.message, slot, written=promised, others=others) is not None:
        enrolments.wait_until(connection, one.campaign, one.contact, now + _UNDER_WAY_WAIT)
        return False
    return True


def _settle_late(connection: Connection, one: Enrolment, waiting: Enrolled, *, tried: bool, now: datetime) -> None:
    course, message_id, slot = waiting.course, waiting.message_id, waiting.slot
    if course.calendar.late is Late.SKIP and not tried:
        _drop(connection, one, waiting, reason="its hours had passed (late = skip)", now=now)
        return
    if tried:
        # A retry keeps to the hours, but need not wait a week for the campaign's weekday.
        course = replace(course, campaign=replace(course.campaign, on=course.calendar.days))
    moved = shifted(course, message_id=message_id, slot=slot, now=now)
    progress.move_slot(connection, one, course, moved, at=now)


def _drop(connection: Connection, one: Enrolment, waiting: Enrolled, *, reason: str, now: datetime) -> None:
    progress.skip(connection, one, [waiting.message_id], reason=reason, at=now)
    used = day_of_slot(waiting.course, waiting.slot)
    progress.go_on(connection, one, waiting.course, used=used, at=now)


def written_near(
    connection: Connection,
    one: Enrolment,
    course: Course,
    day: date,
    *,
    states: frozenset[State] = WRITTEN,
    but: int = 0,
) -> Written:
    """Return what caps have to know of what was written around `day`; `but` is the id of a delivery to leave out."""
    gap = timedelta(days=max(1, course.calendar.gap_days))
    return deliveries.written(
        connection, contact=one.contact, account=one.account, since=day - gap, states=states, but=but
    )


def others_near(connection: Connection, one: Enrolment, course: Course, day: date) -> tuple[Pending, ...]:
    """Return what else waits around `day` and caps have to know."""
    gap = timedelta(days=max(1, course.calendar.gap_days) - 1)
    return waiting.pending(connection, one, contact_days=(day - gap, day + gap), day=day)
