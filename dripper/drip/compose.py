"""The bytes of one message to one contact, as they go over the wire and into the archive.

- The same arguments give the same bytes; only `Date` and what the thread really holds come from outside.
- Every line ends in CRLF and has at most 998 octets; there is no NUL and no CR or LF of its own.
- ASCII text goes as it is; any other is quoted-printable or base64, whichever is shorter, so that no server needs to
  offer 8BITMIME.
- A domain goes in its ASCII form (IDNA). A local part that is not ASCII cannot: the message then needs SMTPUTF8.
- No pixel, no rewritten link, no address but the reader's: nothing tracks.

Stuffing dots is left to the wire.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from dripper.drip.headers import LINE_OCTETS, WIRE, ComposeError, refuse_breaks
from dripper.drip.hours import zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from dripper.drip.proof import Proof
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.settings import Mailbox
    from dripper.workspace.model.workspace import Recipient, Workspace

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n|\0")
_ENCODED_STRUCTURE = re.compile(
    rb"^(?:Message-ID|In-Reply-To|References|List-Unsubscribe|Date|MIME-Version):[^\r]*(?:\r\n [^\r]*)*=\?",
    re.MULTILINE,
)
# What quoted-printable leaves as it is (RFC 2045 §6.7).
_UNQUOTED = bytes([*b"\t\n", *range(32, 61), *range(62, 127)])
_ASCII_TEXT = re.compile(r"[\t\n -~]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """What a follow-up answers: the ids of the messages that really went out, oldest first, and their subject."""

    message_ids: tuple[str, ...]
    subject: str

    @property
    def answer(self) -> str:
        """Return the subject of whatever answers it."""
        return f"Re: {self.subject}"

    @classmethod
    def of(cls, sent: Sequence[bytes]) -> Thread | None:
        """Return the thread of archived messages, oldest first; `None` where there is none yet."""
        if not sent:
            return None
        parsed = [BytesParser(policy=default).parsebytes(data, headersonly=True) for data in sent]
        subject = str(parsed[0]["Subject"]).removeprefix("Re: ")
        return cls(message_ids=tuple(str(message["Message-ID"]) for message in parsed), subject=subject)


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


def message_id_for(workspace: str, contact: str, campaign: str, message: str, domain: str) -> str:
    """Return the Message-ID of a delivery, the same on every attempt.

    `workspace` is its name, `contact` the contact's key, `campaign` and `message` their ids, `domain` the mailbox's.
    """
    name = f"{workspace}\0{contact}\0{campaign}\0{message}"
    return f"<{sha256(name.encode()).hexdigest()[:40]}@{ascii_domain(domain)}>"


def compose_message(
    workspace: Workspace,
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
    from dripper.drip.proof import proof_of

    _, mailbox = workspace.mailbox_of(campaign)
    domain = mailbox.from_.address.rpartition("@")[2]
    settings = workspace.settings.workspace
    return compose(
        proof_of(workspace, campaign, message, recipient, shell=shell),
        mailbox=mailbox,
        message_id=message_id_for(settings.name, recipient.key, campaign.id, message.id, domain),
        date=date.astimezone(zone_of(settings.timezone)),
        thread=thread if campaign.thread else None,
    )


def compose(
    proof: Proof, *, mailbox: Mailbox, message_id: str, date: datetime, thread: Thread | None = None
) -> Composed:
    """Return the message that `proof` shows; `date` is aware. Raises `ComposeError`."""
    sender = _address("From", mailbox.from_.name, mailbox.from_.address)
    recipient = _address("To", proof.name, proof.email)
    message = EmailMessage(policy=WIRE)
    message["From"] = sender
    message["To"] = recipient
    if mailbox.reply_to is not None:
        message["Reply-To"] = _address("Reply-To", mailbox.reply_to.name, mailbox.reply_to.address)
    message["Subject"] = proof.subject if thread is None else thread.answer
    message["Date"] = format_datetime(date)
    message["Message-ID"] = message_id
    if thread is not None:
        message["In-Reply-To"] = thread.message_ids[-1]
        message["References"] = " ".join(thread.message_ids)
    message["List-Unsubscribe"] = _unsubscribe(sender)
    _set_text(message, proof.body)
    utf8 = not (sender.addr_spec + recipient.addr_spec + str(message["Reply-To"] or "")).isascii()
    data = message.as_bytes()
    check_wire(data)
    return Composed(
        data=data,
        message_id=message_id,
        sender=sender.addr_spec,
        recipient=recipient.addr_spec,
        needs_smtputf8=utf8,
    )


def check_wire(data: bytes) -> None:
    """Raise `ComposeError` where the final bytes break a promise of this module; the last line of defence."""
    if _BARE.search(data):
        raise ComposeError("", "the message holds a bare line break or a NUL", cure="remove it from the text")
    if _ENCODED_STRUCTURE.search(data.partition(b"\r\n\r\n")[0] + b"\r\n"):
        raise ComposeError("", "an id or a link was encoded", cure="write to the authors of dripper")
    if max(map(len, data.split(b"\r\n"))) > LINE_OCTETS:
        raise ComposeError("", f"a line is longer than {LINE_OCTETS} octets", cure="break it")


def ascii_domain(domain: str) -> str:
    """Return a domain in its ASCII form (IDNA 2008, UTS 46)."""
    if domain.isascii():
        return domain
    import idna

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ComposeError("", f"{domain} is no domain: {error}", cure="correct the address") from error


def _address(header: str, name: str, address: str) -> Address:
    refuse_breaks(header, name)
    refuse_breaks(header, address)
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain or re.search(r"[\s<>,;:]", address):
        raise ComposeError(header, f'"{address}" is no address', cure="write it as ana@acme.example")
    return Address(display_name=" ".join(name.split()), username=local, domain=ascii_domain(domain))


def _unsubscribe(sender: Address) -> str:
    """RFC 2369 §3.2 and RFC 6068: the mailbox itself takes the wish."""
    return f"<mailto:{quote(sender.username)}@{sender.domain}?subject=unsubscribe>"


def _set_text(message: EmailMessage, text: str) -> None:
    if "\0" in text:
        raise ComposeError("", "the text holds a NUL", cure="remove it")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _ASCII_TEXT.fullmatch(text) and all(len(line) <= LINE_OCTETS for line in text.split("\n")):
        message.set_content(text, charset="us-ascii", cte="7bit")
        return
    try:
        data = text.encode()
    except UnicodeEncodeError as error:
        raise ComposeError("", "half of a character (a lone surrogate) cannot be sent", cure="remove it") from error
    quoted_octets = len(data) + 2 * len(data.translate(None, _UNQUOTED))
    cte = "quoted-printable" if quoted_octets <= len(data) * 4 / 3 else "base64"
    message.set_content(text, charset="utf-8", cte=cte)
