"""Where an enrolment turns once its message went out, known before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.plan import day_of_slot, following_slot
from dripper.errors import DripperError
from dripper.outbox.store.posting import Next

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from dripper.drip.course import Course
    from dripper.outbox.approved import Approved
    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.enrolments import Enrolment

OVER = Next(message=None, position=None, slot=None, day=None, zone=None, reason=None)


def onward(
    approved: Approved, one: Enrolment, course: Course, revision: Revision, *, day: date, final: Collection[str]
) -> Next | None:
    """Return what an enrolment waits for after its message went out on the contact's `day`.

    `course` is without what is decided, `final` are the messages that are. `None` where more is to be written down than
    that: messages that do not apply, or a slot that cannot be found. It is the same for all whom nothing tells apart.
    """
    assert one.message is not None
    if course.campaign.spread_minutes or course.ends_on is not None:
        return _onward(course, one.message, day, final)
    recipient = course.recipient
    place = (recipient.timezone, recipient.country, recipient.region, day)
    left = tuple(message.id for message in course.messages)
    key = (revision.campaign, revision.number, one.message, left, frozenset(final), place)
    if key not in approved.onward:
        approved.onward[key] = _onward(course, one.message, day, final)
    return approved.onward[key]


def _onward(course: Course, message: str, day: date, final: Collection[str]) -> Next | None:
    ids = [each.id for each in course.campaign.messages]
    position = ids.index(message)
    following = course.after(message)
    if following is None:
        return OVER if set(ids) <= {*final, message} else None
    place = ids.index(following.id)
    if place != position + 1:
        return None
    try:
        slot = following_slot(course, message_id=following.id, previous=day)
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
