"""Finding whom or what a user named for the outbox: a campaign, an account, a contact, a mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.errors import UsageError
from dripper.jobs.named import nearest
from dripper.outbox.store import campaigns, enrolments
from dripper.outbox.store.pauses import Paused
from dripper.workspace.model.address import address_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from dripper.workspace.model.workspace import Workspace


_MOST_ALIKE = 3
_WHERE_NAMES_ARE = "`dripper plan` shows who is written to; accounts are the folders of campaigns/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a name stands for."""

    kind: Paused
    name: str

    def __str__(self) -> str:
        return "all sending" if self.kind is Paused.ALL else f"{self.kind} {self.name}"


def find_target(workspace: Workspace, connection: Connection, name: str) -> Target:
    """Return the campaign, account, contact or domain called `name`; raise `UsageError` with the nearest name."""
    name = name.strip()
    known_campaigns = {*workspace.campaigns, *campaigns.ids(connection)}
    known_accounts = {*workspace.accounts, *enrolments.accounts(connection)}
    if name in known_campaigns:
        return Target(kind=Paused.CAMPAIGN, name=name)
    if name in known_accounts:
        return Target(kind=Paused.ACCOUNT, name=name)
    if name in enrolments.domains(connection):
        return Target(kind=Paused.DOMAIN, name=name)
    people = _people(workspace, connection)
    found = _matching(people, name)
    if len(found) == 1:
        return Target(kind=Paused.CONTACT, name=found[0])
    raise _unknown(name, found, {*known_campaigns, *known_accounts, *_names(people)}, "campaign, account or contact")


def find_contact(workspace: Workspace, connection: Connection, name: str) -> str:
    """Return the key of the contact with an address or a name; raise `UsageError` where there is none, or several."""
    name = name.strip()
    people = _people(workspace, connection)
    found = _matching(people, name)
    if len(found) == 1:
        return found[0]
    _refuse_without_address(workspace, name)
    raise _unknown(name, found, _names(people), "contact")


def _refuse_without_address(workspace: Workspace, name: str) -> None:
    for account in workspace.accounts.values():
        if any(one.name.casefold() == name.casefold() and not one.email for one in account.contacts):
            raise UsageError(f"{name} has no e-mail address, so nothing is sent", cure=f"write it into {account.file}")


def name_of(workspace: Workspace, contact: str) -> str:
    """Return a contact's name where the files know one, else the address."""
    found = (workspace.recipient(campaign, contact) for campaign in workspace.recipients)
    return next((to.name for to in found if to is not None and to.name), contact)


def _people(workspace: Workspace, connection: Connection) -> dict[str, str]:
    """Return everybody's name by key: of the files, and of those who were enrolled before."""
    people = dict.fromkeys(enrolments.contacts(connection), "")
    people.update({to.key: to.name for listed in workspace.recipients.values() for to in listed})
    for account in workspace.accounts.values():
        people.update({address_key(one.email): one.name for one in account.contacts if one.email})
    return people


def _matching(people: dict[str, str], name: str) -> list[str]:
    if "@" in name:
        key = address_key(name)
        return [key] if key in people else []
    return sorted(key for key, known in people.items() if known.casefold() == name.casefold())


def _names(people: dict[str, str]) -> set[str]:
    return {*people, *(name for name in people.values() if name)}


def _unknown(name: str, found: list[str], known: Iterable[str], what: str) -> UsageError:
    if found:
        return UsageError(f"{len(found)} contacts are called '{name}'", cure=f"name one of {', '.join(found)}")
    alike = sorted(one for one in known if name.casefold() in one.casefold().split())
    if alike:
        return UsageError(f"there is no {what} '{name}'", cure=f"did you mean {' or '.join(alike[:_MOST_ALIKE])}?")
    return UsageError(f"there is no {what} '{name}'", cure=nearest(name, sorted(known), _WHERE_NAMES_ARE))
