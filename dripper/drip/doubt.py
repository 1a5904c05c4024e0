"""Doubt as a value: a delivery of which nobody knows whether it arrived, with all that speaks for either.

After the final dot a server may have accepted a message although its answer was never read (RFC 1047), so what became
of it is found out by a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dripper.drip.delivery import State
    from dripper.drip.story import Moment


class Verdict(StrEnum):
    """What a person found out."""

    # It arrived.
    SENT = "sent"
    # It did not, and goes out again under the same Message-ID.
    RESEND = "resend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One delivery in doubt, and the evidence."""

    campaign: str
    message: str
    # The contact's key, and the name where the files know one.
    contact: str
    name: str
    mailbox: str
    # With its angle brackets.
    message_id: str
    # As the reader has it; empty where it cannot be said any more.
    subject: str
    # The number of the try, and when its intent was written down.
    attempt: int
    intent_at: datetime
    # When its worker wrote down how it ended, and how far the talk with the server had come; `None` where the worker
    # itself ended before that.
    ended_at: datetime | None
    phase: str | None
    # What broke the talk off, where its worker saw it, and the last answer of the server, in this try or an earlier
    # one; empty where there is none.
    ending: str
    words: str
    # What happened to the contact since.
    since: tuple[Moment, ...]
    # The worker is at work again, and may yet tell how it ended.
    is_open: bool
    # The token of its row as it was read: who has settled it since has raised it.
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a verdict came to: the state that the delivery has now, and why where it is not what was wished."""

    doubt: Doubt
    state: State
    reason: str = ""
