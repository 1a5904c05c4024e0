"""One SMTP connection: opened, protected, logged in, and honest about how far a transfer came.

Uses aiosmtplib's public commands one by one, because what a failure means depends on the phase it happened in.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiosmtplib

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import DripperError
from dripper.outbox.answers import answer_of_error, answer_of_reply, one_line
from dripper.outbox.wire import Envelope, Unconnected
from dripper.workspace.model.settings import Security

if TYPE_CHECKING:
    from collections.abc import Callable

    from dripper.workspace.model.settings import Smtp

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long to wait for the server, in seconds (RFC 5321 §4.5.3.2)."""

    connect_s: float = 60
    command_s: float = 300
    data_s: float = 120
    body_s: float = 180
    dot_s: float = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where a mailbox's messages are handed in, and how."""

    smtp: Smtp
    password: str | None = field(default=None, repr=False)
    # Fetches the access token of a log-in by XOAUTH2, each time one is needed; it may raise `DripperError`.
    token: Callable[[], str] | None = field(default=None, repr=False)
    # The name we greet with; the domain of the sender's address.
    greeting_name: str
    # None: the system's certificates.
    tls: ssl.SSLContext | None = None
    timeouts: Timeouts = Timeouts()


class SmtpConnection:
    """An open connection; `transfer` may be called again after `reset`, as long as it is usable."""

    def __init__(self, client: aiosmtplib.SMTP, timeouts: Timeouts, greeting: str = "") -> None:
        self._client = client
        # What the server said first.
        self.greeting = greeting
        self._timeouts = timeouts
        # False once both sides may disagree about what was said.
        self._in_step = True

    @property
    def is_usable(self) -> bool:
        """Whether another transfer may be tried on it."""
        return self._in_step and self._client.is_connected

    @property
    def offers(self) -> dict[str, str]:
        """Return the server's extensions, in lower case, with their arguments."""
        return dict(self._client.esmtp_extensions)

    @property
    def certificate(self) -> dict[str, Any] | None:
        """Return the server's certificate as `ssl` shows it, `None` where the connection is not protected."""
        found: dict[str, Any] | None = self._client.get_transport_info("peercert")
        return found

    async def transfer(self, envelope: Envelope) -> Answer:
        """Hand over one message and return how it ended; a failure of the wire is an answer too, never raised."""
        needs_utf8 = not (envelope.sender + envelope.recipient).isascii()
        if needs_utf8 and not self._client.supports_extension("smtputf8"):
            text = f"{envelope.recipient} needs a server that offers SMTPUTF8 (RFC 6531)"
            return Answer(phase=Phase.MAIL, silence=Silence.UNABLE, text=text)
        options = " BODY=8BITMIME SMTPUTF8" if needs_utf8 else ""
        for phase, command, expected, wait_s in (
            (Phase.MAIL, f"MAIL FROM:<{envelope.sender}>{options}", 2, self._timeouts.command_s),
            (Phase.RCPT, f"RCPT TO:<{envelope.recipient}>", 2, self._timeouts.command_s),
            (Phase.DATA, "DATA", 3, self._timeouts.data_s),
        ):
            answer = await self._say(phase, command, wait_s)
            if answer.code is None or answer.code // 100 != expected:
                return self._noted(answer)
        return self._noted(await self._deliver(envelope.content))

    async def reset(self) -> bool:
        """Make the connection ready for another message; `False` where it is better closed."""
        if not self.is_usable:
            return False
        answer = await self._say(Phase.MAIL, "RSET", self._timeouts.command_s)
        return answer.code == 250

    async def quit(self) -> None:
        """Say goodbye, without waiting long for the answer."""
        if self._client.is_connected:
            with suppress(aiosmtplib.SMTPException, OSError):
                await self._client.execute_command(b"QUIT", timeout=2)
        self.abandon()
        await let_close()

    def abandon(self) -> None:
        """Close without a word."""
        hang_up(self._client)

    def _noted(self, answer: Answer) -> Answer:
        if answer.code is None or answer.code == 421 or (answer.code < 400 and answer.phase is not Phase.DOT):
            self._in_step = False
        return answer

    async def _say(self, phase: Phase, command: str, wait_s: float) -> Answer:
        try:
            reply = await self._client.execute_command(command.encode(), timeout=wait_s)
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            self._in_step = False
            return answer_of_error(phase, error)
        return answer_of_reply(phase, reply)

    async def _deliver(self, content: bytes) -> Answer:
        """Write the text, and only when all of it has left, the final dot; the one before decides what a drop means."""
        protocol = self._client.protocol
        phase = Phase.BODY
        try:
            if protocol is None:
                raise aiosmtplib.SMTPServerDisconnected("Connection lost")
            protocol.write(stuffed(content))
            await asyncio.wait_for(self._drain(), self._timeouts.body_s)
            phase = Phase.DOT
            protocol.write(b".\r\n")
            reply = await protocol.read_response(timeout=self._timeouts.dot_s)
        except (aiosmtplib.SMTPException, OSError) as error:
            self.abandon()
            return answer_of_error(phase, error)
        return answer_of_reply(Phase.DOT, reply)

    async def _drain(self) -> None:
        """Wait until the kernel has taken everything, so that a broken connection shows before the dot is written."""
        wait_s = 0.0
        while True:
            await asyncio.sleep(wait_s)
            transport = self._client.transport
            if not isinstance(transport, asyncio.WriteTransport) or transport.is_closing():
                raise aiosmtplib.SMTPServerDisconnected("Connection lost")
            if transport.get_write_buffer_size() == 0:
                return
            wait_s = 0.01


