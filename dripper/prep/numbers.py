"""The numbers line: where each side stops, what we aim at, and whether a zone of agreement lies between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from dripper.prep.words import chance, money, money_range
from dripper.workspace.model.negotiation import Negotiation, Role
from dripper.workspace.model.values import Money, MoneyRange

if TYPE_CHECKING:
    from decimal import Decimal


class Zone(StrEnum):
    """Whether some deal serves both sides, as far as the numbers say."""

    THERE = "there"
    PERHAPS = "perhaps"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A number of the negotiation; `text` is empty where it is missing, `guess` where it was taken as proposed."""

    key: str
    label: str
    text: str
    guess: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The numbers of both sides, and what they add up to."""

    stated: tuple[Stated, ...]
    zone: Zone
    zone_text: str
    # The chance, in tenths, that their walk-away lets us in, each point of our guess being as likely; `None`: unknown.
    chance: float | None
    # What does not fit together.
    faults: tuple[str, ...]


_LABELS = {
    "our_walk_away": "Our walk-away",
    "our_target": "Our target",
    "our_opening": "Our opening",
    "their_walk_away": "Their walk-away",
}


def numbers_of(negotiation: Negotiation) -> Numbers:
    """Return the numbers line of a negotiation."""
    zone, text, tenths = _zone(negotiation)
    return Numbers(
        stated=tuple(_stated(negotiation, key, label) for key, label in _LABELS.items()),
        zone=zone,
        zone_text=text,
        chance=tenths,
        faults=tuple(_faults(negotiation)),
    )


def _stated(negotiation: Negotiation, key: str, label: str) -> Stated:
    value: Money | MoneyRange | None = getattr(negotiation, key)
    text = "" if value is None else money_range(value) if isinstance(value, MoneyRange) else money(value)
    # Theirs can only be estimated, so it is marked even where nobody listed it.
    return Stated(
        key=key, label=label, text=text, guess=bool(text) and (key in negotiation.guesses or key.startswith("their"))
    )


def _zone(negotiation: Negotiation) -> tuple[Zone, str, float | None]:
    ours, theirs = negotiation.our_walk_away, negotiation.their_walk_away
    if ours is None or theirs is None:
        return Zone.UNKNOWN, "unknown: a walk-away point is missing", None
    if ours.currency != theirs.low.currency:
        return Zone.UNKNOWN, f"unknown: {ours.currency} and {theirs.low.currency} cannot be compared", None
    sign = 1 if negotiation.role is Role.SELLER else -1
    near, far = sorted((theirs.low, theirs.high), key=lambda end: sign * end.amount)
    if sign * (near.amount - ours.amount) >= 0:
        return Zone.THERE, f"yes, from {_span(ours, near)}, and up to {money(far)} if they reach further", 1.0
    if sign * (far.amount - ours.amount) >= 0:
        tenths = round(float((far.amount - ours.amount) / (far.amount - near.amount)), 1)
        text = f"only if they go beyond {money(ours)}; our guess reaches {money(far)}, so it is {chance(tenths)}"
        return Zone.PERHAPS, text, tenths
    return Zone.NONE, f"none: {money(_distance(ours, far))} lie between our walk-away and the best of theirs", 0.0


def _span(ours: Money, theirs: Money) -> str:
    return money(ours) if ours == theirs else f"{money(ours)} to {money(theirs)}"


def _distance(ours: Money, theirs: Money) -> Money:
    return Money(currency=ours.currency, amount=abs(ours.amount - theirs.amount))


def _faults(negotiation: Negotiation) -> Iterator[str]:
    sign = 1 if negotiation.role is Role.SELLER else -1
    named = [(label, getattr(negotiation, key)) for key, label in _LABELS.items() if key.startswith("our")]
    known: list[tuple[str, Money]] = [(label, value) for label, value in named if value is not None]
    for (lower, low), (upper, high) in pairwise(known):
        if low.currency != high.currency:
            yield f"{lower} is in {low.currency}, {upper.lower()} in {high.currency}."
        elif sign * (high.amount - low.amount) < 0:
            yield f"{upper} ({money(high)}) is worse for us than {lower.lower()} ({money(low)})."
    alternative = negotiation.our_alternative.worth if negotiation.our_alternative else None
    ours = negotiation.our_walk_away
    if (
        alternative
        and ours
        and alternative.currency == ours.currency
        and _better(alternative.amount, ours.amount, sign)
    ):
        yield f"Our alternative ({money(alternative)}) is better than our walk-away ({money(ours)})."


def _better(one: Decimal, other: Decimal, sign: int) -> bool:
    return sign * (one - other) > 0
