"""A clock that runs so many times faster than the real one, and is the same in every process of this machine."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta


class FastClock:
    """Showed `start` at the monotonic time `zero_s`, and has run `factor` times as fast as the real clock since."""

    def __init__(self, start: datetime, *, zero_s: float, factor: float) -> None:
        self._start = start
        self.zero_s = zero_s
        self._factor = factor

    def now(self) -> datetime:
        """Return the instant that it shows."""
        return self.shown_at(time.monotonic())

    def shown_at(self, monotonic_s: float) -> datetime:
        """Return the instant that it shows at a monotonic time."""
        return self._start + timedelta(seconds=(monotonic_s - self.zero_s) * self._factor)

    async def sleep(self, seconds: float) -> None:
        """Wait until it has moved on by `seconds`."""
        await asyncio.sleep(max(0.0, seconds) / self._factor)
