"""The worker: claims what may leave, delivers it over a few connections per mailbox, and waits for the next.

One coroutine decides and waits; deliveries run beside it, at a desk for each mailbox, so a slow server delays nobody
else. A rehearsal's clock is moved only while nothing is under way, which keeps it in order.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.drip.sending import Handled, Summary
from dripper.errors import MailboxError
from dripper.outbox.claim import Claimed, Claimer
from dripper.outbox.desk import Desk
from dripper.outbox.errand import Clock, Errand
from dripper.outbox.heart import beating
from dripper.outbox.progress import said
from dripper.outbox.recover import recover
from dripper.outbox.remains import note_due, note_in_hand
from dripper.outbox.rezoning import follow_all, has_strayed
from dripper.outbox.store import campaigns, waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.errors import StoreError
    from dripper.outbox.approved import Approved
    from dripper.outbox.recorder import Recorder
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.wires import Wires
    from dripper.workspace.model.settings import Mailbox


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
    _desks: dict[str, Desk] = field(default_factory=dict)
    # Set whenever a desk has something done.
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _taken: int = 0
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Take nothing new, finish what is under way, give the rest back."""
        self.summary.stopped = True
        self._end_soon()

    def _end_soon(self) -> None:
        self._stopping.set()
        self._news.set()
        for desk in self._desks.values():
            desk.look()

    async def run(self, errand: Errand) -> Summary:
        """Do `errand`; raises `StoreError` where the store fails, after open transfers have ended."""
        if await self.recorder.look(partial(has_strayed, approved=self.approved)):
            await self.recorder.alone(partial(follow_all, approved=self.approved, now=self.clock.now()))
        async with beating(self.recorder, self.real_clock, worker=self.name, lease=self._lease):
            try:
                while not self._stopping.is_set() and await self._round(errand):
                    pass
            finally:
                self._end_soon()
                await asyncio.gather(*(desk.close() for desk in self._desks.values()))
                await self.wires.close()
        failure = self._failure
        if failure is not None:
            raise failure
        self.summary.next_at = await self.recorder.write(self._next_due)
        await self.recorder.write(self._note_remains)
        return self.summary

    async def _round(self, errand: Errand) -> bool:
        """Recover, claim, then wait for whatever comes first; `False` when the errand is done."""
        now = self.clock.now()
        recovered, waits = await self.recorder.write(partial(self._look, now=now))
        for row in recovered:
            self._tell(row.handled)
        next_at = errand.next_of([await self._claim(name, due_at, errand) for name, due_at in waits.items()], now=now)
        if self._under_way:
            await self._until_there_is_room(self._patience(errand, next_at))
            return True
        if errand.most is not None and self._taken >= errand.most:
            return False
        if next_at is None and not errand.goes_on(now=now):
            return False
        await self._sleep(errand, next_at)
        return True

    def _look(self, connection: Connection, *, now: datetime) -> tuple[Sequence[Delivery], dict[str, datetime | None]]:
        """Recover what dead workers held; return that, and when each mailbox next has something to look at."""
        recovered = recover(connection, now=now, real_now=self.real_clock.now())
        names = campaigns.mailboxes_in_use(connection)
        return recovered, {name: waiting.next_due(connection, mailbox=name) for name in names}

    async def _claim(self, mailbox: str, due_at: datetime | None, errand: Errand) -> Claimed:
        """Claim for one mailbox as much as it has room for, and set the deliveries going."""
        if mailbox in self.summary.unusable:
            return Claimed()
        if due_at is None or due_at > self.clock.now():
            return Claimed(next_at=due_at)
        try:
            settings = self.wires.open(mailbox)
        except MailboxError as error:
            self.summary.unusable[mailbox] = said(error)
            return Claimed()
        desk = self._desk(mailbox, settings)
        room = desk.room
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
        self._taken += len(claimed.claims)
        desk.put(claimed.claims)
        return claimed

    def _desk(self, mailbox: str, settings: Mailbox) -> Desk:
        if mailbox not in self._desks:
            self._desks[mailbox] = Desk(
                mailbox=mailbox,
                approved=self.approved,
                recorder=self.recorder,
                mailer=self.wires.mailer(mailbox),
                connections=settings.limits.most_connections,
                now=self.clock.now,
                is_stopping=self._stopping.is_set,
                tell=self._tell,
                gave_back=self._gave_back,
                news=self._news,
            )
        return self._desks[mailbox]

    @property
    def _under_way(self) -> int:
        return sum(desk.under_way for desk in self._desks.values())

    @property
    def _failure(self) -> StoreError | None:
        return next((desk.failure for desk in self._desks.values() if desk.failure is not None), None)

    async def _until_there_is_room(self, patience_s: float | None) -> None:
        """Wait until a desk could take more, or all of them are done, `patience_s` at the longest."""
        before = {name: desk.under_way for name, desk in self._desks.items()}
        loop = asyncio.get_running_loop()
        end = None if patience_s is None else loop.time() + patience_s
        while self._under_way and not any(desk.has_room(before[name]) for name, desk in self._desks.items()):
            self._news.clear()
            waiting = asyncio.ensure_future(self._news.wait())
            done, _ = await asyncio.wait({waiting}, timeout=None if end is None else max(0.0, end - loop.time()))
            if not done:
                waiting.cancel()
                return
        if self._failure is not None:
            self._end_soon()

    def _gave_back(self, count: int) -> None:
        self._taken -= count

    def _tell(self, handled: Handled) -> None:
        if handled.state is not State.DUE:
            self.summary.counts[handled.state] += 1
            self.report(handled)

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

    def _note_remains(self, connection: Connection) -> None:
        note_due(connection, self.approved, self.summary, now=self.clock.now())
        note_in_hand(connection, self.summary)

    def _next_due(self, connection: Connection) -> datetime | None:
        names = campaigns.mailboxes_in_use(connection)
        times = (waiting.next_due(connection, mailbox=name) for name in names)
        return min((at for at in times if at is not None), default=None)
