"""Claiming: what may leave a mailbox now, checked against everything that could forbid it, in one transaction.

A batch is looked at together. What is due and may not go after all is moved, skipped, held or stopped here, with its
reason; the rest is put into the worker's hands with a lease.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dripper.outbox.admission import Admitted, admit, carry_out
from dripper.outbox.limits import Allowance, allowance_of
from dripper.outbox.sight import Sight, accounts_of
from dripper.outbox.store import campaigns, locks, mailboxes, waiting
from dripper.outbox.store.waiting import Blocked
from dripper.outbox.taking import Taking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.approved import Approved
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.outbox.taking import Claim
    from dripper.workspace.model.settings import Limits

# So many messages are moved out of the way in one transaction, that it stays short.
_MOST_MOVED = 200


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
    """Whom other workers decide about at the moment, found out batch by batch."""

    contacts: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)

    def hold(self, connection: Connection, ones: Sequence[Enrolment], accounts: set[str]) -> list[Enrolment]:
        """Return those of `ones` about whom we may decide until the transaction ends, `accounts` included."""
        people = {one.contact for one in ones}
        self.contacts |= people - locks.people_held(connection, people)
        self.accounts |= accounts - locks.accounts_held(connection, accounts)
        return [one for one in ones if one.contact not in self.contacts and one.account not in self.accounts]

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
        may = allowance_of(connection, mailbox, limits, claimed_at=condition.claimed_at, now=now)
        taking = Taking(
            connection=connection,
            worker=self.worker,
            mailbox=mailbox,
            lease_until=real_now + self.lease,
            approved=self.approved,
            now=now,
        )
        self._take(taking, may, most=most)
        if taking.claims:
            mailboxes.claimed(connection, mailbox, at=now)
            may = allowance_of(connection, mailbox, limits, claimed_at=now, now=now)
        return self._claimed(taking, may)

    def _take(self, taking: Taking, may: Allowance, *, most: int) -> None:
        """Look at whoever is due, batch by batch, until there is no room or nobody is left."""
        room = min(may.room, most)
        busy = Busy()
        moved = 0
        while taking.count < room and moved < _MOST_MOVED:
            connection, now = taking.connection, taking.now
            blocked = busy.added_to(self._blocked(connection, may))
            found = waiting.due(connection, mailbox=taking.mailbox, now=now, limit=room - taking.count, blocked=blocked)
            if not found:
                break
            mine = busy.hold(connection, found, accounts_of(self.approved.settings.calendar, found))
            if mine:
                moved += self._look_at(taking, mine, may, most_moved=_MOST_MOVED - moved)
        taking.write()

    def _look_at(self, taking: Taking, ones: Sequence[Enrolment], may: Allowance, *, most_moved: int) -> int:
        """Take or move each of a batch in its order; return how many were moved.

        What was moved may matter to the same person and account, so whoever of them comes next waits for a new look.
        """
        sight = Sight(taking.connection, self.approved, ones)
        capped = accounts_of(self.approved.settings.calendar, ones)
        moved: set[str] = set()
        count = 0
        for one in ones:
            if may.per_domain and one.domain in may.full_domains:
                continue
            if one.contact in moved or one.account in moved & capped or count >= most_moved:
                break
            answer = admit(sight, self.approved, one, now=taking.now)
            if isinstance(answer, Admitted):
                taking.take(one, answer, sight)
                may.count(one.domain)
                continue
            taking.write()
            carry_out(taking.connection, answer, one, now=taking.now)
            moved |= {one.contact, one.account}
            count += 1
        taking.write()
        return count

    def _claimed(self, taking: Taking, may: Allowance) -> Claimed:
        """Say when to ask again: when something is due and there is room for it."""
        connection = taking.connection
        due_at = waiting.next_due(connection, mailbox=taking.mailbox, blocked=self._blocked(connection, may))
        times = [max(at for at in (due_at, may.opens_at) if at is not None)] if due_at is not None else []
        if may.full_domains and may.domain_opens_at is not None:
            times.append(may.domain_opens_at)
        only_gap = may.only_gap and due_at is not None and due_at <= taking.now
        return Claimed(claims=tuple(taking.claims), next_at=min(times, default=None), only_gap=only_gap)

    def _blocked(self, connection: Connection, may: Allowance) -> Blocked:
        unread = campaigns.ids(connection) - set(self.approved.workspace.recipients)
        return Blocked(domains=may.full_domains, campaigns=unread)
