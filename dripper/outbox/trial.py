"""What would be sent now: a claim that its caller rolls back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dripper.drip.sending import Summary
from dripper.errors import MailboxError
from dripper.outbox.claim import Claimer
from dripper.outbox.progress import said
from dripper.outbox.remains import note_due, note_in_hand
from dripper.outbox.rezoning import follow_all
from dripper.outbox.store import campaigns, waiting

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.approved import Approved
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.wires import Wires
    from dripper.workspace.model.settings import Limits

_MOST_SHOWN = 10_000


def claim_for_show(
    connection: Connection, approved: Approved, wires: Wires, *, now: datetime, most: int | None
) -> tuple[tuple[Delivery, ...], Summary]:
    """Claim all that is due within the limits of the hour and the day, as if no time passed between two messages.

    Return it, and what keeps back the rest.
    """
    found: list[Delivery] = []
    summary = Summary()
    note_in_hand(connection, summary)
    follow_all(connection, approved, now=now)
    for mailbox in campaigns.mailboxes_in_use(connection):
        if not waiting.due(connection, mailbox=mailbox, now=now, limit=1):
            continue
        try:
            limits = replace(wires.open(mailbox).limits, gap_s=0)
        except MailboxError as error:
            summary.unusable[mailbox] = said(error)
            continue
        room = (_MOST_SHOWN if most is None else most) - len(found)
        found += _claim_all(connection, approved, mailbox, limits, summary, now=now, room=room)
    note_due(connection, approved, summary, now=now)
    return tuple(found), summary


def _claim_all(
    connection: Connection,
    approved: Approved,
    mailbox: str,
    limits: Limits,
    summary: Summary,
    *,
    now: datetime,
    room: int,
) -> list[Delivery]:
    claimer = Claimer(approved=approved, worker="nobody", lease=timedelta(0))
    found: list[Delivery] = []
    while room > len(found):
        claimed = claimer.claim(connection, mailbox, limits, now=now, real_now=now, most=room - len(found))
        if claimed.stopped:
            summary.unusable[mailbox] = claimed.stopped
        if not claimed.claims:
            break
        found += [claim.delivery for claim in claimed.claims]
    return found
