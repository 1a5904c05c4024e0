"""Deliveries: the rows that make "never twice" hold.

Every change goes through the state table, and is made only where the row is still what the caller saw.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from dripper.drip.caps import Written
from dripper.drip.delivery import WAITING, WRITTEN, Event, State, move
from dripper.drip.sending import Handled
from dripper.outbox.store.tables import deliveries, enrolments

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.enrolments import Enrolment


class Lock(Enum):
    """Whether rows are read to be changed by nobody else until the transaction ends."""

    NONE = "none"
    WAIT = "wait"
    # Leave out what another transaction holds.
    SKIP = "skip"


class StaleDeliveryError(Exception):
    """The row is no more as it was read: another worker took it over, or a person decided otherwise."""


class Delivery(NamedTuple):
    """One contact x one message: the columns of the table, in their order."""

    id: int
    campaign: str
    contact: str
    message: str
    account: str
    domain: str
    mailbox: str
    state: State
    token: int
    worker: str | None
    lease_until: datetime | None
    revision: int
    day: date | None
    attempts: int
    first_attempt_at: datetime | None
    retry_at: datetime | None
    message_id: str | None
    code: int | None
    reply: str
    changed_at: datetime

    @property
    def handled(self) -> Handled:
        """Return what is told of it."""
        return Handled(
            campaign=self.campaign,
            message=self.message,
            contact=self.contact,
            mailbox=self.mailbox,
            state=self.state,
            message_id=self.message_id,
            code=self.code,
            reply=self.reply,
            at=self.changed_at,
        )


def get(connection: Connection, campaign: str, contact: str, message: str) -> Delivery | None:
    """Return the one row of a contact and a message."""
    of = deliveries.c
    condition = (of.campaign == campaign) & (of.contact == contact) & (of.message == message)
    return next(iter(where(connection, condition)), None)


def of_contact(connection: Connection, contact: str) -> tuple[Delivery, ...]:
    """Return every delivery to a contact, in the order of its last change."""
    return where(connection, deliveries.c.contact == contact)


def of_enrolment(connection: Connection, campaign: str, contact: str) -> tuple[Delivery, ...]:
    """Return every delivery to a contact in a campaign, in the order of its last change."""
    return where(connection, (deliveries.c.campaign == campaign) & (deliveries.c.contact == contact))


def of_contacts(connection: Connection, campaign: str, contacts: Collection[str]) -> dict[str, tuple[Delivery, ...]]:
    """Return the deliveries of a campaign to those of `contacts` who have any, as `of_enrolment` does for one."""
    found: dict[str, tuple[Delivery, ...]] = {}
    for row in where(connection, (deliveries.c.campaign == campaign) & deliveries.c.contact.in_(contacts)):
        found[row.contact] = (*found.get(row.contact, ()), row)
    return found


def of_campaign(connection: Connection, campaign: str) -> tuple[Delivery, ...]:
    """Return every delivery of a campaign, in the order of its last change."""
    return where(connection, deliveries.c.campaign == campaign)


def decided(connection: Connection, campaign: str, contact: str) -> dict[str, State]:
    """Return the state of each message of a campaign that a contact's history knows."""
    of = deliveries.c
    rows = connection.execute(sa.select(of.message, of.state).where(of.campaign == campaign, of.contact == contact))
    return {row.message: State(row.state) for row in rows}


def waiting(connection: Connection, campaign: str, contact: str) -> tuple[Delivery, ...]:
    """Return the deliveries of an enrolment that wait and can be cancelled."""
    of = deliveries.c
    return where(connection, (of.campaign == campaign) & (of.contact == contact) & of.state.in_(WAITING))


def all_held(connection: Connection) -> tuple[Delivery, ...]:
    """Return everything that is held, longest first."""
    return where(connection, deliveries.c.state == State.HELD)


def all_deferred(connection: Connection, mailbox: str) -> tuple[Delivery, ...]:
    """Return everything of a mailbox that waits for its next try, longest first."""
    return where(connection, (deliveries.c.state == State.DEFERRED) & (deliveries.c.mailbox == mailbox))


def retry(connection: Connection, mailbox: str, *, at: datetime) -> None:
    """Move the next try of everything that a mailbox has deferred."""
    condition = (deliveries.c.state == State.DEFERRED) & (deliveries.c.mailbox == mailbox)
    connection.execute(sa.update(deliveries).where(condition).values(retry_at=at))


def all_unknown(connection: Connection) -> tuple[Delivery, ...]:
    """Return everything that is in doubt, longest first."""
    return where(connection, deliveries.c.state == State.UNKNOWN)


