"""When a message goes out: the slot of a contact's first message, of the next, of a late one.

- The first message takes the first slot from `start` on that is not before the enrolment; each further one the first
  allowed day one `every` after the day that was really used.
- On its day a message goes out at `at` (without it, when the window opens), plus up to `spread_minutes` by a hash of
  contact and message, always inside the window.
- A wall time that a clock change leaves out moves forward; where it would leave the window, the day has no slot.
- With `before` the slots are counted back from the last day, which is `lead_days` before the negotiation; a message
  that comes too late for its own day takes the next free one, and `fits` says when there is none.
- A slot is late once the window of its day has closed; inside the window it is sent. A late one is shifted to the
  first slot that is not past, or dropped (`[calendar] late`).

Every function is pure: the same course and message give the same slot.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from dripper.drip.course import Course, Slot
from dripper.drip.days import NoSlotError, allowed_day, day_text, first_rhythm_day, step_from
from dripper.drip.hours import clock_on, closes, day_of, instant_of, local_day, opens, wall_of
from dripper.drip.reason import cadence_text

if TYPE_CHECKING:
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.settings import Calendar

_DAY = timedelta(days=1)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_DAWN = datetime.min.replace(tzinfo=UTC)
# Days in a row on which the clock of a zone may swallow a window; one is the most that ever was.
_SWALLOWED_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A contact in a campaign with the message that comes next and its slot."""

    course: Course
    message_id: str
    slot: Slot


def enrol(course: Course, *, enrolled_at: datetime) -> Enrolled | None:
    """Return the start of a course; `None` where no message applies to the contact."""
    message = course.after(None)
    if message is None:
        return None
    slot = first_slot(course, message_id=message.id, enrolled_at=enrolled_at)
    return Enrolled(course=course, message_id=message.id, slot=slot)


def advance(enrolled: Enrolled, *, used: date) -> Enrolled | None:
    """Return what follows a message that went out (or was dropped) on the contact's day `used`; `None` at the end."""
    course = enrolled.course
    message = course.after(enrolled.message_id)
    if message is None:
        return None
    slot = following_slot(course, message_id=message.id, previous=used)
    return Enrolled(course=course, message_id=message.id, slot=slot)


def pass_over(enrolled: Enrolled) -> Enrolled | None:
    """Return the next message that applies, in the slot of one that does not (`only`, `when`); `None` at the end."""
    course = enrolled.course
    message = course.after(enrolled.message_id)
    if message is None:
        return None
    slot = place(course, message_id=message.id, earliest=day_of_slot(course, enrolled.slot))
    return Enrolled(course=course, message_id=message.id, slot=slot)


def first_slot(course: Course, *, message_id: str, enrolled_at: datetime) -> Slot:
    """Return the slot of the first message: the first from `start` on that is not before `enrolled_at`."""
    today = local_day(enrolled_at, course.recipient.timezone, course.calendar.hours)
    if course.ends_on is not None:
        earliest = max(_counted_back(course, message_id), today)
    else:
        earliest = first_rhythm_day(course, today)
    return place(course, message_id=message_id, earliest=earliest, not_before=enrolled_at)


def following_slot(course: Course, *, message_id: str, previous: Slot | date) -> Slot:
    """Return the slot of `message_id`, one `every` after `previous`, the slot or the contact's day really used."""
    used = previous if isinstance(previous, date) else day_of_slot(course, previous)
    if course.ends_on is not None:
        return place(course, message_id=message_id, earliest=max(_counted_back(course, message_id), used + _DAY))
    return place(course, message_id=message_id, earliest=max(step_from(course, used), used + _DAY))


def shifted(course: Course, *, message_id: str, slot: Slot, now: datetime, is_tried: bool = False) -> Slot:
    """Return the first slot after that of a late one which is not past at `now`.

    What was tried before keeps to the hours, but need not wait for the campaign's weekday.
    """
    was_on = day_of_slot(course, slot)
    today = local_day(now, course.recipient.timezone, course.calendar.hours)
    why = f"moved from {day_text(was_on)}: its hours had passed"
    if is_tried:
        course = replace(course, campaign=replace(course.campaign, on=course.calendar.days))
    return place(course, message_id=message_id, earliest=max(today, was_on + _DAY), not_before=now, why=why)


