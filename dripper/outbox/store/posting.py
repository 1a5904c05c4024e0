"""What happens to many claimed deliveries at once on their straight way: tried, accepted, gone on.

Each statement changes only rows that are still as the caller saw them, and says how many it changed: where that is not
all, the caller undoes it and settles one by one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from dripper.drip.delivery import WRITTEN, Event, State, move
from dripper.drip.outcome import Phase
from dripper.outbox.store import locks, mailboxes, pauses
from dripper.outbox.store.each import each, listed, octets
from dripper.outbox.store.enrolments import Progress
from dripper.outbox.store.ready import Ready, together
from dripper.outbox.store.tables import archive, attempts, campaigns, deliveries, enrolments, suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection

    # A statement, its values, and how many rows it has to change.
    _Job = tuple[Ready, dict[str, object], int]


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


class Accepted(NamedTuple):
    """A try that a server said yes to."""

    delivery: int
    token: int
    number: int
    code: int
    reply: str
    # In ASCII.
    content: str
    after: Next
    place: Placed


def hold(connection: Connection, mailbox: str, contacts: Iterable[str]) -> bool:
    """Wait until nobody else decides about `contacts`; return whether the mailbox is in trouble."""
    told = together(connection, [*locks.holding(connection, contacts), mailboxes.troubles(mailbox)])
    return bool(told[-1].rows[0][0])


def free(connection: Connection, rows: Iterable[Held], *, since: date) -> dict[int, bool]:
    """Return which of the claimed are so still, of enrolments that go on, with nobody against them.

    And whether anything else counts as written to the same person from the day `since` on.
    """
    found = _FREE.run(connection, {"claims": listed(rows), "since": since})
    return {delivery: bool(is_near) for delivery, is_near in found}


def settle(connection: Connection, accepted: Sequence[Accepted], begun: Sequence[Begun], *, at: datetime) -> bool:
    """Write down that tries succeeded, with what went out and what comes next, and that others begin.

    `False` where not all of it could be: somebody else has settled one of them, stopped or scheduled it anew.
    """
    jobs = [*_accepting(accepted, at=at), *_beginning(begun, at=at)]
    told = together(connection, [(ready, values) for ready, values, _ in jobs])
    return all(one.changed == count for one, (_, _, count) in zip(told, jobs, strict=True))


def _accepting(accepted: Sequence[Accepted], *, at: datetime) -> Iterator[_Job]:
    if not accepted:
        return
    answers = listed((one.delivery, one.token, one.number, one.code, one.reply) for one in accepted)
    for ready in (_ACCEPT, _ENDED):
        yield ready, {"answers": answers, "at": at}, len(accepted)
    yield _KEEP, {"contents": listed((one.delivery, one.token, one.content) for one in accepted)}, len(accepted)
    places: dict[Next, list[Placed]] = defaultdict(list)
    for one in accepted:
        places[one.after].append(one.place)
    for after, placed in places.items():
        rows: dict[str, object] = {"rows": listed(placed)}
        if after.message is None:
            yield _FINISH, rows, len(placed)
        else:
            yield _PLACE, rows | {f"next_{name}": value for name, value in after._asdict().items()}, len(placed)


def _beginning(begun: Sequence[Begun], *, at: datetime) -> Iterator[_Job]:
    if begun:
        tries = {"tries": listed(begun), "at": at}
        yield _BEGIN, tries, len(begun)
        yield _ATTEMPT, tries, len(begun)


def _stands(column: ColumnElement[Any], state: State | Progress) -> ColumnElement[bool]:
    """Return the condition that a row is in a state, put so that rows are found by their keys and by nothing else.

    An index of those in hand would be read from end to end for each of a list.
    """
    return column.concat("") == state.value


_CLAIM = each("claims", id=int, token=int, revision=int, hash=str)
_TRY = each("tries", id=int, token=int, message_id=str)
_ANSWER = each("answers", id=int, token=int, number=int, code=int, reply=str)
_CONTENT = each("contents", id=int, token=int, content=str)
_ROW = each("rows", campaign=str, contact=str, revision=int)
_OF = deliveries.c

_REVISION = sa.select(campaigns.c.revision).where(campaigns.c.id == _OF.campaign).scalar_subquery()
_OTHER = deliveries.alias("other")
_NEAR = (
    sa.exists()
    .where(_OTHER.c.contact == _OF.contact, _OTHER.c.id != _OF.id)
    .where(sa.or_(*(_OTHER.c.state == state for state in sorted(WRITTEN))), _OTHER.c.day >= sa.bindparam("since"))
)
_FREE = Ready(
    sa.select(_OF.id, sa.case((_NEAR, 1), else_=0))
    .join_from(_CLAIM, deliveries, _CLAIM.c.id == _OF.id)
    .join(enrolments, (enrolments.c.campaign == _OF.campaign) & (enrolments.c.contact == _OF.contact))
    .where(_OF.token == _CLAIM.c.token, _stands(_OF.state, State.CLAIMED), _CLAIM.c.revision == _REVISION)
    .where(_stands(enrolments.c.state, Progress.ACTIVE), ~pauses.applies_to_enrolment())
    .where(~sa.exists().where(suppressions.c.hash == _CLAIM.c.hash))
)
_AT = sa.bindparam("at", type_=_OF.changed_at.type)
_BEGIN = Ready(
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
_ATTEMPT = Ready(
    sa.insert(attempts).from_select(
        ["delivery", "number", "worker", "mailbox", "domain", "message_id", "started_at"],
        sa.select(_OF.id, _OF.attempts, _OF.worker, _OF.mailbox, _OF.domain, _OF.message_id, _AT)
        .join_from(_TRY, deliveries, _TRY.c.id == _OF.id)
        .where(_OF.token == _TRY.c.token, _stands(_OF.state, State.ATTEMPTING)),
    )
)
_ACCEPT = Ready(
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
_KEEP = Ready(
    sa.insert(archive).from_select(
        ["delivery", "content"],
        sa.select(_OF.id, octets(_CONTENT.c.content))
        .join_from(_CONTENT, deliveries, _CONTENT.c.id == _OF.id)
        .where(_OF.token == _CONTENT.c.token, _stands(_OF.state, State.SENT))
        .where(~sa.exists().where(archive.c.delivery == _OF.id)),
    )
)
_ENDED = Ready(
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
_PLACE = Ready(
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
_FINISH = Ready(
    sa.update(enrolments)
    .where(_GOING_ON)
    .values(state=Progress.FINISHED, reason="", message=None, position=None, slot_at=None, due_at=None)
)
