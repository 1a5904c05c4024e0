"""Contacts in campaigns: each with its next message and that message's slot, and nothing further ahead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.drip.caps import Pending
from dripper.drip.delivery import State
from dripper.outbox.store import pauses
from dripper.outbox.store.tables import campaigns, deliveries, enrolments, mailboxes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection, Row, Select

    from dripper.drip.course import Slot


class Progress(StrEnum):
    """Whether a contact goes on in a campaign."""

    ACTIVE = "active"
    # A reply, an opt-out, no longer a recipient.
    STOPPED = "stopped"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A contact in a campaign."""

    campaign: str
    contact: str
    account: str
    domain: str
    state: Progress
    reason: str
    # All None once there is nothing left to send.
    message: str | None
    position: int | None
    slot_at: datetime | None
    slot_on: date | None
    zone: str | None
    slot_reason: str | None
    # None while in hand, held, stopped or finished.
    due_at: datetime | None
    enrolled_at: datetime


def add(connection: Connection, rows: Sequence[Enrolment]) -> None:
    """Enrol contacts; each (campaign, contact) once."""
    if rows:
        names = [column.name for column in enrolments.columns]
        connection.execute(sa.insert(enrolments), [{name: getattr(row, name) for name in names} for row in rows])


def get(connection: Connection, campaign: str, contact: str) -> Enrolment | None:
    """Return one enrolment."""
    row = connection.execute(sa.select(enrolments).where(_is(campaign, contact))).one_or_none()
    return None if row is None else _enrolment(row)


def of_campaign(connection: Connection, campaign: str) -> dict[str, Enrolment]:
    """Return the enrolments of a campaign by contact."""
    rows = connection.execute(
        sa.select(enrolments).where(enrolments.c.campaign == campaign).order_by(enrolments.c.contact)
    )
    return {row.contact: _enrolment(row) for row in rows}


def of_contact(connection: Connection, contact: str) -> tuple[Enrolment, ...]:
    """Return the enrolments of a contact, by campaign."""
    rows = connection.execute(
        sa.select(enrolments).where(enrolments.c.contact == contact).order_by(enrolments.c.campaign)
    )
    return tuple(map(_enrolment, rows))


def of_account(connection: Connection, campaign: str, account: str) -> tuple[Enrolment, ...]:
    """Return the enrolments of an account's contacts in a campaign."""
    condition = (enrolments.c.campaign == campaign) & (enrolments.c.account == account)
    return tuple(map(_enrolment, connection.execute(sa.select(enrolments).where(condition))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """What is left out of a search for work: domains whose limit is reached, campaigns whose files cannot be read."""

    domains: frozenset[str] = frozenset()
    campaigns: frozenset[str] = frozenset()

    def apply(self, query: Select[tuple[object, ...]]) -> Select[tuple[object, ...]]:
        """Return `query` without what is blocked."""
        if self.domains:
            query = query.where(enrolments.c.domain.not_in(self.domains))
        if self.campaigns:
            query = query.where(enrolments.c.campaign.not_in(self.campaigns))
        return query


NOTHING = Blocked()


def due(
    connection: Connection, *, mailbox: str, now: datetime, limit: int, blocked: Blocked = NOTHING
) -> tuple[Enrolment, ...]:
    """Return what a mailbox may look at now, the longest waiting first, then by priority, campaign and contact."""
    query = (
        blocked.apply(_waiting(mailbox))
        .where(enrolments.c.due_at <= now)
        .order_by(enrolments.c.due_at, -campaigns.c.priority, enrolments.c.campaign, enrolments.c.contact)
        .limit(limit)
    )
    return tuple(map(_enrolment, connection.execute(query)))


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
    return None if row is None else _enrolment(row)


def may_go(connection: Connection, campaign: str, contact: str) -> bool:
    """Whether an enrolment is active and not paused in any way."""
    condition = _is(campaign, contact) & (enrolments.c.state == Progress.ACTIVE) & ~pauses.applies_to_enrolment()
    return connection.execute(sa.select(enrolments.c.contact).where(condition)).first() is not None


def place(connection: Connection, one: Enrolment, *, message: str, position: int, slot: Slot, day: date) -> None:
    """Give an enrolment its next message and slot."""
    _update(
        connection,
        one.campaign,
        one.contact,
        state=Progress.ACTIVE,
        message=message,
        position=position,
        slot_at=slot.utc,
        slot_on=day,
        zone=slot.zone,
        slot_reason=slot.reason,
        due_at=slot.utc,
    )


def wait_until(connection: Connection, campaign: str, contact: str, due_at: datetime | None) -> None:
    """Say when the next message is to be looked at again; `None`: it is in hand, or held."""
    _update(connection, campaign, contact, due_at=due_at)


def wake(connection: Connection, campaign: str, contact: str, at: datetime) -> None:
    """Have an active enrolment looked at again at once."""
    condition = _is(campaign, contact) & (enrolments.c.state == Progress.ACTIVE)
    connection.execute(sa.update(enrolments).where(condition).values(due_at=at))


def finish(connection: Connection, campaign: str, contact: str) -> None:
    """Note that nothing is left to send."""
    _update(
        connection, campaign, contact, state=Progress.FINISHED, message=None, position=None, slot_at=None, due_at=None
    )


def stop(connection: Connection, campaign: str, contact: str, reason: str) -> None:
    """Note that nothing further goes out to this contact in this campaign."""
    _update(connection, campaign, contact, state=Progress.STOPPED, reason=reason, due_at=None)


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
        .where(same_person | same_account, ~_is(one.campaign, one.contact))
        .where(of.state == Progress.ACTIVE, of.due_at.is_not(None), ~pauses.applies_to_enrolment())
        .where(sa.func.coalesce(deliveries.c.state, State.DUE) == State.DUE)
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


def contacts(connection: Connection) -> tuple[str, ...]:
    """Return the key of everybody who is or was enrolled."""
    return tuple(connection.scalars(sa.select(enrolments.c.contact).distinct().order_by(enrolments.c.contact)))


def domains(connection: Connection) -> frozenset[str]:
    """Return every receiving domain."""
    return frozenset(connection.scalars(sa.select(enrolments.c.domain).distinct()))


def accounts(connection: Connection) -> tuple[str, ...]:
    """Return every account that somebody enrolled belongs to."""
    names = sa.select(enrolments.c.account).where(enrolments.c.account != "").distinct()
    return tuple(connection.scalars(names.order_by(enrolments.c.account)))


def _waiting(mailbox: str) -> Select[tuple[object, ...]]:
    return (
        sa.select(enrolments)
        .join(campaigns, campaigns.c.id == enrolments.c.campaign)
        .where(campaigns.c.mailbox == mailbox, enrolments.c.state == Progress.ACTIVE)
        .where(enrolments.c.due_at.is_not(None), ~pauses.applies_to_enrolment())
    )


def _is(campaign: str, contact: str) -> ColumnElement[bool]:
    return (enrolments.c.campaign == campaign) & (enrolments.c.contact == contact)


def _update(connection: Connection, campaign: str, contact: str, **values: object) -> None:
    connection.execute(sa.update(enrolments).where(_is(campaign, contact)).values(**values))


def _enrolment(row: Row[tuple[object, ...]]) -> Enrolment:
    values = {column.name: getattr(row, column.name) for column in enrolments.columns}
    return Enrolment(**{**values, "state": Progress(values["state"])})
