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

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from dripper.drip.addresses import ascii_domain, wire_address
from dripper.drip.assembly import spliced
from dripper.drip.body import carried
from dripper.drip.headers import ComposeError, header_line
from dripper.drip.hours import zone_of
from dripper.drip.letterhead import letterhead_of
from dripper.drip.proof import Proofs
from dripper.drip.tokens import bounce_address, opt_out_token, opt_out_url
from dripper.drip.wire import check_wire

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from dripper.drip.letterhead import Letterhead
    from dripper.drip.proof import Proof
    from dripper.drip.thread import Thread
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.settings import Mailbox
    from dripper.workspace.model.workspace import Recipient, Workspace

_EPOCH, _SECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(seconds=1)
# A name and an address that stand in `To` as they are: words of atoms, a dot-atom, a plain domain (RFC 5322 §3.4).
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_PLAIN_READER = re.compile(rf"{_ATOM}(?: {_ATOM})* <{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9.-]+>", re.ASCII)
_PLAIN_READER_CHARS = 76 - len("To: ")


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
        self._zone = zone_of(workspace.settings.workspace.timezone)
        self._ready: dict[tuple[str, str], _Ready] = {}

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
        thread = thread if campaign.thread else None
        ready = self._ready_for(campaign, message, shell)
        proof = ready.proofs.of(recipient, subject=None if thread is None else thread.answer)
        own = letterhead_of(ready.mailbox.from_, ready.mailbox.reply_to)
        name = self._workspace.settings.workspace.name
        return _composed(
            proof,
            own,
            message_id=message_id_for(name, recipient.key, campaign.id, message.id, own.domain),
            date_line=_date_line((date - _EPOCH) // _SECOND, self._zone),
            thread=thread,
            opt_out=self._opt_out_url(recipient),
            secret=_needed(self._secret) if ready.mailbox.verp else None,
        )

    def proof(
        self, campaign: Campaign, message: Message, recipient: Recipient, *, shell: str, thread: Thread | None = None
    ) -> Proof:
        """Return what the reader will see; raises `TemplateError`."""
        subject = thread.answer if thread is not None and campaign.thread else None
        return self._ready_for(campaign, message, shell).proofs.of(recipient, subject=subject)

    def _ready_for(self, campaign: Campaign, message: Message, shell: str) -> _Ready:
        key = (campaign.id, message.id)
        ready = self._ready.get(key)
        if ready is None or ready.campaign is not campaign or ready.message is not message or ready.shell != shell:
            _, mailbox = self._workspace.mailbox_of(campaign)
            proofs = Proofs(self._workspace, campaign, message, shell=shell)
            ready = self._ready[key] = _Ready(campaign, message, shell, mailbox, proofs)
        return ready

    def _opt_out_url(self, recipient: Recipient) -> str | None:
        url = self._workspace.settings.optout.url
        if url is None:
            return None
        token = opt_out_token(self._workspace.settings.workspace.name, recipient.key, secret=_needed(self._secret))
        return opt_out_url(url, token)


@dataclass(frozen=True, slots=True)
class _Ready:
    """What all mails of a message share, and what it was made of."""

    campaign: Campaign
    message: Message
    shell: str
    mailbox: Mailbox
    proofs: Proofs


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
    return _composed(
        proof,
        letterhead_of(mailbox.from_, mailbox.reply_to),
        message_id=message_id,
        date_line=header_line("Date", format_datetime(date)),
        thread=thread,
        opt_out=opt_out,
        secret=_needed(secret) if mailbox.verp else None,
    )


def _composed(
    proof: Proof,
    own: Letterhead,
    *,
    message_id: str,
    date_line: str,
    thread: Thread | None,
    opt_out: str | None,
    secret: bytes | None,
) -> Composed:
    """Return the message; with a `secret`, bounces come back to an address of its own."""
    to_line, recipient = _to(proof.name, proof.email)
    subject = header_line("Subject", proof.subject if thread is None else thread.answer)
    named = header_line("Message-ID", message_id) + _answering(thread)
    head = f"{own.sender}{to_line}{own.reply_to}{subject}{date_line}{named}{own.opting_out(opt_out)}"
    data = spliced(head, [carried(text) for text in (proof.body, proof.html) if text is not None])
    check_wire(data)
    return Composed(
        data=data,
        message_id=message_id,
        sender=own.address if secret is None else bounce_address(own.address, message_id, secret=secret),
        recipient=recipient,
        needs_smtputf8=not (own.is_ascii and recipient.isascii()),
    )


def _to(name: str, email: str) -> tuple[str, str]:
    """Return the line that names the reader, and the address as it stands on the wire."""
    both = f"{name} <{email}>"
    if len(both) <= _PLAIN_READER_CHARS and _PLAIN_READER.fullmatch(both) and "=?" not in both:
        return f"To: {both}\r\n", email
    reader = wire_address("To", name, email)
    return header_line("To", reader), reader.address


@lru_cache(maxsize=64)
def _date_line(second: int, zone: ZoneInfo) -> str:
    return header_line("Date", format_datetime((_EPOCH + second * _SECOND).astimezone(zone)))


def _answering(thread: Thread | None) -> str:
    if thread is None:
        return ""
    answered = header_line("In-Reply-To", thread.message_ids[-1])
    return answered + header_line("References", " ".join(thread.message_ids))


def _needed(secret: bytes | None) -> bytes:
    if secret is None:
        raise ComposeError("", "there is no secret to make tokens with", cure="write [optout] secret = { file = … }")
    return secret
