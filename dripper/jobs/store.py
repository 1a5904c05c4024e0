"""The record itself: brought up to date, examined, copied to another database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.errors import StoreError, UsageError
from dripper.outbox.store import copying, hands, layout, workers
from dripper.outbox.store.examine import faults
from dripper.outbox.store.ledger import ledger
from dripper.outbox.store.tables import SCHEMA

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.store.engine import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What an examination found; no `faults`: all is well."""

    place: str
    version: int
    workers: tuple[str, ...]
    rows: dict[str, int]
    faults: tuple[str, ...]


def upgrade(store: Store, *, now: datetime) -> tuple[int, int]:
    """Bring the tables to this dripper's version; return the versions before and after. `now` is the real clock's."""
    with store.write() as connection:
        found = layout.version(connection)
        if found >= SCHEMA:
            return found, found
        _refuse_while_in_use(connection, store.place, now=now)
        layout.upgrade(connection)
    return found, SCHEMA


def check(store: Store, *, now: datetime) -> Examined:
    """Examine a store; `now` is the real clock's."""
    with store.read() as connection:
        layout.check(connection, store.place)
        lines = (f"the counts of {line.campaign} do not add up" for line in ledger(connection) if not line.adds_up)
        return Examined(
            place=store.place,
            version=layout.version(connection),
            workers=workers.at_work(connection, now=now),
            rows=copying.counts(connection),
            faults=(*faults(connection), *lines),
        )


def copy(source: Store, target: Store, *, now: datetime) -> dict[str, int]:
    """Copy everything, compare it, and note in the source that the target counts from now on.

    Return the rows by table. `now` is the real clock's. `UsageError` where the target has something in it,
    `StoreError` where a worker is at work.
    """
    if source.place == target.place:
        raise UsageError(f"{source.place} cannot be copied to itself", cure="name another database after --to")
    if source.is_passing:
        raise UsageError(f"there is no store at {source.place} yet, so nothing was copied")
    with source.write() as old:
        layout.check(old, source.place)
        _refuse_while_in_use(old, source.place, now=now)
        with target.write() as new:
            _refuse_what_is_not_empty(new, target.place)
            rows = copying.copy(old, new)
        layout.move(old, target.url)
    return rows


def _refuse_what_is_not_empty(connection: Connection, place: str) -> None:
    found = ", ".join(f"{name} {count}" for name, count in copying.counts(connection).items() if count)
    if found:
        raise UsageError(
            f"{place} is not empty ({found}), and nothing was copied",
            cure="name an empty database after --to; what is in this one may be the only record of what was sent",
        )


def reopen(store: Store) -> str | None:
    """Let a store count again that was copied elsewhere; return where, `None` where it was not."""
    with store.write() as connection:
        moved = layout.moved_to(connection)
        layout.move(connection, None)
    return moved


def _refuse_while_in_use(connection: Connection, place: str, *, now: datetime) -> None:
    at_work = workers.at_work(connection, now=now) if layout.version(connection) == SCHEMA else ()
    held = hands.everywhere(connection)
    names = {*at_work, *(str(row.worker) for row in held if row.lease_until is not None and row.lease_until > now)}
    if names:
        raise StoreError(
            f"{place} is in use by {', '.join(sorted(names))}",
            cure="stop every `dripper run` and `dripper send` on it; one that was killed is forgotten after lease_s",
        )
