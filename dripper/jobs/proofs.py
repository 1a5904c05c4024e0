"""Sends the proofs of campaigns to the account manager: every message once, as the first contact who gets it would.

They leave through the real mailbox but are no deliveries: nothing is recorded, nothing frozen, and no contact gets or
counts anything. A proof has no link to opt out with, since that would speak for the contact.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dripper.drip.compose import Composer, compose, message_id_for
from dripper.drip.course import applying
from dripper.drip.delivery import Event
from dripper.drip.hours import zone_of
from dripper.drip.outcome import outcome_of
from dripper.drip.shell import shell_of
from dripper.drip.thread import Thread
from dripper.errors import MailboxError, UsageError
from dripper.outbox.wire import Envelope, Unconnected
from dripper.workspace.model.address import EmailAddress, address_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from dripper.drip.compose import Composed
    from dripper.outbox.wires import Wires
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.workspace import Recipient, Workspace

_MARK = "[proof] "


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofMail:
    """One message on its way to the account manager."""

    campaign: str
    message: str
    mailbox: str
    # Whose message it is; None where nobody gets it, and then there is no mail either.
    reader: Recipient | None
    composed: Composed | None


def proof_mails(
    workspace: Workspace, campaigns: Sequence[Campaign], *, address: str | None, now: datetime
) -> list[ProofMail]:
    """Return the proofs of `campaigns` for `address`, or for each mailbox's own where it is `None`.

    Raises `UsageError` where `address` is none, or a contact's: what a contact gets is scheduled.
    """
    if address is not None:
        _check(workspace, address)
    proofs = _Proofs(workspace=workspace, address=address, now=now)
    return [mail for campaign in campaigns for mail in proofs.of(campaign)]


def send_proofs(
    wires: Wires, mails: Sequence[ProofMail], *, now: datetime, report: Callable[[ProofMail], None]
) -> None:
    """Hand `mails` to their mailboxes and `report` each that was taken; `MailboxError` at the first that was not."""
    asyncio.run(_send(wires, mails, now, report))


async def _send(wires: Wires, mails: Sequence[ProofMail], now: datetime, report: Callable[[ProofMail], None]) -> None:
    try:
        # All of them first, so that nothing leaves where one must not be used.
        for name in dict.fromkeys(mail.mailbox for mail in mails):
            wires.open(name)
        for mail in mails:
            if mail.composed is not None:
                await _hand_over(wires, mail.mailbox, mail.composed, now)
                report(mail)
    finally:
        await wires.close()


async def _hand_over(wires: Wires, mailbox: str, composed: Composed, now: datetime) -> None:
    mailer = wires.mailer(mailbox)
    content = mailer.signed(composed.data, at=now)
    try:
        async with mailer.connection() as connection:
            envelope = Envelope(sender=composed.sender, recipient=composed.recipient, content=content)
            answer = await connection.transfer(envelope)
    except Unconnected as error:
        answer = error.answer
    if outcome_of(answer).event is not Event.ACCEPT:
        said = f"{answer.code} {answer.text}" if answer.code else answer.text
        cure = "`dripper login` tries its password" if answer.phase.is_opening else "correct what the server objects to"
        raise MailboxError(mailbox, f"a proof was not taken ({answer.phase.value}): {said}", cure=cure)


def _check(workspace: Workspace, address: str) -> None:
    try:
        key = address_key(EmailAddress.parse(address))
    except ValueError as error:
        raise UsageError(f"--to-me {address}: {error}", cure="write an address such as you@firm.example") from error
    own = {address_key(mailbox.from_.address) for mailbox in workspace.settings.mailboxes.values()}
    contacts = {to.key for people in workspace.recipients.values() for to in people}
    if key in contacts - own:
        raise UsageError(
            f"--to-me {address}: that is a contact, and proofs are not for contacts",
            cure="name an address of your own, or none for the mailbox's",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proofs:
    workspace: Workspace
    # None: the mailbox's own.
    address: str | None
    now: datetime

    def of(self, campaign: Campaign) -> Iterator[ProofMail]:
        name, _ = self.workspace.mailbox_of(campaign)
        readers = _first_readers(self.workspace, campaign)
        sent: list[bytes] = []
        for message in campaign.messages:
            to = readers.get(message.id)
            composed = None
            if to is not None:
                composed = self._composed(campaign, message, to, Thread.of(sent) if campaign.thread else None)
                sent.append(composed.data)
            yield ProofMail(campaign=campaign.id, message=message.id, mailbox=name, reader=to, composed=composed)

    def _composed(self, campaign: Campaign, message: Message, to: Recipient, thread: Thread | None) -> Composed:
        shell = shell_of(self.workspace, campaign)
        proof = Composer(self.workspace).proof(campaign, message, to, shell=shell, thread=thread)
        _, mailbox = self.workspace.mailbox_of(campaign)
        own, settings = mailbox.from_, self.workspace.settings.workspace
        name, email = ("", self.address) if self.address else (own.name, own.address)
        # Every proof has an id of its own: a mail program drops what it believes to have already.
        moment = f"proof {self.now.isoformat()} {email}"
        domain = own.address.rpartition("@")[2]
        return compose(
            replace(proof, name=name, email=email, subject=_MARK + proof.subject),
            # A bounce of a proof says nothing of a contact.
            mailbox=replace(mailbox, verp=False),
            message_id=message_id_for(settings.name, moment, campaign.id, message.id, domain),
            date=self.now.astimezone(zone_of(settings.timezone)),
            thread=thread,
        )


def _first_readers(workspace: Workspace, campaign: Campaign) -> dict[str, Recipient]:
    """Return the first contact who gets each message, by the message's id."""
    found: dict[str, Recipient] = {}
    for to in workspace.recipients.get(campaign.id, ()):
        for message in applying(workspace, campaign, to):
            found.setdefault(message.id, to)
        if len(found) == len(campaign.messages):
            break
    return found