def open_or_get(
    connection: Connection, one: Enrolment, *, message: str, mailbox: str, revision: int, at: datetime
) -> Delivery:
    """Return the row of an enrolment's message, inserted as due where there is none."""
    found = get(connection, one.campaign, one.contact, message)
    if found is not None:
        return found
    row = connection.execute(
        sa.insert(deliveries)
        .values(
            campaign=one.campaign,
            contact=one.contact,
            message=message,
            account=one.account,
            domain=one.domain,
            mailbox=mailbox,
            state=State.DUE,
            token=0,
            revision=revision,
            attempts=0,
            reply="",
            changed_at=at,
        )
        .returning(deliveries)
    ).one()
    return of_row(row)


def open_cancelled(connection: Connection, revision: Revision, *, message: str, reply: str, at: datetime) -> None:
    """Open a row for everybody enrolled who has none of `message`, and cancel it, in one statement."""
    of = enrolments.c
    values = {
        "campaign": of.campaign,
        "contact": of.contact,
        "message": sa.literal(message),
        "account": of.account,
        "domain": of.domain,
        "mailbox": sa.literal(""),
        "state": sa.literal(move(State.DUE, Event.CANCEL).value),
        "token": sa.literal(0),
        "revision": sa.literal(revision.number),
        "attempts": sa.literal(0),
        "reply": sa.literal(reply),
        "changed_at": sa.literal(at, deliveries.c.changed_at.type),
    }
    has_one = sa.exists().where(
        deliveries.c.campaign == of.campaign, deliveries.c.contact == of.contact, deliveries.c.message == message
    )
    rows = sa.select(*values.values()).where(of.campaign == revision.campaign, ~has_one)
    connection.execute(sa.insert(deliveries).from_select(list(values), rows))


def apply(connection: Connection, seen: Delivery, event: Event, *, at: datetime, **values: object) -> Delivery:
    """Move a delivery as the state table says and set `values`; return the row as it is now.

    Only a row still in the state and with the token that `seen` has is changed, else `StaleDeliveryError`.
    """
    after = move(seen.state, event)
    of = deliveries.c
    row = connection.execute(
        sa.update(deliveries)
        .where(of.id == seen.id, of.state == seen.state, of.token == seen.token)
        .values(state=after, changed_at=at, **values)
        .returning(deliveries)
    ).one_or_none()
    if row is None:
        raise StaleDeliveryError(f"delivery {seen.id} is no longer {seen.state} under token {seen.token}")
    return of_row(row)


def claim(
    connection: Connection,
    seen: Delivery,
    *,
    worker: str,
    lease_until: datetime,
    mailbox: str,
    revision: int,
    day: date,
    at: datetime,
) -> Delivery:
    """Take a delivery for `worker`; the new token shuts out whoever held it before."""
    return apply(
        connection,
        seen,
        Event.CLAIM,
        at=at,
        token=seen.token + 1,
        worker=worker,
        lease_until=lease_until,
        mailbox=mailbox,
        revision=revision,
        day=day,
        retry_at=None,
    )


def as_now(connection: Connection, seen: Delivery) -> Delivery:
    """Return the row as it stands; `StaleDeliveryError` where another worker has claimed it since."""
    found = next(iter(where(connection, deliveries.c.id == seen.id, lock=Lock.WAIT)), None)
    if found is None or found.token != seen.token:
        raise StaleDeliveryError(f"delivery {seen.id} was claimed by another worker")
    return found


def written(
    connection: Connection,
    *,
    contact: str,
    account: str,
    since: date,
    states: frozenset[State] = WRITTEN,
    but: int = 0,
) -> Written:
    """Return which days count as written to, for the contact and for the account, from `since` on.

    `states` are those that count; `but` is the id of a delivery that is left out, because the question is about it.
    """
    of = deliveries.c
    counted = of.state.in_(states) & (of.day >= since) & (of.id != but)
    days = connection.scalars(sa.select(of.day).where(counted, of.contact == contact))
    accounts: dict[tuple[str, date], set[str]] = {}
    if account:
        for row in connection.execute(sa.select(of.day, of.contact).where(counted, of.account == account)):
            accounts.setdefault((account, row.day), set()).add(row.contact)
    return Written(days={contact: set(days)}, accounts=accounts)


def where(connection: Connection, condition: ColumnElement[bool], *, lock: Lock = Lock.NONE) -> tuple[Delivery, ...]:
    """Return the rows that a condition on the table picks, in the order of their last change."""
    query = sa.select(deliveries).where(condition).order_by(deliveries.c.changed_at, deliveries.c.id)
    if lock is not Lock.NONE:
        query = query.with_for_update(skip_locked=lock is Lock.SKIP)
    return tuple(map(of_row, connection.execute(query)))


def of_row(row: Row[tuple[object, ...]]) -> Delivery:
    """Return a row of the table as a value."""
    return Delivery._make((*row[:_STATE], _STATES[row[_STATE]], *row[_STATE + 1 :]))


_STATE = Delivery._fields.index("state")
_STATES: dict[object, State] = {one.value: one for one in State}
