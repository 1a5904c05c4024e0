"""What two workers must not decide about at the same time; held until the transaction ends.

SQLite has one writer at a time and needs none of it. On PostgreSQL the transactions of workers run side by side, each
with what is committed when a statement begins (READ COMMITTED), so whatever they read and then decide by is locked
first:

- a mailbox, by its row, for its limits (`mailboxes.lock`): one worker at a time claims for it;
- a person, by his or her enrolments, for everything that follows from one delivery in all campaigns;
- an account, for its cap.

Who claims never waits for a person or an account, but looks for another one; so there is no circle of waiting.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.each import each, listed
from dripper.outbox.store.ready import Ready
from dripper.outbox.store.tables import enrolments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

_PERSON = each("people", contact=str)
_OF_THEM = sa.select(enrolments.c.contact).join_from(_PERSON, enrolments, _PERSON.c.contact == enrolments.c.contact)
_PEOPLE = Ready(_OF_THEM.order_by(enrolments.c.contact, enrolments.c.campaign).with_for_update(of=enrolments))
_FREE_PEOPLE = _OF_THEM.with_for_update(of=enrolments, skip_locked=True)
_COUNTED_PEOPLE = _OF_THEM.add_columns(sa.func.count()).group_by(enrolments.c.contact)
_NAMED = each("names", account=str, key=int)
_ACCOUNTS = sa.select(_NAMED.c.account, sa.func.pg_try_advisory_xact_lock(_NAMED.c.key))


def hold_people(connection: Connection, contacts: Iterable[str]) -> None:
    """Wait until nobody else decides about `contacts`; all who wait do so in one order, so never for each other."""
    if _is_shared(connection):
        _PEOPLE.run(connection, {"people": _names(contacts)}).all()


def holding(connection: Connection, contacts: Iterable[str]) -> list[tuple[Ready, dict[str, object]]]:
    """Return `hold_people` as what is to be run `together` with what follows; nothing where nobody else is."""
    return [(_PEOPLE, {"people": _names(contacts)})] if _is_shared(connection) else []


def hold_person(connection: Connection, contact: str) -> None:
    """Wait until nobody else decides about a contact."""
    hold_people(connection, [contact])


def people_held(connection: Connection, contacts: Iterable[str]) -> frozenset[str]:
    """Return those of `contacts` about whom nobody else decides at the moment; from now on we do."""
    wanted = frozenset(contacts)
    if not _is_shared(connection):
        return wanted
    mine = Counter(connection.scalars(_FREE_PEOPLE, {"people": _names(wanted)}))
    every = connection.execute(_COUNTED_PEOPLE, {"people": _names(wanted)})
    return frozenset(contact for contact, count in every if mine[contact] == count)


def may_hold_person(connection: Connection, contact: str) -> bool:
    """Whether nobody else decides about a contact at the moment; from now on we do."""
    return contact in people_held(connection, [contact])


def accounts_held(connection: Connection, accounts: Iterable[str]) -> frozenset[str]:
    """Return those of `accounts` for which nobody else claims at the moment; from now on we do."""
    wanted = frozenset(accounts)
    if not wanted or not _is_shared(connection):
        return wanted
    rows = listed((name, str(key_of(f"account {name}"))) for name in sorted(wanted))
    return frozenset(name for name, is_held in connection.execute(_ACCOUNTS, {"names": rows}) if is_held)


def key_of(name: str) -> int:
    """Return the number by which PostgreSQL knows the lock called `name`."""
    return int.from_bytes(blake2b(f"dripper {name}".encode(), digest_size=8).digest(), "big", signed=True)


def _names(contacts: Iterable[str]) -> str:
    return listed((name,) for name in sorted(set(contacts)))


def _is_shared(connection: Connection) -> bool:
    return connection.dialect.name != "sqlite"
