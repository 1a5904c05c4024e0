"""A message as one contact gets it: subject, greeting, text, signature, and all of it in the shell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.problem import Passage

if TYPE_CHECKING:
    from dripper.workspace.model.campaign import Campaign, Message
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


def proof_of(workspace: Workspace, campaign: Campaign, message: Message, recipient: Recipient, *, shell: str) -> Proof:
    """Return `message` as `recipient` gets it in the shell with the source `shell`; raises `TemplateError`."""
    from dripper.text.message import body_of
    from dripper.text.render import Template
    from dripper.text.values import values_of

    values = values_of(workspace, campaign, recipient)
    rendering = body_of(message, recipient, values)
    _, mailbox = workspace.mailbox_of(campaign)
    parts = {
        "greeting": Template(Passage.of_file(campaign.greeting)).render(values).text,
        "text": rendering.text.text.strip("\n"),
        "signature": mailbox.signature,
        "footer": mailbox.footer,
    }
    body = Template(Passage.of_file(shell)).render(parts).text
    return Proof(
        name=recipient.name,
        email=recipient.email,
        subject=rendering.subject.text,
        body=body.strip("\n") + "\n",
        **parts,
    )
