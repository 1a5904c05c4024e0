"""What logging in and a checkup ask: mail servers, the DNS, the keyring, the disk; nothing is sent to anybody."""

from __future__ import annotations

import shutil
import socket
from time import perf_counter
from typing import TYPE_CHECKING

from dripper.outbox import keychain
from dripper.outbox.pool import server_of
from dripper.outbox.resolver import Resolver
from dripper.outbox.trying import QUICK, try_log_in, try_server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from dripper.drip.checkup import Probed
    from dripper.outbox.transfer import Timeouts
    from dripper.workspace.model.settings import Mailbox, Smtp

_SAMPLE = b"From: checkup@localhost\r\nTo: checkup@localhost\r\nSubject: checkup\r\n\r\ncheckup\r\n"


class Instruments:
    """The real ones, for the workspace at `root`."""

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str],
        *,
        real_now: Callable[[], datetime],
        dns: str | None = None,
        timeouts: Timeouts = QUICK,
    ) -> None:
        """Take `dns` as the name server to ask; default: those of the machine."""
        self._real_now = real_now
        self._root = root
        self._environment = environment
        self._resolver = Resolver(dns)
        self._timeouts = timeouts

    def addresses(self, host: str) -> tuple[str, ...]:
        """Return the addresses of a host; `OSError` where it has none."""
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        return tuple(dict.fromkeys(str(address[0]) for *_, address in found))

    def probe(self, mailbox: Mailbox, smtp: Smtp) -> Probed:
        """Look at a mail server; `Unconnected` where it cannot be reached or the connection not protected."""
        from dripper.outbox.probe import probe

        return probe(mailbox, smtp, timeouts=self._timeouts)

    def log_in(self, name: str, mailbox: Mailbox, smtp: Smtp) -> None:
        """Log in with the stored secret; `MailboxError` where there is none or it is refused."""
        server = server_of(
            name,
            mailbox,
            smtp,
            root=self._root,
            environment=self._environment,
            real_now=self._real_now,
            timeouts=self._timeouts,
        )
        try_server(name, server)

    def try_log_in(self, name: str, mailbox: Mailbox, smtp: Smtp, secret: str) -> str:
        """Log in and hang up; return what is to be kept of the password or refresh token; else `MailboxError`."""
        if smtp.oauth is None:
            try_log_in(name, mailbox, smtp, secret, timeouts=self._timeouts)
            return secret
        from dripper.outbox.access_tokens import access_tokens

        tokens = access_tokens(
            name,
            smtp,
            smtp.oauth,
            root=self._root,
            environment=self._environment,
            real_now=self._real_now,
            given=secret,
        )
        try_log_in(name, mailbox, smtp, None, token=tokens, timeouts=self._timeouts)
        return tokens.refresh_token

    def txt(self, name: str) -> tuple[str, ...]:
        """Return the TXT records of a name; `UnaskedError` where nobody could be asked."""
        return self._resolver.txt(name)

    def key_fits(self, name: str, mailbox: Mailbox, record: str, *, at: datetime) -> bool:
        """Whether what the mailbox signs holds with the public key of `record`; `MailboxError` where it cannot sign."""
        from dripper.outbox.signature import signer_of

        signer = signer_of(name, mailbox, root=self._root, environment=self._environment)
        assert signer is not None
        from dripper.drip.signing import holds

        return holds(signer.signed(_SAMPLE, at=at), record)

    def setting(self, name: str) -> str:
        """Return what the environment says; empty where it says nothing."""
        return self._environment.get(name, "")

    def keyring_in_use(self) -> str:
        """Return the keyring's name; `SecretError` where there is none."""
        return keychain.keyring_in_use()

    def keep(self, service: str, user: str, secret: str) -> None:
        """Put a secret into the keyring; `SecretError` where it is not kept."""
        keychain.keep(service, user, secret)

    def free_bytes(self) -> int:
        """Return how much room there is where the workspace lies."""
        return shutil.disk_usage(self._root).free

    def stopwatch_s(self) -> float:
        """Return seconds since some instant, to measure how long something takes."""
        return perf_counter()
