"""What would be sent now: a claim that its caller rolls back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dripper.outbox.claim import Claimer
from dripper.outbox.rezoning import follow_all
from dripper.outbox.store import campaigns
from dripper.workspace.model.settings import Limits

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.outbox.approved import Approved
    from dripper.outbox.store.deliveries import Delivery

_MOST_SHOWN = 10_000


def claim_for_show(
    connection: Connection, approved: Approved, *, now: datetime, most: int | None
) -> tuple[Delivery, ...]:
    """Claim all that is due within the limits of the hour and the day, as if no time passed between two messages."""
    claimer = Claimer(approved=approved, worker="nobody", lease=timedelta(0))
    found: list[Delivery] = []
    room = _MOST_SHOWN if most is None else most
    follow_all(connection, approved, now=now)
    for mailbox in campaigns.mailboxes_in_use(connection):
        settings = approved.settings.mailboxes.get(mailbox)
        limits = replace(settings.limits if settings else Limits(), gap_s=0)
        while room > len(found):
            claimed = claimer.claim(connection, mailbox, limits, now=now, real_now=now, most=room - len(found))
            if not claimed.claims:
                break
            found += [claim.delivery for claim in claimed.claims]
    return tuple(found)
