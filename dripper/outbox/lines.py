"""The lines of a mailbox: each is a connection, and hands over one letter after the other."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, cast

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.outbox.books import Try
from dripper.outbox.letters import fault
from dripper.outbox.wire import Envelope, Unconnected

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from dripper.outbox.letters import Letter
    from dripper.outbox.wire import Connection, Mailer

log = logging.getLogger(__name__)


class Begun(NamedTuple):
    """A letter whose intent is on the disk, and since when."""

    letter: Letter
    at: datetime


@dataclass(slots=True, kw_only=True)
class Lines:
    """Those of one mailbox; they end where no letter comes any more."""

    mailbox: str
    mailer: Mailer
    # Whether further letters come.
    is_dry: Callable[[], bool]
    # Told of each letter that was handed over, with the server's answer.
    ended: Callable[[Try], None]
    # Told where no connection opens, and for which letter, where one was begun.
    unconnected: Callable[[Answer, Begun | None], Awaitable[None]]
    # Told of a fault of the program, and whenever a line opens or ends.
    failed: Callable[[Exception], None]
    changed: Callable[[], None]
    # How many connections are open.
    open: int = 0
    begun: deque[Begun] = field(default_factory=deque)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _waiting: deque[asyncio.Future[None]] = field(default_factory=deque)

    @property
    def tasks(self) -> frozenset[asyncio.Task[None]]:
        """Return the lines that have not ended."""
        return frozenset(task for task in self._tasks if not task.done())

    def start(self, count: int) -> None:
        """Have `count` lines."""
        for _ in range(count - len(self._tasks)):
            self._tasks.add(asyncio.create_task(self._serve()))

    def give(self, letters: Iterable[Begun]) -> None:
        """Have letters handed over."""
        self.begun.extend(letters)
        self.wake()

    def wake(self) -> None:
        """Let as many lines go on as there are letters, all of them where none comes any more."""
        count = len(self._waiting) if self.is_dry() else len(self.begun)
        while self._waiting and count:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(None)
                count -= 1

    async def _serve(self) -> None:
        """Hand over what there is, over one connection after the other."""
        left: Begun | None = None
        try:
            while left is not None or not self.is_dry():
                left = await self._serve_once(left)
        except Exception as error:  # noqa: BLE001 - told to whoever keeps the books
            self.failed(error)
        finally:
            # At once, so that `start` never counts on a line that has ended.
            self._tasks.discard(cast("asyncio.Task[None]", asyncio.current_task()))
            self.changed()

    async def _serve_once(self, left: Begun | None) -> Begun | None:
        """Use one connection; return the letter that it turned out to be gone for."""
        try:
            async with self.mailer.connection() as connection:
                self.open += 1
                self.changed()
                try:
                    return await self._use(connection, left)
                finally:
                    self.open -= 1
        except Unconnected as error:
            answer = error.answer
        except Exception as error:
            log.exception("mailbox %s cannot be used", self.mailbox)
            answer = Answer(phase=Phase.CONNECT, silence=Silence.LOST, text=fault(error))
        await self.unconnected(answer, left)
        return None

    async def _use(self, connection: Connection, left: Begun | None) -> Begun | None:
        while connection.is_usable:
            one = left or await self._next()
            left = None
            if one is None:
                return None
            composed = one.letter.composed
            envelope = Envelope(sender=composed.sender, recipient=composed.recipient, content=composed.data)
            try:
                answer = await connection.transfer(envelope)
            except Unconnected:
                return one
            except Exception as error:
                # How far it came, nobody knows.
                log.exception("delivery %s failed", one.letter.claim.delivery.id)
                answer = Answer(phase=Phase.DOT, silence=Silence.LOST, text=fault(error))
            self.ended(Try.of(one.letter, one.at, answer))
        return left

    async def _next(self) -> Begun | None:
        """Return the next letter; `None` where none comes any more."""
        while not self.begun:
            if self.is_dry():
                return None
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting
        return self.begun.popleft()
