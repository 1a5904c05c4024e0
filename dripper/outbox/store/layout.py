"""The version of the tables: made where there are none, refused where they are another dripper's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.errors import StoreError
from dripper.outbox.store.tables import SCHEMA, meta, metadata
from dripper.outbox.store.upsert import insert_new

if TYPE_CHECKING:
    from sqlalchemy import Connection


def is_made(connection: Connection) -> bool:
    """Whether there are tables."""
    return sa.inspect(connection).has_table(meta.name)


def make(connection: Connection) -> None:
    """Make the tables, unless somebody else has made them in the meantime."""
    if not is_made(connection):
        metadata.create_all(connection)
        insert_new(connection, meta, [{"key": "schema", "value": str(SCHEMA)}])


def version(connection: Connection) -> int:
    """Return the version of the tables."""
    return int(connection.execute(sa.select(meta.c.value).where(meta.c.key == "schema")).scalar_one())


def check(connection: Connection, place: str) -> None:
    """Refuse tables of another version with `StoreError`."""
    found = version(connection)
    if found > SCHEMA:
        raise StoreError(
            f"{place} was written by a newer dripper (schema {found}, this one knows {SCHEMA})",
            cure="install the newer dripper: `python -m pip install --upgrade dripper`",
        )
    if found < SCHEMA:
        raise StoreError(
            f"{place} was written by an older dripper (schema {found}, this one needs {SCHEMA})",
            cure="go on with the dripper that wrote it, or move the file away and schedule with --restart",
        )
