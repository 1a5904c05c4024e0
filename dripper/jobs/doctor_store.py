"""Examines the record of what was sent: it opens, it is this dripper's, and nothing in it waits for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.drip.checkup import Topic, clock
from dripper.errors import StoreError
from dripper.outbox.store import deliveries, layout, mailboxes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.checkup import Check
    from dripper.jobs.doctor_mailbox import Instruments
    from dripper.outbox.store.engine import Store
    from dripper.workspace.model.settings import Settings


def check_store(
    open_store: Callable[[], Store],
    instruments: Instruments,
    settings: Settings,
    real_now: Callable[[], datetime],
) -> Iterator[Check]:
    """Yield the checks of the store, which is only read."""
    topic = Topic(subject="store")
    try:
        store = open_store()
        if store.is_passing:
            yield topic.skipped("schema", f"there is none yet; {store.place} is made when a campaign is scheduled")
            return
        with store.read() as connection:
            yield topic.ok("schema", f"{store.place} opens, with schema {layout.version(connection)}")
            yield _doubts(topic, connection)
            for name in settings.mailboxes:
                yield from _condition(connection, name)
            if connection.dialect.name == "postgresql":
                yield _round_trip(topic, connection, instruments)
                theirs: datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
                yield clock(topic, theirs, real_now())
    except StoreError as error:
        yield topic.problem("schema", str(error), error.cure)


def _doubts(topic: Topic, connection: Connection) -> Check:
    count = len(deliveries.all_unknown(connection))
    if not count:
        return topic.ok("deliveries", "none is in doubt")
    text = f"of {count} {'message' if count == 1 else 'messages'} it is unknown whether it arrived"
    return topic.problem("deliveries", text, "`dripper reconcile` shows the evidence and settles them")


def _condition(connection: Connection, name: str) -> Iterator[Check]:
    topic = Topic(subject=f"mailbox {name}")
    condition = mailboxes.get(connection, name)
    if condition.stopped:
        yield topic.problem("state", f"it is stopped: {condition.reason}", f"mend that, then `dripper resume {name}`")
    elif condition.failures:
        yield topic.problem("state", f"it rests: {condition.reason}", f"`dripper resume {name}` tries it at once")
    else:
        yield topic.ok("state", "it is in use")


def _round_trip(topic: Topic, connection: Connection, instruments: Instruments) -> Check:
    began_s = instruments.stopwatch_s()
    connection.execute(sa.select(1)).scalar_one()
    return topic.ok("round trip", f"{(instruments.stopwatch_s() - began_s) * 1000:.1f} ms")
