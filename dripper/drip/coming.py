"""The plan as a value: what comes, to whom, when and why, and what is different from what was scheduled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.drip.course import Course, Slot
    from dripper.drip.delivery import State
    from dripper.errors import DripperError


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One future message to one contact."""

    course: Course
    message_id: str
    slot: Slot
    # DUE, DEFERRED, HELD, or SKIPPED for one that will be dropped.
    state: State
    # Why it is held or will be dropped.
    note: str = ""
    # When a deferred one is tried again.
    retry_at: datetime | None = None

    def leaves_at(self, now: datetime) -> datetime:
        """Return when it goes out, as it looks at `now`: at its slot, which may have begun, or when it is retried."""
        return max(self.slot.utc, self.retry_at or now, now)

    @property
    def key(self) -> tuple[str, str, str]:
        """Return the delivery's name: campaign id, contact key, message id."""
        return (self.course.campaign.id, self.course.recipient.key, self.message_id)


class Change(StrEnum):
    """What is different from what was scheduled; where a message both moved and has a new text, it moved."""

    NEW = "new"
    MOVED = "moved"
    TEXT = "text"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the plan."""

    coming: Coming
    # As the contact gets it.
    subject: str
    change: Change | None
    # Where it was before it moved.
    was: Slot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The season ahead, in order of UTC."""

    rows: tuple[Row, ...]
    # What could not be planned and why, each with its cure.
    faults: tuple[DripperError, ...] = ()
    # How many contacts are left out because nobody may write to them.
    suppressed: int = 0
