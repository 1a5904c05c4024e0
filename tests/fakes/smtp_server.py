"""Mail servers for tests, each in a thread of its own: a good one (aiosmtpd) and one that misbehaves as told."""

from __future__ import annotations

import asyncio
import re
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ssl import SSLContext
from threading import Thread
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
# What a rude server may do instead of answering.
DROP = "drop the connection"
HANG = "never answer"
# After the final dot: take the message and drop the connection before saying so.
TAKE_AND_DROP = "take it, then drop"
# What it answers where it is not told otherwise.
_POLITE = {
    "CONNECT": "220 rude.example ESMTP",
    "EHLO": "250-rude.example\r\n250 ENHANCEDSTATUSCODES",
    "HELO": "250 rude.example",
    "MAIL": "250 2.1.0 fine",
    "RCPT": "250 2.1.5 fine",
    "DATA": "354 go on",
    "BODY": "",
    "DOT": "250 2.0.0 taken",
    "RSET": "250 2.0.0 forgotten",
    "QUIT": "221 2.0.0 bye",
}
PHASES = ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "BODY", "DOT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message that a server took on itself."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message_id(self) -> str:
        """Return its Message-ID."""
        found = re.search(rb"^Message-ID: (\S+)", self.content, re.MULTILINE | re.IGNORECASE)
        assert found is not None, self.content
        return found[1].decode()


class _Server:
    """Runs an asyncio server in a thread while the `with` block lasts."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[Taken] = []
        self.connections = 0
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name=type(self).__name__, daemon=True)

    async def _listen(self) -> asyncio.Server:
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._server = self._loop.run_until_complete(self._listen())
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(3):
            await asyncio.sleep(0)


class _Session(SMTP):
    """A session whose transports are known: aiosmtpd leaves the one below a failed TLS handshake open."""

    transports: list[asyncio.BaseTransport]

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transports.append(transport)
        super().connection_made(transport)


class Sink(_Server):
    """A correct server that takes everything; optionally only under TLS, and only for one user."""

    def __init__(
        self, *, tls: SSLContext | None = None, login: tuple[str, str] | None = None, utf8: bool = True
    ) -> None:
        super().__init__()
        self._tls = tls
        self._login = login
        self._utf8 = utf8
        self._transports: list[asyncio.BaseTransport] = []

    async def _close(self) -> None:
        await super()._close()
        for transport in self._transports:
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()
        await asyncio.sleep(0.01)

    async def _listen(self) -> asyncio.Server:
        return await self._loop.create_server(self._session, HOST, 0)

    def _session(self) -> SMTP:
        self.connections += 1
        session = _Session(
            self,
            enable_SMTPUTF8=self._utf8,
            tls_context=self._tls,
            require_starttls=self._tls is not None,
            authenticator=self._authenticate if self._login else None,
            auth_required=self._login is not None,
            auth_require_tls=self._tls is not None,
            loop=self._loop,
        )
        session.transports = self._transports
        return session

    def _authenticate(self, server: SMTP, session: Session, envelope: Envelope, kind: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        right = (data.login.decode(), data.password.decode()) == self._login
        return AuthResult(success=right, handled=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Take one message."""
        assert isinstance(envelope.original_content, bytes)
        sender = envelope.mail_from or ""
        self.taken.append(Taken(sender=sender, recipient=envelope.rcpt_tos[0], content=envelope.original_content))
        return f"250 2.0.0 taken as {len(self.taken)}"


class TokenSink(Sink):
    """A correct server that logs in by XOAUTH2 as well, and tells what is wrong with a token as Google does."""

    def __init__(self, user: str, token: str, *, tls: SSLContext | None = None) -> None:
        super().__init__(tls=tls, login=(user, token))
        self.token = token
        self._wanted_user = user

    async def auth_XOAUTH2(self, server: SMTP, arguments: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name
        """Compare user and token (https://developers.google.com/gmail/imap/xoauth2-protocol)."""
        said = b64decode(arguments[1]).decode()
        if said == f"user={self._wanted_user}\x01auth=Bearer {self.token}\x01\x01":
            return AuthResult(success=True, auth_data=self._wanted_user)
        await server.challenge_auth('{"status":"400","schemes":"Bearer"}')
        return AuthResult(success=False, handled=False)


Behaviour = str | Sequence[str]


class Rude(_Server):
    """A server that answers as it is told: a reply, `DROP`, `HANG` or `TAKE_AND_DROP`, by phase.

    A sequence is used up one by one over all connections, and its last item stays. `watch` is told of each phase with
    the recipient when it is reached, before anything is answered, in the server's thread.
    """

    def __init__(
        self,
        behaviour: Mapping[str, Behaviour] | None = None,
        *,
        watch: Callable[[str, str], None] = lambda _phase, _recipient: None,
        delay_s: float = 0,
    ) -> None:
        super().__init__()
        self._behaviour = {**_POLITE, **(behaviour or {})}
        self._used: dict[str, int] = {}
        self._watch = watch
        self._delay_s = delay_s

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, HOST, 0)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await _Talk(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.transport.abort()

    def next_of(self, phase: str) -> str:
        """Return what to do this time."""
        told = self._behaviour.get(phase, "500 5.5.1 what?")
        if isinstance(told, str):
            return told
        index = self._used.get(phase, 0)
        self._used[phase] = index + 1
        return told[min(index, len(told) - 1)]

    async def pause(self, phase: str, recipient: str) -> None:
        """Tell the watcher, and take one's time."""
        self._watch(phase, recipient)
        if self._delay_s:
            await asyncio.sleep(self._delay_s)


class _DroppedError(ConnectionError):
    pass


class _Talk:
    """One connection to a rude server."""

    def __init__(self, server: Rude, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._sender = ""
        self._recipient = ""

    async def run(self) -> None:
        await self._answer("CONNECT")
        while line := await self._reader.readline():
            verb = line.split()[0].decode().upper() if line.split() else ""
            address = re.search(rb"<(.*?)>", line)
            if verb == "MAIL" and address:
                self._sender, self._recipient = address[1].decode(), ""
            if verb == "RCPT" and address:
                self._recipient = address[1].decode()
            said = await self._answer(verb)
            if verb == "DATA" and said.startswith("354"):
                await self._take()
            if verb == "QUIT":
                return

    async def _take(self) -> None:
        first = await self._reader.readline()
        await self._server.pause("BODY", self._recipient)
        told = self._server.next_of("BODY")
        if told == DROP:
            raise _DroppedError
        rest = b"" if first == b".\r\n" else await self._reader.readuntil(b"\r\n.\r\n")
        content = (first + rest).removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
        await self._server.pause("DOT", self._recipient)
        told = self._server.next_of("DOT")
        if told.startswith("2") or told == TAKE_AND_DROP:
            taken = Taken(sender=self._sender, recipient=self._recipient, content=content)
            self._server.taken.append(taken)
        await self._do(told)

    async def _answer(self, phase: str) -> str:
        await self._server.pause(phase, self._recipient)
        told = self._server.next_of(phase)
        await self._do(told)
        return told

    async def _do(self, told: str) -> None:
        if told in (DROP, TAKE_AND_DROP):
            raise _DroppedError
        if told == HANG:
            await asyncio.sleep(3600)
        if told:
            self._writer.write(told.encode() + b"\r\n")
            await self._writer.drain()
        if told.startswith("421"):
            raise _DroppedError
