"""Opens SMTP connections: connected, protected, logged in by aiosmtplib; what follows is spoken by `transfer`."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import aiosmtplib

from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import DripperError
from dripper.outbox.answers import answer_of_error, one_line
from dripper.outbox.transfer import SmtpConnection, Timeouts, hang_up, let_close
from dripper.outbox.wire import Unconnected
from dripper.workspace.model.settings import Security

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from dripper.workspace.model.settings import Smtp


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
    timeouts: Timeouts = Timeouts()  # noqa: RUF009 - frozen


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
