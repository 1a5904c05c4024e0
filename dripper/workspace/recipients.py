"""Whom a campaign writes to: people of accounts and of lists as one kind, zone and country settled, each once."""

from __future__ import annotations

from itertools import dropwhile
from operator import itemgetter
from typing import TYPE_CHECKING

from dripper.workspace.entries import SYNONYMS
from dripper.workspace.model.account import Contact
from dripper.workspace.model.address import address_key
from dripper.workspace.model.values import Country
from dripper.workspace.model.workspace import Recipient

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dripper.workspace.contact_list import Listed
    from dripper.workspace.model.account import Account
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.settings import WorkspaceTable

_FIELDS = ("email", "name", "first_name", "last_name", "role", "account", "timezone")
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
    by_name = _by_name(accounts)
    for person in listed:
        account = by_name.get(person.account.casefold())
        yield _recipient(person.contact, account.id if account else person.account, account, home)


class Settling:
    """Makes recipients of the rows of a long list, as `of_list` does of its people, in a fraction of the time."""

    def __init__(self, columns: Sequence[str], accounts: Mapping[str, Account], home: WorkspaceTable) -> None:
        self._by_name = _by_name(accounts)
        self._home = home
        # The row is made longer by an empty cell, which stands for every column that the list has not.
        places = {column: number for number, column in enumerate(columns)}
        self._cells = itemgetter(*(places.get(field, -1) for field in (*_FIELDS, "country", "region")))
        self._further = [(name, number) for name, number in places.items() if name not in SYNONYMS]
        self._places: dict[tuple[str, str, str], tuple[str | None, str | None]] = {}

    def __call__(self, rows: Iterable[Sequence[str]]) -> Iterator[Recipient]:
        """Yield the recipient that each row describes."""
        for row in rows:
            email, name, first, last, role, group, zone, country, region = self._cells((*row, ""))
            account = self._by_name.get(group.casefold()) if self._by_name else None
            where = (account.id if account else "", country, region)
            if where not in self._places:
                contact = Contact(country=Country(country.upper()) if country else None, region=region or None)
                self._places[where] = _place(contact, account, self._home)
            given, family = split_name(name) if name else ("", "")
            yield Recipient(
                key=address_key(email),
                email=email,
                name=name or f"{first} {last}".strip(),
                first_name=first or given,
                last_name=last or family,
                role=role,
                account=account.id if account else group,
                timezone=zone or (account.timezone if account else None) or self._home.timezone,
                country=self._places[where][0],
                region=self._places[where][1],
                extra={name: row[number] for name, number in self._further},
            )


def _by_name(accounts: Mapping[str, Account]) -> dict[str, Account]:
    return {name.casefold(): account for account in accounts.values() for name in (account.name, account.id)}


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
    sources = [source for source in (contact, account, home) if source is not None]
    # The country that counts for each of them: its own, or that of the next further out.
    countries = [next((each.country for each in sources[at:] if each.country), None) for at in range(len(sources))]
    regions = (each.region for each, where in zip(sources, countries, strict=True) if where == countries[0])
    return countries[0], next(filter(None, regions), None)
