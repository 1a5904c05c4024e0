"""A person whose address has changed: known again by name and account, so that nothing is sent a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.delivery import Event, State
from dripper.outbox.store import deliveries, enrolments
from dripper.outbox.store.enrolments import Progress

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.enrolments import Enrolment

NO_RECIPIENT = "no longer a recipient of this campaign"
# What the person has, or may have.
HAD = (State.SENT, State.UNKNOWN, State.ATTEMPTING)


def person_of(account: str, name: str) -> tuple[str, str] | None:
    """Return what names one person whatever the address: account and name; `None` for who has no name."""
    return (account, name.casefold()) if name else None


def former_of(one: Enrolment, vanished: Iterable[Enrolment]) -> tuple[Enrolment, ...]:
    """Return the enrolments of `vanished` that are this person under earlier addresses.

    Two of one name in one account count as one person: rather nothing is sent than the same twice.
    """
    person = person_of(one.account, one.name)
    return tuple(old for old in vanished if person is not None and person_of(old.account, old.name) == person)


def take_over(connection: Connection, one: Enrolment, former: Iterable[Enrolment], *, at: datetime) -> bool:
    """Write down what went to former addresses as skipped for the new one, with its day, so the rhythm goes on.

    What failed there comes again. A stop (a reply, an opt-out) is of the person and stays, unless it was the address
    that failed; return whether the person goes on.
    """
    for old in former:
        rows = deliveries.of_enrolment(connection, old.campaign, old.contact)
        for row in rows:
            if row.state in HAD:
                _skip(connection, one, row, at=at)
        if is_stop_of_person(old.reason, [row.state for row in rows]) and old.state is Progress.STOPPED:
            enrolments.stop(connection, one.campaign, one.contact, old.reason)
            return False
    return True


def is_stop_of_person(reason: str, states: Iterable[State]) -> bool:
    """Whether an enrolment was stopped for what the person said, not for the address or the list."""
    return reason != NO_RECIPIENT and State.FAILED not in states


def _skip(connection: Connection, one: Enrolment, row: deliveries.Delivery, *, at: datetime) -> None:
    mine = deliveries.open_or_get(
        connection, one, message=row.message, mailbox=row.mailbox, revision=row.revision, at=at
    )
    if mine.state is State.DUE:
        deliveries.apply(connection, mine, Event.SKIP, at=at, day=row.day, reply=f"went to {row.contact}")
