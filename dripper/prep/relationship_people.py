"""The people of an account, each with the boss behind them, and the promises that we made there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dripper.workspace.model.account import Account, Contact, Promise

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kept(StrEnum):
    """What became of a promise, the worst first."""

    BROKEN = "broken"
    LATE = "kept late"
    DUE = "to come"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A contact with what is known of their boss."""

    contact: Contact
    # Empty where nobody knows.
    boss: str
    # What the boss is judged on, where the boss is a contact too.
    boss_judged_on: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return what the person is called, or the best there is instead."""
        return self.contact.full_name or self.contact.email or self.contact.role or "somebody without a name"


def people_of(account: Account) -> tuple[Person, ...]:
    """Return the people, deciders first, else in the file's order."""
    by_name = {contact.full_name.casefold(): contact for contact in account.contacts if contact.full_name}
    ordered = sorted(account.contacts, key=lambda contact: not contact.decides)
    return tuple(_person(contact, by_name) for contact in ordered)


def _person(contact: Contact, by_name: Mapping[str, Contact]) -> Person:
    boss = by_name.get((contact.boss or "").casefold())
    return Person(contact=contact, boss=contact.boss or "", boss_judged_on=boss.judged_on if boss else ())


def outcome(promise: Promise, today: date) -> Kept:
    """Return what became of a promise; one kept after `today` is not kept yet."""
    if promise.kept_on and promise.kept_on <= today:
        return Kept.KEPT if promise.kept_on <= promise.due else Kept.LATE
    return Kept.BROKEN if promise.due < today else Kept.DUE


def promise_ledger(account: Account, today: date) -> tuple[tuple[Kept, Promise], ...]:
    """Return every promise with its outcome, the worst first, then by the day it was due."""
    told = [(outcome(promise, today), promise) for promise in account.promises]
    return tuple(sorted(told, key=lambda each: (list(Kept).index(each[0]), each[1].due)))
