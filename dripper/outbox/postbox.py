"""A mail server on the loopback that keeps every message as a file: what the demo delivers to, and nothing leaves."""

from __future__ import annotations

import asyncio
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"


class Postbox:
    """Takes mail on a free port of the loopback while the `with` block lasts, one `.eml` file a message."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self._count = 0
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="postbox")

    def __enter__(self) -> Self:
        from aiosmtpd.smtp import SMTP

        self.folder.mkdir(parents=True, exist_ok=True)
        self._server = self._loop.run_until_complete(
            self._loop.create_server(lambda: SMTP(self, enable_SMTPUTF8=True, loop=self._loop), HOST, 0)
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the message as it came over the wire."""
        self._count += 1
        to = "".join(letter if letter.isalnum() or letter in "@.-_+" else "_" for letter in envelope.rcpt_tos[0])
        content = envelope.original_content
        assert isinstance(content, bytes)
        (self.folder / f"{self._count:03}-{to}.eml").write_bytes(content)
        return f"250 2.0.0 kept as {self._count:03}"
