"""The heartbeat: prolongs what a worker holds, so that a slow server does not make the worker look dead."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from dripper.errors import StoreError
from dripper.outbox.store import hands

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import timedelta

    from dripper.outbox.errand import Clock
    from dripper.outbox.recorder import Recorder

log = logging.getLogger(__name__)


@asynccontextmanager
async def beating(recorder: Recorder, clock: Clock, *, worker: str, lease: timedelta) -> AsyncIterator[None]:
    """Prolong the leases of `worker` three times per lease while the block lasts; `clock` is the real one."""
    heart = asyncio.create_task(_beat(recorder, clock, worker=worker, lease=lease))
    try:
        yield
    finally:
        heart.cancel()
        await asyncio.gather(heart, return_exceptions=True)


async def _beat(recorder: Recorder, clock: Clock, *, worker: str, lease: timedelta) -> None:
    while True:
        await clock.sleep(lease.total_seconds() / 3)
        try:
            await recorder.write(partial(hands.extend, worker=worker, lease_until=clock.now() + lease))
        except StoreError:
            log.warning("the leases could not be prolonged", exc_info=True)