async def open_connection(server: Server, *, log_in: bool = True) -> SmtpConnection:
    """Connect, greet, protect and, with `log_in`, log in; raise `Unconnected` with the phase where that ended."""
    smtp, wait = server.smtp, server.timeouts
    client = aiosmtplib.SMTP(
        hostname=smtp.host,
        port=smtp.port,
        local_hostname=server.greeting_name,
        timeout=wait.command_s,
        use_tls=smtp.security is Security.TLS,
        start_tls=False,
        tls_context=server.tls,
    )
    phase = Phase.CONNECT
    try:
        greeting = await client.connect(timeout=wait.connect_s)
        phase = Phase.EHLO
        await _greet(client)
        if smtp.security is Security.STARTTLS:
            phase = Phase.TLS
            await _protect(client, wait)
        if smtp.user is not None and log_in:
            phase = Phase.AUTH
            await _log_in(client, smtp.user, server)
    except Unconnected:
        hang_up(client)
        await let_close()
        raise
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        hang_up(client)
        await let_close()
        raise Unconnected(answer_of_error(phase, error)) from error
    return SmtpConnection(client, wait, one_line(greeting.message))


def hang_up(client: aiosmtplib.SMTP) -> None:
    """Close at once; TLS would otherwise wait half a minute for the server's own goodbye."""
    if isinstance(client.transport, asyncio.WriteTransport):
        client.transport.abort()
    client.close()


async def let_close() -> None:
    """Give closed transports the rounds of the loop that they need, TLS two more, to let go of their sockets."""
    for _ in range(3):
        await asyncio.sleep(0)


async def _greet(client: aiosmtplib.SMTP) -> None:
    try:
        await client.ehlo()
    except aiosmtplib.SMTPHeloError:
        await client.helo()


async def _log_in(client: aiosmtplib.SMTP, user: str, server: Server) -> None:
    if server.token is None:
        await client.login(user, server.password or "")
        return
    if "xoauth2" not in client.server_auth_methods:
        text = "the server takes no token (AUTH XOAUTH2)"
        raise Unconnected(Answer(phase=Phase.AUTH, silence=Silence.UNABLE, text=text))
    try:
        token = await asyncio.to_thread(server.token)
    except DripperError as error:
        # What fetches it may work again in some minutes: the mailbox rests.
        raise Unconnected(Answer(phase=Phase.AUTH, silence=Silence.LOST, text=one_line(str(error)))) from error
    await client.auth_xoauth2(user, token)


async def _protect(client: aiosmtplib.SMTP, wait: Timeouts) -> None:
    if not client.supports_extension("starttls"):
        text = "the server offers no STARTTLS, and nothing is sent unprotected"
        raise Unconnected(Answer(phase=Phase.TLS, silence=Silence.INSECURE, text=text))
    await client.starttls(timeout=wait.connect_s)
    await _greet(client)


def stuffed(content: bytes) -> bytes:
    """Return `content` for the wire: only CRLF ends a line, no line begins with a single dot, the last line is ended.

    A bare CR or LF would let one server see the end of a message where another sees none (SMTP smuggling).
    """
    lines = _LEADING_DOT.sub(b"..", _LINE_END.sub(b"\r\n", content))
    return lines if lines.endswith(b"\r\n") or not lines else lines + b"\r\n"
