"""The heartbeat: prolongs what a worker holds, so that a slow server does not make the worker look dead."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from dripper.errors import StoreError
from dripper.outbox.store import hands, workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import timedelta

    from sqlalchemy import Connection

    from dripper.outbox.errand import Clock
    from dripper.outbox.recorder import Recorder

log = logging.getLogger(__name__)


@asynccontextmanager
async def beating(recorder: Recorder, clock: Clock, *, worker: str, lease: timedelta) -> AsyncIterator[None]:
    """Prolong the leases of `worker` three times per lease while the block lasts; `clock` is the real one."""
    await recorder.write(partial(_sign_in, clock=clock, worker=worker, lease=lease))
    heart = asyncio.create_task(_beat(recorder, clock, worker=worker, lease=lease))
    try:
        yield
    finally:
        heart.cancel()
        await asyncio.gather(heart, return_exceptions=True)
        with suppress(StoreError):
            await recorder.write(partial(workers.leave, name=worker))


async def _beat(recorder: Recorder, clock: Clock, *, worker: str, lease: timedelta) -> None:
    while True:
        await clock.sleep(lease.total_seconds() / 3)
        try:
            await recorder.write(partial(_prolong, clock=clock, worker=worker, lease=lease))
        except StoreError:
            log.warning("the leases could not be prolonged", exc_info=True)


def _sign_in(connection: Connection, *, clock: Clock, worker: str, lease: timedelta) -> None:
    now = clock.now()
    workers.bury(connection, now=now)
    workers.alive(connection, worker, now=now, until=now + lease)


def _prolong(connection: Connection, *, clock: Clock, worker: str, lease: timedelta) -> None:
    """Count from now, not from when it was asked for: a large `schedule` may have kept this transaction waiting."""
    now = clock.now()
    hands.extend(connection, worker, lease_until=now + lease)
    workers.alive(connection, worker, now=now, until=now + lease)
