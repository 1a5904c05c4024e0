"""Who waits: the least days between two messages to one person, and the most contacts of an account on one day.

- Caps count over all campaigns. Never two messages to one person on one day, whatever `gap_days` says.
- A higher `priority` wins, then the lower campaign id, then who is further behind in the campaign, then the address:
  one order for all, so the outcome does not depend on who was looked at first.
- The loser shifts to the first allowed day on which the cap lets it; nothing is dropped.
- A message gives way not only to what was written but also to a stronger one that is due soon: a weak message on
  Tuesday would push a strong one off Thursday.
- Days are those of the contact's clock and belong to the day on which the window opened.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dripper.drip.course import Course, Slot
from dripper.drip.days import allowed_day, day_text
from dripper.drip.plan import day_of_slot, place

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_DAY = timedelta(days=1)
# So many days a message may be pushed at once; it is asked again on the day it lands on.
_MOST_HOPS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A message that waits for its slot, as far as caps need to know it."""

    campaign: str
    message: str
    # The contact's key; the contact's account, empty where there is none.
    contact: str
    account: str
    priority: int
    # The message's place in the campaign's file, 0 for the first.
    position: int
    # The contact's day of its slot (`plan.day_of_slot`).
    day: date

    @classmethod
    def of(cls, course: Course, message_id: str, slot: Slot) -> Pending:
        """Return what caps need to know of a message of `course` that waits for `slot`."""
        return cls(
            campaign=course.campaign.id,
            message=message_id,
            contact=course.recipient.key,
            account=course.recipient.account,
            priority=course.campaign.priority,
            position=course.position(message_id),
            day=day_of_slot(course, slot),
        )

    @property
    def rank(self) -> tuple[int, str, int, str]:
        """Return the place in the order of all that wait; the lowest wins."""
        return (-self.priority, self.campaign, self.position, self.contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written, also what is on its way or in doubt: it counts until it is known not to have gone out."""

    # By contact key: the contact's days.
    days: Mapping[str, Collection[date]] = field(default_factory=dict)
    # By account and day: the keys of the contacts written to.
    accounts: Mapping[tuple[str, date], Collection[str]] = field(default_factory=dict)


def held_back(
    course: Course, message_id: str, slot: Slot, *, written: Written, others: Sequence[Pending] = ()
) -> Slot | None:
    """Return `None` when the message may go out on the day of `slot`, else the later slot and why.

    `others` are the other messages that wait and may go out: those of the same contact within `gap_days` of the slot
    (before or after), and those of the same account on the slot's day. More of them change nothing but accuracy: the
    message is asked again on the day it was moved to.
    """
    if not others and not _is_near(course, slot, written):
        return None
    mine = Pending.of(course, message_id, slot)
    stronger = [other for other in others if other.rank < mine.rank]
    obstacle = _obstacle(course, mine.day, written, stronger)
    if obstacle is None:
        return None
    why = f"moved from {day_text(mine.day)}: {obstacle[1]}"
    day = mine.day
    for _ in range(_MOST_HOPS):
        day, _ = allowed_day(course, obstacle[0])
        obstacle = _obstacle(course, day, written, stronger)
        if obstacle is None:
            break
    return place(course, message_id=message_id, earliest=day, why=why)


def _is_near(course: Course, slot: Slot, written: Written) -> bool:
    """Whether anything was written that a cap could count."""
    recipient = course.recipient
    if written.days.get(recipient.key):
        return True
    is_capped = bool(course.calendar.account_per_day and written.accounts)
    return is_capped and bool(written.accounts.get((recipient.account, day_of_slot(course, slot))))


def _obstacle(course: Course, day: date, written: Written, stronger: Sequence[Pending]) -> tuple[date, str] | None:
    """Return the first day on which what stands in the way of `day` no longer does, and what it is."""
    return _person(course, day, written, stronger) or _account(course, day, written, stronger)


def _person(course: Course, day: date, written: Written, stronger: Sequence[Pending]) -> tuple[date, str] | None:
    gap = max(1, course.calendar.gap_days)
    key = course.recipient.key
    near = [other for other in written.days.get(key, ()) if abs((day - other).days) < gap]
    due = [other.day for other in stronger if other.contact == key and abs((day - other.day).days) < gap]
    if not near and not due:
        return None
    latest = max(near + due)
    what = "another message" if latest in near else "one that matters more"
    where = f"{what} on that day" if latest == day else f"less than {gap} days from {what} ({day_text(latest)})"
    return latest + timedelta(days=gap), where


def _account(course: Course, day: date, written: Written, stronger: Sequence[Pending]) -> tuple[date, str] | None:
    account, most = course.recipient.account, course.calendar.account_per_day
    if not account or not most:
        return None
    people = {other.contact for other in stronger if other.account == account and other.day == day}
    people.update(written.accounts.get((account, day), ()))
    people.discard(course.recipient.key)
    if len(people) < most:
        return None
    others = "1 other of" if most == 1 else f"{most} others of"
    return day + _DAY, f"{others} {account} {'is' if most == 1 else 'are'} written to that day"
