"""Workspaces on the disk: a small one (one account, two contacts, one campaign of two messages), and the sample."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

REPOSITORY = Path(__file__).parents[2]
SETTINGS = """
[workspace]
name = "North"
timezone = "Europe/Berlin"
country = "DE"
[mailbox.dana]
from = "Dana Ruiz <dana@north.example>"
signature = "Dana"
smtp = { host = "127.0.0.1", port = 25, security = "none" }
"""
ACCOUNT = """
name = "Acme"
[[contact]]
name = "Ana Weber"
email = "ana@acme.example"
[[contact]]
name = "Ben Maier"
email = "ben@acme.example"
"""
CAMPAIGN = """
greeting = "Hi {{ contact.first_name }},"
shifts = "From buyer to analyst"
every = "2 weeks"
start = 2026-12-01
at = "09:30"

[[message]]
id = "carts"
subject = "Carts after nine, {{ contact.first_name }}"
text = "Most of your carts are left after nine in the evening; a reminder at eight finds their owners still awake."
gift = "When to send the reminder"

[[message]]
id = "sizes"
subject = "Sizes"
text = "Shoes that come back are mostly too small; one line on the size chart halves that, as two shops found out."
gift = "A cheap cut in returns"
"""


def small_workspace(root: Path) -> Path:
    """Write the workspace into `root` and return it."""
    write(root, "dripper.toml", SETTINGS)
    write(root, "campaigns/acme/account.toml", ACCOUNT)
    write(root, "campaigns/acme/insights.toml", CAMPAIGN)
    return root


def sample_workspace(root: Path) -> Path:
    """Copy the sample workspace of the repository into `root` and return it."""
    copytree(REPOSITORY / "campaigns", root / "campaigns")
    (root / "dripper.toml").write_bytes((REPOSITORY / "dripper.toml").read_bytes())
    return root


def write(root: Path, name: str, text: str) -> None:
    """Write one file of the workspace."""
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def edit(root: Path, old: str, new: str, name: str = "campaigns/acme/insights.toml") -> None:
    """Replace a text of one file, which must hold it."""
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    write(root, name, text.replace(old, new))
