"""The whole season ahead: every message of every course, in the order in which a worker would come to them.

It asks the very functions that the worker asks, one message at a time, so that what is planned is what will be sent.
Limits of a mailbox are left out: they space messages within a window, they do not move them.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from dripper.drip.caps import Pending, Written, held_back
from dripper.drip.plan import Enrolled, advance, fits, is_late, shifted
from dripper.workspace.model.settings import Late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dripper.drip.course import Course, Slot

Rank = tuple[int, str, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A message that will go out, or be dropped, at a slot."""

    course: Course
    message_id: str
    slot: Slot
    # Why it will not go out after all; empty where it will.
    dropped: str = ""


def season(enrolled: Iterable[Enrolled], *, now: datetime, written: Written | None = None) -> list[Planned]:
    """Return all that is ahead at `now` for those enrolled, in order of UTC time, whatever their own order.

    `written` is what went out already (see `caps.Written`).
    """
    planned = _walk(enrolled, now, written)
    return [found for _, found in sorted(planned, key=lambda entry: (entry[1].slot.utc, entry[0]))]


def upcoming(enrolled: Iterable[Enrolled], *, now: datetime, written: Written | None = None) -> Iterator[Planned]:
    """Yield the same one by one, for those who only want the first: no slot is before the one that came before it."""
    return (found for _, found in _walk(enrolled, now, written))


def _walk(enrolled: Iterable[Enrolled], now: datetime, written: Written | None) -> Iterator[tuple[Rank, Planned]]:
    waiting = _Waiting(written or Written())
    for each in enrolled:
        waiting.add(each)
    for each, pending in waiting:
        for found in _next(waiting, each, pending, now):
            yield pending.rank, found


def _next(waiting: _Waiting, each: Enrolled, pending: Pending, now: datetime) -> Iterator[Planned]:
    """Do what the worker does when it comes to a message: move it, drop it, or send it and put the next one in line."""
    course, message_id, slot = each.course, each.message_id, each.slot
    dropped = ""
    if is_late(course, slot, now=now):
        if course.calendar.late is Late.SHIFT:
            waiting.add(_moved(each, shifted(course, message_id=message_id, slot=slot, now=now)))
            return
        dropped = "its hours had passed"
    elif not fits(course, slot):
        dropped = "no day is left before the negotiation"
    else:
        later = held_back(course, message_id, slot, written=waiting.written, others=waiting.others(pending))
        if later is not None:
            waiting.add(_moved(each, later))
            return
        waiting.record(pending)
    yield Planned(course=course, message_id=message_id, slot=slot, dropped=dropped)
    following = advance(each, used=pending.day)
    if following is not None:
        waiting.add(following)


def _moved(each: Enrolled, slot: Slot) -> Enrolled:
    return Enrolled(course=each.course, message_id=each.message_id, slot=slot)


class _Waiting:
    """Those that wait, in order of time, and what was written; iterating takes the first away."""

    def __init__(self, written: Written) -> None:
        self._heap: list[tuple[datetime, Rank, Enrolled, Pending]] = []
        # How many contacts of one account a day may have; more of those who wait need not be looked at.
        self._most = 0
        self._days: dict[str, set[date]] = defaultdict(set, {key: set(days) for key, days in written.days.items()})
        self._accounts: dict[tuple[str, date], set[str]] = defaultdict(
            set, {key: set(contacts) for key, contacts in written.accounts.items()}
        )
        self.written = Written(days=self._days, accounts=self._accounts)
        self._of_contact: dict[str, dict[str, Pending]] = defaultdict(dict)
        self._of_account: dict[tuple[str, date], list[Pending]] = defaultdict(list)

    def add(self, each: Enrolled) -> None:
        """Put a message in line."""
        pending = Pending.of(each.course, each.message_id, each.slot)
        self._most = each.course.calendar.account_per_day
        heappush(self._heap, (each.slot.utc, pending.rank, each, pending))
        self._of_contact[pending.contact][pending.campaign] = pending
        if pending.account:
            insort(self._of_account[pending.account, pending.day], pending, key=_rank)

    def __iter__(self) -> Iterator[tuple[Enrolled, Pending]]:
        while self._heap:
            _, rank, each, pending = heappop(self._heap)
            del self._of_contact[pending.contact][pending.campaign]
            if pending.account:
                line = self._of_account[pending.account, pending.day]
                line.pop(bisect_left(line, rank, key=_rank))
            yield each, pending

    def record(self, one: Pending) -> None:
        """Note that the contact is written to on the day of its slot."""
        self._days[one.contact].add(one.day)
        if one.account:
            self._accounts[one.account, one.day].add(one.contact)

    def others(self, mine: Pending) -> list[Pending]:
        """Return what may stand in the way: the contact's own, and the strongest of its account on that day."""
        found = list(self._of_contact[mine.contact].values())
        people: set[str] = set()
        for pending in self._of_account.get((mine.account, mine.day), ()):
            if pending.rank > mine.rank or len(people) > self._most:
                break
            people.add(pending.contact)
            found.append(pending)
        return found


def _rank(one: Pending) -> Rank:
    return one.rank
