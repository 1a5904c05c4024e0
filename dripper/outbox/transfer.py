"""One open SMTP connection, over which messages are handed in, honest about how far each of them came.

What a failure means depends on the phase it happened in, so the transfer is spoken here and not by a library.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.outbox.answers import answer_of_error, answer_of_reply
from dripper.outbox.talk import Talk
from dripper.outbox.wire import Envelope, Unconnected

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiosmtplib

    from dripper.outbox.talk import Reply

_LINE_END = re.compile(rb"\r\n|\r|\n")
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
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
        if _CONTROL.search(envelope.sender) or _CONTROL.search(envelope.recipient):
            return Answer(phase=Phase.MAIL, silence=Silence.GARBAGE, text="a control character stands in an address")
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
        mail = f"MAIL FROM:<{envelope.sender}>{options}\r\n"
        commands = [mail, f"RCPT TO:<{envelope.recipient}>\r\n", "DATA\r\n"]
        steps: Sequence[_Step] = _STEPS
        if not self._is_fresh:
            steps, commands = _STEPS_AGAIN, ["RSET\r\n", *commands]
        self._is_fresh = False
        if self._takes_many:
            commands = ["".join(commands)]
        for place, step in enumerate(steps):
            try:
                if place < len(commands):
                    self._talk.say(commands[place].encode())
                reply = await self._talk.reply(self._patience_for(step))
            except OSError as error:
                answer = self._lost(step.phase, error)
            else:
                if reply.code // 100 == step.expected:
                    continue
                answer = _answer(step.phase, reply)
            if step is _RESET:
                self._in_step = False
                raise Unconnected(replace(answer, phase=Phase.CONNECT))
            if self._takes_many:
                await self._hear_out(answer, steps[place + 1 :])
            return answer
        return None

    def _patience_for(self, step: _Step) -> float:
        return self._timeouts.data_s if step is _DATA else self._timeouts.command_s

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
            return _answer(phase, await self._talk.reply(wait_s))
        except OSError as error:
            return self._lost(phase, error)

    def _lost(self, phase: Phase, error: OSError) -> Answer:
        self._in_step = False
        return answer_of_error(phase, error)

    async def _deliver(self, content: bytes) -> Answer:
        """Write text and final dot; as long as a part of them has not left, the server cannot have seen the dot."""
        phase = Phase.BODY
        try:
            self._talk.say(stuffed(content) + b".\r\n")
            await self._talk.left(self._timeouts.body_s)
            phase = Phase.DOT
            return _answer(phase, await self._talk.reply(self._timeouts.dot_s))
        except OSError as error:
            self.abandon()
            return answer_of_error(phase, error)


def hang_up(client: aiosmtplib.SMTP) -> None:
    """Close at once; TLS would otherwise wait half a minute for the server's own goodbye."""
    if client.transport is not None:
        _transport_of(client).abort()
    client.close()


async def let_close() -> None:
    """Give closed transports the rounds of the loop that they need, TLS two more, to let go of their sockets."""
    for _ in range(3):
        await asyncio.sleep(0)


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


def _transport_of(client: aiosmtplib.SMTP) -> asyncio.Transport:
    """Return the transport of an open connection; that of uvloop is one by what it does, not by its class."""
    return cast("asyncio.Transport", client.transport)


def _answer(phase: Phase, reply: Reply) -> Answer:
    return answer_of_reply(phase, reply.code, reply.text)
