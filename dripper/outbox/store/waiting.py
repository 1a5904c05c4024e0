"""What waits: whose message a mailbox may look at, who is next, and who else stands in the way of a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.drip.caps import Pending
from dripper.drip.delivery import State
from dripper.outbox.store import pauses
from dripper.outbox.store.enrolments import Enrolment, Progress, is_row, of_row
from dripper.outbox.store.tables import campaigns, deliveries, enrolments, mailboxes

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Select


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """What is left out of a search for work.

    Domains whose limit is reached, campaigns whose files cannot be read, contacts and accounts that another worker
    decides about.
    """

    domains: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()

    def apply(self, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        """Return `query` without what is blocked."""
        if self.domains:
            query = query.where(enrolments.c.domain.not_in(self.domains))
        if self.campaigns:
            query = query.where(enrolments.c.campaign.not_in(self.campaigns))
        if self.contacts:
            query = query.where(enrolments.c.contact.not_in(self.contacts))
        if self.accounts:
            query = query.where(enrolments.c.account.not_in(self.accounts))
        return query


NOTHING = Blocked()


def due(
    connection: Connection, *, mailbox: str, now: datetime, limit: int, blocked: Blocked = NOTHING
) -> tuple[Enrolment, ...]:
    """Return what a mailbox may look at now, the longest waiting first, then by priority, campaign and contact.

    What another worker has in its hands at this moment is left out.
    """
    query = (
        blocked.apply(_waiting(mailbox))
        .where(enrolments.c.due_at <= now)
        .order_by(enrolments.c.due_at, -campaigns.c.priority, enrolments.c.campaign, enrolments.c.contact)
        .limit(limit)
        .with_for_update(skip_locked=True, of=enrolments)
    )
    return tuple(map(of_row, connection.execute(query)))


def due_count(connection: Connection, *, mailbox: str, now: datetime, blocked: Blocked = NOTHING) -> int:
    """Return how many messages a mailbox may look at now."""
    query = blocked.apply(_waiting(mailbox)).where(enrolments.c.due_at <= now)
    found: int = connection.execute(query.with_only_columns(sa.func.count())).scalar_one()
    return found


def next_due(connection: Connection, *, mailbox: str, blocked: Blocked = NOTHING) -> datetime | None:
    """Return when a mailbox next has something to look at; `None` where nothing waits for it."""
    earliest = blocked.apply(_waiting(mailbox)).with_only_columns(sa.func.min(enrolments.c.due_at))
    found: datetime | None = connection.execute(earliest).scalar_one()
    return found


def first(connection: Connection, *, campaign: str | None = None) -> Enrolment | None:
    """Return whose message goes out next, of all that may go or of one campaign; `None` where nothing waits."""
    query = (
        sa.select(enrolments)
        .where(enrolments.c.state == Progress.ACTIVE, enrolments.c.due_at.is_not(None))
        .where(~pauses.applies_to_enrolment())
        .order_by(enrolments.c.due_at, enrolments.c.campaign, enrolments.c.contact)
        .limit(1)
    )
    if campaign is not None:
        query = query.where(enrolments.c.campaign == campaign)
    row = connection.execute(query).one_or_none()
    return None if row is None else of_row(row)


def count(connection: Connection) -> int:
    """Return how many contacts go on in a campaign, paused or not."""
    query = sa.select(sa.func.count()).where(enrolments.c.state == Progress.ACTIVE)
    found: int = connection.execute(query).scalar_one()
    return found


def may_go(connection: Connection, campaign: str, contact: str) -> bool:
    """Whether an enrolment is active and not paused in any way."""
    condition = is_row(campaign, contact) & (enrolments.c.state == Progress.ACTIVE) & ~pauses.applies_to_enrolment()
    return connection.execute(sa.select(enrolments.c.contact).where(condition)).first() is not None


def pending(
    connection: Connection, one: Enrolment, *, contact_days: tuple[date, date], day: date
) -> tuple[Pending, ...]:
    """Return what else waits and may go out: to the same contact between `contact_days`, to the account on `day`.

    What was deferred, or waits for a mailbox in trouble, stands in nobody's way.
    """
    of = enrolments.c
    same_person = (of.contact == one.contact) & of.slot_on.between(*contact_days)
    same_account = (of.account == one.account) & (of.account != "") & (of.slot_on == day)
    rows = connection.execute(
        sa.select(enrolments, campaigns.c.priority)
        .join(campaigns, campaigns.c.id == of.campaign)
        .outerjoin(mailboxes, mailboxes.c.name == campaigns.c.mailbox)
        .outerjoin(
            deliveries,
            (deliveries.c.campaign == of.campaign)
            & (deliveries.c.contact == of.contact)
            & (deliveries.c.message == of.message),
        )
        .where(same_person | same_account, ~is_row(one.campaign, one.contact))
        .where(of.state == Progress.ACTIVE, of.due_at.is_not(None), ~pauses.applies_to_enrolment())
        .where(deliveries.c.state.is_(None) | (deliveries.c.state == State.DUE))
        .where(~sa.func.coalesce(mailboxes.c.stopped, sa.false()), sa.func.coalesce(mailboxes.c.failures, 0) == 0)
    )
    return tuple(
        Pending(
            campaign=row.campaign,
            message=row.message,
            contact=row.contact,
            account=row.account,
            priority=row.priority,
            position=row.position,
            day=row.slot_on,
        )
        for row in rows
    )


def _waiting(mailbox: str) -> Select[tuple[object, ...]]:
    return (
        sa.select(enrolments)
        .join(campaigns, campaigns.c.id == enrolments.c.campaign)
        .where(campaigns.c.mailbox == mailbox, enrolments.c.state == Progress.ACTIVE)
        .where(enrolments.c.due_at.is_not(None), ~pauses.applies_to_enrolment())
    )
