"""What may be wrong with a store: the file itself, its tables, rows that belong to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store import layout
from dripper.outbox.store.tables import metadata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


def faults(connection: Connection) -> Iterator[str]:
    """Yield what is wrong, each in one sentence."""
    if connection.dialect.name == "sqlite":
        found = connection.exec_driver_sql("PRAGMA integrity_check").scalars()
        yield from (f"the file is damaged: {one}" for one in found if one != "ok")
    yield from (f"the tables are not as they should be: {one}" for one in layout.differences(connection))
    yield from _orphans(connection)


def _orphans(connection: Connection) -> Iterator[str]:
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            owner = key.column
            belongs = sa.exists().where(owner == key.parent)
            count = connection.scalar(sa.select(sa.func.count()).select_from(table).where(~belongs))
            if count:
                yield f"{count} of {table.name} belong to nothing in {owner.table.name}"
