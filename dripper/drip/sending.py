"""What became of deliveries, as values: one at a time, and all that a worker did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.drip.delivery import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """One delivery that a worker had in its hands, as it left it."""

    campaign: str
    message: str
    # The contact's key: the normalised address.
    contact: str
    mailbox: str
    state: State
    # Of the e-mail; None where it was never composed.
    message_id: str | None
    # The server's answer, or why it did not get that far.
    code: int | None
    reply: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a worker did."""

    counts: Counter[State] = field(default_factory=Counter)
    # By mailbox: why it cannot be used.
    unusable: dict[str, str] = field(default_factory=dict)
    # When something is due next, of what may go at all.
    next_at: datetime | None = None
    # Whether it was told to stop.
    stopped: bool = False
    # By mailbox: how many messages are due all the same, and until when it rests and why, where it does.
    due: dict[str, int] = field(default_factory=dict)
    resting: dict[str, tuple[datetime, str]] = field(default_factory=dict)
    # How many messages other workers have in their hands.
    in_hand: int = 0
