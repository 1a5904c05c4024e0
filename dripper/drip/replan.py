"""Where a contact goes on when a campaign is scheduled again with other texts, another order or another cadence.

- A message that was decided about (sent, dropped, failed) never comes again, wherever it stands now.
- The next is the first of the file, in its new order, that is not decided.
- While the cadence is as it was, the slot stays (on the clock of a new zone, where the contact has moved); another
  message takes it over. With a new cadence the slot is counted
  anew, from the day last written on, or from now where nothing was written yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.hours import local_day
from dripper.drip.plan import Enrolled, day_of_slot, first_slot, following_slot, place

if TYPE_CHECKING:
    from datetime import date, datetime

    from dripper.drip.course import Course


def replan(course: Course, *, waiting: Enrolled | None, last_used: date | None, now: datetime) -> Enrolled | None:
    """Return the next message and slot of `course`, whose messages are those not yet decided; `None` where all are.

    `waiting` is what was next under the old revision, `None` where it had ended; `last_used` the contact's day on
    which this campaign last wrote.
    """
    message = course.after(None)
    if message is None:
        return None
    if waiting is not None and cadence_of(waiting.course) == cadence_of(course):
        if waiting.message_id == message.id:
            return in_zone(Enrolled(course=course, message_id=message.id, slot=waiting.slot))
        slot = place(course, message_id=message.id, earliest=day_of_slot(course, waiting.slot))
    elif last_used is None:
        slot = first_slot(course, message_id=message.id, enrolled_at=now)
    else:
        slot = following_slot(course, message_id=message.id, previous=last_used)
        if slot.utc < now:
            today = local_day(now, course.recipient.timezone, course.calendar.hours)
            slot = place(course, message_id=message.id, earliest=today, not_before=now)
    return Enrolled(course=course, message_id=message.id, slot=slot)


def in_zone(waiting: Enrolled) -> Enrolled:
    """Return what waits with its slot on the clock that the contact has now, on the same day or the next allowed."""
    course, slot = waiting.course, waiting.slot
    if slot.zone == course.recipient.timezone:
        return waiting
    day = day_of_slot(course, slot)
    moved = place(course, message_id=waiting.message_id, earliest=day, why="the contact's zone changed")
    return Enrolled(course=course, message_id=waiting.message_id, slot=moved)


def cadence_of(course: Course) -> tuple[object, ...]:
    """Return all that decides when a campaign writes, to be compared with another's."""
    campaign = course.campaign
    return (campaign.every, campaign.start, campaign.on, campaign.at, campaign.spread_minutes, course.ends_on)
