"""The values that a message's template may name, for one recipient."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.workspace import Recipient, Workspace


def values_of(workspace: Workspace, campaign: Campaign, recipient: Recipient) -> dict[str, object]:
    """Return `contact`, `account`, `metrics` (the newest values, exact as written) and `vars` for `recipient`."""
    series = workspace.series.get(recipient.account, {})
    return {
        "contact": contact_fields(recipient),
        "account": account_fields(workspace, recipient.account),
        "metrics": {metric: each.latest for metric, each in series.items() if each.latest is not None},
        "vars": dict(campaign.vars),
    }


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
