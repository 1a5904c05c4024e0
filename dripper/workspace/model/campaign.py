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

    # Never changes once scheduled; default: made from the subject.
    id: str = ""
    subject: str = ""
    # Variants; one is chosen by a hash of contact and message. Empty: `subject` alone.
    subjects: tuple[str, ...] = ()
    text: str
    # What the reader has from it; never shown to the reader.
    gift: str = ""
    # Required when the text states a figure; never shown to the reader.
    source: str = ""
    # How this message should change the way they see us, where it differs from the campaign's.
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

    # Most characters of a rendered text.
    chars: int | None = None
    # Rules not to run.
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
    # All accounts that we call so.
    buckets: tuple[Bucket, ...] = ()
    # A CSV beside the campaign.
    contact_list: str = ""
    # A template; stands above the text and is not counted as text.
    greeting: str = ""
    # How the messages should change the way they see us; required here or on each message.
    shifts: str = ""
    every: Every
    # The day of the first message.
    start: date | None = None
    # Instead of `start`: a negotiation from whose date the slots are counted back.
    before: str = ""
    # With `before`: how many days before the negotiation the last message goes.
    lead_days: int = 14
    # Which angle of a negotiation these gifts prepare.
    prepares: Category | None = None
    # Empty: the weekday of `start`.
    on: tuple[Weekday, ...] = ()
    # The time of day on the contact's clock; default: the start of the window.
    at: Clock | None = None
    # Spread over so many minutes after `at`.
    spread_minutes: int = 0
    # The higher one wins where a cap lets only one message go.
    priority: int = 5
    # True: follow-ups answer the first message.
    thread: bool = False
    # Whose messages a reply stops.
    on_reply: OnReply = OnReply.CONTACT
    # The template round the text: `templates/NAME.txt.j2`.
    shell: str = "plain"
    # True: beside the text goes an HTML page, from `templates/NAME.html.j2`.
    html: bool = False
    # Names of your own for the templates, as `vars.NAME`.
    vars: dict[str, str] = field(default_factory=dict)
    lint: CampaignLint = field(default_factory=CampaignLint)
    messages: tuple[Message, ...] = ()
    file: str = ""
