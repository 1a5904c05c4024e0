"""What the worker needs of a mailbox's wire, so that jobs and tests see a protocol and not a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from dripper.drip.outcome import Answer


class Envelope(NamedTuple):
    """One message as it is handed to the server: to one person, in its final bytes (CRLF, no dot stuffing)."""

    sender: str
    recipient: str
    content: bytes


class Unconnected(Exception):  # noqa: N818 - no fault of the program, but an answer that arrived early
    """There is no usable connection; `answer` says how far opening one came."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.text)
        self.answer = answer


class Connection(Protocol):
    """An open connection that is ready for MAIL FROM."""

    @property
    def is_usable(self) -> bool:
        """Whether another message may be handed over on it."""
        ...

    async def transfer(self, envelope: Envelope) -> Answer:
        """Hand over one message and return how it ended; a failure of the wire is an answer too.

        Raises `Unconnected` where the connection, used before, is gone and nothing was said of this message.
        """
        ...


class Mailer(Protocol):
    """The connections of one mailbox."""

    def signed(self, content: bytes, *, at: datetime) -> bytes:
        """Return a message as it leaves this mailbox: with its signature of the time `at`, where it has a key."""
        ...

    def connection(self) -> AbstractAsyncContextManager[Connection]:
        """Lend a connection, opened or freshly reset; wait while all are lent; raise `Unconnected` where none opens."""
        ...

    async def close(self) -> None:
        """Say goodbye on all idle connections."""
        ...
