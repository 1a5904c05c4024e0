"""The wires of a worker: one mailer per mailbox, made when it is first needed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from dripper.errors import MailboxError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dripper.outbox.wire import Mailer
    from dripper.workspace.model.settings import Mailbox


class Wires:
    """Mailboxes by name, as the settings describe them, with their mailers."""

    def __init__(self, mailboxes: Mapping[str, Mailbox], make: Callable[[str, Mailbox], Mailer]) -> None:
        """Take `make`, which makes a mailbox's mailer and raises `MailboxError` where it cannot be used."""
        self._mailboxes = mailboxes
        self._make = make
        self._mailers: dict[str, Mailer] = {}

    def open(self, name: str) -> Mailbox:
        """Return a mailbox's settings once it has a mailer; raise `MailboxError` where it cannot have one."""
        settings = self._mailboxes.get(name)
        if settings is None:
            raise MailboxError(name, "is not in dripper.toml", cure=f"write [mailbox.{name}], or schedule again")
        if name not in self._mailers:
            self._mailers[name] = self._make(name, settings)
        return settings

    def mailer(self, name: str) -> Mailer:
        """Return the mailer of a mailbox that was opened."""
        return self._mailers[name]

    async def close(self) -> None:
        """Say goodbye everywhere."""
        await asyncio.gather(*(mailer.close() for mailer in self._mailers.values()))
