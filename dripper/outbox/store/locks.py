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

from hashlib import blake2b
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import enrolments

if TYPE_CHECKING:
    from sqlalchemy import Connection


def hold_person(connection: Connection, contact: str) -> None:
    """Wait until nobody else decides about a contact."""
    if _is_shared(connection):
        of = enrolments.c
        query = sa.select(of.campaign).where(of.contact == contact).order_by(of.campaign).with_for_update()
        connection.execute(query).all()


def may_hold_person(connection: Connection, contact: str) -> bool:
    """Whether nobody else decides about a contact at the moment; from now on we do."""
    if not _is_shared(connection):
        return True
    of = enrolments.c
    mine = sa.select(of.campaign).where(of.contact == contact).with_for_update(skip_locked=True)
    every = sa.select(sa.func.count()).where(of.contact == contact)
    return len(connection.execute(mine).all()) == connection.execute(every).scalar_one()


def may_hold_account(connection: Connection, account: str) -> bool:
    """Whether nobody else claims for an account at the moment; from now on we do."""
    if not account or not _is_shared(connection):
        return True
    lock = sa.select(sa.func.pg_try_advisory_xact_lock(key_of(f"account {account}")))
    return bool(connection.scalar(lock))


def key_of(name: str) -> int:
    """Return the number by which PostgreSQL knows the lock called `name`."""
    return int.from_bytes(blake2b(f"dripper {name}".encode(), digest_size=8).digest(), "big", signed=True)


def _is_shared(connection: Connection) -> bool:
    return connection.dialect.name != "sqlite"
