"""What happened to campaigns and contacts beside the deliveries themselves, for `why` to tell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import sqlalchemy as sa

from dripper.outbox.store.tables import events

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


class Kind(StrEnum):
    """What happened."""

    SCHEDULED = "scheduled"
    ENROLLED = "enrolled"
    MOVED = "moved"
    REPLY = "reply"
    SUPPRESSED = "suppressed"
    STOPPED = "stopped"
    PAUSED = "paused"
    RESUMED = "resumed"
    # A person said what became of a delivery that was in doubt.
    SETTLED = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event; `campaign` and `contact` are empty where it concerns more than one."""

    at: datetime
    kind: Kind
    campaign: str = ""
    contact: str = ""
    text: str = ""


def note(connection: Connection, *happenings: Happening) -> None:
    """Write events down."""
    names = ("at", "kind", "campaign", "contact", "text")
    if happenings:
        connection.execute(sa.insert(events), [{name: getattr(one, name) for name in names} for one in happenings])


def of_contact(connection: Connection, contact: str) -> tuple[Happening, ...]:
    """Return what happened to a contact, oldest first."""
    rows = connection.execute(sa.select(events).where(events.c.contact == contact).order_by(events.c.at, events.c.id))
    return tuple(
        Happening(at=row.at, kind=Kind(row.kind), campaign=row.campaign, contact=row.contact, text=row.text)
        for row in rows
    )
