"""What a campaign names in other files: mailbox, accounts, negotiation, shell, and somebody to write to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dripper.workspace.explain import nearest
from dripper.workspace.faults import Fault
from dripper.workspace.recipients import account_ids_of, folder_of

if TYPE_CHECKING:
    from dripper.problem import Problem
    from dripper.workspace.absence import FaultyAccount
    from dripper.workspace.model.account import Account
    from dripper.workspace.model.campaign import Campaign
    from dripper.workspace.model.negotiation import Negotiation
    from dripper.workspace.model.settings import Mailbox
    from dripper.workspace.places import Path
    from dripper.workspace.toml import Document

# The keys that say whom a campaign writes to.
WHO: tuple[Path, ...] = (("accounts",), ("buckets",), ("contacts",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that a campaign may name. The ids of files with problems are there, too, but not in `accounts`."""

    # None where `dripper.toml` could not be read.
    mailboxes: Mapping[str, Mailbox] | None
    accounts: Mapping[str, Account]
    # By folder below campaigns/.
    folders: Mapping[str, str]
    negotiations: Mapping[str, Negotiation]
    negotiation_ids: Collection[str]
    shells: Mapping[str, str]
    html_shells: Mapping[str, str]
    # Account files with an error; their ids are in `folders`.
    faulty: Collection[FaultyAccount] = ()

    def account_ids_of(self, campaign: Campaign) -> tuple[str, ...]:
        """Return the ids of the accounts that `campaign` writes to, known or not."""
        return account_ids_of(campaign, self.accounts, self.folders)


def reference_problems(document: Document, campaign: Campaign, known: Known) -> Iterator[Problem]:
    """Yield what `campaign` names that is not there; `document` says which of its keys are only stand-ins."""
    yield from _mailbox(document, campaign, known)
    yield from _accounts(document, campaign, known)
    yield from _negotiation(document, campaign, known)
    if campaign.shell not in known.shells and document.is_own(("shell",)):
        yield _unknown(document, ("shell",), f'there is no shell "{campaign.shell}"', campaign.shell, known.shells)
    elif campaign.html and campaign.shell not in known.html_shells and document.is_own(("shell",), ("html",)):
        message = f'the shell "{campaign.shell}" has no HTML'
        cure = f"write templates/{campaign.shell}.html.j2, or leave out html"
        yield document.problem(Fault.UNKNOWN_REFERENCE, ("html",), message, cure)


def _mailbox(document: Document, campaign: Campaign, known: Known) -> Iterator[Problem]:
    if known.mailboxes is None or not document.is_own(("mailbox",)):
        return
    if campaign.mailbox and campaign.mailbox not in known.mailboxes:
        message = f'dripper.toml has no mailbox "{campaign.mailbox}"'
        yield _unknown(document, ("mailbox",), message, campaign.mailbox, known.mailboxes)
    elif not campaign.mailbox and len(known.mailboxes) > 1:
        names = ", ".join(known.mailboxes)
        yield document.problem(
            Fault.MISSING_KEY,
            (),
            f"there are several mailboxes ({names}) and the campaign names none",
            f'add mailbox = "{next(iter(known.mailboxes))}"',
        )


def _accounts(document: Document, campaign: Campaign, known: Known) -> Iterator[Problem]:
    ids = {*known.accounts, *known.folders.values()}
    if not document.is_own(*WHO):
        return
    for index, account in enumerate(campaign.accounts):
        if account not in ids:
            message = f'there is no account "{account}"'
            yield _unknown(document, ("accounts", index), message, account, sorted(ids))
    if campaign.contact_list:
        return
    if not known.account_ids_of(campaign) and not (campaign.buckets and known.faulty):
        yield document.problem(
            Fault.MISSING_KEY,
            ("buckets",) if campaign.buckets else (),
            "no account is in these buckets" if campaign.buckets else "the campaign writes to nobody",
            'name whom it writes to: accounts = ["acme"], buckets = ["partner"] or contacts = "list.csv"',
        )
    yield from _silent_accounts(document, campaign, known)


def _silent_accounts(document: Document, campaign: Campaign, known: Known) -> Iterator[Problem]:
    for account in known.account_ids_of(campaign):
        people = known.accounts[account].contacts if account in known.accounts else None
        if people is not None and not any(contact.email and contact.drip for contact in people):
            path: Path = ("accounts", campaign.accounts.index(account)) if account in campaign.accounts else ()
            yield document.problem(
                Fault.MISSING_KEY,
                path,
                f'the account "{account}" has nobody to write to',
                f"add a [[contact]] with an email to {known.accounts[account].file}",
            )


def _negotiation(document: Document, campaign: Campaign, known: Known) -> Iterator[Problem]:
    if not campaign.before or not document.is_own(("before",), *WHO):
        return
    names = {f"{account}/{campaign.before}" for account in known.account_ids_of(campaign)}
    names |= {campaign.before, f"{folder_of(campaign.file)}/{campaign.before}"}
    if not names.intersection(known.negotiation_ids):
        message = f'there is no negotiation "{campaign.before}"'
        yield _unknown(document, ("before",), message, campaign.before, sorted(known.negotiation_ids))


def _unknown(document: Document, path: Path, message: str, word: str, known: Collection[str]) -> Problem:
    return document.problem(Fault.UNKNOWN_REFERENCE, path, message, nearest(word, known))
