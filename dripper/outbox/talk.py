"""What is said on an open connection: commands go out together or one by one, and replies come back in their order.

aiosmtplib opens, protects and logs in; then this takes the transport over, because aiosmtplib loses the replies to
commands that were sent together (PIPELINING, RFC 2920), and waits for each reply in a task of its own.
"""

from __future__ import annotations

import asyncio
from collections import deque

from aiosmtplib import SMTPResponse

# Of one reply, all its lines together.
_LONGEST_REPLY_OCTETS = 32_768
_GARBAGE = -1


class Talk(asyncio.Protocol):
    """Both directions of one connection."""

    def __init__(self, transport: asyncio.Transport) -> None:
        """Take a transport over; whatever used it before is still told when it is lost."""
        self._loop = asyncio.get_running_loop()
        self._transport = transport
        self._former = transport.get_protocol()
        self._given = b""
        self._replies: deque[SMTPResponse] = deque()
        self._hearing: asyncio.Future[None] | None = None
        self._leaving: asyncio.Future[None] | None = None
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

    async def reply(self, wait_s: float) -> SMTPResponse:
        """Return the next reply, the code -1 for what is none; raise `ConnectionError`, or `TimeoutError`."""
        while not self._replies:
            self._hearing = self._loop.create_future()
            await self._wait(self._hearing, wait_s)
        return self._replies.popleft()

    async def _wait(self, until: asyncio.Future[None], wait_s: float) -> None:
        if self._end is not None:
            raise ConnectionError("Connection lost") from self._end
        patience = self._loop.call_later(wait_s, _give_up, until)
        try:
            await until
        finally:
            patience.cancel()

    def data_received(self, data: bytes) -> None:
        """Read whole replies."""
        self._given += data
        while self._given and (end := _end_of_reply(self._given)):
            self._replies.append(_reply_of(self._given[:end]))
            self._given = self._given[end:]
        if len(self._given) > _LONGEST_REPLY_OCTETS:
            self._given = b""
            self._replies.append(SMTPResponse(_GARBAGE, "a reply without an end"))
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
        for waiting in (self._hearing, self._leaving):
            if waiting is not None and not waiting.done():
                lost = ConnectionError("Connection lost")
                lost.__cause__ = exc
                waiting.set_exception(lost)
        self._former.connection_lost(exc)


def _give_up(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError("Timed out waiting for server response"))


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


def _end_of_reply(given: bytes) -> int:
    """Return where the first reply ends, 0 where its last line has not come yet; each but the last has a hyphen."""
    start = 0
    while (end := given.find(b"\n", start) + 1) and given[start + 3 : start + 4] == b"-":
        start = end
    return end


def _reply_of(lines: bytes) -> SMTPResponse:
    try:
        code = int(lines[lines.rfind(b"\n", 0, -1) + 1 :][:3])
    except ValueError:
        return SMTPResponse(_GARBAGE, f"Malformed SMTP response line: {lines.decode('utf-8', 'replace')}")
    texts = [line[4:].strip() for line in lines.splitlines()]
    return SMTPResponse(code, b"\n".join(texts).decode("utf-8", "surrogateescape"))
