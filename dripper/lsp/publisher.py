"""Tells the client the problems of every open text: of the one that is written first, then of those that depend on it.

While somebody types nothing is begun before a short rest, and whatever a further keystroke overtakes is dropped.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from lsprotocol.types import PublishDiagnosticsParams

from dripper.lsp.diagnostics import diagnostics_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from lsprotocol.types import Diagnostic

    from dripper.lsp.buffers import Buffer, Buffers
    from dripper.lsp.desk import Desk

    Look = Callable[[Desk, Buffer], list[Diagnostic] | None]

# Shorter than the time between two keystrokes of most people would save nothing; longer would be noticed.
_REST_S = 0.05
# Whoever types without a rest sees the problems this often.
_LONGEST_REST_S = 0.4


class Publisher:
    """Keeps the problems that the client shows up to date."""

    def __init__(
        self,
        buffers: Buffers,
        ask: Callable[[str, Look], Awaitable[list[Diagnostic] | None]],
        publish: Callable[[PublishDiagnosticsParams], None],
        settled: Callable[[], None],
    ) -> None:
        """`settled` is called when everything that changed was looked at."""
        self._buffers = buffers
        self._ask = ask
        self._tell = publish
        self._settled = settled
        # Touched since they were last looked at, the newest last.
        self._fresh: dict[str, None] = {}
        # May depend on one that was touched.
        self._stale: dict[str, None] = {}
        self._shown: dict[str, list[Diagnostic]] = {}
        self._task: asyncio.Task[None] | None = None
        self._touched = asyncio.Event()

    def touch(self, uri: str) -> None:
        """Look at the text `uri` soon, and at the others after it."""
        self._fresh.pop(uri, None)
        self._fresh[uri] = None
        self.refresh()

    def refresh(self) -> None:
        """Look at every open text soon."""
        self._stale = dict.fromkeys(self._buffers.now)
        self._touched.set()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._work())

    def drop(self, uri: str) -> None:
        """Take away the problems of a text that was closed, and look at the others."""
        self._fresh.pop(uri, None)
        if self._shown.pop(uri, None):
            self._publish(uri, None, [])
        self.refresh()

    async def _work(self) -> None:
        while self._fresh or self._stale:
            if self._touched.is_set():
                await self._rest()
            uri = next(reversed(self._fresh), None) or next(iter(self._stale))
            now = self._buffers.now
            buffer = now.get(uri)
            found = await self._ask(uri, _look)
            if self._buffers.now.get(uri) is not buffer:
                continue
            is_fresh = uri in self._fresh
            # Where anything else was changed meanwhile, this text is looked at once more.
            if self._buffers.now is now:
                self._fresh.pop(uri, None)
                self._stale.pop(uri, None)
            if buffer is not None and found is not None and (is_fresh or found != self._shown.get(uri)):
                self._shown[uri] = found
                self._publish(uri, buffer.version, found)
        self._settled()

    async def _rest(self) -> None:
        """Wait until nobody has typed for a moment, but not for ever."""
        end = asyncio.get_running_loop().time() + _LONGEST_REST_S
        while self._touched.is_set() and asyncio.get_running_loop().time() < end:
            self._touched.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._touched.wait(), _REST_S)
        self._touched.clear()

    def _publish(self, uri: str, version: int | None, found: list[Diagnostic]) -> None:
        self._tell(PublishDiagnosticsParams(uri=uri, version=version, diagnostics=found))


def _look(desk: Desk, buffer: Buffer) -> list[Diagnostic] | None:
    problems = desk.problems(buffer)
    return None if problems is None else diagnostics_of(buffer.sheet, problems)
