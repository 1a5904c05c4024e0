"""What goes out next as a value: the first message of each campaign, and all that leave before a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A message that goes out, and when; never before the time at which one looks."""

    at: datetime
    campaign: str
    contact: str
    # The contact's clock.
    zone: str
    # What is wrong with the mailbox; empty where nothing is.
    trouble: str = ""
    # Whether nothing leaves until a person has mended that.
    is_blocked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What goes out next."""

    # By campaign.
    first: Mapping[str, Next] = field(default_factory=dict)
    # In order of time: the first of those that leave before the time that was asked about, and how many do.
    going: tuple[Next, ...] = ()
    going_in_all: int = 0

    @property
    def soonest(self) -> Next | None:
        """Return the first of all that may leave; `None` where nothing does."""
        free = (each for each in self.first.values() if not each.is_blocked)
        return min(free, key=lambda each: (each.at, each.campaign), default=None)
