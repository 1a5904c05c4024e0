"""A negotiation file: what we want, what they want, and what is still homework."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dripper.workspace.model.account import Category, Side
from dripper.workspace.model.table import Table
from dripper.workspace.model.values import Money, MoneyRange, Points


class Role(StrEnum):
    """Which way "more" is for us: a seller wants a higher amount."""

    SELLER = "seller"
    BUYER = "buyer"


@dataclass(frozen=True, slots=True, kw_only=True)
class OurAlternative(Table):
    """What we do without a deal."""

    what: str
    worth: Money | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirAlternative(Table):
    """What we think they do without a deal."""

    what: str
    worth: MoneyRange | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Table):
    """What they said or will say, and our answer: the id of a metric, or text."""

    said: str
    reason: Category | None = None
    answer: str = ""
    # Where a figure of a written answer is from, and of when.
    source: str = ""


def is_id(answer: str) -> bool:
    """Whether an answer can only be meant as the id of a metric: one word without a full stop."""
    return re.fullmatch(r"[\w-]+", answer) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Table):
    """One way to settle one issue, in points on each side's own scale."""

    issue: str
    is_: str
    # Points on our scale.
    ours: Points
    # Points on their scale, as we guess it.
    theirs: Points


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade(Table):
    """What we would give only against what."""

    give: str
    get: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Table):
    """Something we must find out."""

    text: str
    owner: str = ""
    due: date | None = None
    # True: while it is open the talk is better moved.
    critical: bool = False
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked(Table):
    """A category that was looked at and holds nothing, on purpose."""

    kind: Category
    for_: Side
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Table):
    """A sentence for the room."""

    text: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation(Table):
    """The whole of a negotiation file; `id` is folder/name unless the file names one."""

    title: str
    on: date
    id: str = ""
    # Which way "more" is: a seller wants a higher amount.
    role: Role = Role.SELLER
    # Below this our alternative is better.
    our_walk_away: Money | None = None
    our_target: Money | None = None
    our_opening: Money | None = None
    our_alternative: OurAlternative | None = None
    # What no deal is worth to us, on the scale of the options.
    our_walk_away_points: Points | None = None
    # What we aim at, on the same scale; by default three quarters of the way to our best that they would take.
    our_target_points: Points | None = None
    # An amount, or a range such as `["480000 EUR", "560000 EUR"]`.
    their_walk_away: MoneyRange | None = None
    their_alternative: TheirAlternative | None = None
    # What no deal is worth to them, on their scale.
    their_walk_away_points: Points | None = None
    demands: tuple[Demand, ...] = ()
    options: tuple[Option, ...] = ()
    trades: tuple[Trade, ...] = ()
    questions: tuple[Question, ...] = ()
    looked: tuple[Looked, ...] = ()
    say: tuple[Say, ...] = ()
    # The keys whose values were taken as proposed, so the brief marks them as guesses.
    guesses: tuple[str, ...] = ()
    # A written reason to go although the gate says no.
    ready_because: str = ""
    file: str = ""
