"""The angles of both sides: rational reasons, each shown as its parts, both sides through the same code.

An angle is rock solid when its evidence is at least likely with a source and a date, its range leaves out no effect,
its size reaches 2% of the yearly contract, and it has an answer to its strongest counter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import exp2
from typing import TYPE_CHECKING

from dripper.prep.counters import Exchange, counter_of_fact, counter_of_metric
from dripper.prep.say import delivered
from dripper.prep.statistics.autocorrelation import NOTABLE
from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.prep.words import day, percent
from dripper.prep.worth import Amount, share_of, worth_of
from dripper.workspace.model.account import Category, Side, Sure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dripper.prep.demands import Answered
    from dripper.prep.reading import Reading
    from dripper.workspace.model.account import Fact

SHARE_OF_CONTRACT = 0.02
_GRADES = (Sure.HEARSAY, Sure.LIKELY, Sure.CONFIRMED)
_WEIGHTS = {Sure.HEARSAY: 0.2, Sure.LIKELY: 0.6, Sure.CONFIRMED: 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Angle:
    """One reason of one side, with all that makes it strong or weak."""

    side: Side
    category: Category
    claim: str
    sure: Sure
    source: str
    on: date
    # What it is worth, and that as a share of the yearly contract.
    amount: Amount | None
    share: float | None
    # Whether the numbers leave out that there is no effect at all.
    shown: bool
    exchange: Exchange
    half_life_days: float
    metric: str = ""

    @property
    def size(self) -> str:
        """Return what it is worth in words, and how big that is; empty where it is unknown."""
        if self.amount is None:
            return ""
        return self.amount.text + (f", {percent(self.share)} of the yearly contract" if self.share is not None else "")

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what keeps it from being rock solid, as homework."""
        return tuple(self._missing())

    @property
    def strong(self) -> bool:
        """Whether its evidence, effect and size hold, whatever is said against it."""
        return not tuple(self._weak())

    @property
    def rock_solid(self) -> bool:
        """Whether it can be led with."""
        return not self.missing

    def weight(self, today: date) -> float:
        """Return the product of its parts; it only orders the list."""
        age = max(0, (today - self.on).days)
        return _WEIGHTS[self.sure] * min(1.0, self.share or 0.0) * exp2(-age / self.half_life_days)

    def _missing(self) -> Iterator[str]:
        yield from self._weak()
        if self.exchange.counter and not self.exchange.answer:
            yield f"an answer to “{self.exchange.counter}”"

    def _weak(self) -> Iterator[str]:
        if self.sure is Sure.HEARSAY:
            yield "evidence that is at least likely"
        if not self.source:
            yield "a source"
        if not self.shown:
            yield "an effect that leaves out chance"
        if self.amount is None:
            yield "what it is worth"
        elif self.share is None:
            yield f"a yearly contract in {self.amount.currency} to compare it with"
        elif self.share < SHARE_OF_CONTRACT:
            yield f"size: it is {percent(self.share)} of the yearly contract, {percent(SHARE_OF_CONTRACT)} are wanted"


def angles_of(
    side: Side,
    *,
    readings: Sequence[Reading],
    facts: Sequence[Fact],
    demands: Sequence[Answered],
    contract: Amount | None,
    today: date,
) -> tuple[Angle, ...]:
    """Return the angles of one side, the weightiest first; a metric that shows no movement gives none."""
    found = [
        *(_from_metric(side, reading, demands, contract) for reading in readings if _speaks_for(side, reading)),
        *(_from_fact(fact, demands, contract) for fact in facts if fact.for_ is side and fact.on <= today),
    ]
    return tuple(sorted(found, key=lambda angle: (not angle.rock_solid, -angle.weight(today), angle.claim)))


def _speaks_for(side: Side, reading: Reading) -> bool:
    """Whether the metric moved the way that this side can point at: ours the wanted one, theirs the other."""
    return reading.good is not None and reading.good == (side is Side.US)


def _from_metric(side: Side, reading: Reading, demands: Sequence[Answered], contract: Amount | None) -> Angle:
    amount = worth_of(reading)
    gains = None if amount is None else amount.middle > 0
    grade = _GRADES.index(Sure.CONFIRMED if reading.metric.agreed else Sure.LIKELY)
    like = reading.analysis.lag1 if reading.analysis else None
    if like is not None and like >= NOTABLE:
        grade -= 1
    assert reading.last_on is not None, "a movement needs values"
    return Angle(
        side=side,
        category=Category.PERFORMANCE,
        claim=delivered(reading),
        sure=_GRADES[grade],
        source=f"metrics.csv, {reading.id}, {len(reading.points)} values to {day(reading.last_on)}",
        on=reading.last_on,
        amount=amount,
        share=share_of(amount, contract),
        shown=amount is None or (amount.excludes_nothing and gains == (side is Side.US)),
        exchange=counter_of_metric(side, reading, demands),
        half_life_days=2 * (reading.analysis.cadence.days if reading.analysis else YEAR_DAYS),
        metric=reading.id,
    )


def _from_fact(fact: Fact, demands: Sequence[Answered], contract: Amount | None) -> Angle:
    amount = None
    if fact.worth is not None:
        value = float(fact.worth.amount)
        amount = Amount(currency=fact.worth.currency, low=value, middle=value, high=value)
    return Angle(
        side=fact.for_,
        category=fact.kind,
        claim=fact.what,
        sure=fact.sure,
        source=fact.source,
        on=fact.on,
        amount=amount,
        share=share_of(amount, contract),
        shown=amount is None or amount.excludes_nothing,
        exchange=counter_of_fact(fact, demands),
        half_life_days=YEAR_DAYS,
    )
