"""Never write to an address again: in the store at once, and as a hash in the workspace, for the next clone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.jobs.target import find_contact
from dripper.outbox.stopping import suppress as suppress_contact
from dripper.outbox.store.suppressions import all_hashes
from dripper.outbox.suppressed_file import append_hashes
from dripper.workspace.model.address import EmailAddress, address_key

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from dripper.outbox.store.engine import Store
    from dripper.workspace.model.workspace import Workspace


def address_of(store: Store, workspace: Workspace, text: str) -> str:
    """Return the address that a user wrote, or that of the contact so called; `UsageError` where it is neither."""
    if "@" in text:
        return text.strip()
    try:
        with store.read() as connection:
            return find_contact(workspace, connection, text)
    except UsageError as error:
        raise UsageError(f"'{text}' is no e-mail address, and {error}", cure=error.cure) from error


def suppress(store: Store, root: Path | None, address: str, *, now: datetime, reason: str = "by hand") -> int:
    """Suppress `address`, whether anybody of that address is known or not; return how many campaigns it stops.

    `root` is the workspace whose `suppressed.txt` gets the hash; `None` in a rehearsal, which changes no file.
    """
    try:
        key = address_key(EmailAddress.parse(address.strip()))
    except ValueError as error:
        raise UsageError(str(error), cure="write it as ana@acme.example") from error
    with store.write() as connection:
        stopped = suppress_contact(connection, key, reason=reason, at=now)
    if root is not None:
        keep_in_file(store, root)
    return stopped


def keep_in_file(store: Store, root: Path) -> int:
    """Add every suppression of the store to the workspace's `suppressed.txt`; return how many it did not have."""
    with store.read() as connection:
        hashes = all_hashes(connection)
    return append_hashes(root, hashes)
