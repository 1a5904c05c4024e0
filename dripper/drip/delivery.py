"""The life of a delivery: its states, and the one table of what may follow what.

Nothing else changes a state: the store updates a row only to what `move` returns, and only where the row is still in
the state it was read in.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """Where a delivery (one contact x one message) stands."""

    DUE = "due"
    CLAIMED = "claimed"
    ATTEMPTING = "attempting"
    SENT = "sent"
    DEFERRED = "deferred"
    HELD = "held"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_final(self) -> bool:
        """Whether the enrolment goes on to its next message."""
        return self in FINAL

    @property
    def is_written(self) -> bool:
        """Whether the contact has, or may have, the message; caps count it, and a claim counts as its promise."""
        return self in WRITTEN


class Event(StrEnum):
    """What happens to a delivery."""

    # A worker takes it, with a lease.
    CLAIM = "claim"
    # The worker gives it back untried.
    RELEASE = "release"
    # The lease ran out: its worker is dead or stuck.
    LAPSE = "lapse"
    # The intent is committed; from here on the server may have it.
    ATTEMPT = "attempt"
    # The server took it.
    ACCEPT = "accept"
    # Not now: try again later.
    DEFER = "defer"
    # The mailbox cannot send; the delivery itself is as good as before.
    RETURN = "return"
    # Never: the server refused it for good, or deferring took too long.
    REFUSE = "refuse"
    # The final dot was sent and no answer came: it may have been accepted (RFC 1047).
    DOUBT = "doubt"
    # It cannot go as it is; a person has to look.
    HOLD = "hold"
    RESUME = "resume"
    # A condition of the message, or lateness.
    SKIP = "skip"
    # A reply, an opt-out, a suppression, a vanished message.
    CANCEL = "cancel"
    # A vanished message stands in the campaign again.
    RETURN_TO_FILE = "return to file"
    # A person found out that it did not arrive, and wants it sent again.
    RESEND = "resend"


FINAL = frozenset({State.SENT, State.SKIPPED, State.CANCELLED, State.FAILED, State.UNKNOWN})
WRITTEN = frozenset({State.CLAIMED, State.ATTEMPTING, State.SENT, State.UNKNOWN})
# Of these, what will not turn out otherwise.
DECIDED = frozenset({State.SENT, State.UNKNOWN})
# Waiting for something other than a worker's next step; these can be cancelled from outside.
WAITING = frozenset({State.DUE, State.DEFERRED, State.HELD})

TRANSITIONS: Mapping[tuple[State, Event], State] = MappingProxyType(
    {
        (State.DUE, Event.CLAIM): State.CLAIMED,
        (State.DUE, Event.SKIP): State.SKIPPED,
        (State.DUE, Event.HOLD): State.HELD,
        (State.DEFERRED, Event.CLAIM): State.CLAIMED,
        (State.DEFERRED, Event.SKIP): State.SKIPPED,
        (State.DEFERRED, Event.HOLD): State.HELD,
        (State.CLAIMED, Event.RELEASE): State.DUE,
        (State.CLAIMED, Event.LAPSE): State.DUE,
        (State.CLAIMED, Event.DEFER): State.DEFERRED,
        (State.CLAIMED, Event.HOLD): State.HELD,
        (State.CLAIMED, Event.SKIP): State.SKIPPED,
        (State.CLAIMED, Event.CANCEL): State.CANCELLED,
        (State.CLAIMED, Event.ATTEMPT): State.ATTEMPTING,
        (State.ATTEMPTING, Event.ACCEPT): State.SENT,
        (State.ATTEMPTING, Event.DEFER): State.DEFERRED,
        (State.ATTEMPTING, Event.RETURN): State.DUE,
        (State.ATTEMPTING, Event.HOLD): State.HELD,
        (State.ATTEMPTING, Event.REFUSE): State.FAILED,
        (State.ATTEMPTING, Event.DOUBT): State.UNKNOWN,
        (State.ATTEMPTING, Event.LAPSE): State.UNKNOWN,
        # Its worker was only slow, not dead, and comes back with the server's answer; or a person found out.
        (State.UNKNOWN, Event.ACCEPT): State.SENT,
        (State.UNKNOWN, Event.RESEND): State.DUE,
        (State.HELD, Event.RESUME): State.DUE,
        (State.DUE, Event.CANCEL): State.CANCELLED,
        (State.DEFERRED, Event.CANCEL): State.CANCELLED,
        (State.HELD, Event.CANCEL): State.CANCELLED,
        (State.CANCELLED, Event.RETURN_TO_FILE): State.DUE,
    }
)


class ImpossibleMoveError(ValueError):
    """The table knows no such transition: the caller's view of the delivery is wrong."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"a delivery that is {state} cannot {event}")
        self.state = state
        self.event = event


def move(state: State, event: Event) -> State:
    """Return the state that follows `state` on `event`; raise `ImpossibleMoveError` where the table has none."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise ImpossibleMoveError(state, event) from None
