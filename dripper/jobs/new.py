"""Start an account, a campaign or a negotiation: a commented file, filled in from what the workspace knows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.jobs.init import start_campaign
from dripper.jobs.interview import Interview
from dripper.jobs.interview_file import best_metric, negotiation_lines, series_of
from dripper.jobs.interview_known import Known
from dripper.jobs.starting import Started, start_file
from dripper.workspace.toml_text import toml_text

if TYPE_CHECKING:
    from pathlib import Path

    from dripper.workspace.model.account import Account
    from dripper.workspace.model.workspace import Workspace

# How long before a contract renews the talk about it is proposed.
_WEEKS_BEFORE_RENEWAL = 8

_CONTACT = """\
# [[contact]]
# name = "Ana Weber"
# email = "ana.weber@{name}.example"
# role = "Head of Operations\""""


def new_account(root: Path, name: str, *, workspace: Workspace) -> Path:
    """Write `campaigns/NAME/account.toml`."""
    _check(name, parts=1, example="acme")
    started = start_file(
        root / "campaigns" / name / "account.toml",
        "account.toml",
        name=toml_text(_title(name)),
        timezone=toml_text(workspace.settings.workspace.timezone),
        contact=_CONTACT.format(name=name),
    )
    return _new(started, root)


def new_campaign(root: Path, name: str, *, workspace: Workspace, today: date) -> Path:
    """Write `campaigns/NAME.toml`: in an account's folder, or at the top for all accounts there are."""
    _check(name, parts=2, example="acme/insights", fewer=True)
    folder, slash, _ = name.rpartition("/")
    if slash:
        _account(workspace, folder)
    ids = ", ".join(toml_text(account) for account in workspace.accounts)
    path = root / "campaigns" / f"{name}.toml"
    return _new(start_campaign(path, name, today=today, accounts="" if slash else f"accounts = [{ids}]"), root)


def interview_of(root: Path, name: str, *, workspace: Workspace, today: date, owner: str) -> Interview:
    """Return the questions for a new negotiation; refuse a name that cannot be used, before anything is asked."""
    _check(name, parts=2, example="acme/renewal")
    folder, _, file = name.partition("/")
    account = _account(workspace, folder)
    path = root / "campaigns" / f"{name}.negotiation.toml"
    if path.exists():
        raise _there(path, root)
    on, why = _date_of_talk(account, today)
    metric, why_metric = best_metric(workspace, account, today)
    known = Known(
        account=account,
        today=today,
        title=f"{_title(file)} {on.year}",
        on=on,
        why_on=why or f"in {_WEEKS_BEFORE_RENEWAL} weeks",
        best_metric=metric,
        why_metric=why_metric,
        metrics=tuple(sorted({*(each.id for each in account.metrics), *series_of(workspace, folder)})),
        owner=owner,
    )
    return Interview(known=known)


def new_negotiation(root: Path, name: str, interview: Interview, *, workspace: Workspace) -> Path:
    """Write `campaigns/NAME.negotiation.toml` with what was answered; what was left open stands there as a comment."""
    known = interview.known
    started = start_file(
        root / "campaigns" / f"{name}.negotiation.toml",
        "negotiation.toml",
        account=known.account.id,
        metrics=_metric_lines(workspace, known.account, known.today),
        **negotiation_lines(interview),
    )
    return _new(started, root)


def _date_of_talk(account: Account, today: date) -> tuple[date, str]:
    renews = account.contract.renews if account.contract else None
    if renews is not None and renews - timedelta(weeks=_WEEKS_BEFORE_RENEWAL) > today:
        before = renews - timedelta(weeks=_WEEKS_BEFORE_RENEWAL)
        return before, f"{_WEEKS_BEFORE_RENEWAL} weeks before the contract renews"
    return today + timedelta(weeks=_WEEKS_BEFORE_RENEWAL), ""


def _metric_lines(workspace: Workspace, account: Account, today: date) -> str:
    series = {metric: one.until(today) for metric, one in series_of(workspace, account.id).items()}
    lines = [
        f"#   {metric.id}: {metric.title}, {series[metric.id].latest} {metric.unit}".rstrip()
        for metric in account.metrics
        if metric.id in series and series[metric.id].points
    ]
    return "\n".join(["# The metrics that an answer may name, with their latest values:", *lines] if lines else ["#"])


def _new(started: Started, root: Path) -> Path:
    """Return the path of a file that was written; refuse where one stood there before."""
    if not started.written:
        raise _there(started.path, root)
    return started.path


def _there(path: Path, root: Path) -> UsageError:
    return UsageError(
        f"{path.relative_to(root)} exists and was left as it is", cure="choose another name, or edit that file"
    )


def _check(name: str, *, parts: int, example: str, fewer: bool = False) -> None:
    """Refuse a name that is no plain file name, or has not as many parts as its kind needs."""
    pieces = name.split("/")
    plain = all(re.fullmatch(r"[a-z0-9][a-z0-9_-]*", piece) for piece in pieces)
    if not plain or not (len(pieces) == parts or (fewer and len(pieces) < parts)):
        raise UsageError(
            f"'{name}' is no name for this", cure=f"use small letters, digits and hyphens, as in `{example}`"
        )


def _account(workspace: Workspace, account: str) -> Account:
    found = workspace.accounts.get(account)
    if found is None:
        known = ", ".join(workspace.accounts) or "none yet"
        raise UsageError(
            f"there is no account '{account}' (accounts: {known})",
            cure=f"start it with `dripper new account {account}`",
        )
    return found


def _title(name: str) -> str:
    return re.sub(r"[-_]+", " ", name).strip().capitalize()
