"""One contact's way through one campaign: what is to be written, when it may be, and where that was decided.

Whoever places a slot (plan, caps, worker) asks a course and nothing else, so that all of them count alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from dripper.errors import UsageError

if TYPE_CHECKING:
    from dripper.workspace.model.campaign import Campaign, Message
    from dripper.workspace.model.settings import Calendar
    from dripper.workspace.model.workspace import Recipient, Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A planned instant: UTC, the same on the contact's clock, the zone that was used, and the reason for people."""

    utc: datetime
    local: datetime
    zone: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A campaign as one contact gets it."""

    campaign: Campaign
    recipient: Recipient
    calendar: Calendar
    # The messages that apply to this contact (`only`, `when`), in the file's order; the others use no slot.
    messages: tuple[Message, ...]
    # With `before`: the last day on which a message may go out.
    ends_on: date | None = None

    @classmethod
    def of(
        cls,
        workspace: Workspace,
        campaign: Campaign,
        recipient: Recipient,
        *,
        messages: tuple[Message, ...] | None = None,
    ) -> Self:
        """Return the course of `recipient` through `campaign`, which may be a frozen revision of the workspace's own.

        `messages` are those that apply where the caller knows them; else the conditions are rendered here, which may
        raise the `TemplateError` of a broken `when`.
        """
        return cls(
            campaign=campaign,
            recipient=recipient,
            calendar=workspace.settings.calendar,
            messages=applying(workspace, campaign, recipient) if messages is None else messages,
            ends_on=last_day(workspace, campaign, recipient.account),
        )

    def position(self, message_id: str) -> int:
        """Return the place of a message in the file, 0 for the first; `ValueError` where it is not there."""
        for place, message in enumerate(self.campaign.messages):
            if message.id == message_id:
                return place
        raise ValueError(f"campaign {self.campaign.id} has no message {message_id}")

    def left(self, message_id: str) -> int:
        """Return how many messages are still to go out, `message_id` included."""
        position = self.position(message_id)
        return sum(self.position(message.id) >= position for message in self.messages)

    def after(self, message_id: str | None) -> Message | None:
        """Return the next message that applies after `message_id`, the first for `None`, `None` when all are done."""
        position = -1 if message_id is None else self.position(message_id)
        return next((message for message in self.messages if self.position(message.id) > position), None)


def applying(workspace: Workspace, campaign: Campaign, recipient: Recipient) -> tuple[Message, ...]:
    """Return the messages of `campaign` whose `only` and `when` hold for `recipient` now."""
    if not any(message.only or message.when for message in campaign.messages):
        return campaign.messages
    from dripper.text.message import applies
    from dripper.text.values import values_of

    values = values_of(workspace, campaign, recipient)
    return tuple(message for message in campaign.messages if applies(message, values))


def last_day(workspace: Workspace, campaign: Campaign, account: str) -> date | None:
    """Return the last day a `before` campaign may write on: `lead_days` before the negotiation; `None` without one.

    `before` is the id of a negotiation, or its name in the folder of the contact's account or of the campaign.
    """
    if not campaign.before:
        return None
    folder = campaign.file.removeprefix("campaigns/").rpartition("/")[0]
    for name in (f"{account}/{campaign.before}", campaign.before, f"{folder}/{campaign.before}"):
        if name in workspace.negotiations:
            return workspace.negotiations[name].on - timedelta(days=campaign.lead_days)
    whose = f" of account {account}" if account else ""
    raise UsageError(
        f"campaign {campaign.id}: there is no negotiation '{campaign.before}'{whose}",
        cure="correct `before`, or write the negotiation with `dripper new negotiation`",
    )
