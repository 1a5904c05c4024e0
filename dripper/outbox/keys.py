"""The real keyring and the real log-in, for the job that asks for a password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.outbox import keychain

if TYPE_CHECKING:
    from dripper.workspace.model.settings import Mailbox, Smtp


class SystemKeys:
    """The keyring of this machine, and the servers of the mailboxes."""

    def keyring_in_use(self) -> str:
        """Return the keyring's name; `SecretError` where there is none."""
        return keychain.keyring_in_use()

    def keep(self, service: str, user: str, secret: str) -> None:
        """Put a secret into the keyring; `SecretError` where it is not kept."""
        keychain.keep(service, user, secret)

    def try_log_in(self, name: str, mailbox: Mailbox, smtp: Smtp, password: str | None) -> None:
        """Log in and hang up; `MailboxError` where that fails."""
        from dripper.outbox.trying import try_log_in

        try_log_in(name, mailbox, smtp, password)
