"""One SMTP connection: opened, protected, logged in, and honest about how far a transfer came.

aiosmtplib opens it; the transfer itself is spoken here, because what a failure means depends on the phase it happened
in.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import aiosmtplib

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import DripperError
from dripper.outbox.answers import answer_of_error, answer_of_reply, one_line
from dripper.outbox.talk import Talk
from dripper.outbox.wire import Envelope, Unconnected
from dripper.workspace.model.settings import Security

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dripper.workspace.model.settings import Smtp

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")
_GO_ON = 354


class _Step(NamedTuple):
    """A command before the text, and with which digit the answer begins that lets the next follow."""

    phase: Phase
    expected: int


_RESET, _DATA = _Step(Phase.MAIL, 2), _Step(Phase.DATA, 3)
_STEPS = (_Step(Phase.MAIL, 2), _Step(Phase.RCPT, 2), _DATA)
_STEPS_AGAIN = (_RESET, *_STEPS)


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
    """An open connection; `transfer` may be called again as long as it is usable."""

    def __init__(self, client: aiosmtplib.SMTP, timeouts: Timeouts, greeting: str = "") -> None:
        """Take over the transport of `client`."""
        self._client = client
        self._talk = Talk(_transport_of(client))
        # What the server said first.
        self.greeting = greeting
        self._timeouts = timeouts
        self._takes_many = client.supports_extension("pipelining")
        # Whether nothing was handed over since it was opened or reset.
        self._is_fresh = True
        # False once both sides may disagree about what was said.
        self._in_step = True

    @property
    def is_usable(self) -> bool:
        """Whether another transfer may be tried on it."""
        return self._in_step and self._talk.is_open

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
        """Hand over one message and return how it ended; a failure of the wire is an answer too.

        Raises `Unconnected` where the connection, used before, turns out to be gone before anything was answered.
        """
        options = ""
        if not (envelope.sender.isascii() and envelope.recipient.isascii()):
            if not self._client.supports_extension("smtputf8"):
                text = f"{envelope.recipient} needs a server that offers SMTPUTF8 (RFC 6531)"
                return Answer(phase=Phase.MAIL, silence=Silence.UNABLE, text=text)
            options = " BODY=8BITMIME SMTPUTF8"
        answer = await self._address(envelope, options)
        return self._noted(answer or await self._deliver(envelope.content))

    async def reset(self) -> bool:
        """Make the connection ready for another message; `False` where it is better closed."""
        if self.is_usable and not self._is_fresh:
            answer = await self._ask(_RESET.phase, b"RSET\r\n", self._timeouts.command_s)
            self._is_fresh = self._in_step = answer.code == 250
        return self.is_usable

    async def quit(self) -> None:
        """Say goodbye, without waiting long for the answer."""
        if self.is_usable:
            await self._ask(Phase.MAIL, b"QUIT\r\n", 2)
        self.abandon()
        await let_close()

    def abandon(self) -> None:
        """Close without a word."""
        hang_up(self._client)

    async def _address(self, envelope: Envelope, options: str) -> Answer | None:
        """Say who writes to whom, all at once where the server takes that; return what is in the way of the text."""
        commands = [
            f"MAIL FROM:<{envelope.sender}>{options}\r\n".encode(),
            f"RCPT TO:<{envelope.recipient}>\r\n".encode(),
            b"DATA\r\n",
        ]
        steps: Sequence[_Step] = _STEPS
        if not self._is_fresh:
            steps, commands = _STEPS_AGAIN, [b"RSET\r\n", *commands]
        self._is_fresh = False
        if any(_CONTROL.search(command, 0, len(command) - 2) for command in commands):
            return Answer(phase=Phase.MAIL, silence=Silence.GARBAGE, text="a control character stands in an address")
        together = b"".join(commands) if self._takes_many else b""
        for place, (step, command) in enumerate(zip(steps, commands, strict=True)):
            said = together if not place else b""
            wait_s = self._timeouts.data_s if step is _DATA else self._timeouts.command_s
            answer = await self._ask(step.phase, said if self._takes_many else command, wait_s)
            if answer.code is not None and answer.code // 100 == step.expected:
                continue
            if step is _RESET:
                self._in_step = False
                raise Unconnected(replace(answer, phase=Phase.CONNECT))
            if self._takes_many:
                await self._hear_out(answer, steps[place + 1 :])
            return answer
        return None

    async def _hear_out(self, answer: Answer, left: Sequence[_Step]) -> None:
        """Hear what the server says to the commands that were sent along with a refused one.

        Where it waits for a text all the same, it gets an empty one, for nobody (RFC 2920 §3.1).
        """
        for step in left:
            if answer.code is None or not self._in_step:
                return
            answer = await self._ask(step.phase, b"", self._timeouts.command_s)
            if step is _DATA and answer.code == _GO_ON:
                await self._ask(Phase.DOT, b".\r\n", self._timeouts.dot_s)

    def _noted(self, answer: Answer) -> Answer:
        if answer.code is None or answer.code == 421 or (answer.code < 400 and answer.phase is not Phase.DOT):
            self._in_step = False
        return answer

    async def _ask(self, phase: Phase, said: bytes, wait_s: float) -> Answer:
        try:
            if said:
                self._talk.say(said)
            reply = await self._talk.reply(wait_s)
        except OSError as error:
            self._in_step = False
            return answer_of_error(phase, error)
        return answer_of_reply(phase, reply)

    async def _deliver(self, content: bytes) -> Answer:
        """Write text and final dot; as long as a part of them has not left, the server cannot have seen the dot."""
        phase = Phase.BODY
        try:
            self._talk.say(stuffed(content) + b".\r\n")
            await self._talk.left(self._timeouts.body_s)
            phase = Phase.DOT
            reply = await self._talk.reply(self._timeouts.dot_s)
        except OSError as error:
            self.abandon()
            return answer_of_error(phase, error)
        return answer_of_reply(Phase.DOT, reply)


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
    if client.transport is not None:
        _transport_of(client).abort()
    client.close()


def _transport_of(client: aiosmtplib.SMTP) -> asyncio.Transport:
    """Return the transport of an open connection; that of uvloop is one by what it does, not by its class."""
    return cast("asyncio.Transport", client.transport)


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
    breaks = content.count(b"\r\n")
    is_clean = breaks == content.count(b"\r") == content.count(b"\n") and content.endswith(b"\r\n")
    if is_clean and b"\r\n." not in content and not content.startswith(b"."):
        return content
    lines = _LEADING_DOT.sub(b"..", _LINE_END.sub(b"\r\n", content))
    return lines if lines.endswith(b"\r\n") or not lines else lines + b"\r\n"
