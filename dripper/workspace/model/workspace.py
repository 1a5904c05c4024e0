"""A whole workspace as read: settings, accounts, campaigns, negotiations, series, and who a campaign writes to."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from dripper.workspace.model.account import Account
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.negotiation import Negotiation
    from dripper.workspace.model.settings import Mailbox, Settings
    from dripper.workspace.model.signal import Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The values of one metric of one account, in order of date, one value a date."""

    account: str
    metric: str
    points: tuple[tuple[date, Decimal], ...]
    # How many rows of this metric could not be read; the brief marks the metric.
    bad_rows: int = 0
    # Where they stand, as the user calls it.
    source: str = "metrics.csv"

    @property
    def latest(self) -> Decimal | None:
        """Return the newest value."""
        return self.points[-1][1] if self.points else None

    def until(self, day: date) -> Series:
        """Return the series without the values that are dated after `day`."""
        if not self.points or self.points[-1][0] <= day:
            return self
        return replace(self, points=self.points[: bisect_right(self.points, day, key=lambda point: point[0])])


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A contact as a campaign sees it: names split, zone and country settled."""

    # The normalised address: the person's identity in the store.
    key: str
    email: str
    name: str
    first_name: str
    last_name: str
    role: str
    # The account's id, or a bare group name from a list; empty where there is none.
    account: str
    timezone: str
    country: str | None = None
    region: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


class Register(Sequence[Recipient]):
    """Recipients of whom one is found by the key without going through the others; `version` differs when they do."""

    @property
    @abstractmethod
    def version(self) -> str:
        """Return what differs when anything about them does."""

    @abstractmethod
    def get(self, key: str) -> Recipient | None:
        """Return the recipient of a normalised address; `None` where nobody has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Everything that the files say, once they were read without a problem that hides a part."""

    # Absolute path of the folder that holds `dripper.toml`.
    root: str
    settings: Settings
    accounts: Mapping[str, Account] = field(default_factory=dict)
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    negotiations: Mapping[str, Negotiation] = field(default_factory=dict)
    # By account id, then metric id.
    series: Mapping[str, Mapping[str, Series]] = field(default_factory=dict)
    # The mentions in `signals.csv`, in the file's order.
    signals: Sequence[Signal] = ()
    # By campaign id: whom it writes to, in the files' order, each person once. Those of a long list are read each time.
    recipients: Mapping[str, Sequence[Recipient]] = field(default_factory=dict)
    # By name: the source of each shell, the workspace's own before the packaged one.
    shells: Mapping[str, str] = field(default_factory=dict)
    # The same of the HTML shells.
    html_shells: Mapping[str, str] = field(default_factory=dict)
    # The day on which the files were read, in the workspace's zone: a value dated later is told to nobody, also by a
    # `run` that goes on for weeks, so that it sends what a preview of that day shows. `None`: every value counts.
    today: date | None = None

    def recipient(self, campaign: str, key: str) -> Recipient | None:
        """Return the recipient of a campaign (by its id) whose key it is; `None` where it has nobody of it."""
        people = self.recipients.get(campaign, ())
        if isinstance(people, Register):
            return people.get(key)
        return next((recipient for recipient in people if recipient.key == key), None)

    def mailbox_of(self, campaign: Campaign) -> tuple[str, Mailbox]:
        """Return the name and the mailbox that `campaign` sends from; the reader made sure there is one."""
        name = campaign.mailbox or next(iter(self.settings.mailboxes))
        return name, self.settings.mailboxes[name]
