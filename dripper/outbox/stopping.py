"""Stopping: a reply, a suppression or a refused address ends what is still to come, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.outbox import progress
from dripper.outbox.store import enrolments, events, suppressions
from dripper.outbox.store.events import Happening, Kind

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

_SUPPRESSED = "suppressed: "


def suppress(connection: Connection, contact: str, *, reason: str, at: datetime) -> int:
    """Never write to `contact` again; return how many campaigns that stopped."""
    new = suppressions.add(connection, [suppressions.hash_of(contact)], reason=reason, at=at)
    return stop_contact(connection, contact, reason=f"{_SUPPRESSED}{reason}", at=at, is_news=new > 0)


def stop_contact(connection: Connection, contact: str, *, reason: str, at: datetime, is_news: bool = False) -> int:
    """Stop every campaign for `contact`; return how many were under way.

    It is written down where it stopped something, or `is_news`.
    """
    active = [one for one in enrolments.of_contact(connection, contact) if one.state is enrolments.Progress.ACTIVE]
    for one in active:
        progress.stop(connection, one, reason=reason, at=at)
    if active or is_news:
        kind = Kind.SUPPRESSED if reason.startswith(_SUPPRESSED) else Kind.STOPPED
        text = reason.removeprefix(_SUPPRESSED)
        events.note(connection, Happening(at=at, kind=kind, contact=contact, text=text))
    return len(active)
