"""The story of one contact: what happened, in order, and what comes next and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.drip.story import Moment, Story, Upcoming
from dripper.jobs.target import find_contact, name_of
from dripper.outbox.progress import slot_of
from dripper.outbox.store import attempts, deliveries, enrolments, events, suppressions, waiting
from dripper.outbox.store.enrolments import Progress
from dripper.workspace.model.address import address_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.store.engine import Store
    from dripper.outbox.store.enrolments import Enrolment
    from dripper.workspace.model.workspace import Workspace


Foresee = Callable[[str], Mapping[str, Upcoming]]

# Of a delivery that was tried: what a try leaves it in.
_OF_A_TRY = frozenset({State.ATTEMPTING, State.SENT, State.DEFERRED, State.HELD, State.FAILED, State.UNKNOWN})


def why(store: Store, workspace: Workspace, name: str, *, foresee: Foresee = lambda _: {}) -> Story:
    """Return the story of the contact that `name` stands for; `UsageError` where there is none.

    `foresee` tells by campaign what a contact gets next, for its key: a slot in the store is only where a message was
    put last. Of what it does not know, that slot is told.
    """
    with store.read() as connection:
        contact = find_contact(workspace, connection, name)
    soon = foresee(contact)
    with store.read() as connection:
        moments = [
            *_enrolled(connection, contact),
            *_deliveries(connection, contact),
            *_happenings(connection, contact),
        ]
        return Story(
            contact=contact,
            name=name_of(workspace, contact),
            suppressed=suppressions.reason_for(connection, contact) or "",
            moments=tuple(sorted(moments, key=lambda moment: moment.at)),
            ahead=tuple(_ahead(connection, contact, soon)),
            note=_note(workspace, contact),
        )


def _note(workspace: Workspace, contact: str) -> str:
    """Say why nobody may write to a contact of an account's file, where it says so."""
    for account in workspace.accounts.values():
        for one in account.contacts:
            if one.email and address_key(one.email) == contact and not one.drip:
                return f"{account.file} has drip = false"
    return ""


def _enrolled(connection: Connection, contact: str) -> Iterator[Moment]:
    for one in enrolments.of_contact(connection, contact):
        yield Moment(at=one.enrolled_at, what=events.Kind.ENROLLED, campaign=one.campaign)


def _happenings(connection: Connection, contact: str) -> Iterator[Moment]:
    for each in events.of_contact(connection, contact):
        if each.kind is events.Kind.ENROLLED and not each.text:
            # An older dripper wrote down what the enrolment itself tells.
            continue
        yield Moment(at=each.at, what=each.kind, campaign=each.campaign, text=each.text)


def _deliveries(connection: Connection, contact: str) -> Iterator[Moment]:
    for row in deliveries.of_contact(connection, contact):
        tries = attempts.of_delivery(connection, row)
        # What came of the last try is what the row itself tells, unless it is to go out again.
        for each in tries[:-1] if row.state in _OF_A_TRY else tries:
            said = f"{each.code or ''} {each.reply or ''}".strip()
            yield Moment(
                at=each.ended_at or each.started_at,
                what=f"attempt {each.number}",
                campaign=row.campaign,
                message=row.message,
                text=said,
            )
        said = f"{row.code or ''} {row.reply}".strip()
        yield Moment(at=row.changed_at, what=row.state, campaign=row.campaign, message=row.message, text=said)


def _ahead(connection: Connection, contact: str, soon: Mapping[str, Upcoming]) -> Iterator[Upcoming]:
    for one in enrolments.of_contact(connection, contact):
        if one.state is not Progress.ACTIVE or one.message is None:
            yield Upcoming(campaign=one.campaign, obstacle=one.reason or one.state)
            continue
        row = deliveries.get(connection, one.campaign, contact, one.message)
        obstacle = _obstacle(connection, one, row)
        kept = Upcoming(
            campaign=one.campaign,
            message=one.message,
            slot=slot_of(one) if one.slot_reason else None,
            retry_at=row.retry_at if row is not None else None,
            obstacle=obstacle,
        )
        yield kept if obstacle else soon.get(one.campaign, kept)


def _obstacle(connection: Connection, one: Enrolment, row: Delivery | None) -> str:
    """Say why the next message does not simply leave at its slot; nothing where it does."""
    if row is not None and row.state in (State.CLAIMED, State.ATTEMPTING):
        return "in a worker's hands"
    if not waiting.may_go(connection, one.campaign, one.contact):
        return "paused"
    return f"held: {row.reply}" if row is not None and row.state is State.HELD else ""
