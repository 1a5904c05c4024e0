"""How things stand as a value: the counts of each campaign, who is next, and what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.drip.delivery import State

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.drip.ledger import Line
    from dripper.drip.sending import Handled


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStatus:
    """One campaign; `next_at` and `next_contact` are empty where nothing waits."""

    line: Line
    next_at: datetime | None
    next_contact: str = ""
    # What is wrong with its mailbox; empty where nothing is.
    trouble: str = ""
    # Why what is in the file is not what goes out; empty where it is.
    difference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A mailbox that does not send: stopped until a person has looked, or resting until a time."""

    mailbox: str
    reason: str
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """A pause in words, and the command that ends it."""

    words: str
    cure: str
    # The receiving domain, where it is one that is paused.
    domain: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything at a glance."""

    campaigns: tuple[CampaignStatus, ...]
    # Campaigns with a file that were never scheduled.
    unscheduled: tuple[str, ...]
    troubles: tuple[Trouble, ...]
    pauses: tuple[Halt, ...]
    held: tuple[Handled, ...]
    unknown: tuple[Handled, ...]
    # How many messages workers have in their hands, and until when at least they count as alive.
    in_hand: int = 0
    lease_until: datetime | None = None

    @property
    def held_by_pause(self) -> int:
        """Return how many messages wait for the end of a pause and nothing else."""
        return sum(each.line.counts[State.HELD] for each in self.campaigns) - len(self.held)
