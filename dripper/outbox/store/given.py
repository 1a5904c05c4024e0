"""What an account was given, and what its people answered: for the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from dripper.drip.delivery import State
from dripper.outbox.store.events import Happening, Kind
from dripper.outbox.store.tables import deliveries, enrolments, events

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection


class Given(NamedTuple):
    """A message that reached a contact, or may have; `name` is the contact's as it was last scheduled."""

    campaign: str
    contact: str
    message: str
    # The revision whose text it carried.
    revision: int
    # The contact's day.
    day: date | None
    changed_at: datetime
    is_in_doubt: bool
    name: str


def given_to(connection: Connection, account: str) -> tuple[Given, ...]:
    """Return what was sent to an account and what may have arrived there, oldest first."""
    of = deliveries.c
    query = (
        sa.select(of.campaign, of.contact, of.message, of.revision, of.day, of.changed_at, of.state, enrolments.c.name)
        .outerjoin(enrolments, (enrolments.c.campaign == of.campaign) & (enrolments.c.contact == of.contact))
        .where(of.account == account, of.state.in_((State.SENT, State.UNKNOWN)))
        .order_by(of.changed_at, of.id)
    )
    return tuple(
        Given(*row[:6], is_in_doubt=row.state == State.UNKNOWN, name=row.name or "")
        for row in connection.execute(query)
    )


def answers_of(connection: Connection, account: str) -> tuple[Happening, ...]:
    """Return what the people of an account answered, oldest first."""
    people = sa.select(enrolments.c.contact).where(enrolments.c.account == account)
    query = sa.select(events).where(events.c.kind == Kind.REPLY, events.c.contact.in_(people))
    return tuple(
        Happening(at=row.at, kind=Kind.REPLY, campaign=row.campaign, contact=row.contact, text=row.text)
        for row in connection.execute(query.order_by(events.c.at, events.c.id))
    )
