"""A message as one contact gets it: subject, greeting, text, signature, and all of it in the shell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from dripper.drip.html import paragraphs
from dripper.drip.shell import Shell
from dripper.text.filling import Filling, Frame
from dripper.text.message import variant_index
from dripper.text.values import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.settings import Mailbox
    from dripper.workspace.model.workspace import Recipient, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the reader will see, before it becomes bytes."""

    # The reader's name and address as they stand in `To`.
    name: str
    email: str
    subject: str
    greeting: str
    # What lint counts: the rendered text alone.
    text: str
    signature: str
    footer: str
    # The whole of what is read, with the shell round the text; it ends in one line break.
    body: str
    # The same as an HTML page; None where the campaign asks for none.
    html: str | None = None


class Proofs:
    """The templates of one message, made ready once for all its contacts."""

    def __init__(self, workspace: Workspace, campaign: Campaign, message: Message, *, shell: str) -> None:
        """Take a campaign, which may be a frozen revision, and the source of its shell, which may be frozen too."""
        self._workspace = workspace
        self._campaign = campaign
        self._message = message
        self._greeting = Filling(campaign.greeting)
        self._subjects = [Filling(subject) for subject in message.variants]
        self._text = Filling(message.text)
        _, mailbox = workspace.mailbox_of(campaign)
        self._signature, self._footer = mailbox.signature, mailbox.footer
        source = Shell.of(shell)
        self._shell = Frame(source.text, _closing(mailbox, str), ("greeting", "text"))
        self._html = None if source.html is None else page_frame(source.html, mailbox)

    def of(self, recipient: Recipient, *, subject: str | None = None) -> Proof:
        """Return the message as `recipient` gets it, with `subject` where it answers another; raise `TemplateError`."""
        values = values_of(self._workspace, self._campaign, recipient)
        variant = variant_index(recipient.key, self._message.id, len(self._subjects))
        own = self._subjects[variant].text(values)
        text = self._text.text(values).strip("\n")
        open_values = {"greeting": self._greeting.text(values), "text": text}
        subject = own if subject is None else subject
        return Proof(
            name=recipient.name,
            email=recipient.email,
            subject=subject,
            greeting=open_values["greeting"],
            text=text,
            signature=self._signature,
            footer=self._footer,
            body=self._shell.text(open_values).strip("\n") + "\n",
            html=self._page(subject, open_values),
        )

    def _page(self, subject: str, values: Mapping[str, str]) -> str | None:
        if self._html is None:
            return None
        parts = {name: paragraphs(value) for name, value in values.items()}
        return self._html.text({"subject": escape(subject), **parts}).strip("\n") + "\n"


def page_frame(source: str, mailbox: Mailbox) -> Frame:
    """Return an HTML shell with what is the mailbox's; open are `subject`, `greeting` and `text`."""
    return Frame(source, _closing(mailbox, paragraphs), ("subject", "greeting", "text"))


def _closing(mailbox: Mailbox, written: Callable[[str], str]) -> dict[str, str]:
    return {"signature": written(mailbox.signature), "footer": written(mailbox.footer)}
