"""The ledger as a value: of each campaign, how many messages were planned and where each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dripper.drip.delivery import State

# The columns in the order they are shown; what a worker holds counts as due.
COLUMNS = (
    State.SENT,
    State.DUE,
    State.DEFERRED,
    State.HELD,
    State.SKIPPED,
    State.CANCELLED,
    State.FAILED,
    State.UNKNOWN,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One campaign."""

    campaign: str
    planned: int
    # By column; none is missing.
    counts: Mapping[State, int]

    @property
    def adds_up(self) -> bool:
        """Whether every planned message is in exactly one column."""
        return self.planned == sum(self.counts[state] for state in COLUMNS)
