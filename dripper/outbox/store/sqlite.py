"""SQLite as the store: one file, one writer at a time.

It runs with a write-ahead log, synchronous=FULL (a commit survives a power cut) and BEGIN IMMEDIATE, so that a
transaction that will write waits at its begin and never fails half-way for another's lock.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from dripper.errors import StoreError
from dripper.outbox.store.failure import Cause, explained

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    # What is only kept to undo a part of a transaction needs no file.
    "temp_store=MEMORY",
    # 32 MB of pages in memory (a store of a million fills them, and `send` is to stay below 120), and 16 MB of log
    # before it is folded into the file, each of which costs two syncs.
    "cache_size=-32768",
    "wal_autocheckpoint=4000",
)
# Of a store that passes away with the process.
NOWHERE = sa.make_url("sqlite://")


def engine_of(url: sa.URL, busy_s: float) -> Engine:
    """Return the engine of a file; without one, of a store that passes away with the process."""
    options: dict[str, Any] = {} if url.database else {"poolclass": StaticPool}
    engine = sa.create_engine(url, connect_args={"timeout": busy_s, "check_same_thread": False}, **options)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        # The driver must not begin transactions of its own; `begin` below does.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def make_folder(path: Path) -> None:
    """Make the folder of the file, or say why not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder of the store, {path.parent}, cannot be made: {error.strerror}",
            cure="make the workspace writable, or name another place in [store] url",
        ) from error


def error_of(place: str, error: DBAPIError) -> StoreError:
    """Return what an error of the driver means."""
    return explained(_CAUSES, place, str(error.orig), otherwise=StoreError)


_CAUSES = (
    Cause(
        said=re.compile("locked"),
        meaning="is busy: another program has kept it locked",
        cure="stop the other `dripper` (or the program that has the file open) and try again; nothing was lost",
    ),
    Cause(
        said=re.compile("readonly"),
        meaning="cannot be written to",
        cure="make the workspace's .dripper folder writable, or name another place in [store] url",
    ),
    Cause(
        said=re.compile("full"),
        meaning="cannot grow: the disk is full",
        cure="free some space and run the same command again; nothing was lost",
    ),
    Cause(
        said=re.compile("unable to open"),
        meaning="cannot be opened",
        cure="make the workspace's .dripper folder writable, or correct [store] url",
    ),
    Cause(
        said=re.compile("not a database"),
        meaning="is no dripper store",
        cure="move the file away, or correct [store] url in dripper.toml",
    ),
    Cause(
        said=re.compile("malformed"),
        meaning="is damaged",
        cure="put back a copy of it; do not delete it, it is the only record of what was sent",
    ),
    Cause(
        said=re.compile("disk I/O"),
        meaning="cannot be written: the disk fails or is full",
        cure="free some space or check the disk, then run again",
    ),
)
