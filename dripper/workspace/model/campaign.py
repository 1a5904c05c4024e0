"""A campaign file: messages, each a small gift, and when they go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dripper.workspace.model.account import Bucket, Category
from dripper.workspace.model.table import Table
from dripper.workspace.model.values import Clock, Every, Weekday


class OnReply(StrEnum):
    """What a reply stops."""

    CONTACT = "contact"
    ACCOUNT = "account"
    GO_ON = "go-on"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Table):
    """The unit that is linted and sent; `id` is made from the subject unless the file names one."""

    id: str = ""
    subject: str = ""
    # Variants; one is chosen by a hash of contact and message. Empty: `subject` alone.
    subjects: tuple[str, ...] = ()
    text: str
    gift: str = ""
    # Required when the text states a figure; never shown to the reader.
    source: str = ""
    shifts: str = ""
    # Contact fields that must equal these values, else the message is skipped for that contact.
    only: dict[str, str] = field(default_factory=dict)
    # A template; where it renders to nothing, "false" or "0", the message is skipped for that contact.
    when: str = ""
    # True silences D2 for this message; it counts against `lint.asks`.
    ask: bool = False

    @property
    def variants(self) -> tuple[str, ...]:
        """Return every subject that may be sent, at least one where the file was accepted."""
        return self.subjects or (self.subject,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLint(Table):
    """What this campaign changes of `[lint]`."""

    chars: int | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(Table):
    """The whole of a campaign file; `id` is folder/file unless the file names one."""

    id: str = ""
    name: str = ""
    # Empty: the only mailbox of the workspace.
    mailbox: str = ""
    # Empty with no bucket and no list: the account in whose folder the file lies.
    accounts: tuple[str, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    # A CSV beside the campaign.
    contact_list: str = ""
    greeting: str = ""
    shifts: str = ""
    every: Every
    start: date | None = None
    before: str = ""
    lead_days: int = 14
    prepares: Category | None = None
    # Empty: the weekday of `start`.
    on: tuple[Weekday, ...] = ()
    at: Clock | None = None
    spread_minutes: int = 0
    priority: int = 5
    thread: bool = False
    on_reply: OnReply = OnReply.CONTACT
    shell: str = "plain"
    vars: dict[str, str] = field(default_factory=dict)
    lint: CampaignLint = field(default_factory=CampaignLint)
    messages: tuple[Message, ...] = ()
    file: str = ""
