"""Gifts given: what the drip brought to an account, which angle it prepared, and what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dripper.workspace.model.account import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """One message to one contact; in doubt where nobody knows whether it arrived."""

    campaign: str
    message: str
    subject: str
    # What the reader has from it, as the campaign says.
    gift: str
    prepares: Category | None
    contact: str
    # The contact's name, or the address where there is none.
    name: str
    at: datetime
    on: date
    is_in_doubt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a contact answered; `campaign` is empty where it is not known to what."""

    contact: str
    name: str
    words: str
    at: datetime
    on: date
    campaign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A message with everybody who got it, oldest first, and the answers that followed it."""

    campaign: str
    message: str
    subject: str
    gift: str
    prepares: Category | None
    people: tuple[str, ...]
    contacts: frozenset[str]
    first_on: date
    last_on: date
    in_doubt: int
    answers: tuple[Reply, ...]

    @property
    def count(self) -> int:
        """Return how many have it for certain."""
        return len(self.people) - self.in_doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Gifts:
    """All gifts to an account, in the order in which they were first given."""

    # Whether there is a record at all.
    is_recorded: bool
    gifts: tuple[Gift, ...] = ()

    @property
    def count(self) -> int:
        """Return how many messages arrived; the ledger's column `sent`."""
        return sum(gift.count for gift in self.gifts)

    @property
    def in_doubt(self) -> int:
        """Return how many may have arrived; the ledger's column `unknown`."""
        return sum(gift.in_doubt for gift in self.gifts)

    @property
    def contacts(self) -> frozenset[str]:
        """Return who has any of them, by their keys."""
        return frozenset(contact for gift in self.gifts for contact in gift.contacts)

    @property
    def answers(self) -> tuple[Reply, ...]:
        """Return every answer, oldest first."""
        return tuple(sorted((answer for gift in self.gifts for answer in gift.answers), key=lambda each: each.at))

    def preparing(self, category: Category) -> tuple[Gift, ...]:
        """Return the gifts whose campaign prepares an angle of this category."""
        return tuple(gift for gift in self.gifts if gift.prepares is category)


def gifts_of(delivered: Iterable[Delivered], replies: Iterable[Reply]) -> Gifts:
    """Return the gifts of a record; a reply belongs to the last message that its contact had by then."""
    groups: dict[tuple[str, str], list[Delivered]] = defaultdict(list)
    by_contact: dict[str, list[Delivered]] = defaultdict(list)
    for one in sorted(delivered, key=lambda each: (each.at, each.campaign, each.message, each.contact)):
        groups[one.campaign, one.message].append(one)
        by_contact[one.contact].append(one)
    answers: dict[tuple[str, str], list[Reply]] = defaultdict(list)
    for reply in replies:
        had = [one for one in by_contact[reply.contact] if one.at <= reply.at and reply.campaign in ("", one.campaign)]
        if had:
            answers[had[-1].campaign, had[-1].message].append(reply)
    return Gifts(is_recorded=True, gifts=tuple(_gift(ones, answers[key]) for key, ones in groups.items()))


def _gift(ones: list[Delivered], answers: list[Reply]) -> Gift:
    latest = ones[-1]
    return Gift(
        campaign=latest.campaign,
        message=latest.message,
        subject=latest.subject,
        gift=latest.gift,
        prepares=latest.prepares,
        people=tuple(one.name for one in ones),
        contacts=frozenset(one.contact for one in ones),
        first_on=min(one.on for one in ones),
        last_on=max(one.on for one in ones),
        in_doubt=sum(one.is_in_doubt for one in ones),
        answers=tuple(answers),
    )
