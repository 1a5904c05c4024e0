"""Taking deliveries into a worker's hands: each with its lease, and a batch in a few statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from dripper.drip.delivery import State
from dripper.drip.hours import local_day
from dripper.outbox.onward import onward
from dripper.outbox.store import deliveries, opening
from dripper.outbox.store.deliveries import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sqlalchemy import Connection

    from dripper.drip.course import Course
    from dripper.outbox.admission import Admitted
    from dripper.outbox.approved import Approved
    from dripper.outbox.sight import Sight
    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.outbox.store.posting import Next
    from dripper.workspace.model.campaign import Message


class Claim(NamedTuple):
    """A delivery in this worker's hands, with what is needed to compose it."""

    delivery: Delivery
    enrolment: Enrolment
    # Without the messages whose fate is decided.
    course: Course
    revision: Revision
    # Where the enrolment turns once the message went out; None where that needs a closer look.
    onward: Next | None = None

    @property
    def message(self) -> Message:
        """Return the frozen message."""
        return self.course.campaign.messages[self.course.position(self.delivery.message)]


class _Taken(NamedTuple):
    enrolment: Enrolment
    admitted: Admitted
    day: date
    row: Delivery | None
    onward: Next | None


@dataclass(slots=True, kw_only=True)
class Taking:
    """What one claim takes."""

    connection: Connection
    worker: str
    mailbox: str
    lease_until: datetime
    approved: Approved
    now: datetime
    claims: list[Claim] = field(default_factory=list)
    _taken: list[_Taken] = field(default_factory=list)
    # Which day it is now, by zone.
    _days: dict[str, date] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many were taken."""
        return len(self.claims) + len(self._taken)

    def take(self, one: Enrolment, admitted: Admitted, sight: Sight) -> None:
        """Take the message of `one`; it is written down with the next `write`."""
        course = admitted.course
        zone = course.recipient.timezone
        day = self._days.get(zone)
        if day is None:
            day = self._days[zone] = local_day(self.now, zone, course.calendar.hours)
        after = onward(self.approved, one, course, admitted.revision, day=day, final=sight.final(one))
        self._taken.append(_Taken(one, admitted, day, sight.row(one), after))
        sight.claimed(one, day)

    def write(self) -> None:
        """Write down what was taken since the last time."""
        taken, self._taken = self._taken, []
        if not taken:
            return
        fresh = sorted((each for each in taken if each.row is None), key=lambda each: each.day)
        rows = {
            (row.campaign, row.contact): row
            for day, group in groupby(fresh, key=lambda each: each.day)
            for row in self._opened(list(group), day)
        }
        for each in taken:
            if each.row is not None:
                row = self._claimed(each, each.row)
                rows[row.campaign, row.contact] = row
        opening.take_out_of_queue(self.connection, [each.enrolment for each in taken])
        self.claims += [
            Claim(
                delivery=rows[each.enrolment.campaign, each.enrolment.contact],
                enrolment=each.enrolment,
                course=each.admitted.course,
                revision=each.admitted.revision,
                onward=each.onward,
            )
            for each in taken
        ]

    def _opened(self, taken: list[_Taken], day: date) -> Iterator[Delivery]:
        """Open rows for those who have none of their message."""
        ones = [each.enrolment for each in taken]
        ids = opening.open_claimed(
            self.connection,
            ones,
            mailbox=self.mailbox,
            worker=self.worker,
            lease_until=self.lease_until,
            day=day,
            at=self.now,
        )
        for one, each in zip(ones, taken, strict=True):
            assert one.message is not None
            yield Delivery(
                id=ids[one.campaign, one.contact],
                campaign=one.campaign,
                contact=one.contact,
                message=one.message,
                account=one.account,
                domain=one.domain,
                mailbox=self.mailbox,
                state=State.CLAIMED,
                token=1,
                worker=self.worker,
                lease_until=self.lease_until,
                revision=each.admitted.revision.number,
                day=day,
                attempts=0,
                first_attempt_at=None,
                retry_at=None,
                message_id=None,
                code=None,
                reply="",
                changed_at=self.now,
            )

    def _claimed(self, each: _Taken, row: Delivery) -> Delivery:
        """Take a row that was there: given back, or tried before."""
        return deliveries.claim(
            self.connection,
            row,
            worker=self.worker,
            lease_until=self.lease_until,
            mailbox=self.mailbox,
            revision=each.admitted.revision.number,
            day=each.day,
            at=self.now,
        )
