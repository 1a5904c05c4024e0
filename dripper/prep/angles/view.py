"""What one side has to argue with, and the shape of a category that makes angles of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dripper.prep.angles.angle import Angle
from dripper.prep.counters import counter_of_fact
from dripper.prep.demands import Answered
from dripper.prep.reading import Reading
from dripper.prep.worth import Amount, share_of
from dripper.workspace.model.account import Category, Fact, Side
from dripper.workspace.model.thresholds import Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What one side can see on a day."""

    side: Side
    readings: Sequence[Reading]
    facts: Sequence[Fact]
    demands: Sequence[Answered]
    # What the contract is worth in a year.
    contract: Amount | None
    today: date
    thresholds: Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """One of the five categories."""

    category: Category
    # What to ask where nothing of it is known.
    look: str
    # What would take an angle of it away.
    breaks: str
    find: Callable[[View, Finder], Iterable[Angle]]


def from_facts(view: View, finder: Finder) -> Iterator[Angle]:
    """Yield an angle of each fact of the category that speaks for the side and is no day in the future."""
    for fact in view.facts:
        if fact.for_ is view.side and fact.kind is finder.category and fact.on <= view.today:
            yield _from_fact(fact, view, finder)


def _from_fact(fact: Fact, view: View, finder: Finder) -> Angle:
    amount = None
    if fact.worth is not None:
        value = float(fact.worth.amount)
        amount = Amount(currency=fact.worth.currency, low=value, middle=value, high=value)
    return Angle(
        side=view.side,
        category=finder.category,
        claim=fact.what,
        sure=fact.sure,
        source=fact.source.strip(),
        on=fact.on,
        amount=amount,
        share=share_of(amount, view.contract),
        shown=amount is None or amount.low > 0,
        exchange=counter_of_fact(fact, view.demands),
        half_life_days=view.thresholds.half_life_days,
        breaks=finder.breaks,
        thresholds=view.thresholds,
    )
