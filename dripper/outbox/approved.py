"""What was approved, read against what the files say today: the frozen text, for the contact as he or she is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.drip.compose import Composer
from dripper.drip.course import Course
from dripper.errors import StoreError
from dripper.outbox.store import campaigns
from dripper.problem import Problem
from dripper.workspace.model.workspace import Register

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from dripper.outbox.store.campaigns import Revision
    from dripper.outbox.store.posting import Next
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.settings import Mailbox, Settings
    from dripper.workspace.model.workspace import Recipient, Workspace


class Approved:
    """The frozen campaigns joined with the live workspace."""

    def __init__(self, workspace: Workspace, *, suppressed: Collection[str] = (), secret: bytes | None = None) -> None:
        """Take the workspace as it is; `suppressed` are the hashes of `suppressed.txt`, `secret` the key of tokens."""
        self.workspace = workspace
        self.composer = Composer(workspace, secret=secret)
        self._suppressed = frozenset(suppressed)
        self.onward: dict[object, Next | None] = {}
        self._revisions: dict[tuple[str, int], Revision] = {}
        self._campaigns: dict[tuple[str, int], Campaign] = {}
        self._recipients: dict[str, dict[str, Recipient]] = {}

    @property
    def settings(self) -> Settings:
        """Return what `dripper.toml` says."""
        return self.workspace.settings

    def revisions(self, connection: Connection, names: Collection[str]) -> dict[str, Revision]:
        """Return the revisions of campaigns that go out; each is read once."""
        numbers = campaigns.numbers(connection)
        for name in names:
            if (name, numbers[name]) not in self._revisions:
                found = campaigns.current(connection, name)
                assert found is not None
                self._revisions[name, found.number] = found
        return {name: self._revisions[name, numbers[name]] for name in names}

    def campaign(self, revision: Revision) -> Campaign:
        """Return a campaign as it was frozen."""
        known = (revision.campaign, revision.number)
        if known not in self._campaigns:
            self._campaigns[known] = campaign_of(revision)
        return self._campaigns[known]

    def recipient(self, campaign: str, contact: str) -> Recipient | None:
        """Return a contact as the files describe it now; `None` where they do not know it for this campaign."""
        known = self._recipients.get(campaign)
        if known is None:
            listed = self.workspace.recipients.get(campaign, ())
            if isinstance(listed, Register):
                return listed.get(contact)
            known = self._recipients[campaign] = {recipient.key: recipient for recipient in listed}
        return known.get(contact)

    def course(self, revision: Revision, contact: str) -> Course | None:
        """Return a contact's way through a frozen campaign; `None` where the files do not know the contact.

        Raises a `DripperError` where a condition cannot be rendered or a negotiation is missing.
        """
        recipient = self.recipient(revision.campaign, contact)
        if recipient is None:
            return None
        return Course.of(self.workspace, self.campaign(revision), recipient)

    def mailbox_of(self, campaign: Campaign) -> tuple[str, Mailbox | None]:
        """Return the name of the mailbox a frozen campaign sends from, and the mailbox where there is still one."""
        name = campaign.mailbox or next(iter(self.settings.mailboxes))
        return name, self.settings.mailboxes.get(name)

    def suppressed_among(self, hashes: Collection[str]) -> frozenset[str]:
        """Return those of `hashes` that the file of suppressions names."""
        return self._suppressed.intersection(hashes)


def campaign_of(revision: Revision) -> Campaign:
    """Read a frozen text; `StoreError` where it is none, because only a fault of the record can do that."""
    from dripper.workspace.campaign import read_campaign
    from dripper.workspace.toml import Document

    document = Document.parse(revision.file, revision.source)
    campaign = None
    if not isinstance(document, Problem):
        campaign = read_campaign(document, default_id=revision.campaign).value
    if campaign is None:
        raise StoreError(
            f"what was scheduled of {revision.campaign} cannot be read",
            cure=f"schedule it again: `dripper schedule {revision.campaign}`",
        )
    return campaign
