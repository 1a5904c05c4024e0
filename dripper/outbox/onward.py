"""Where an enrolment turns once its message went out, known before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.plan import day_of_slot, following_slot
from dripper.errors import DripperError
from dripper.outbox.store.posting import Next

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from dripper.drip.course import Course, Slot
    from dripper.outbox.approved import Approved
    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.enrolments import Enrolment

OVER = Next(message=None, position=None, slot=None, day=None, zone=None, reason=None)


def onward(
    approved: Approved, one: Enrolment, course: Course, revision: Revision, *, day: date, final: Collection[str]
) -> Next | None:
    """Return what an enrolment waits for after its message went out on the contact's `day`.

    `course` is without what is decided, `final` are the messages that are. `None` where more is to be written down than
    that: messages that do not apply, or a slot that cannot be found.
    """
    assert one.message is not None
    ids = [message.id for message in course.campaign.messages]
    position = ids.index(one.message)
    following = course.after(one.message)
    if following is None:
        return OVER if set(ids) <= {*final, one.message} else None
    place = ids.index(following.id)
    if place != position + 1:
        return None
    try:
        slot = _slot(approved, course, revision, following.id, day)
    except DripperError:
        return None
    return Next(
        message=following.id,
        position=place,
        slot=slot.utc,
        day=day_of_slot(course, slot),
        zone=slot.zone,
        reason=slot.reason,
    )


def _slot(approved: Approved, course: Course, revision: Revision, message: str, day: date) -> Slot:
    """Return the slot of a message after one that went out on `day`; the same for all whom nothing tells apart."""
    recipient = course.recipient
    if course.campaign.spread_minutes or course.ends_on is not None:
        return following_slot(course, message_id=message, previous=day)
    key = (revision.campaign, revision.number, recipient.timezone, recipient.country, recipient.region, day)
    if key not in approved.slots:
        approved.slots[key] = following_slot(course, message_id=message, previous=day)
    return approved.slots[key]
