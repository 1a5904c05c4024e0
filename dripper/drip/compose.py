"""The bytes of one message to one contact, as they go over the wire and into the archive.

- The same arguments give the same bytes; only `Date` and what the thread really holds come from outside. A signature
  (`signing`) is put on top when the message leaves.
- Every line ends in CRLF and has at most 998 octets; there is no NUL and no CR or LF of its own.
- The text comes first; its HTML, where the campaign asks for it, is an alternative to it.
- A domain goes in its ASCII form (IDNA). A local part that is not ASCII cannot: the message then needs SMTPUTF8.
- No pixel, no rewritten link, no address but the reader's: nothing tracks.

Stuffing dots is left to the wire.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timezone
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from dripper.drip.addresses import ascii_domain, wire_address
from dripper.drip.assembly import spliced
from dripper.drip.body import carried
from dripper.drip.headers import ComposeError
from dripper.drip.hours import zone_of
from dripper.drip.proof import Proofs
from dripper.drip.tokens import bounce_address, opt_out_token, opt_out_url
from dripper.drip.wire import check_wire

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from dripper.drip.headers import Field, Person
    from dripper.drip.proof import Proof
    from dripper.drip.thread import Thread
    from dripper.workspace.model.address import Sender
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.settings import Mailbox
    from dripper.workspace.model.workspace import Recipient, Workspace

# RFC 8058 §3.1
_ONE_CLICK = "List-Unsubscribe=One-Click"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A message ready for the wire, with its envelope."""

    data: bytes
    # With its angle brackets, as in the header.
    message_id: str
    # The envelope's addresses: MAIL FROM and RCPT TO.
    sender: str
    recipient: str
    # Whether an address has a local part that only a server with SMTPUTF8 (RFC 6531) can take.
    needs_smtputf8: bool


class Composer:
    """Composes the messages of a workspace; what all mails of a message share is made ready once."""

    def __init__(self, workspace: Workspace, *, secret: bytes | None = None) -> None:
        """Take the workspace, and the key of its tokens, which is needed where `[optout] url` or `verp` is set."""
        self._workspace = workspace
        self._secret = secret
        self._ready: dict[tuple[str, str], tuple[Campaign, Message, str, Proofs]] = {}

    def compose(
        self,
        campaign: Campaign,
        message: Message,
        recipient: Recipient,
        *,
        shell: str,
        date: datetime,
        thread: Thread | None = None,
    ) -> Composed:
        """Return the bytes of `message` to `recipient`, for the worker and for `preview --eml` alike.

        `campaign` may be a frozen revision and `shell` its frozen source; `date` is aware and is written in the
        workspace's zone. `thread` is what really went out of a campaign with `thread = true`, else `None`. Raises
        `ComposeError` and `TemplateError`.
        """
        proof = self.proof(campaign, message, recipient, shell=shell, thread=thread)
        _, mailbox = self._workspace.mailbox_of(campaign)
        settings = self._workspace.settings.workspace
        domain = _own("From", mailbox.from_).address.rpartition("@")[2]
        return compose(
            proof,
            mailbox=mailbox,
            message_id=message_id_for(settings.name, recipient.key, campaign.id, message.id, domain),
            date=date.astimezone(zone_of(settings.timezone)),
            thread=thread if campaign.thread else None,
            opt_out=self._opt_out_url(recipient),
            secret=self._secret,
        )

    def proof(
        self, campaign: Campaign, message: Message, recipient: Recipient, *, shell: str, thread: Thread | None = None
    ) -> Proof:
        """Return what the reader will see; raises `TemplateError`."""
        key = (campaign.id, message.id)
        ready = self._ready.get(key)
        if ready is None or ready[0] is not campaign or ready[1] is not message or ready[2] != shell:
            ready = (campaign, message, shell, Proofs(self._workspace, campaign, message, shell=shell))
            self._ready[key] = ready
        return ready[3].of(recipient, subject=thread.answer if thread is not None and campaign.thread else None)

    def _opt_out_url(self, recipient: Recipient) -> str | None:
        url = self._workspace.settings.optout.url
        if url is None:
            return None
        token = opt_out_token(self._workspace.settings.workspace.name, recipient.key, secret=_needed(self._secret))
        return opt_out_url(url, token)


def message_id_for(workspace: str, contact: str, campaign: str, message: str, domain: str) -> str:
    """Return the Message-ID of a delivery, the same on every attempt.

    `workspace` is its name, `contact` the contact's key, `campaign` and `message` their ids, `domain` the mailbox's.
    """
    name = f"{workspace}\0{contact}\0{campaign}\0{message}"
    return f"<{sha256(name.encode()).hexdigest()[:40]}@{ascii_domain(domain)}>"


def compose(
    proof: Proof,
    *,
    mailbox: Mailbox,
    message_id: str,
    date: datetime,
    thread: Thread | None = None,
    opt_out: str | None = None,
    secret: bytes | None = None,
) -> Composed:
    """Return the message that `proof` shows; `date` is aware, `opt_out` the link for it. Raises `ComposeError`."""
    sender = _own("From", mailbox.from_)
    reader = wire_address("To", proof.name, proof.email)
    people: list[tuple[str, Person]] = [("From", sender), ("To", reader)]
    if mailbox.reply_to is not None:
        people.append(("Reply-To", _own("Reply-To", mailbox.reply_to)))
    fields: list[Field] = [
        *people,
        ("Subject", proof.subject if thread is None else thread.answer),
        ("Date", _date_of(date.replace(microsecond=0, tzinfo=None), date.utcoffset())),
        ("Message-ID", message_id),
        *_answering(thread),
        *_unsubscribe(sender.address, opt_out),
    ]
    data = spliced(fields, [carried(text) for text in (proof.body, proof.html) if text is not None])
    check_wire(data)
    return Composed(
        data=data,
        message_id=message_id,
        sender=bounce_address(sender.address, message_id, secret=_needed(secret)) if mailbox.verp else sender.address,
        recipient=reader.address,
        needs_smtputf8=not all(person.address.isascii() for _, person in people),
    )


@lru_cache(maxsize=64)
def _date_of(local: datetime, offset: timedelta | None) -> str:
    return format_datetime(local if offset is None else local.replace(tzinfo=timezone(offset)))


@lru_cache(maxsize=64)
def _own(header: str, sender: Sender) -> Person:
    return wire_address(header, sender.name, sender.address)


@lru_cache(maxsize=64)
def _mailto(address: str) -> str:
    """Return the link with which the mailbox itself takes the wish (RFC 2369 §3.2, RFC 6068)."""
    local, _, domain = address.rpartition("@")
    return f"<mailto:{quote(local)}@{domain}?subject=unsubscribe>"


def _answering(thread: Thread | None) -> list[Field]:
    if thread is None:
        return []
    return [("In-Reply-To", thread.message_ids[-1]), ("References", " ".join(thread.message_ids))]


def _unsubscribe(address: str, opt_out: str | None) -> list[Field]:
    """Return the fields for it; the first link is the one that is preferred (RFC 2369 §2)."""
    if opt_out is None:
        return [("List-Unsubscribe", _mailto(address))]
    return [("List-Unsubscribe", f"<{opt_out}>, {_mailto(address)}"), ("List-Unsubscribe-Post", _ONE_CLICK)]


def _needed(secret: bytes | None) -> bytes:
    if secret is None:
        raise ComposeError("", "there is no secret to make tokens with", cure="write [optout] secret = { file = … }")
    return secret
