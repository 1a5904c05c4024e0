"""The worker: claims what may leave, delivers it over a few connections per mailbox, and waits for the next.

One coroutine decides and waits; deliveries run beside it, and each mailbox has its own share of them, so a slow server
delays nobody else. A rehearsal's clock is moved only while nothing is under way, which keeps it in order.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.drip.sending import Handled, Summary
from dripper.errors import MailboxError, StoreError
from dripper.outbox import record
from dripper.outbox.claim import Claim, Claimed, Claimer
from dripper.outbox.deliver import Deliverer
from dripper.outbox.errand import Clock, Errand
from dripper.outbox.heart import beating
from dripper.outbox.progress import said
from dripper.outbox.recover import recover
from dripper.outbox.remains import note_due, note_in_hand
from dripper.outbox.rezoning import follow_all
from dripper.outbox.store import campaigns, waiting
from dripper.outbox.store.deliveries import StaleDeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.approved import Approved
    from dripper.outbox.recorder import Recorder
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.wires import Wires

log = logging.getLogger(__name__)
# Deliveries under way per connection, most of them waiting for their turn, so that no connection waits for a claim.
_AHEAD = 25


@dataclass(slots=True, kw_only=True)
class Worker:
    """One worker; `run` may be called once."""

    # Unique among all workers of the store.
    name: str
    approved: Approved
    recorder: Recorder
    wires: Wires
    clock: Clock
    # Leases and time-outs run on the real clock, also in a rehearsal.
    real_clock: Clock
    # Told of each delivery that was tried, or could not be.
    report: Callable[[Handled], None]
    summary: Summary = field(default_factory=Summary)
    _tasks: dict[asyncio.Task[Delivery | None], Claim] = field(default_factory=dict)
    # Mailboxes that ran into trouble since they were last asked for.
    _shut: set[str] = field(default_factory=set)
    _taken: int = 0
    _failure: StoreError | None = None
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Take nothing new, finish what is under way, give the rest back."""
        self.summary.stopped = True
        self._stopping.set()

    async def run(self, errand: Errand) -> Summary:
        """Do `errand`; raises `StoreError` where the store fails, after open transfers have ended."""
        await self.recorder.alone(partial(follow_all, approved=self.approved, now=self.clock.now()))
        async with beating(self.recorder, self.real_clock, worker=self.name, lease=self._lease):
            try:
                while not self._stopping.is_set() and await self._round(errand):
                    pass
            finally:
                self._stopping.set()
                while self._tasks:
                    await self._first_done(None)
                await self.wires.close()
        if self._failure is not None:
            raise self._failure
        self.summary.next_at = await self.recorder.write(self._next_due)
        await self.recorder.write(self._note_remains)
        return self.summary

    async def _round(self, errand: Errand) -> bool:
        """Recover, claim, then wait for whatever comes first; `False` when the errand is done."""
        now = self.clock.now()
        for row in await self.recorder.write(partial(recover, now=now, real_now=self.real_clock.now())):
            self._tell(row)
        self._shut.clear()
        names = await self.recorder.write(campaigns.mailboxes_in_use)
        next_at = errand.next_of([await self._claim(name, errand) for name in names], now=now)
        if self._tasks:
            await self._first_done(self._patience(errand, next_at))
            return True
        if errand.most is not None and self._taken >= errand.most:
            return False
        if next_at is None and not errand.goes_on(now=now):
            return False
        await self._sleep(errand, next_at)
        return True

    async def _claim(self, mailbox: str, errand: Errand) -> Claimed:
        """Claim for one mailbox as much as it has room for, and set the deliveries going."""
        if mailbox in self.summary.unusable or not await self.recorder.write(partial(self._is_asked_for, mailbox)):
            return await self.recorder.write(partial(self._later, mailbox))
        try:
            settings = self.wires.open(mailbox)
        except MailboxError as error:
            self.summary.unusable[mailbox] = said(error)
            return Claimed()
        under_way = sum(claim.delivery.mailbox == mailbox for claim in self._tasks.values())
        room = _AHEAD * max(1, settings.limits.connections) - under_way
        if errand.most is not None:
            room = min(room, errand.most - self._taken)
        claimer = Claimer(approved=self.approved, worker=self.name, lease=self._lease)
        claimed = await self.recorder.write(
            partial(
                claimer.claim,
                mailbox=mailbox,
                limits=settings.limits,
                now=self.clock.now(),
                real_now=self.real_clock.now(),
                most=max(0, room),
            )
        )
        if claimed.stopped:
            self.summary.unusable[mailbox] = claimed.stopped
        for claim in claimed.claims:
            self._start(claim)
        return claimed

    def _start(self, claim: Claim) -> None:
        deliverer = Deliverer(
            approved=self.approved,
            recorder=self.recorder,
            now=self.clock.now,
            is_open=lambda mailbox: not self._stopping.is_set() and mailbox not in self._shut,
            shut=self._shut.add,
        )
        task = asyncio.create_task(deliverer.deliver(claim, self.wires.mailer(claim.delivery.mailbox)))
        self._tasks[task] = claim
        self._taken += 1

    async def _first_done(self, patience_s: float | None) -> None:
        """Wait until a delivery ends, `patience_s` at the longest, and account for those that have."""
        done, _ = await asyncio.wait(self._tasks, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
        claims = {task: self._tasks.pop(task) for task in done}
        for task, claim in claims.items():
            error = task.exception()
            if isinstance(error, StoreError):
                # What was sent and could not be recorded stays in doubt; nothing more is begun.
                self._failure = error
                self._stopping.set()
            elif error is not None:
                await self._put_aside(claim, error)
            elif (row := task.result()) is not None:
                self._tell(row)
            else:
                self._taken -= 1

    async def _put_aside(self, claim: Claim, error: BaseException) -> None:
        """Hold a delivery that met a fault of ours, if it was not tried yet; a tried one comes into doubt by itself."""
        log.error("delivery %s failed", claim.delivery.id, exc_info=error)
        reason = f"a fault of dripper: {type(error).__name__}: {error}"
        try:
            self._tell(await self.recorder.write(partial(self._hold, claim, reason)))
        except StaleDeliveryError:
            return

    def _hold(self, claim: Claim, reason: str, connection: Connection) -> Delivery:
        return record.hold(connection, claim, reason=reason, now=self.clock.now())

    def _tell(self, row: Delivery) -> None:
        if row.state is not State.DUE:
            self.summary.counts[row.state] += 1
            self.report(row.handled)

    def _patience(self, errand: Errand, next_at: datetime | None) -> float | None:
        """Return how long to wait for deliveries under way before claiming again; a rehearsal waits for them alone."""
        poll_s = self._poll_s(errand)
        if poll_s is None:
            return None
        ahead_s = (next_at - self.clock.now()).total_seconds() if next_at is not None else poll_s
        return min(ahead_s, poll_s) if ahead_s > 0 else poll_s

    async def _sleep(self, errand: Errand, next_at: datetime | None) -> None:
        """Wait until `next_at`, but no longer than an errand that watches the store may, nor after `stop`."""
        waits = [at for at in (next_at, errand.until) if at is not None]
        ahead_s = max(0.0, (min(waits) - self.clock.now()).total_seconds()) if waits else float("inf")
        poll_s = self._poll_s(errand)
        seconds = min(ahead_s, poll_s) if poll_s is not None else ahead_s
        sleeping = asyncio.create_task(self.clock.sleep(seconds))
        stopping = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({sleeping, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in (sleeping, stopping):
            task.cancel()
        await asyncio.gather(sleeping, stopping, return_exceptions=True)

    def _poll_s(self, errand: Errand) -> float | None:
        """Return how often to look at the store: soon enough to take over what a dead worker held."""
        return None if errand.poll_s is None else min(errand.poll_s, self._lease.total_seconds() / 2)

    @property
    def _lease(self) -> timedelta:
        return timedelta(seconds=self.approved.settings.store.lease_s)

    def _is_asked_for(self, mailbox: str, connection: Connection) -> bool:
        due_at = waiting.next_due(connection, mailbox=mailbox)
        return due_at is not None and due_at <= self.clock.now()

    def _later(self, mailbox: str, connection: Connection) -> Claimed:
        if mailbox in self.summary.unusable:
            return Claimed()
        return Claimed(next_at=waiting.next_due(connection, mailbox=mailbox))

    def _note_remains(self, connection: Connection) -> None:
        note_due(connection, self.approved, self.summary, now=self.clock.now())
        note_in_hand(connection, self.summary)

    def _next_due(self, connection: Connection) -> datetime | None:
        names = campaigns.mailboxes_in_use(connection)
        times = (waiting.next_due(connection, mailbox=name) for name in names)
        return min((at for at in times if at is not None), default=None)