def is_late(course: Course, slot: Slot, *, now: datetime) -> bool:
    """Whether the window of the slot's day has closed on the contact's clock."""
    wall = wall_of(now, course.recipient.timezone)
    return now > slot.utc and wall >= closes(day_of_slot(course, slot), course.calendar.hours)


def missed_start(course: Course, *, now: datetime) -> Slot | None:
    """Return the slot with which a campaign that was never scheduled would have begun before `now`, if it would."""
    start = enrol(course, enrolled_at=_LONG_AGO)
    return start.slot if start is not None and is_late(course, start.slot, now=now) else None


def fits(course: Course, slot: Slot) -> bool:
    """Whether a slot is not after the last day of a `before` campaign; always so for the others."""
    return course.ends_on is None or day_of_slot(course, slot) <= course.ends_on


def day_of_slot(course: Course, slot: Slot) -> date:
    """Return the contact's day that a slot counts for: the day on which its window opened."""
    hours = course.calendar.hours
    return day_of(slot.local.replace(tzinfo=None), hours) if hours.crosses_midnight else slot.local.date()


def place(course: Course, *, message_id: str, earliest: date, not_before: datetime = _DAWN, why: str = "") -> Slot:
    """Return the first slot on an allowed day from `earliest` on and not before the instant `not_before`.

    `why` is what moved the message, where something did. Raises `NoSlotError`.
    """
    day = earliest
    for _ in range(_SWALLOWED_DAYS):
        day, holiday = allowed_day(course, day)
        why = why or holiday
        slot = _slot_on(course, message_id, day)
        if slot is None:
            why = why or f"moved from {day_text(day)}: the clock change leaves out its hour"
        elif slot[0] >= not_before:
            reason = f"{cadence_text(course)}; {why}" if why else cadence_text(course)
            return Slot(utc=slot[0], local=slot[1], zone=course.recipient.timezone, reason=reason)
        day += _DAY
    raise NoSlotError(course.campaign.id, "no minute of the day is left to write at")


def never_fits(campaign: Campaign, calendar: Calendar) -> str | None:
    """Say why a campaign can never have a slot, whoever the contact is; `None` where it can."""
    if not any(calendar.days):
        return "[calendar] days is empty"
    if campaign.on and not set(campaign.on) & set(calendar.days):
        return f"{', '.join(campaign.on)} is not among the days of the calendar ({', '.join(calendar.days)})"
    if campaign.at is None:
        return None
    monday = date(2024, 1, 1)
    wall = clock_on(monday, campaign.at.at, calendar.hours)
    if opens(monday, calendar.hours) <= wall < closes(monday, calendar.hours):
        return None
    return f"{campaign.at} is not within the hours of the calendar ({calendar.hours})"


def _slot_on(course: Course, message_id: str, day: date) -> tuple[datetime, datetime] | None:
    """Return the instant on `day` in UTC and local time; `None` where the clock change swallows it."""
    hours = course.calendar.hours
    at = course.campaign.at
    clock = hours.start if at is None else at.at
    wall = clock_on(day, clock, hours)
    last = closes(day, hours)
    if course.campaign.spread_minutes:
        room = min(course.campaign.spread_minutes, (last - wall) // timedelta(minutes=1) - 1)
        wall += timedelta(minutes=_share(course, message_id, room + 1))
    utc, local = instant_of(wall, course.recipient.timezone)
    inside = opens(day, hours) <= local.replace(tzinfo=None) < last
    return (utc, local) if inside else None


def _share(course: Course, message_id: str, parts: int) -> int:
    if parts <= 1:
        return 0
    name = f"{course.campaign.id}\0{message_id}\0{course.recipient.key}"
    return int.from_bytes(sha256(name.encode()).digest()[:8], "big") % parts


def _counted_back(course: Course, message_id: str) -> date:
    assert course.ends_on is not None
    day, _ = allowed_day(course, course.ends_on, back=True)
    for _ in range(course.left(message_id) - 1):
        earlier = min(step_from(course, day, back=True), day - _DAY)
        day, _ = allowed_day(course, earlier, back=True)
    return day
