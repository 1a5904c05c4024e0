"""Tries a log-in as sending does it, and hangs up: nothing is sent to anybody."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import TYPE_CHECKING

from dripper.drip.addresses import ascii_domain
from dripper.drip.outcome import Answer, Phase, Silence
from dripper.errors import DripperError, MailboxError
from dripper.outbox.pool import SmtpMailer
from dripper.outbox.smtp import Server
from dripper.outbox.transfer import Timeouts
from dripper.outbox.wire import Unconnected
from dripper.workspace.model.settings import Auth

if TYPE_CHECKING:
    from collections.abc import Callable

    from dripper.workspace.model.settings import Mailbox, Smtp

# A person waits for the answer.
QUICK = Timeouts(connect_s=10, command_s=20)


def try_log_in(
    name: str,
    mailbox: Mailbox,
    smtp: Smtp,
    password: str | None,
    *,
    token: Callable[[], str] | None = None,
    timeouts: Timeouts = QUICK,
) -> None:
    """Log in and say goodbye; raise `MailboxError` with the server's words, which never show the password."""
    domain = ascii_domain(mailbox.from_.address.rpartition("@")[2])
    try_server(name, Server(smtp=smtp, password=password, token=token, greeting_name=domain, timeouts=timeouts))


def try_server(name: str, server: Server) -> None:
    """Do the same with a server that has its secret, or fetches it."""
    mailer = SmtpMailer(name, server, connections=1)
    smtp = server.smtp

    async def log_in() -> None:
        try:
            async with mailer.connection():
                pass
        finally:
            await mailer.close()

    try:
        asyncio.run(log_in())
    except Unconnected as error:
        if isinstance(error.__cause__, DripperError):
            # What fetches the token knows better what to do than the server's phase.
            raise MailboxError(name, str(error.__cause__), cure=error.__cause__.cure) from None
        said = covered(words_of(error.answer), server.password or "", smtp.user or "")
        raise MailboxError(name, said, cure=cure_of(error.answer, smtp)) from None


def words_of(answer: Answer) -> str:
    """Return in one sentence how far opening a connection came."""
    said = f"{answer.code} {answer.text}" if answer.code else answer.text
    return f"{_ENDED[answer.phase]}: {said}"


def cure_of(answer: Answer, smtp: Smtp) -> str:
    """Return what a person may do about it."""
    where = f"{smtp.host}:{smtp.port}"
    if answer.silence is Silence.INSECURE or answer.phase is Phase.TLS:
        return f'port 587 is security = "starttls", 465 is "tls", and the certificate must be that of {smtp.host}'
    if answer.phase is Phase.AUTH and answer.silence is Silence.UNABLE:
        return f"{where} takes no such log-in; ask who runs it for host and port of sending (submission)"
    if answer.phase is Phase.AUTH and answer.code is not None and answer.code >= 500:
        if smtp.auth is Auth.XOAUTH2:
            renews = "Log in anew at the provider" if smtp.oauth else "Run what prints it"
            return f"is the token that of {smtp.user}, for sending, and renewed in time? {renews}"
        return f"is {smtp.user} the user, and this its password? After two steps a provider wants an app password"
    if answer.phase is Phase.CONNECT and answer.code is None:
        return f"look at host and port ({where}); a firewall may shut them, and many networks shut port 25"
    return "try it again in some minutes; if it stays so, ask who runs the server"


def covered(text: str, password: str, user: str) -> str:
    """Return a server's words without the password, also as it went over the wire."""
    if not password:
        return text
    raw = password.encode("utf-8", "surrogateescape")
    login = b64encode(b"\0" + user.encode("utf-8", "surrogateescape") + b"\0" + raw).decode()
    for word in sorted((password, login, b64encode(raw).decode()), key=len, reverse=True):
        text = text.replace(word, "•••")
    return text


_ENDED = {
    Phase.CONNECT: "there is no connection",
    Phase.EHLO: "the server does not greet",
    Phase.TLS: "the connection cannot be protected",
    Phase.AUTH: "the server refuses the log-in",
}
