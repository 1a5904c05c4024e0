"""The values that a message's template may name, for one recipient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Series, Workspace


def values_of(workspace: Workspace, campaign: Campaign, recipient: Recipient) -> dict[str, object]:
    """Return `contact`, `account`, `metrics` (the newest values to date, exact as written) and `vars`."""
    return {
        "contact": contact_fields(recipient),
        "account": account_fields(workspace, recipient.account),
        "metrics": latest_of(workspace, recipient.account),
        "vars": dict(campaign.vars),
    }


class Latest(Mapping[str, Decimal]):
    """The newest value of each metric of an account, none that is dated after today.

    A source of metrics is asked only when a template names one.
    """

    def __init__(self, workspace: Workspace, account: str) -> None:
        self._workspace = workspace
        self._account = account
        self._today = workspace.today or date.max

    @cached_property
    def _series(self) -> Mapping[str, Series]:
        return self._workspace.series.get(self._account, {})

    def __getitem__(self, metric: str) -> Decimal:
        latest = self._series[metric].until(self._today).latest
        if latest is None:
            raise KeyError(metric)
        return latest

    def __iter__(self) -> Iterator[str]:
        return (metric for metric, series in self._series.items() if series.until(self._today).points)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def latest_of(workspace: Workspace, account: str) -> Mapping[str, Decimal]:
    """Return the newest values of an account that are not dated after today, exact as written."""
    latest = Latest(workspace, account)
    return dict(latest) if isinstance(workspace.series, dict) else latest


def contact_fields(recipient: Recipient) -> dict[str, str]:
    """Return what a template may say of a contact; a column of a list never hides a field of the same name."""
    return {
        **recipient.extra,
        "first_name": recipient.first_name,
        "last_name": recipient.last_name,
        "name": recipient.name,
        "email": recipient.email,
        "role": recipient.role,
    }


def account_fields(workspace: Workspace, account_id: str) -> Mapping[str, str]:
    """Return what a template may say of an account: nothing that is ours alone. A bare group has its name only."""
    account = workspace.accounts.get(account_id)
    if account is None:
        return {"id": account_id, "name": account_id} if account_id else {}
    fields = {"id": account.id, "name": account.name, "country": account.country or "", "region": account.region or ""}
    return {**fields, "bucket": str(account.bucket or "")}
