"""The connections of one mailbox: at most so many at once, opened when needed, used again after RSET."""

from __future__ import annotations

import asyncio
import ipaddress
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

from dripper.drip.addresses import ascii_domain
from dripper.drip.outcome import Phase
from dripper.errors import MailboxError
from dripper.outbox.secret import fetch
from dripper.outbox.signature import signer_of
from dripper.outbox.smtp import Server, open_connection
from dripper.outbox.transfer import SmtpConnection, Timeouts, let_close
from dripper.outbox.wire import Unconnected
from dripper.workspace.model.settings import Auth, Security

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from dripper.drip.outcome import Answer
    from dripper.drip.signing import Signer
    from dripper.workspace.model.settings import Mailbox, Smtp


class SmtpMailer:
    """A `Mailer` that speaks SMTP."""

    def __init__(self, mailbox: str, server: Server, *, connections: int, signer: Signer | None = None) -> None:
        """Refuse an unprotected connection to another machine with `MailboxError`."""
        smtp = server.smtp
        if smtp.security is Security.NONE and not is_loopback(smtp.host):
            raise MailboxError(
                mailbox,
                f'{smtp.host} is another machine, and security = "none" would show everything on the way',
                cure='write security = "starttls" or "tls" in dripper.toml',
            )
        self._server = server
        self._signer = signer
        self._free = asyncio.Semaphore(connections)
        self._idle: list[SmtpConnection] = []

    def signed(self, content: bytes, *, at: datetime) -> bytes:
        """Return a message with the mailbox's signature of the time `at`, where it has a key."""
        return content if self._signer is None else self._signer.signed(content, at=at)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[SmtpConnection]:
        """Lend a connection, opened or freshly reset; wait while all are lent; raise `Unconnected` where none opens."""
        async with self._free:
            lent = await self._ready()
            try:
                yield lent
            except BaseException:
                lent.abandon()
                raise
            if lent.is_usable:
                self._idle.append(lent)
            else:
                lent.abandon()

    async def close(self) -> None:
        """Say goodbye on all idle connections."""
        idle, self._idle = self._idle, []
        await asyncio.gather(*(connection.quit() for connection in idle))
        await let_close()

    async def _ready(self) -> SmtpConnection:
        # A server may have closed an idle connection; RSET finds out while nothing is at stake yet.
        while self._idle:
            connection = self._idle.pop()
            if await connection.reset():
                return connection
            connection.abandon()
        try:
            return await open_connection(self._server)
        except Unconnected as error:
            if not self._has_another_token(error.answer):
                raise
        return await open_connection(self._server)

    def _has_another_token(self, answer: Answer) -> bool:
        """Whether the server refused a token that was kept: a provider may end one before its time."""
        if self._server.smtp.oauth is None or answer.phase is not Phase.AUTH or answer.code is None:
            return False
        from dripper.outbox.access_tokens import AccessTokens

        return isinstance(self._server.token, AccessTokens) and self._server.token.forget()


def smtp_mailer(
    name: str, mailbox: Mailbox, *, root: Path, environment: Mapping[str, str], real_now: Callable[[], datetime]
) -> SmtpMailer:
    """Make the mailer of a mailbox as the settings describe it; `MailboxError` where its secret cannot be had.

    `real_now` is the real clock's, also in a rehearsal: a token ends by it.
    """
    smtp = mailbox.smtp
    if smtp is None:
        raise MailboxError(name, "has no server", cure='write smtp = { host = "…" }, or via = "drafts"')
    server = server_of(name, mailbox, smtp, root=root, environment=environment, real_now=real_now)
    signer = signer_of(name, mailbox, root=root, environment=environment)
    return SmtpMailer(name, server, connections=mailbox.limits.most_connections, signer=signer)


def server_of(
    name: str,
    mailbox: Mailbox,
    smtp: Smtp,
    *,
    root: Path,
    environment: Mapping[str, str],
    real_now: Callable[[], datetime],
    timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
) -> Server:
    """Return a mailbox's server with its secret; `MailboxError` where that cannot be had.

    A token is fetched anew for each connection, and here only to see that it can be; one that a provider gives for a
    refresh token is asked for with the first connection, and kept as long as it holds.
    """
    fetched = partial(fetch, mailbox=name, user=smtp.user or "", root=root, environment=environment)
    password: str | None = None
    token: Callable[[], str] | None = None
    if smtp.user is not None and smtp.auth is Auth.XOAUTH2 and smtp.oauth is not None:
        from dripper.outbox.access_tokens import access_tokens

        token = access_tokens(name, smtp, smtp.oauth, root=root, environment=environment, real_now=real_now)
    elif smtp.user is not None and smtp.auth is Auth.XOAUTH2 and smtp.token is not None:
        token = partial(fetched, smtp.token, what="token")
        token()
    elif smtp.user is not None and smtp.password is not None:
        password = fetched(smtp.password)
    domain = ascii_domain(mailbox.from_.address.rpartition("@")[2])
    return Server(smtp=smtp, password=password, token=token, greeting_name=domain, timeouts=timeouts)


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine itself, so that no one listens on the way."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
