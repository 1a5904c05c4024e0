"""A message as the preview shows it: the words the contact will get, their length, the slot and the bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dripper.drip.compose import Composed
    from dripper.drip.course import Slot
    from dripper.drip.proof import Proof
    from dripper.workspace.model.workspace import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One message to one contact."""

    recipient: Recipient
    message_id: str
    # The message's number in its file, from 1.
    number: int
    # None where the message cannot be rendered; `note` says why.
    proof: Proof | None
    # How many characters the text has for a reader, and how many the linter allows.
    chars: int
    limit: int
    # None where no slot is ahead; `note` says why.
    slot: Slot | None
    # None where the message cannot be put on the wire; `note` says why.
    composed: Composed | None
    note: str = ""
    # Whether `note` is a fault, and not just news.
    is_fault: bool = False
