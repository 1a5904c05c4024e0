"""What is left when a worker ends: due all the same, or in the hands of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.outbox.store import campaigns, hands, mailboxes, waiting
from dripper.outbox.store.waiting import Blocked

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.sending import Summary
    from dripper.outbox.approved import Approved


def note_due(connection: Connection, approved: Approved, summary: Summary, *, now: datetime) -> None:
    """Write into `summary` what is due and could not leave, by mailbox, and which mailboxes rest over it."""
    unread = Blocked(campaigns=campaigns.ids(connection) - set(approved.workspace.recipients))
    for name in campaigns.mailboxes_in_use(connection):
        count = waiting.due_count(connection, mailbox=name, now=now, blocked=unread)
        if not count:
            continue
        summary.due[name] = count
        condition = mailboxes.get(connection, name)
        if condition.rests_until is not None and condition.rests_until > now:
            summary.resting[name] = (condition.rests_until, condition.reason)


def note_in_hand(connection: Connection, summary: Summary) -> None:
    """Write into `summary` how many messages workers have in their hands."""
    summary.in_hand = len(hands.everywhere(connection))
