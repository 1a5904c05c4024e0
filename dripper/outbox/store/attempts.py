"""Each try on the wire: written down before it begins, ended with the server's answer; limits count them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import attempts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.delivery import Event
    from dripper.drip.outcome import Answer
    from dripper.outbox.store.deliveries import Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try; `ended_at`, `outcome` and `reply` are empty as long as no answer was recorded."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    phase: str | None
    outcome: str | None
    code: int | None
    reply: str | None


def begin(connection: Connection, delivery: Delivery, *, at: datetime) -> None:
    """Write down that a try begins."""
    connection.execute(
        sa.insert(attempts).values(
            delivery=delivery.id,
            number=delivery.attempts,
            worker=delivery.worker,
            mailbox=delivery.mailbox,
            domain=delivery.domain,
            message_id=delivery.message_id,
            started_at=at,
        )
    )


def end(connection: Connection, delivery: Delivery, *, answer: Answer, event: Event, at: datetime) -> None:
    """Write down how a try ended."""
    connection.execute(
        sa.update(attempts)
        .where(attempts.c.delivery == delivery.id, attempts.c.number == delivery.attempts)
        .values(ended_at=at, phase=answer.phase, outcome=event, code=answer.code, reply=answer.text)
    )


def of_delivery(connection: Connection, delivery: Delivery) -> tuple[Attempt, ...]:
    """Return the tries of a delivery in order."""
    of = attempts.c
    rows = connection.execute(
        sa.select(of.number, of.started_at, of.ended_at, of.phase, of.outcome, of.code, of.reply)
        .where(of.delivery == delivery.id)
        .order_by(of.number)
    )
    return tuple(Attempt(**row._mapping) for row in rows)  # noqa: SLF001 - the public name of a row's mapping


def first_at(connection: Connection, *, mailbox: str) -> datetime | None:
    """Return when a mailbox first tried; `None` where it never did."""
    found: datetime | None = connection.scalar(
        sa.select(attempts.c.started_at).where(attempts.c.mailbox == mailbox).order_by(attempts.c.started_at).limit(1)
    )
    return found


def times(connection: Connection, *, mailbox: str, since: datetime) -> tuple[tuple[datetime, str], ...]:
    """Return when a mailbox tried, and towards which domain, after `since`, oldest first."""
    of = attempts.c
    rows = connection.execute(
        sa.select(of.started_at, of.domain).where(of.mailbox == mailbox, of.started_at > since).order_by(of.started_at)
    )
    return tuple((row.started_at, row.domain) for row in rows)
