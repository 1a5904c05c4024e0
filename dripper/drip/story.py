"""The story of one contact as a value: what happened, in order, and what is to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.drip.course import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened; `what` is a state, a kind of event, or a numbered attempt."""

    at: datetime
    what: str
    campaign: str = ""
    message: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """What is to come in one campaign, or why nothing is."""

    campaign: str
    message: str = ""
    slot: Slot | None = None
    # When it goes out, where that is foreseen: its slot, or later. `None`: as far as is known, at its slot.
    at: datetime | None = None
    # When it is tried again, where that is not its slot.
    retry_at: datetime | None = None
    # What its mailbox does to it.
    trouble: str = ""
    # Why it does not leave: paused, held, stopped, finished.
    obstacle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All of it."""

    # The contact's key, and the name where the files know one.
    contact: str
    name: str
    # Why nobody may write; empty where one may.
    suppressed: str
    moments: tuple[Moment, ...]
    ahead: tuple[Upcoming, ...]
    # Why the contact is in no campaign, where the files say so.
    note: str = ""
