"""Admission: whether a due message may go now; where not, what is to be written down about what is in the way.

Suppressions, conditions, a changed zone, lateness, the end of a campaign and the caps, in this order. It decides by
what was read inside the transaction that claims, so nothing can come between the question and the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from dripper.drip.caps import held_back
from dripper.drip.plan import day_of_slot, fits, is_late, pass_over, shifted
from dripper.drip.replan import in_zone
from dripper.errors import DripperError
from dripper.outbox import progress
from dripper.outbox.stopping import stop_contact
from dripper.outbox.store import enrolments
from dripper.outbox.vanishing import cancel_rows
from dripper.workspace.model.settings import Late

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.drip.course import Course
    from dripper.drip.plan import Enrolled
    from dripper.outbox.approved import Approved
    from dripper.outbox.sight import Sight
    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.enrolments import Enrolment

# When a contact is asked for again whom the files do not know at the moment.
_UNKNOWN_CONTACT_WAIT = timedelta(hours=1)
# When it is asked again whether a message to the same person, now in a worker's hands, went out.
_UNDER_WAY_WAIT = timedelta(minutes=1)

# What is in the way, as what is to be written down about it; the message is then no longer due.
Obstacle = Callable[[Connection], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A due message that may go now."""

    # Without the messages whose fate is decided.
    course: Course
    revision: Revision


def admit(sight: Sight, approved: Approved, one: Enrolment, *, now: datetime) -> Admitted | Obstacle:
    """Return what is needed to claim a due enrolment's message, or what is in the way."""
    assert one.message is not None
    revision = sight.revisions[one.campaign]
    reason = sight.unwanted.get(one.contact)
    if reason is not None:
        return partial(stop_contact, contact=one.contact, reason=reason, at=now)
    try:
        course = approved.course(revision, one.contact)
        if course is None:
            return _wait(one, now + _UNKNOWN_CONTACT_WAIT)
        left = progress.without(course, sight.final(one) - {one.message})
        obstacle = _in_the_way(sight, one, course, left, now=now)
    except DripperError as error:
        return partial(progress.hold, one=one, message=one.message, reason=progress.said(error), at=now)
    return obstacle or Admitted(course=left, revision=revision)


def carry_out(connection: Connection, obstacle: Obstacle, one: Enrolment, *, now: datetime) -> None:
    """Write down what is in the way; hold the message where its new place cannot be found."""
    assert one.message is not None
    try:
        obstacle(connection)
    except DripperError as error:
        progress.hold(connection, one, one.message, reason=progress.said(error), at=now)


def _wait(one: Enrolment, until: datetime) -> Obstacle:
    return partial(enrolments.wait_until, campaign=one.campaign, contact=one.contact, due_at=until)


def _in_the_way(sight: Sight, one: Enrolment, course: Course, left: Course, *, now: datetime) -> Obstacle | None:
    """Return what the plan has against sending the message now; `left` is the course without what is decided."""
    state = sight.state(one)
    is_of_campaign = any(message.id == one.message for message in course.campaign.messages)
    if not one.slot_reason or not is_of_campaign or (state is not None and state.is_final):
        # Never placed; placed in another revision; or its worker died over it and the sequence goes on.
        return partial(_begin_anew, sight=sight, one=one, course=course, now=now)
    waiting = progress.enrolled_of(one, left)
    slot = waiting.slot
    if all(message.id != one.message for message in left.messages):
        return partial(_pass_over, one=one, waiting=waiting, now=now)
    if slot.zone != course.recipient.timezone:
        return partial(progress.move_slot, one=one, course=course, slot=in_zone(waiting).slot, at=now)
    if is_late(course, slot, now=now):
        row = sight.row(one)
        return _late(one, waiting, is_tried=row is not None and row.attempts > 0, now=now)
    if not fits(course, slot):
        return partial(_drop, one=one, waiting=waiting, reason="no day was left before the negotiation", now=now)
    return _capped(sight, one, waiting, now=now)


def _capped(sight: Sight, one: Enrolment, waiting: Enrolled, *, now: datetime) -> Obstacle | None:
    """Return the move that a cap asks for, or the wait for what is under way to be decided; `None` where none is."""
    course, message, slot = waiting.course, waiting.message_id, waiting.slot
    others = sight.others(one, one.account, day_of_slot(course, slot))
    later = held_back(course, message, slot, written=sight.decided, others=others)
    if later is not None:
        return partial(progress.move_slot, one=one, course=course, slot=later, at=now)
    if held_back(course, message, slot, written=sight.promised, others=others) is not None:
        return _wait(one, now + _UNDER_WAY_WAIT)
    return None


def _begin_anew(connection: Connection, *, sight: Sight, one: Enrolment, course: Course, now: datetime) -> None:
    row = sight.row(one)
    if row is not None:
        cancel_rows(connection, [row], {message.id for message in course.campaign.messages}, at=now)
    progress.begin_anew(connection, one, course, waiting=None, at=now)


def _pass_over(connection: Connection, *, one: Enrolment, waiting: Enrolled, now: datetime) -> None:
    progress.skip(connection, one, [waiting.message_id], reason=progress.DOES_NOT_APPLY, at=now)
    progress.turn_to(connection, one, waiting, pass_over(waiting), at=now)


def _late(one: Enrolment, waiting: Enrolled, *, is_tried: bool, now: datetime) -> Obstacle:
    course = waiting.course
    if course.calendar.late is Late.SKIP and not is_tried:
        return partial(_drop, one=one, waiting=waiting, reason="its hours had passed (late = skip)", now=now)
    moved = shifted(course, message_id=waiting.message_id, slot=waiting.slot, now=now, is_tried=is_tried)
    return partial(progress.move_slot, one=one, course=course, slot=moved, at=now)


def _drop(connection: Connection, *, one: Enrolment, waiting: Enrolled, reason: str, now: datetime) -> None:
    progress.skip(connection, one, [waiting.message_id], reason=reason, at=now)
    used = day_of_slot(waiting.course, waiting.slot)
    progress.go_on(connection, one, waiting.course, used=used, at=now)
