"""Delivers what is scheduled: what is due now (`send`), or whatever comes due until somebody stops it (`run`)."""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from dripper.outbox.recorder import Recorder
from dripper.outbox.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dripper.drip.sending import Handled, Summary
    from dripper.outbox.approved import Approved
    from dripper.outbox.errand import Clock, Errand
    from dripper.outbox.store.engine import Store
    from dripper.outbox.wires import Wires


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What sending needs."""

    store: Store
    approved: Approved
    wires: Wires
    clock: Clock
    real_clock: Clock
    # Unique among the workers of the store.
    worker: str
    # Makes the event loop; None: asyncio's own.
    loop: Callable[[], asyncio.AbstractEventLoop] | None = None


def deliver(office: Office, errand: Errand, report: Callable[[Handled], None]) -> Summary:
    """Do `errand` and tell `report` of each delivery; a first Ctrl-C or SIGTERM ends it in good order."""
    with asyncio.Runner(loop_factory=office.loop) as runner:
        return runner.run(_deliver(office, errand, report))


async def _deliver(office: Office, errand: Errand, report: Callable[[Handled], None]) -> Summary:
    recorder = Recorder(office.store)
    worker = Worker(
        name=office.worker,
        approved=office.approved,
        recorder=recorder,
        wires=office.wires,
        clock=office.clock,
        real_clock=office.real_clock,
        report=report,
    )
    try:
        with _stopped_by_signals(worker.stop):
            return await worker.run(errand)
    finally:
        recorder.close()


@contextmanager
def _stopped_by_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` at the first signal; a second one ends the process at once, and what was open comes into doubt.

    Only the main thread hears signals.
    """
    if current_thread() is not main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def first(number: int) -> None:
        stop()
        loop.remove_signal_handler(number)
        signal.signal(number, signal.SIG_DFL)

    numbers = (signal.SIGINT, signal.SIGTERM)
    for number in numbers:
        loop.add_signal_handler(number, first, number)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def due_now(office: Office, *, most: int | None) -> tuple[tuple[Handled, ...], Summary]:
    """Return what `send` would take first, and what keeps back the rest, by doing it and taking it back.

    Nothing is sent and nothing kept.
    """
    from dripper.outbox.trial import claim_for_show

    with office.store.trial() as connection:
        rows, summary = claim_for_show(connection, office.approved, office.wires, now=office.clock.now(), most=most)
    return tuple(row.handled for row in rows), summary
