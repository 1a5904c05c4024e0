"""Who is missing although nobody took them away: the people of a file that has an error.

An account with an error is left out of the workspace, and its people with it. Nobody may take that for their removal:
they wait, and a campaign that writes to them is not scheduled until the file is mended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.workspace.model.address import address_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dripper.workspace.contact_list import Listed
    from dripper.workspace.model.account import Account, Bucket
    from dripper.workspace.model.campaign import Campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyAccount:
    """An account file with an error, and what it says nevertheless."""

    file: str
    id: str
    # Mended; None where nothing can be made of the file.
    account: Account | None
    # None where the file does not say it, or not rightly.
    bucket: Bucket | None

    @property
    def names(self) -> set[str]:
        """Return what a list of contacts may call the account, in small letters."""
        return {name.casefold() for name in (self.id, self.account.name if self.account else "") if name}

    @property
    def keys(self) -> Iterator[str]:
        """Return the key of each person in the file."""
        for contact in self.account.contacts if self.account else ():
            if contact.email:
                yield address_key(contact.email)


def files_awaited(
    campaign: Campaign, account_ids: Collection[str], accounts: Iterable[FaultyAccount], faulty_list: str | None
) -> tuple[str, ...]:
    """Return the files with an error on which it depends whom `campaign` writes to.

    `faulty_list` is its contact list, where that has an error. With a list every account counts, because it may say
    `drip = false` of somebody on it.
    """
    files = [
        account.file
        for account in accounts
        if campaign.contact_list
        or account.id in account_ids
        or (campaign.buckets and (account.bucket is None or account.bucket in campaign.buckets))
    ]
    return (*files, faulty_list) if faulty_list else tuple(files)


def settled(
    listed: Iterable[Listed], accounts: Mapping[str, Account], faulty: Collection[FaultyAccount]
) -> Iterator[Listed]:
    """Yield the people of a list for whom no account with an error may have a say: zone, country, or `drip = false`."""
    if not faulty:
        yield from listed
        return
    silent = {key for account in faulty for key in account.keys}
    names = {name for account in faulty for name in account.names}
    known = {name.casefold() for account in accounts.values() for name in (account.name, account.id)}
    is_any_unreadable = any(account.account is None for account in faulty)
    for person in listed:
        group = person.account.casefold()
        may_be_theirs = group in names or (is_any_unreadable and group and group not in known)
        email = person.contact.email
        if not may_be_theirs and email is not None and address_key(email) not in silent:
            yield person
