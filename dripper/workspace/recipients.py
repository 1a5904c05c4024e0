"""Whom a campaign writes to: people of accounts and of lists as one kind, zone and country settled, each once."""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING

from dripper.workspace.model.address import address_key
from dripper.workspace.model.workspace import Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dripper.workspace.contact_list import Listed
    from dripper.workspace.model.account import Account, Contact
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.settings import WorkspaceTable

_TITLES = {"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame", "herr", "frau"}
# Without its dot this one may be a name.
_DOTTED_TITLES = {"ing.", "dipl.", "dipl.-ing."}


def recipients_of(
    account_ids: Iterable[str],
    accounts: Mapping[str, Account],
    listed: Iterable[Listed],
    home: WorkspaceTable,
    *,
    left_out: Iterable[Account] = (),
) -> tuple[Recipient, ...]:
    """Return the people of the accounts, then those of a list, in the files' order, each person once.

    A person whose `account.toml` says `drip = false` is not written to, whatever a list says; so do accounts that are
    otherwise `left_out`.
    """
    silent = silent_of((*accounts.values(), *left_out))
    found: dict[str, Recipient] = {}
    for recipient in (*_of_accounts(account_ids, accounts, home), *of_list(listed, accounts, home)):
        if recipient.key not in silent:
            found.setdefault(recipient.key, recipient)
    return tuple(found.values())


def silent_of(accounts: Iterable[Account]) -> set[str]:
    """Return the keys of those whom their account's file says not to write to."""
    return {
        address_key(contact.email)
        for account in accounts
        for contact in account.contacts
        if contact.email and not contact.drip
    }


def account_ids_of(campaign: Campaign, accounts: Mapping[str, Account], folders: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the accounts that `campaign` names, by themselves, by bucket, or by the folder it lies in.

    `folders` gives the account of each folder; a folder within an account's folder belongs to that account.
    """
    if campaign.accounts or campaign.buckets or campaign.contact_list:
        of_buckets = (key for key, account in accounts.items() if account.bucket in campaign.buckets)
        return tuple(dict.fromkeys((*campaign.accounts, *of_buckets)))
    folder = folder_of(campaign.file)
    while folder and folder not in folders:
        folder = folder.rpartition("/")[0]
    return (folders[folder],) if folder else ()


def folder_of(file: str) -> str:
    """Return the folder below `campaigns/` in which `file` lies; empty at the top."""
    return file.removeprefix("campaigns/").rpartition("/")[0]


def split_name(name: str) -> tuple[str, str]:
    """Return the first and the last name in `name`, without titles; "Weber, Ana" is read as it is meant.

    With nothing but a title before it ("Frau Weber") a last name is addressed by both.
    """
    last, comma, first = name.partition(",")
    words = (f"{first} {last}" if comma else name).split()
    plain = list(dropwhile(_is_title, words))
    if len(plain) == 1 and len(words) > 1:
        return " ".join(words), plain[0]
    plain = plain or words
    return " ".join(plain[:1]), " ".join(plain[1:])


def _is_title(word: str) -> bool:
    return word.lower().removesuffix(".") in _TITLES or word.lower() in _DOTTED_TITLES


def of_list(listed: Iterable[Listed], accounts: Mapping[str, Account], home: WorkspaceTable) -> Iterator[Recipient]:
    """Yield the people of a list, each in the account that the list names, by its name or its id."""
    by_name = {name.casefold(): account for account in accounts.values() for name in (account.name, account.id)}
    for person in listed:
        account = by_name.get(person.account.casefold())
        yield _recipient(person.contact, account.id if account else person.account, account, home)


def _of_accounts(
    account_ids: Iterable[str], accounts: Mapping[str, Account], home: WorkspaceTable
) -> Iterator[Recipient]:
    for identity in account_ids:
        account = accounts.get(identity)
        for contact in account.contacts if account else ():
            if contact.email and contact.drip:
                yield _recipient(contact, identity, account, home)


def _recipient(contact: Contact, account_id: str, account: Account | None, home: WorkspaceTable) -> Recipient:
    assert contact.email is not None
    first, last = split_name(contact.name)
    name = contact.name or f"{contact.first_name} {contact.last_name}".strip()
    country, region = _place(contact, account, home)
    return Recipient(
        key=address_key(contact.email),
        email=str(contact.email),
        name=name,
        first_name=contact.first_name or first,
        last_name=contact.last_name or last,
        role=contact.role,
        account=account_id,
        timezone=contact.timezone or (account.timezone if account else None) or home.timezone,
        country=country,
        region=region,
        extra=contact.extra,
    )


def _place(contact: Contact, account: Account | None, home: WorkspaceTable) -> tuple[str | None, str | None]:
    """Return the country and the region; a region counts only within the country that it was written for."""
    country: str | None = None
    region: str | None = None
    for source in (contact, account, home):
        if source is not None:
            country = country or source.country
            if region is None and source.region and (source.country or country) == country:
                region = source.region
    return country, region
