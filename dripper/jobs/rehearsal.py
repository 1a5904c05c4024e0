"""How far the records of rehearsals reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.outbox.store import history

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.outbox.store.engine import Store


def latest_record(store: Store) -> datetime | None:
    """Return the time of the last thing that `store` knows of; `None` where it is empty."""
    with store.read() as connection:
        return history.latest(connection)
