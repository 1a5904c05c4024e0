"""The version of the tables: made where there are none, refused where they are another dripper's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.errors import StoreError
from dripper.outbox.store.tables import SCHEMA, meta, metadata
from dripper.outbox.store.upsert import insert_new

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Connection
    from sqlalchemy.types import TypeEngine

    Type = TypeEngine[Any]

_MOVED = "moved to"


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
    """Refuse tables of another version, and those that were copied elsewhere, with `StoreError`."""
    found = version(connection)
    if found > SCHEMA:
        raise StoreError(
            f"{place} was written by a newer dripper (schema {found}, this one knows {SCHEMA})",
            cure="install the newer dripper: `python -m pip install --upgrade dripper`",
        )
    if found < SCHEMA:
        raise StoreError(
            f"{place} was written by an older dripper (schema {found}, this one needs {SCHEMA})",
            cure="stop every `dripper run` on it, then bring it up to date: `dripper store upgrade`",
        )
    moved = moved_to(connection)
    if moved is not None:
        raise StoreError(
            f"{place} was copied to {moved}, and two stores must not send the same",
            cure=f'write [store] url = "{moved}" in dripper.toml; or go on with the old one: `dripper store reopen`',
        )


def upgrade(connection: Connection) -> None:
    """Bring the tables to this dripper's version, step by step."""
    from dripper.outbox.store import migrations

    migrations.upgrade(connection, found=version(connection), wanted=SCHEMA)
    _set(connection, "schema", str(SCHEMA))


def moved_to(connection: Connection) -> str | None:
    """Return where the store was copied to; `None` as long as it is the one that counts."""
    return connection.execute(sa.select(meta.c.value).where(meta.c.key == _MOVED)).scalar_one_or_none()


def move(connection: Connection, place: str | None) -> None:
    """Note that from now on another store counts; `None`: this one again."""
    connection.execute(sa.delete(meta).where(meta.c.key == _MOVED))
    if place is not None:
        connection.execute(sa.insert(meta).values(key=_MOVED, value=place))


def differences(connection: Connection) -> tuple[str, ...]:
    """Return in what the tables are not as a fresh store's."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def differ(_context: object, _there: object, _wanted: object, there: Type, wanted: Type) -> bool:
        return there.compile(connection.dialect) != wanted.compile(connection.dialect)

    context = MigrationContext.configure(connection, opts={"compare_type": differ})
    return tuple(str(one) for one in compare_metadata(context, metadata))


def _set(connection: Connection, key: str, value: str) -> None:
    connection.execute(sa.update(meta).where(meta.c.key == key).values(value=value))
