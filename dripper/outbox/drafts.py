"""A mailbox without a server: each message becomes a file, for a mail program to send or for a rehearsal to keep.

For companies that give out no SMTP passwords, and for a first season with nothing but the files.
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import asynccontextmanager
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from dripper.drip.outcome import Answer, Phase, Silence

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path

    from dripper.outbox.wire import Connection, Envelope


class Drafts:
    """A `Mailer` that writes `.eml` files into a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signed(self, content: bytes, *, at: datetime) -> bytes:
        """Return it as it is: whoever sends the draft signs it."""
        return content

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend the folder; it is never busy."""
        yield self

    @property
    def is_usable(self) -> bool:
        """Whether another message may be written: always."""
        return True

    async def transfer(self, envelope: Envelope) -> Answer:
        """Write one message; a second attempt of the same message lands on the same file."""
        path = self._folder / file_name(envelope)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_whole(path, envelope.content)
        except OSError as error:
            return Answer(phase=Phase.BODY, silence=Silence.LOST, text=f"{path}: {error.strerror}")
        return Answer(phase=Phase.DOT, code=250, text=f"2.0.0 written to {self._folder.name}/{path.name}")

    async def close(self) -> None:
        """Do nothing: no connection stays open."""


def file_name(envelope: Envelope) -> str:
    """Return the name of a message's file: its day, its reader, and a hash of its Message-ID."""
    headers = BytesHeaderParser().parsebytes(envelope.content)
    day = parsedate_to_datetime(headers["Date"]).date().isoformat()
    to = re.sub(r"[^\w@.+-]", "_", envelope.recipient)
    return f"{day}-{to}-{hashlib.sha256(headers['Message-ID'].encode()).hexdigest()[:8]}.eml"


def _write_whole(path: Path, content: bytes) -> None:
    """Write under another name first, so that a file with the right name is always whole."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
