"""Start a workspace: settings, one account and one campaign, so that every command has something to show at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.jobs.starting import Started, start_file
from dripper.workspace.model.values import Zone
from dripper.workspace.packaged import sample_root
from dripper.workspace.toml_text import toml_text

if TYPE_CHECKING:
    from pathlib import Path

_CONTACT = """\
[[contact]]
name = "Ana Weber"
email = "ana.weber@acme.example"
role = "Head of Operations"
# boss = "Jonas Maier"
# judged_on = ["cost per parcel"]
# decides = true"""


def init(directory: Path, *, name: str, timezone: str, today: date) -> list[Started]:
    """Write what is missing of a new workspace in `directory` and say of each file whether it is new."""
    if directory.exists() and not directory.is_dir():
        raise UsageError(f"{directory} is a file", cure="name a folder, as in `dripper init agency`")
    try:
        Zone.parse(timezone)
    except ValueError as error:
        raise UsageError(str(error), cure="name it as in `dripper init --timezone Europe/Berlin`") from error
    acme = directory / "campaigns" / "acme"
    return [
        start_file(directory / "dripper.toml", "dripper.toml", name=toml_text(name), timezone=toml_text(timezone)),
        start_file(directory / ".gitignore", "gitignore"),
        start_file(
            acme / "account.toml", "account.toml", name='"Acme"', timezone=toml_text(timezone), contact=_CONTACT
        ),
        start_campaign(acme / "insights.toml", "acme/insights", today=today, more=True),
    ]


def start_campaign(path: Path, campaign: str, *, today: date, accounts: str = "", more: bool = False) -> Started:
    """Write a campaign that starts on the next Tuesday; `accounts` is a line for one outside an account's folder."""
    return start_file(
        path,
        "campaign.toml",
        id=campaign,
        start=next_tuesday(today).isoformat(),
        accounts=accounts or '# accounts = ["acme"]               # default: the account of this folder',
        more=_more_messages() if more else "",
    )


def _more_messages() -> str:
    """Return two more messages, so that a first plan shows a cadence."""
    return (sample_root() / "templates" / "start" / "more.toml").read_text(encoding="utf-8").rstrip("\n")


def next_tuesday(today: date) -> date:
    """Return the first Tuesday after `today`: a day that is seldom a holiday and never the start of a week."""
    return today + timedelta(days=(1 - today.weekday() - 1) % 7 + 1)
