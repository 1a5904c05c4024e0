"""Looks at a mail server without logging in: what it offers, how long its certificate holds, what time it has."""

from __future__ import annotations

import asyncio
import re
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from dripper.drip.addresses import ascii_domain
from dripper.drip.checkup import Probed
from dripper.outbox.smtp import Server, open_connection
from dripper.outbox.transfer import SmtpConnection, Timeouts

if TYPE_CHECKING:
    from dripper.workspace.model.settings import Mailbox, Smtp

# As Exim and Sendmail greet: "Tue, 1 Dec 2026 09:30:00 +0100".
_DATE = re.compile(r"[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


def probe(mailbox: Mailbox, smtp: Smtp, *, timeouts: Timeouts) -> Probed:
    """Connect, protect the connection, look, and say goodbye; raise `Unconnected` where it does not come to that."""
    domain = ascii_domain(mailbox.from_.address.rpartition("@")[2])
    server = Server(smtp=smtp, greeting_name=domain, timeouts=timeouts)

    async def look() -> Probed:
        connection = await open_connection(server, log_in=False)
        try:
            return _seen(connection)
        finally:
            await connection.quit()

    return asyncio.run(look())


def _seen(connection: SmtpConnection) -> Probed:
    certificate = connection.certificate
    ends_at = None
    if certificate is not None and isinstance(certificate.get("notAfter"), str):
        ends_at = datetime.fromtimestamp(ssl.cert_time_to_seconds(certificate["notAfter"]), UTC)
    return Probed(offers=connection.offers, certificate_ends_at=ends_at, says_it_is=time_in(connection.greeting))


def time_in(greeting: str) -> datetime | None:
    """Return the time that a greeting tells, `None` where it tells none."""
    found = _DATE.search(greeting)
    if found is None:
        return None
    try:
        return parsedate_to_datetime(found[0])
    except ValueError:
        return None
