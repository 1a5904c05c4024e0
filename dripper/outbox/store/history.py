"""What happened in a stretch of time, what waits until its end, and who never answered: for the today screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.drip.delivery import State
from dripper.outbox.store.events import Kind
from dripper.outbox.store.pauses import applies_to_enrolment
from dripper.outbox.store.tables import campaigns, deliveries, enrolments, events

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def counts_between(connection: Connection, since: datetime, until: datetime) -> dict[State, int]:
    """Return how many deliveries took the state they are in within [since, until)."""
    of = deliveries.c
    query = sa.select(of.state, sa.func.count()).where(of.changed_at >= since, of.changed_at < until).group_by(of.state)
    return {State(state): count for state, count in connection.execute(query)}


def replies_between(connection: Connection, since: datetime, until: datetime) -> tuple[tuple[str, str], ...]:
    """Return the contact and the words of each reply within [since, until), each contact's once, oldest first."""
    of = events.c
    query = sa.select(of.contact, of.text).where(of.kind == Kind.REPLY, of.at >= since, of.at < until)
    found: dict[str, str] = {}
    for contact, text in connection.execute(query.order_by(of.at, of.id)):
        found.setdefault(contact, text)
    return tuple(found.items())


def due_before(connection: Connection, until: datetime, *, most: int) -> tuple[tuple[tuple[datetime, str], ...], int]:
    """Return the first `most` (time, contact) that may go out before `until`, in order, and how many there are."""
    of = enrolments.c
    # By its campaign each is found in the order of the queue.
    in_queue = of.campaign.in_(sa.select(campaigns.c.id)) & (of.due_at < until)
    condition = (of.state == "active") & in_queue & ~applies_to_enrolment()
    count = connection.execute(sa.select(sa.func.count()).where(condition)).scalar_one()
    rows = connection.execute(
        sa.select(of.due_at, of.contact).where(condition).order_by(of.due_at, of.contact).limit(most)
    )
    return tuple((at, contact) for at, contact in rows), count


def latest(connection: Connection) -> datetime | None:
    """Return when something last happened; `None` where nothing did."""
    queries = (sa.select(sa.func.max(column)) for column in (deliveries.c.changed_at, events.c.at))
    times: list[datetime | None] = [connection.execute(query).scalar_one() for query in queries]
    return max((at for at in times if at is not None), default=None)


def unanswered(connection: Connection, *, least: int, until: datetime) -> tuple[tuple[str, int], ...]:
    """Return each contact who got at least `least` messages before `until` and never answered, with their number."""
    of = deliveries.c
    answered = sa.select(events.c.contact).where(events.c.kind == Kind.REPLY, events.c.at < until)
    query = (
        sa.select(of.contact, sa.func.count())
        .where(of.state == State.SENT, of.changed_at < until, of.contact.not_in(answered))
        .group_by(of.contact)
        .having(sa.func.count() >= least)
        .order_by(of.contact)
    )
    return tuple((contact, count) for contact, count in connection.execute(query))
