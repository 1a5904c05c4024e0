"""The condition of the mailboxes, shared by all workers: in use, resting, or stopped until a person has looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.ready import Ready
from dripper.outbox.store.tables import mailboxes
from dripper.outbox.store.upsert import insert_new

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_ONE = sa.select(mailboxes).where(mailboxes.c.name == sa.bindparam("its_name"))
_LOCKED = _ONE.with_for_update()
_OF = mailboxes.c
_TROUBLED = Ready(
    sa.select(sa.func.count()).where(
        _OF.name == sa.bindparam("its_name"), _OF.stopped | _OF.rests_until.is_not(None) | (_OF.failures > 0)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """How a mailbox is."""

    name: str
    stopped: bool = False
    rests_until: datetime | None = None
    failures: int = 0
    reason: str = ""
    claimed_at: datetime | None = None


def get(connection: Connection, name: str) -> Condition:
    """Return the condition of a mailbox; of one never used, a fresh one."""
    row = connection.execute(_ONE, {"its_name": name}).one_or_none()
    return Condition(name=name) if row is None else Condition(**row._mapping)  # noqa: SLF001 - public


def troubles(name: str) -> tuple[Ready, dict[str, object]]:
    """Return the question whether a mailbox is stopped, rests, or failed the last time; the answer is 1, or 0."""
    return _TROUBLED, {"its_name": name}


def lock(connection: Connection, name: str) -> Condition:
    """Return the condition of a mailbox once nobody else claims for it or changes it, until the transaction ends."""
    row = connection.execute(_LOCKED, {"its_name": name}).one_or_none()
    if row is None:
        insert_new(connection, mailboxes, [{"name": name, "stopped": False, "failures": 0, "reason": ""}])
        row = connection.execute(_LOCKED, {"its_name": name}).one()
    return Condition(**row._mapping)  # noqa: SLF001 - public


def claimed(connection: Connection, name: str, *, at: datetime) -> None:
    """Note that a delivery was claimed, for the gap to the next."""
    _set(connection, name, claimed_at=at)


def rest(connection: Connection, name: str, *, until: datetime, reason: str) -> None:
    """Leave a mailbox alone until then."""
    failures = lock(connection, name).failures + 1
    _set(connection, name, rests_until=until, failures=failures, reason=reason)


def stop(connection: Connection, name: str, *, reason: str) -> None:
    """Use a mailbox no more until a person resumes it."""
    _set(connection, name, stopped=True, reason=reason)


def well(connection: Connection, name: str) -> None:
    """Note that a mailbox works."""
    _set(connection, name, stopped=False, rests_until=None, failures=0, reason="")


def _set(connection: Connection, name: str, **values: object) -> None:
    lock(connection, name)
    connection.execute(sa.update(mailboxes).where(mailboxes.c.name == name).values(**values))
