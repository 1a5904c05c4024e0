"""What is said on an open connection: commands go out together or one by one, and replies come back in their order.

aiosmtplib opens, protects and logs in; then this takes the transport over, because aiosmtplib loses the replies to
commands that were sent together (PIPELINING, RFC 2920), and waits for each reply in a task of its own.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import NamedTuple

# Of one reply, all its lines together.
_LONGEST_REPLY_OCTETS = 32_768
GARBAGE = -1
# By how the last line of a reply begins.
_CODES = {b"%d " % code: code for code in range(100, 1000)}


class Reply(NamedTuple):
    """What the server said to one command: the code, `GARBAGE` where there is none, and all its lines."""

    code: int
    lines: bytes

    @property
    def text(self) -> str:
        """Return the words without the codes."""
        if self.code == GARBAGE:
            return f"Malformed SMTP response line: {self.lines.decode('utf-8', 'replace')}"
        texts = [line[4:].strip() for line in self.lines.splitlines()]
        return b"\n".join(texts).decode("utf-8", "surrogateescape")


class Talk(asyncio.Protocol):
    """Both directions of one connection."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """Take a transport over; whatever used it before is still told when it is lost."""
        self._loop = asyncio.get_running_loop()
        self._transport = transport
        self._former = transport.get_protocol()
        self._given = b""
        self._replies: deque[Reply] = deque()
        self._hearing: asyncio.Future[None] | None = None
        self._leaving: asyncio.Future[None] | None = None
        # Until when whoever waits will wait, and what looks at it: one for many waits, as hardly one runs out.
        self._patient_until = 0.0
        self._watch: asyncio.TimerHandle | None = None
        self._is_stuck = False
        self._end: Exception | None = None
        transport.set_protocol(self)
        # So that "the buffer is empty" is told, and means that the kernel has taken everything.
        transport.set_write_buffer_limits(0)

    @property
    def is_open(self) -> bool:
        """Whether something may be said, and nothing was heard that nobody asked for."""
        return self._end is None and not self._replies and not self._transport.is_closing()

    def say(self, data: bytes) -> None:
        """Send `data`; raise `ConnectionError` where the connection is gone."""
        if self._end is not None or self._transport.is_closing():
            raise ConnectionError("Connection lost") from self._end
        self._transport.write(data)

    async def left(self, wait_s: float) -> None:
        """Return once the kernel has all that was said; raise `ConnectionError`, or `TimeoutError` after `wait_s`."""
        while self._is_stuck:
            self._leaving = self._loop.create_future()
            await self._wait(self._leaving, wait_s)

    async def reply(self, wait_s: float) -> Reply:
        """Return the next reply; raise `ConnectionError`, or `TimeoutError` after `wait_s`."""
        while not self._replies:
            self._hearing = self._loop.create_future()
            await self._wait(self._hearing, wait_s)
        return self._replies.popleft()

    async def _wait(self, until: asyncio.Future[None], wait_s: float) -> None:
        if self._end is not None:
            raise ConnectionError("Connection lost") from self._end
        self._patient_until = self._loop.time() + wait_s
        if self._watch is None or self._watch.when() > self._patient_until:
            self._stop_watching()
            self._watch = self._loop.call_at(self._patient_until, self._look)
        await until

    def _look(self) -> None:
        """Give up for whoever waits, or look again when that one will wait no longer."""
        self._watch = None
        waiting = [one for one in (self._hearing, self._leaving) if one is not None and not one.done()]
        if not waiting:
            return
        if self._loop.time() < self._patient_until:
            self._watch = self._loop.call_at(self._patient_until, self._look)
            return
        for one in waiting:
            one.set_exception(TimeoutError("Timed out waiting for server response"))

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def data_received(self, data: bytes) -> None:
        """Read whole replies."""
        given = self._given + data if self._given else data
        start = 0
        while end := given.find(b"\n", start) + 1:
            code = _CODES.get(given[start : start + 4])
            if code is None:
                end = _end_of_reply(given, start)
                if not end:
                    break
                code = _code_of(given, start, end)
            self._replies.append(Reply(code, given[start:end]))
            start = end
        self._given = given[start:]
        if len(self._given) > _LONGEST_REPLY_OCTETS:
            self._given = b""
            self._replies.append(Reply(GARBAGE, b"a reply without an end"))
        if self._replies:
            _wake(self._hearing)

    def pause_writing(self) -> None:
        """Note that the kernel could not take everything at once."""
        self._is_stuck = True

    def resume_writing(self) -> None:
        """Note that now it has."""
        self._is_stuck = False
        _wake(self._leaving)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._end = exc or ConnectionError("Connection lost")
        self._stop_watching()
        for waiting in (self._hearing, self._leaving):
            if waiting is not None and not waiting.done():
                lost = ConnectionError("Connection lost")
                lost.__cause__ = exc
                waiting.set_exception(lost)
        self._former.connection_lost(exc)


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


def _end_of_reply(given: bytes, start: int) -> int:
    """Return where the reply at `start` ends, 0 where it is not whole yet: its lines but the last have a hyphen."""
    while (end := given.find(b"\n", start) + 1) and given[start + 3 : start + 4] == b"-":
        start = end
    return end


def _code_of(given: bytes, start: int, end: int) -> int:
    """Return the code of the reply between two places, which is that of its last line."""
    last = given.rfind(b"\n", start, end - 1) + 1 or start
    return _CODES.get(given[last : last + 3] + b" ", GARBAGE)
