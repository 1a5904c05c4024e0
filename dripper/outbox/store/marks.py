"""Notes of the store about itself: what was done for which version of something outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import meta

if TYPE_CHECKING:
    from sqlalchemy import Connection


def get(connection: Connection, name: str) -> str | None:
    """Return what was last put under `name`; `None` where nothing was."""
    return connection.execute(sa.select(meta.c.value).where(meta.c.key == name)).scalar_one_or_none()


def put(connection: Connection, name: str, value: str) -> None:
    """Keep `value` under `name`."""
    updated = connection.execute(sa.update(meta).where(meta.c.key == name).values(value=value))
    if not updated.rowcount:
        connection.execute(sa.insert(meta).values(key=name, value=value))
