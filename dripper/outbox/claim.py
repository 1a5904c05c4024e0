"""Claiming: what may leave a mailbox now, checked against everything that could forbid it, in one transaction.

What is due and may not go after all is moved, skipped, held or stopped here, with its reason; the rest is put into the
worker's hands with a lease.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dripper.drip.hours import local_day
from dripper.outbox.admission import admit
from dripper.outbox.limits import DAY, Allowance, Past, allowance
from dripper.outbox.store import attempts, campaigns, deliveries, enrolments, hands, locks, mailboxes, waiting
from dripper.outbox.store.waiting import Blocked

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.course import Course
    from dripper.outbox.approved import Approved
    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.workspace.model.campaign import Message
    from dripper.workspace.model.settings import Limits

# So many due enrolments are looked at in one transaction, that it stays short when most of them only move.
_MOST_LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A delivery in this worker's hands, with what is needed to compose it."""

    delivery: Delivery
    enrolment: Enrolment
    course: Course
    revision: Revision

    @property
    def message(self) -> Message:
        """Return the frozen message."""
        return self.course.campaign.messages[self.course.position(self.delivery.message)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What one claim gave."""

    claims: tuple[Claim, ...] = ()
    # When to ask again; None where nothing is waiting for this mailbox.
    next_at: datetime | None = None
    # Whether something is due now and only the gap between two messages keeps it.
    only_gap: bool = False
    # Why the mailbox is out of use.
    stopped: str = ""


@dataclass(slots=True)
class Busy:
    """Whom other workers decide about at the moment, found out one by one."""

    contacts: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)

    def may_hold(self, connection: Connection, one: Enrolment) -> bool:
        """Whether we may decide about a contact and its account until the transaction ends."""
        if not locks.may_hold_person(connection, one.contact):
            self.contacts.add(one.contact)
        elif not locks.may_hold_account(connection, one.account):
            self.accounts.add(one.account)
        return one.contact not in self.contacts and one.account not in self.accounts

    def added_to(self, blocked: Blocked) -> Blocked:
        """Return `blocked` with them."""
        return replace(blocked, contacts=frozenset(self.contacts), accounts=frozenset(self.accounts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimer:
    """One worker's way to claim."""

    approved: Approved
    worker: str
    lease: timedelta

    def claim(
        self, connection: Connection, mailbox: str, limits: Limits, *, now: datetime, real_now: datetime, most: int
    ) -> Claimed:
        """Claim at most `most` deliveries for `mailbox`; `real_now` is the real clock's, for the lease."""
        condition = mailboxes.lock(connection, mailbox)
        if condition.stopped:
            return Claimed(stopped=condition.reason)
        if condition.rests_until is not None and condition.rests_until > now:
            return Claimed(next_at=condition.rests_until)
        may = self._allowance(connection, mailbox, limits, now=now)
        claims = self._take(connection, mailbox, may, most=most, now=now, lease_until=real_now + self.lease)
        if claims:
            mailboxes.claimed(connection, mailbox, at=now)
        return self._claimed(connection, mailbox, limits, may, claims, now=now)

    def _allowance(self, connection: Connection, mailbox: str, limits: Limits, *, now: datetime) -> Allowance:
        # First, so that a delivery which is tried meanwhile counts twice for a moment rather than never.
        in_hand = hands.of_mailbox(connection, mailbox=mailbox)
        past = Past.of(
            attempts.times(connection, mailbox=mailbox, since=now - DAY),
            in_hand=[row.domain for row in in_hand if row.state is row.state.CLAIMED],
            claimed_at=mailboxes.get(connection, mailbox).claimed_at,
            now=now,
        )
        return allowance(limits, past, now=now)

    def _take(
        self, connection: Connection, mailbox: str, may: Allowance, *, most: int, now: datetime, lease_until: datetime
    ) -> tuple[Claim, ...]:
        room = min(may.room, most)
        claims: list[Claim] = []
        busy = Busy()
        for _ in range(_MOST_LOOKED_AT):
            if len(claims) >= room:
                break
            blocked = busy.added_to(self._blocked(connection, may))
            found = waiting.due(connection, mailbox=mailbox, now=now, limit=1, blocked=blocked)
            if not found:
                break
            if not busy.may_hold(connection, found[0]):
                continue
            claim = self._look_at(connection, found[0], mailbox, now=now, lease_until=lease_until)
            if claim is not None:
                may.count(claim.delivery.domain)
                claims.append(claim)
        return tuple(claims)

    def _claimed(
        self,
        connection: Connection,
        mailbox: str,
        limits: Limits,
        may: Allowance,
        claims: tuple[Claim, ...],
        *,
        now: datetime,
    ) -> Claimed:
        """Say when to ask again: when something is due and there is room for it."""
        if claims:
            may = self._allowance(connection, mailbox, limits, now=now)
        due_at = waiting.next_due(connection, mailbox=mailbox, blocked=self._blocked(connection, may))
        times = [max(at for at in (due_at, may.opens_at) if at is not None)] if due_at is not None else []
        if may.full_domains and may.domain_opens_at is not None:
            times.append(may.domain_opens_at)
        only_gap = may.only_gap and due_at is not None and due_at <= now
        return Claimed(claims=claims, next_at=min(times, default=None), only_gap=only_gap)

    def _blocked(self, connection: Connection, may: Allowance) -> Blocked:
        unread = campaigns.ids(connection) - set(self.approved.workspace.recipients)
        return Blocked(domains=may.full_domains, campaigns=unread)

    def _look_at(
        self, connection: Connection, one: Enrolment, mailbox: str, *, now: datetime, lease_until: datetime
    ) -> Claim | None:
        """Claim one due message, or move it out of the way; either way it is no longer due."""
        admitted = admit(connection, self.approved, one, now=now)
        if admitted is None or one.message is None:
            return None
        course, number = admitted.course, admitted.revision.number
        row = deliveries.open_or_get(connection, one, message=one.message, mailbox=mailbox, revision=number, at=now)
        delivery = deliveries.claim(
            connection,
            row,
            worker=self.worker,
            lease_until=lease_until,
            mailbox=mailbox,
            revision=number,
            day=local_day(now, course.recipient.timezone, course.calendar.hours),
            at=now,
        )
        enrolments.wait_until(connection, one.campaign, one.contact, None)
        return Claim(delivery=delivery, enrolment=one, course=course, revision=admitted.revision)
