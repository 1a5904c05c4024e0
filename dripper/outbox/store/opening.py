"""What a claim reads and writes of many people at once: what is known of them, and the rows opened for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from dripper.drip.delivery import WRITTEN, Event, State, move
from dripper.outbox.store.each import each, listed
from dripper.outbox.store.ready import Ready
from dripper.outbox.store.tables import campaigns, deliveries, enrolments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import Connection, Row

    from dripper.outbox.store.enrolments import Enrolment


class WrittenTo(NamedTuple):
    """A day on which somebody counts as written to, and by which delivery."""

    contact: str
    account: str
    day: date
    state: State
    delivery: int


def known(connection: Connection, ones: Iterable[Enrolment]) -> Iterable[Row[tuple[object, ...]]]:
    """Return every row of `deliveries` that belongs to `ones`."""
    rows = listed((one.campaign, one.contact) for one in ones)
    return connection.execute(_KNOWN, {"pairs": rows})


def written(
    connection: Connection, contacts: Iterable[str], accounts: Collection[str], *, since: date
) -> Iterator[WrittenTo]:
    """Yield who counts as written to from `since` on: of these people, and of these accounts."""
    values = {"since": since, "names": listed((name,) for name in contacts)}
    yield from (WrittenTo(row[0], row[1], row[2], State(row[3]), row[4]) for row in connection.execute(_PEOPLE, values))
    if accounts:
        values = {"since": since, "names": listed((name,) for name in accounts)}
        for row in connection.execute(_ACCOUNTS, values):
            yield WrittenTo(row[0], row[1], row[2], State(row[3]), row[4])


def open_claimed(
    connection: Connection,
    ones: Sequence[Enrolment],
    *,
    mailbox: str,
    worker: str,
    lease_until: datetime,
    day: date,
    at: datetime,
) -> dict[tuple[str, str], int]:
    """Open a row for the message of each enrolment in the hands of `worker`; return their ids by campaign and contact.

    `day` is the contacts' own.
    """
    values = {"its_mailbox": mailbox, "its_worker": worker, "its_lease_until": lease_until, "its_day": day, "at": at}
    rows = listed((one.campaign, one.contact) for one in ones)
    opened = _OPEN.run(connection, {**values, "pairs": rows})
    return {(campaign, contact): delivery for campaign, contact, delivery in opened}


def take_out_of_queue(connection: Connection, ones: Iterable[Enrolment]) -> None:
    """Note that the messages of `ones` are in hand."""
    _IN_HAND.run(connection, {"pairs": listed((one.campaign, one.contact) for one in ones)})


_PAIR = each("pairs", campaign=str, contact=str)
_NAME = each("names", its=str)
_OF = deliveries.c

_KNOWN = sa.select(deliveries).join_from(
    _PAIR, deliveries, (_PAIR.c.campaign == _OF.campaign) & (_PAIR.c.contact == _OF.contact)
)
_COUNTED = sa.select(_OF.contact, _OF.account, _OF.day, _OF.state, _OF.id).where(
    _OF.state.in_(sorted(WRITTEN)), _OF.day >= sa.bindparam("since")
)
_PEOPLE = _COUNTED.join_from(_NAME, deliveries, _NAME.c.its == _OF.contact)
_ACCOUNTS = _COUNTED.join_from(_NAME, deliveries, _NAME.c.its == _OF.account)

_IS_PAIR = (_PAIR.c.campaign == enrolments.c.campaign) & (_PAIR.c.contact == enrolments.c.contact)
_OPENED = {
    "campaign": enrolments.c.campaign,
    "contact": enrolments.c.contact,
    "message": enrolments.c.message,
    "account": enrolments.c.account,
    "domain": enrolments.c.domain,
    "mailbox": sa.bindparam("its_mailbox", type_=_OF.mailbox.type),
    "state": sa.literal(move(State.DUE, Event.CLAIM).value),
    "token": sa.literal(1),
    "worker": sa.bindparam("its_worker", type_=_OF.worker.type),
    "lease_until": sa.bindparam("its_lease_until", type_=_OF.lease_until.type),
    "revision": campaigns.c.revision,
    "day": sa.bindparam("its_day", type_=_OF.day.type),
    "attempts": sa.literal(0),
    "reply": sa.literal(""),
    "changed_at": sa.bindparam("at", type_=_OF.changed_at.type),
}
_OPEN = Ready(
    sa.insert(deliveries)
    .from_select(
        list(_OPENED),
        sa.select(*_OPENED.values())
        .join_from(_PAIR, enrolments, _IS_PAIR)
        .join(campaigns, campaigns.c.id == enrolments.c.campaign),
    )
    .returning(_OF.campaign, _OF.contact, _OF.id)
)
_IN_HAND = Ready(sa.update(enrolments).where(_IS_PAIR).values(due_at=None))
