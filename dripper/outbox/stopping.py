"""Stopping: a reply, a suppression or a refused address ends what is still to come, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.outbox import progress
from dripper.outbox.store import enrolments, events, suppressions
from dripper.outbox.store.events import Happening, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def suppress(connection: Connection, contact: str, *, reason: str, at: datetime) -> int:
    """Never write to `contact` again; return how many campaigns that stopped."""
    suppressions.add(connection, [suppressions.hash_of(contact)], reason=reason, at=at)
    return stop_contact(connection, contact, reason=f"suppressed: {reason}", at=at)


def stop_contact(connection: Connection, contact: str, *, reason: str, at: datetime) -> int:
    """Stop every campaign for `contact`; return how many were under way."""
    active = [one for one in enrolments.of_contact(connection, contact) if one.state is enrolments.Progress.ACTIVE]
    for one in active:
        progress.stop(connection, one, reason=reason, at=at)
    kind = Kind.SUPPRESSED if reason.startswith("suppressed") else Kind.STOPPED
    events.note(connection, Happening(at=at, kind=kind, contact=contact, text=reason))
    return len(active)
