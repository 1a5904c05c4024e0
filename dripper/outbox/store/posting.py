"""What happens to many deliveries at once on their straight way: taken, tried, accepted; and what they look at.

Each statement changes only rows that are still as the caller saw them, and says how many it changed: where that is not
all, the caller undoes it and settles one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from dripper.drip.delivery import WRITTEN, Event, State, move
from dripper.drip.outcome import Phase
from dripper.outbox.store import pauses
from dripper.outbox.store.each import each, listed
from dripper.outbox.store.enrolments import Progress
from dripper.outbox.store.tables import archive, attempts, campaigns, deliveries, enrolments, suppressions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection, Row

    from dripper.outbox.store.enrolments import Enrolment


class WrittenTo(NamedTuple):
    """A day on which somebody counts as written to, and by which delivery."""

    contact: str
    account: str
    day: date
    state: State
    delivery: int


class Held(NamedTuple):
    """A claim as its worker knows it."""

    delivery: int
    token: int
    revision: int
    # Of the contact, as suppressions keep it.
    hash: str


class Begun(NamedTuple):
    """A try that begins."""

    delivery: int
    token: int
    message_id: str


class Accepted(NamedTuple):
    """A try that a server said yes to."""

    delivery: int
    token: int
    number: int
    code: int
    reply: str
    content: bytes


class Next(NamedTuple):
    """What an enrolment waits for next; without a message it is over."""

    message: str | None
    position: int | None
    slot: datetime | None
    day: date | None
    zone: str | None
    reason: str | None


class Placed(NamedTuple):
    """An enrolment that goes on, in the revision that its worker knows."""

    campaign: str
    contact: str
    revision: int


def known(connection: Connection, ones: Iterable[Enrolment]) -> Iterable[Row[tuple[object, ...]]]:
    """Return every row of `deliveries` that belongs to `ones`."""
    rows = listed((one.campaign, one.contact) for one in ones)
    return connection.execute(_KNOWN, {"pairs": rows})


def written(
    connection: Connection, contacts: Iterable[str], accounts: Collection[str], *, since: date
) -> Iterable[WrittenTo]:
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
    return {(row[0], row[1]): row[2] for row in connection.execute(_OPEN, {**values, "pairs": rows})}


def take_out_of_queue(connection: Connection, ones: Iterable[Enrolment]) -> None:
    """Note that the messages of `ones` are in hand."""
    connection.execute(_IN_HAND, {"pairs": listed((one.campaign, one.contact) for one in ones)})


def free(connection: Connection, rows: Iterable[Held]) -> frozenset[int]:
    """Return which of the claimed are so still, of enrolments that go on, with nobody against them."""
    return frozenset(connection.scalars(_FREE, {"claims": listed(rows)}))


def begin(connection: Connection, begun: Sequence[Begun], *, at: datetime) -> bool:
    """Write down that tries begin; `False` where not all of them may."""
    values = {"tries": listed(begun), "at": at}
    if connection.execute(_BEGIN, values).rowcount != len(begun):
        return False
    connection.execute(_ATTEMPT, values)
    return True


def accept(connection: Connection, accepted: Sequence[Accepted], *, at: datetime) -> bool:
    """Write down that tries succeeded, with what went out; `False` where somebody else has settled one of them."""
    rows = listed((one.delivery, one.token, one.number, one.code, one.reply) for one in accepted)
    count = connection.execute(_ACCEPT, {"answers": rows, "at": at}).rowcount
    if count != len(accepted):
        return False
    connection.execute(_ENDED, {"answers": rows, "at": at})
    contents = [{"delivery": one.delivery, "content": one.content} for one in accepted]
    connection.execute(sa.insert(archive), contents)
    return True


def go_on(connection: Connection, after: Next, placed: Sequence[Placed]) -> bool:
    """Turn enrolments to what comes next; `False` where one was stopped, or scheduled anew, in the meantime."""
    rows = listed(placed)
    if after.message is None:
        return connection.execute(_FINISH, {"rows": rows}).rowcount == len(placed)
    values = {f"next_{name}": value for name, value in after._asdict().items()}
    return connection.execute(_PLACE, {"rows": rows, **values}).rowcount == len(placed)


def _stands(column: ColumnElement[Any], state: State | Progress) -> ColumnElement[bool]:
    """Return the condition that a row is in a state, put so that rows are found by their keys and by nothing else.

    An index of those in hand would be read from end to end for each of a list.
    """
    return column.concat("") == state.value


_PAIR = each("pairs", campaign=str, contact=str)
_NAME = each("names", its=str)
_CLAIM = each("claims", id=int, token=int, revision=int, hash=str)
_TRY = each("tries", id=int, token=int, message_id=str)
_ANSWER = each("answers", id=int, token=int, number=int, code=int, reply=str)
_ROW = each("rows", campaign=str, contact=str, revision=int)
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
_OPEN = (
    sa.insert(deliveries)
    .from_select(
        list(_OPENED),
        sa.select(*_OPENED.values())
        .join_from(_PAIR, enrolments, _IS_PAIR)
        .join(campaigns, campaigns.c.id == enrolments.c.campaign),
    )
    .returning(_OF.campaign, _OF.contact, _OF.id)
)
_IN_HAND = sa.update(enrolments).where(_IS_PAIR).values(due_at=None)
_REVISION = sa.select(campaigns.c.revision).where(campaigns.c.id == _OF.campaign).scalar_subquery()
_FREE = (
    sa.select(_OF.id)
    .join_from(_CLAIM, deliveries, _CLAIM.c.id == _OF.id)
    .join(enrolments, (enrolments.c.campaign == _OF.campaign) & (enrolments.c.contact == _OF.contact))
    .where(_OF.token == _CLAIM.c.token, _stands(_OF.state, State.CLAIMED), _CLAIM.c.revision == _REVISION)
    .where(_stands(enrolments.c.state, Progress.ACTIVE), ~pauses.applies_to_enrolment())
    .where(~sa.exists().where(suppressions.c.hash == _CLAIM.c.hash))
)
_AT = sa.bindparam("at", type_=_OF.changed_at.type)
_BEGIN = (
    sa.update(deliveries)
    .where(_OF.id == _TRY.c.id, _OF.token == _TRY.c.token, _stands(_OF.state, State.CLAIMED))
    .values(
        state=move(State.CLAIMED, Event.ATTEMPT),
        attempts=_OF.attempts + 1,
        first_attempt_at=sa.func.coalesce(_OF.first_attempt_at, _AT),
        message_id=_TRY.c.message_id,
        changed_at=_AT,
    )
)
_ATTEMPT = sa.insert(attempts).from_select(
    ["delivery", "number", "worker", "mailbox", "domain", "message_id", "started_at"],
    sa.select(_OF.id, _OF.attempts, _OF.worker, _OF.mailbox, _OF.domain, _OF.message_id, _AT).join_from(
        _TRY, deliveries, _TRY.c.id == _OF.id
    ),
)
_ACCEPT = (
    sa.update(deliveries)
    .where(_OF.id == _ANSWER.c.id, _OF.token == _ANSWER.c.token, _stands(_OF.state, State.ATTEMPTING))
    .values(
        state=move(State.ATTEMPTING, Event.ACCEPT),
        code=_ANSWER.c.code,
        reply=_ANSWER.c.reply,
        retry_at=None,
        changed_at=_AT,
    )
)
_ENDED = (
    sa.update(attempts)
    .where(attempts.c.delivery == _ANSWER.c.id, attempts.c.number == _ANSWER.c.number)
    .values(ended_at=_AT, phase=Phase.DOT, outcome=Event.ACCEPT, code=_ANSWER.c.code, reply=_ANSWER.c.reply)
)
_GOING_ON = (
    (enrolments.c.campaign == _ROW.c.campaign)
    & (enrolments.c.contact == _ROW.c.contact)
    & (enrolments.c.state == Progress.ACTIVE)
    & (
        _ROW.c.revision
        == sa.select(campaigns.c.revision).where(campaigns.c.id == enrolments.c.campaign).scalar_subquery()
    )
)
_SLOT = sa.bindparam("next_slot", type_=enrolments.c.slot_at.type)
_PLACE = (
    sa.update(enrolments)
    .where(_GOING_ON)
    .values(
        reason="",
        message=sa.bindparam("next_message", type_=enrolments.c.message.type),
        position=sa.bindparam("next_position", type_=enrolments.c.position.type),
        slot_at=_SLOT,
        slot_on=sa.bindparam("next_day", type_=enrolments.c.slot_on.type),
        zone=sa.bindparam("next_zone", type_=enrolments.c.zone.type),
        slot_reason=sa.bindparam("next_reason", type_=enrolments.c.slot_reason.type),
        due_at=_SLOT,
    )
)
_FINISH = (
    sa.update(enrolments)
    .where(_GOING_ON)
    .values(state=Progress.FINISHED, reason="", message=None, position=None, slot_at=None, due_at=None)
)
