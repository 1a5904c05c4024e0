"""Answers one question after the other in a thread of its own, so that what is typed meanwhile is never waited for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from dripper.lsp.desk import Desk

if TYPE_CHECKING:
    from dripper.lsp.buffers import Buffer, Open

T = TypeVar("T")


class Clerk:
    """One desk and the thread that works at it."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._desk = Desk(today)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clerk")

    async def answer(self, now: Open, buffer: Buffer, question: Callable[[Desk, Buffer], T]) -> T:
        """Return the answer for what is open `now`."""

        def found() -> T:
            self._desk.turn_to(now)
            return question(self._desk, buffer)

        return await asyncio.get_running_loop().run_in_executor(self._thread, found)

    def stop(self) -> None:
        """Begin no further answer."""
        self._thread.shutdown(wait=False, cancel_futures=True)
