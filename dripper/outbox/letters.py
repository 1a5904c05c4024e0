"""Letters: claimed deliveries with their bytes, as they leave their mailbox."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dripper.drip.thread import Thread
from dripper.errors import DripperError, StoreError
from dripper.outbox.progress import said
from dripper.outbox.sent import sent_to

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.compose import Composed
    from dripper.outbox.approved import Approved
    from dripper.outbox.taking import Claim
    from dripper.outbox.wire import Mailer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed delivery with its bytes."""

    claim: Claim
    composed: Composed


def letter_of(
    approved: Approved, mailer: Mailer, claim: Claim, thread: Thread | None, *, now: datetime
) -> Letter | str:
    """Return the letter of a claim, or why it cannot be composed."""
    course = claim.course
    try:
        composed = approved.composer.compose(
            course.campaign, claim.message, course.recipient, shell=claim.revision.shell, date=now, thread=thread
        )
        signed = mailer.signed(composed.data, at=now)
    except StoreError:
        raise
    except DripperError as error:
        return said(error)
    except Exception as error:
        log.exception("delivery %s cannot be composed", claim.delivery.id)
        return fault(error)
    return Letter(claim, composed if signed is composed.data else replace(composed, data=signed))


def fault(error: Exception) -> str:
    """Return how an error of the program itself is told."""
    return f"a fault of dripper: {type(error).__name__}: {error}"


def threads_of(claims: Iterable[Claim], connection: Connection) -> dict[int, Thread]:
    """Return what those of `claims` answer that belong to a thread, by delivery."""
    rows = [claim.delivery for claim in claims if claim.course.campaign.thread]
    threads = {row.id: Thread.of(sent_to(connection, row.campaign, row.contact)) for row in rows}
    return {delivery: thread for delivery, thread in threads.items() if thread is not None}
