"""What a worker is told to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from dripper.outbox.claim import Claimed


class Clock(Protocol):
    """What time it is, and how to wait; in a rehearsal waiting moves the time on."""

    def now(self) -> datetime:
        """Return the instant."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a worker is to do."""

    # Wait for what comes due (`run`), or end when nothing more may leave now (`send`).
    wait: bool = False
    # Wait until then at the longest; None: for ever, in a rehearsal until nothing is left.
    until: datetime | None = None
    # At most so many deliveries; None: no limit.
    most: int | None = None
    # How often to look for what others changed in the store; None in a rehearsal, where nobody else acts.
    poll_s: float | None = 30

    def next_of(self, asked: Iterable[Claimed], *, now: datetime) -> datetime | None:
        """Return when to claim again within this errand, given what each mailbox answered; `None`: not for those."""
        times = [
            one.next_at
            for one in asked
            if one.next_at is not None and (self.wait or one.only_gap or one.next_at <= now)
        ]
        times = [at for at in times if self.until is None or at <= self.until]
        return min(times, default=None)

    def goes_on(self, *, now: datetime) -> bool:
        """Whether to keep waiting although nothing is known to come."""
        return self.wait and self.poll_s is not None and (self.until is None or now < self.until)
