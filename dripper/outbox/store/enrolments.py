"""Contacts in campaigns: each with its next message and that message's slot, and nothing further ahead."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import sqlalchemy as sa

from dripper.outbox.store.tables import deliveries, enrolments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from dripper.drip.course import Slot


T = TypeVar("T")
# How many contacts are asked for or written down at once.
AT_ONCE = 500


class Progress(StrEnum):
    """Whether a contact goes on in a campaign."""

    ACTIVE = "active"
    # A reply, an opt-out, no longer a recipient.
    STOPPED = "stopped"
    FINISHED = "finished"


def blocks(everybody: Iterable[T]) -> Iterator[list[T]]:
    """Yield all of them in order, so many together as one query may ask for."""
    left = iter(everybody)
    while block := list(islice(left, AT_ONCE)):
        yield block


class Enrolment(NamedTuple):
    """A contact in a campaign: the columns of the table, in their order."""

    campaign: str
    contact: str
    name: str
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
    row = connection.execute(sa.select(enrolments).where(is_row(campaign, contact))).one_or_none()
    return None if row is None else of_row(row)


def of_campaign(connection: Connection, campaign: str) -> dict[str, Enrolment]:
    """Return the enrolments of a campaign by contact."""
    rows = connection.execute(
        sa.select(enrolments).where(enrolments.c.campaign == campaign).order_by(enrolments.c.contact)
    )
    return {row.contact: of_row(row) for row in rows}


def count_of(connection: Connection, campaign: str) -> int:
    """Return how many contacts are or were enrolled in a campaign."""
    query = sa.select(sa.func.count()).where(enrolments.c.campaign == campaign)
    found: int = connection.execute(query).scalar_one()
    return found


def among(connection: Connection, campaign: str, contacts: Collection[str]) -> dict[str, Enrolment]:
    """Return by contact the enrolments of those of `contacts` that a campaign knows; so many as one query takes."""
    rows = connection.execute(
        sa.select(enrolments).where(enrolments.c.campaign == campaign, enrolments.c.contact.in_(contacts))
    )
    return {row.contact: of_row(row) for row in rows}


def stream(connection: Connection, campaign: str) -> Iterator[Enrolment]:
    """Yield the enrolments of a campaign in order of their contacts; nothing may be written meanwhile."""
    query = sa.select(enrolments).where(enrolments.c.campaign == campaign).order_by(enrolments.c.contact)
    yield from map(of_row, connection.execute(query, execution_options={"yield_per": AT_ONCE}))


def of_contact(connection: Connection, contact: str) -> tuple[Enrolment, ...]:
    """Return the enrolments of a contact, by campaign."""
    rows = connection.execute(
        sa.select(enrolments).where(enrolments.c.contact == contact).order_by(enrolments.c.campaign)
    )
    return tuple(map(of_row, rows))


def of_account(connection: Connection, campaign: str, account: str) -> tuple[Enrolment, ...]:
    """Return the enrolments of an account's contacts in a campaign."""
    condition = (enrolments.c.campaign == campaign) & (enrolments.c.account == account)
    return tuple(map(of_row, connection.execute(sa.select(enrolments).where(condition))))


def under_way(connection: Connection, campaign: str, *, first: str) -> tuple[str, ...]:
    """Return all of a campaign but those who wait, with nothing decided yet, for `first`, the first of its messages."""
    of = enrolments.c
    has_rows = sa.exists().where(deliveries.c.campaign == of.campaign, deliveries.c.contact == of.contact)
    begins = (of.state == Progress.ACTIVE) & of.slot_reason.is_not(None) & (of.position == 0)
    waits = begins & (of.message == first) & ~has_rows
    query = sa.select(of.contact).where(of.campaign == campaign, ~sa.func.coalesce(waits, sa.false()))
    return tuple(connection.scalars(query.order_by(of.contact)))


def zones(
    connection: Connection, campaign: str, *, messages: Sequence[str], contacts: Collection[str]
) -> dict[str, str]:
    """Return the zone of each of `contacts` who waits for nothing but the slot of one of `messages`."""
    of = enrolments.c
    waits = (of.state == Progress.ACTIVE) & (of.due_at == of.slot_at) & of.slot_reason.is_not(None)
    mine = (of.campaign == campaign) & of.contact.in_(contacts)
    rows = connection.execute(sa.select(of.contact, of.zone).where(mine, waits, of.message.in_(messages)))
    return {row.contact: row.zone for row in rows}


def place(connection: Connection, one: Enrolment, *, message: str, position: int, slot: Slot, day: date) -> None:
    """Give an enrolment its next message and slot."""
    _update(
        connection,
        one.campaign,
        one.contact,
        state=Progress.ACTIVE,
        reason="",
        message=message,
        position=position,
        slot_at=slot.utc,
        slot_on=day,
        zone=slot.zone,
        slot_reason=slot.reason,
        due_at=slot.utc,
    )


def place_all(connection: Connection, rows: Sequence[Enrolment]) -> None:
    """Give those who are enrolled already the message and the slot that `rows` have."""
    if not rows:
        return
    columns = ("state", "reason", "message", "position", "slot_at", "slot_on", "zone", "slot_reason", "due_at")
    of = enrolments.c
    mine = (of.campaign == sa.bindparam("its_campaign")) & (of.contact == sa.bindparam("its_contact"))
    statement = sa.update(enrolments).where(mine).values({name: sa.bindparam(name) for name in columns})
    values = [
        {name: getattr(row, name) for name in columns} | {"its_campaign": row.campaign, "its_contact": row.contact}
        for row in rows
    ]
    connection.execute(statement, values)


def wait_until(connection: Connection, campaign: str, contact: str, due_at: datetime | None) -> None:
    """Say when the next message is to be looked at again; `None`: it is in hand, or held."""
    _update(connection, campaign, contact, due_at=due_at)


def wake(connection: Connection, campaign: str, contact: str, at: datetime) -> None:
    """Have an active enrolment looked at again at once."""
    condition = is_row(campaign, contact) & (enrolments.c.state == Progress.ACTIVE)
    connection.execute(sa.update(enrolments).where(condition).values(due_at=at))


def finish(connection: Connection, campaign: str, contact: str) -> None:
    """Note that nothing is left to send."""
    over = {"message": None, "position": None, "slot_at": None, "due_at": None}
    _update(connection, campaign, contact, state=Progress.FINISHED, reason="", **over)


def stop(connection: Connection, campaign: str, contact: str, reason: str) -> None:
    """Note that nothing further goes out to this contact in this campaign."""
    _update(connection, campaign, contact, state=Progress.STOPPED, reason=reason, due_at=None)


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


def is_row(campaign: str, contact: str) -> ColumnElement[bool]:
    """Return the condition that a row of `enrolments` is that of a contact in a campaign."""
    return (enrolments.c.campaign == campaign) & (enrolments.c.contact == contact)


def _update(connection: Connection, campaign: str, contact: str, **values: object) -> None:
    connection.execute(sa.update(enrolments).where(is_row(campaign, contact)).values(**values))


def of_row(row: Row[tuple[object, ...]]) -> Enrolment:
    """Return a row of the table as a value."""
    return Enrolment._make((*row[:_STATE], _PROGRESS[row[_STATE]], *row[_STATE + 1 :]))


_STATE = Enrolment._fields.index("state")
_PROGRESS: dict[object, Progress] = {one.value: one for one in Progress}
