"""The desk of one mailbox: claimed messages are composed, written down, and handed over by a few lines at once.

One connection is one line. The intents of the next messages and the outcomes of the last share a transaction, and so
few intents run ahead that a kill leaves at most two messages per open connection in doubt.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, cast

from dripper.drip.outcome import Answer, MailboxEffect, Phase, Silence, outcome_of
from dripper.drip.thread import Thread
from dripper.errors import DripperError, StoreError
from dripper.outbox.books import Group, Letter, Try
from dripper.outbox.giving_back import hold, release, unconnected
from dripper.outbox.progress import said
from dripper.outbox.sent import sent_to
from dripper.outbox.wire import Envelope, Unconnected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection as StoreConnection

    from dripper.drip.sending import Handled
    from dripper.outbox.approved import Approved
    from dripper.outbox.recorder import Recorder
    from dripper.outbox.taking import Claim
    from dripper.outbox.wire import Connection, Mailer

log = logging.getLogger(__name__)
# Intents that may be on the disk without an outcome, per open connection.
_IN_DOUBT = 2
# How long an outcome waits for others, to share their transaction.
_GATHER_S = 0.01
# Claims per connection, so that no connection waits for one: about what leaves in two seconds.
_AHEAD = 25


@dataclass(slots=True, kw_only=True)
class Desk:
    """One mailbox at work; `put` may be called again and again."""

    mailbox: str
    approved: Approved
    recorder: Recorder
    mailer: Mailer
    connections: int
    now: Callable[[], datetime]
    # Whether the worker was told to stop.
    is_stopping: Callable[[], bool]
    # Told of each delivery as it was left, and of how many were given back.
    tell: Callable[[Handled], None]
    gave_back: Callable[[int], None]
    # Set whenever something changed.
    news: asyncio.Event
    failure: StoreError | None = None
    # Whether the mailbox ran into trouble since it was last given something.
    _is_shut: bool = False
    _pile: deque[Claim] = field(default_factory=deque)
    _begun: deque[tuple[Letter, datetime]] = field(default_factory=deque)
    _ended: list[Try] = field(default_factory=list)
    # Intents on the disk, or on their way to it, without an outcome there.
    _open_tries: int = 0
    _open_connections: int = 0
    # Letters that are being composed and written down.
    _coming: int = 0
    _lines: set[asyncio.Task[None]] = field(default_factory=set)
    _books: asyncio.Task[None] | None = None
    _work: asyncio.Event = field(default_factory=asyncio.Event)
    # Set when all letters that were begun have an outcome.
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: deque[asyncio.Future[None]] = field(default_factory=deque)

    @property
    def under_way(self) -> int:
        """Return how many claims have no outcome on the disk yet."""
        return len(self._pile) + self._open_tries

    @property
    def room(self) -> int:
        """Return how many claims more it may have."""
        return _AHEAD * self.connections - self.under_way

    def has_room(self, before: int) -> bool:
        """Whether it is worth claiming for it again, when it had `before` under way; also where the store failed."""
        return self.failure is not None or (before > 0 and self.under_way <= before // 2)

    def put(self, claims: Iterable[Claim]) -> None:
        """Set claims going."""
        self._is_shut = False
        self._pile.extend(claims)
        if self._pile and self._books is None:
            self._books = asyncio.create_task(self._keep_books())
        for _ in range(min(self.connections, len(self._pile)) - len(self._lines)):
            self._lines.add(asyncio.create_task(self._serve()))
        self._work.set()

    def look(self) -> None:
        """Notice that the worker was told to stop."""
        self._work.set()

    @property
    def _is_open(self) -> bool:
        return not (self._is_shut or self.is_stopping() or self.failure)

    @property
    def _is_dry(self) -> bool:
        """Whether nothing further comes for the lines."""
        return self.failure is not None or not (self._pile or self._begun or self._coming)

    async def _serve(self) -> None:
        """Hand over what there is, over one connection after the other."""
        left: tuple[Letter, datetime] | None = None
        while left is not None or not self._is_dry:
            try:
                async with self.mailer.connection() as connection:
                    self._open_connections += 1
                    self._work.set()
                    try:
                        left = await self._use(connection, left)
                    finally:
                        self._open_connections -= 1
            except Unconnected as error:
                await self._note_unconnected(error.answer, left)
                left = None
            except Exception as error:
                log.exception("mailbox %s cannot be used", self.mailbox)
                answer = Answer(phase=Phase.CONNECT, silence=Silence.LOST, text=_fault(error))
                await self._note_unconnected(answer, left)
                left = None
        # At once, so that `put` never counts on a line that has ended.
        self._lines.discard(cast("asyncio.Task[None]", asyncio.current_task()))
        self._work.set()

    async def _use(
        self, connection: Connection, left: tuple[Letter, datetime] | None
    ) -> tuple[Letter, datetime] | None:
        """Hand over as long as the connection lasts; return what it turned out to be gone for."""
        while connection.is_usable:
            one = left or await self._next()
            left = None
            if one is None:
                return None
            letter, begun_at = one
            composed = letter.composed
            envelope = Envelope(sender=composed.sender, recipient=composed.recipient, content=composed.data)
            try:
                answer = await connection.transfer(envelope)
            except Unconnected:
                return one
            except Exception as error:
                # How far it came, nobody knows.
                log.exception("delivery %s failed", letter.claim.delivery.id)
                answer = Answer(phase=Phase.DOT, silence=Silence.LOST, text=_fault(error))
            self._end(Try(letter, begun_at, answer))
        return left

    async def _next(self) -> tuple[Letter, datetime] | None:
        """Return a letter whose intent is on the disk; `None` where none comes any more."""
        while not self._begun:
            if self._is_dry:
                return None
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting
        return self._begun.popleft()

    def _end(self, one: Try) -> None:
        if outcome_of(one.answer).mailbox is not MailboxEffect.NONE:
            self._is_shut = True
        self._ended.append(one)
        if not self._in_flight:
            self._idle.set()
        self._work.set()

    async def _note_unconnected(self, answer: Answer, left: tuple[Letter, datetime] | None) -> None:
        """Write down that no connection opens: for the letter that was begun, else for all of the pile."""
        self._is_shut = True
        if left is not None:
            self._end(Try(*left, answer))
        elif claims := self._emptied():
            await self._settle(claims, partial(unconnected, claims, answer, now=self.now()))
        self._work.set()

    async def _keep_books(self) -> None:
        """Write down whatever there is to be written, again and again, until nothing is under way."""
        while self.under_way and self.failure is None:
            await self._work.wait()
            await self._gathered()
            self._work.clear()
            try:
                await self._give_back()
                await self._write()
            except StoreError as error:
                # What was sent and could not be recorded stays in doubt; nothing more is begun.
                self.failure = error
            self._wake()
            self.news.set()
        self._books = None
        if self.failure is not None:
            self._open_tries = 0
            self._pile.clear()
            self._begun.clear()
        self.news.set()

    async def _gathered(self) -> None:
        """Let the lines that are just handing over come to their end, so that more is written down at once."""
        if self._is_open and self._in_flight:
            self._idle.clear()
            patience = asyncio.get_running_loop().call_later(_GATHER_S, self._idle.set)
            await self._idle.wait()
            patience.cancel()

    @property
    def _in_flight(self) -> int:
        """Return how many letters may be handed over, or are, without a word from the books."""
        return self._open_tries - self._coming - len(self._ended)

    async def _give_back(self) -> None:
        if not self._is_open and (claims := self._emptied()):
            await self._settle(claims, partial(release, claims, now=self.now()))

    def _emptied(self) -> list[Claim]:
        """Take everything off the pile."""
        claims = [*self._pile]
        self._pile.clear()
        self._open_tries += len(claims)
        return claims

    async def _settle(self, claims: Sequence[Claim], work: Callable[[StoreConnection], Sequence[Handled]]) -> None:
        """Write down what becomes of claims that were not tried."""
        try:
            handled = await self.recorder.write(work)
        finally:
            self._open_tries -= len(claims)
        self._account(handled)
        self.gave_back(len(claims) - len(handled))

    async def _write(self) -> None:
        """Write down the outcomes that came in, and as many new intents as may run ahead."""
        room = _IN_DOUBT * self._open_connections - self._open_tries + len(self._ended)
        if not self._ended and (room <= 0 or not self._pile):
            return
        letters = await self._composed(min(room, len(self._pile)))
        ended, self._ended = self._ended, []
        if not ended and not letters:
            self._coming = 0
            return
        now = self.now()
        group = Group(approved=self.approved, mailbox=self.mailbox, ended=ended, next=letters, now=now)
        written = await self.recorder.write(group.write)
        self._open_tries -= len(ended) + len(letters) - len(written.begun)
        self._coming = 0
        self._begun.extend((letter, now) for letter in written.begun)
        self._account(written.handled)
        self.gave_back(len(ended) + len(letters) - len(written.begun) - len(written.handled))
        self._work.set()

    async def _composed(self, count: int) -> list[Letter]:
        """Take the next of the pile and compose them; hold those that cannot be."""
        if count <= 0:
            return []
        claims = [self._pile.popleft() for _ in range(count)]
        self._coming = count
        self._open_tries += count
        threads = await self._threads(claims)
        letters: list[Letter] = []
        for claim in claims:
            try:
                letters.append(self._compose(claim, threads.get(claim.delivery.id)))
            except StoreError:
                raise
            except DripperError as error:
                await self._settle([claim], partial(hold, claim, reason=said(error), now=self.now()))
            except Exception as error:
                log.exception("delivery %s failed", claim.delivery.id)
                await self._settle([claim], partial(hold, claim, reason=_fault(error), now=self.now()))
        return letters

    async def _threads(self, claims: Sequence[Claim]) -> dict[int, Thread]:
        """Return what letters of a thread answer, by delivery."""
        answering = [claim for claim in claims if claim.course.campaign.thread]
        if not answering:
            return {}
        return await self.recorder.write(partial(_threads, answering))

    def _compose(self, claim: Claim, thread: Thread | None) -> Letter:
        now, course = self.now(), claim.course
        composed = self.approved.composer.compose(
            course.campaign, claim.message, course.recipient, shell=claim.revision.shell, date=now, thread=thread
        )
        signed = self.mailer.signed(composed.data, at=now)
        return Letter(claim, composed if signed is composed.data else replace(composed, data=signed))

    def _account(self, handled: Iterable[Handled]) -> None:
        for one in handled:
            self.tell(one)

    def _wake(self) -> None:
        """Let as many lines go on as there are letters, all of them where none comes any more."""
        count = len(self._waiting) if self._is_dry else len(self._begun)
        while self._waiting and count:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(None)
                count -= 1

    async def close(self) -> None:
        """Wait until everything under way has its outcome."""
        while self._books is not None or self._lines:
            self._work.set()
            await asyncio.wait({task for task in (self._books, *self._lines) if task is not None})


def _fault(error: Exception) -> str:
    return f"a fault of dripper: {type(error).__name__}: {error}"


def _threads(claims: Sequence[Claim], connection: StoreConnection) -> dict[int, Thread]:
    threads = {
        one.delivery.id: Thread.of(sent_to(connection, one.delivery.campaign, one.delivery.contact)) for one in claims
    }
    return {delivery: thread for delivery, thread in threads.items() if thread is not None}
