"""Performance: what the metrics moved by, and facts about the work done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dripper.prep.angles.angle import GRADES, Angle
from dripper.prep.angles.view import Finder, View, from_facts
from dripper.prep.counters import counter_of_metric
from dripper.prep.say import claim
from dripper.prep.statistics.cadence import YEAR_DAYS
from dripper.prep.words import measured
from dripper.prep.worth import instead_of, share_of, worth_of
from dripper.workspace.model.account import Category, Side, Sure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dripper.prep.reading import Reading


def find(view: View, finder: Finder) -> Iterator[Angle]:
    """Yield an angle of each metric that moved the side's way, and of each fact about performance.

    A movement that stands out too little of its scatter gives none: of a thousand accounts of pure noise, one would.
    """
    for reading in view.readings:
        if reading.good is not None and reading.good == (view.side is Side.US) and reading.is_plain:
            yield _from_metric(reading, view)
    yield from from_facts(view, finder)


def _from_metric(reading: Reading, view: View) -> Angle:
    amount = worth_of(reading)
    is_ours = view.side is Side.US
    contradicts = amount is not None and (amount.high <= 0 if is_ours else amount.low >= 0)
    assert reading.last_on is not None, "a movement needs values"
    period = reading.cadence.days if reading.cadence else YEAR_DAYS
    return Angle(
        side=view.side,
        category=Category.PERFORMANCE,
        claim=claim(reading, view.side),
        sure=_sure(reading),
        source=reading.rows,
        on=reading.last_on,
        amount=None if contradicts else amount,
        share=None if contradicts else share_of(amount, view.contract),
        shown=amount is None or (amount.low > 0 if is_ours else amount.high < 0),
        contradicted_by=_against(reading, is_ours=is_ours) if contradicts else "",
        exchange=counter_of_metric(view.side, reading, view.demands),
        half_life_days=float(view.thresholds.half_life_periods) * period,
        breaks=_breaks(reading),
        thresholds=view.thresholds,
        metric=reading.id,
    )


def _against(reading: Reading, *, is_ours: bool) -> str:
    """Return what money would have to say: against its baseline, or by its worth, the year went the other way."""
    instead = instead_of(reading.metric)
    assert instead is not None, "without one there is no money"
    gained = "no gain" if is_ours else "no loss"
    value = measured(instead.value, reading)
    return f"money that agrees: set against its {instead.name} of {value}, by its worth, the last year is {gained}"


def _sure(reading: Reading) -> Sure:
    """Return how sure a metric is: confirmed only where both sides agreed on it, a grade less where values cling."""
    grade = GRADES.index(Sure.CONFIRMED if reading.metric.agreed else Sure.LIKELY)
    like = reading.analysis.lag1 if reading.analysis else None
    return GRADES[grade - (like is not None and like >= reading.thresholds.likeness)]


def _breaks(reading: Reading) -> str:
    """Return what would take the claim away: values that are back where they came from."""
    before = reading.steps[-1].before if reading.steps else float(reading.points[0][1])
    return f"The next two values are back at {measured(before, reading)}."


FINDER = Finder(
    category=Category.PERFORMANCE,
    look="Which agreed metric moved, by how much, and what was it worth to them?",
    breaks="Somebody shows that the work was not the cause, or that the figure is not what was agreed.",
    find=find,
)
