"""One delivery from the claim to its outcome: compose, connect, commit the intent, hand over, commit the outcome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from dripper.drip.delivery import State
from dripper.drip.outcome import MailboxEffect, outcome_of
from dripper.drip.thread import Thread
from dripper.errors import DripperError, StoreError
from dripper.outbox import record
from dripper.outbox.progress import said
from dripper.outbox.sent import sent_to
from dripper.outbox.store.deliveries import StaleDeliveryError
from dripper.outbox.wire import Envelope, Unconnected

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Connection

    from dripper.drip.compose import Composed
    from dripper.drip.outcome import Answer
    from dripper.outbox.approved import Approved
    from dripper.outbox.claim import Claim
    from dripper.outbox.recorder import Recorder
    from dripper.outbox.store.deliveries import Delivery
    from dripper.outbox.wire import Mailer


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliverer:
    """What a worker needs to bring a claimed delivery to its outcome."""

    approved: Approved
    recorder: Recorder
    now: Callable[[], datetime]
    # Whether a mailbox may still be used in this run.
    is_open: Callable[[str], bool]
    # Told when a mailbox must rest or stop.
    shut: Callable[[str], None]

    async def deliver(self, claim: Claim, mailer: Mailer) -> Delivery | None:
        """Return the row as it was left; `None` where the delivery was given back, or is no longer ours."""
        try:
            return await self._deliver(claim, mailer)
        except StaleDeliveryError:
            return None

    async def _deliver(self, claim: Claim, mailer: Mailer) -> Delivery | None:
        try:
            composed = await self._compose(claim, mailer)
        except StoreError:
            raise
        except DripperError as error:
            return await self.recorder.write(partial(self._hold, claim, reason=said(error)))
        mailbox = claim.delivery.mailbox
        if not self.is_open(mailbox):
            return await self.recorder.write(partial(self._release, claim))
        try:
            async with mailer.connection() as connection:
                if not self.is_open(mailbox):
                    return await self.recorder.write(partial(self._release, claim))
                tried = await self.recorder.write(partial(self._intend, claim, message_id=composed.message_id))
                if tried is None or tried.state is not State.ATTEMPTING:
                    return tried
                envelope = Envelope(sender=composed.sender, recipient=composed.recipient, content=composed.data)
                answer = await connection.transfer(envelope)
        except Unconnected as error:
            self._note(mailbox, error.answer)
            return await self.recorder.write(partial(self._unconnected, claim, error.answer))
        self._note(mailbox, answer)
        return await self.recorder.write(partial(self._conclude, claim, tried, answer, composed.data))

    async def _compose(self, claim: Claim, mailer: Mailer) -> Composed:
        course = claim.course
        thread = await self.recorder.write(partial(_thread, claim)) if course.campaign.thread else None
        now = self.now()
        composed = self.approved.composer.compose(
            course.campaign, claim.message, course.recipient, shell=claim.revision.shell, date=now, thread=thread
        )
        return replace(composed, data=mailer.signed(composed.data, at=now))

    def _note(self, mailbox: str, answer: Answer) -> None:
        if outcome_of(answer).mailbox is not MailboxEffect.NONE:
            self.shut(mailbox)

    def _hold(self, claim: Claim, connection: Connection, *, reason: str) -> Delivery:
        return record.hold(connection, claim, reason=reason, now=self.now())

    def _release(self, claim: Claim, connection: Connection) -> None:
        record.release(connection, claim, now=self.now())

    def _intend(self, claim: Claim, connection: Connection, *, message_id: str) -> Delivery | None:
        return record.intend(connection, self.approved, claim, message_id=message_id, now=self.now())

    def _unconnected(self, claim: Claim, answer: Answer, connection: Connection) -> Delivery:
        return record.unconnected(connection, claim, answer, now=self.now())

    def _conclude(
        self, claim: Claim, tried: Delivery, answer: Answer, content: bytes, connection: Connection
    ) -> Delivery:
        return record.conclude(connection, claim, tried, answer, content=content, now=self.now())


def _thread(claim: Claim, connection: Connection) -> Thread | None:
    return Thread.of(sent_to(connection, claim.delivery.campaign, claim.delivery.contact))
