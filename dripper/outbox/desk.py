"""The desk of one mailbox: claimed messages are composed, written down, and handed over by a few lines at once.

One connection is one line. The intents of the next messages and the outcomes of the last share a transaction, and so
few intents run ahead that a kill leaves at most two messages per open connection in doubt.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from dripper.drip.outcome import MailboxEffect
from dripper.errors import StoreError
from dripper.outbox.books import Group, Try
from dripper.outbox.giving_back import hold, release, unconnected
from dripper.outbox.letters import Letter, fault, letter_of, threads_of
from dripper.outbox.lines import Begun, Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection as StoreConnection

    from dripper.drip.outcome import Answer
    from dripper.drip.sending import Handled
    from dripper.drip.thread import Thread
    from dripper.outbox.approved import Approved
    from dripper.outbox.recorder import Recorder
    from dripper.outbox.taking import Claim
    from dripper.outbox.wire import Mailer


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
    _ended: list[Try] = field(default_factory=list)
    # Intents on the disk, or on their way to it, without an outcome there.
    _open_tries: int = 0
    # Letters that are being composed and written down.
    _coming: int = 0
    _books: asyncio.Task[None] | None = None
    _work: asyncio.Event = field(default_factory=asyncio.Event)
    # Set when all letters that were begun have an outcome.
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _lines: Lines = field(init=False)

    def __post_init__(self) -> None:
        self._lines = Lines(
            mailbox=self.mailbox,
            mailer=self.mailer,
            is_dry=self._is_dry,
            ended=self._end,
            unconnected=self._note_unconnected,
            failed=self._fail,
            changed=self._work.set,
        )

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
        self._lines.start(min(self.connections, len(self._pile)))
        self._work.set()

    def look(self) -> None:
        """Notice that the worker was told to stop."""
        self._work.set()

    @property
    def _is_open(self) -> bool:
        return not (self._is_shut or self.is_stopping() or self.failure)

    def _is_dry(self) -> bool:
        """Whether nothing further comes for the lines."""
        return self.failure is not None or not (self._pile or self._lines.begun or self._coming)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError):
            log.error("mailbox %s failed", self.mailbox, exc_info=error)
            error = StoreError(fault(error), cure="`dripper status` shows what is in doubt; send the log with a report")
        self.failure = error

    def _end(self, one: Try) -> None:
        if one.outcome.mailbox is not MailboxEffect.NONE:
            self._is_shut = True
        self._ended.append(one)
        if not self._in_flight:
            self._idle.set()
        self._work.set()

    async def _note_unconnected(self, answer: Answer, left: Begun | None) -> None:
        """Write down that no connection opens: for the letter that was begun, else for all of the pile."""
        self._is_shut = True
        if left is not None:
            self._end(Try.of(*left, answer))
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
            except Exception as error:  # noqa: BLE001 - the worker raises it, once the open transfers have ended
                # What was sent and could not be recorded stays in doubt; nothing more is begun.
                self._fail(error)
            self._lines.wake()
            self.news.set()
        self._books = None
        if self.failure is not None:
            self._open_tries = 0
            self._pile.clear()
            self._lines.begun.clear()
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
        room = _IN_DOUBT * self._lines.open - self._open_tries + len(self._ended)
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
        self._lines.give(Begun(letter, now) for letter in written.begun)
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
        threads: dict[int, Thread] = {}
        if any(claim.course.campaign.thread for claim in claims):
            threads = await self.recorder.write(partial(threads_of, claims))
        letters: list[Letter] = []
        for claim in claims:
            thread = threads.get(claim.delivery.id)
            letter = letter_of(self.approved, self.mailer, claim, thread, now=self.now())
            if isinstance(letter, Letter):
                letters.append(letter)
            else:
                await self._settle([claim], partial(hold, claim, reason=letter, now=self.now()))
        return letters

    def _account(self, handled: Iterable[Handled]) -> None:
        for one in handled:
            self.tell(one)

    async def close(self) -> None:
        """Wait until everything under way has its outcome."""
        while tasks := {*self._lines.tasks, *([self._books] if self._books is not None else [])}:
            self._work.set()
            done, _ = await asyncio.wait(tasks)
            for task in done:
                # What could end one of them so is nothing to wait for again.
                task.result()
